"""Renders a county's template in a sandbox: unknown names are errors, and nothing can run long or reach out."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tongbao.errors import Code, Finding, InvalidError, Place
from tongbao.scoring.decimals import with_minus
from tongbao.templates.pack import Pack

FILTERS = (
    "abs", "batch", "default", "first", "groupby", "int", "join", "last", "length", "list", "map", "max", "min",
    "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr", "slice", "sort", "string",
    "sum", "trim", "unique",
)  # fmt: skip
"""The closed list of filters: none of them can build an endless text."""

TIME_LIMIT = 10.0
_LONGEST = 100_000


class _TooLong(BaseException):
    """Raised into a template that runs past its time; not an Exception, so that no template can catch it."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without its ways out: no code, no mutation, no huge products, no filters beyond the list."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Allow × and % for numbers of ordinary size only; strings and powers could fill the memory."""
        small = all(isinstance(side, int) and abs(side) <= _LONGEST for side in (left, right))
        if operator == "**" or not small:
            raise SecurityError(f"模板中不允许这样使用运算符 {operator}")
        return super().call_binop(context, operator, left, right)


def environment(pack: Pack) -> Sandbox:
    """The sandbox that looks templates up in the pack's folders, most specific first; “base/…” names the base's own."""
    base = pack.folders[-1][0]
    return _sandbox(
        ChoiceLoader(
            [FileSystemLoader([folder for folder, _ in pack.folders]), _Prefixed("base/", FileSystemLoader(base))]
        ),
    )


@lru_cache(maxsize=256)
def understood(source: str, name: str, filename: str | None) -> tuple[nodes.Template, CodeType]:
    """What a template's text comes to; a pack's many documents, and packs on the same base, work it out once.

    Args:
        source: the template's text.
        name: as it was asked for.
        filename: where messages say that it stands.

    Returns:
        Its tree, to be looked at only, and its code.

    Raises:
        TemplateSyntaxError: it cannot be understood.
    """
    env = _sandbox()
    tree = env.parse(source, name, filename)
    return tree, env.compile(tree, name, filename)


class _Understood(BytecodeCache):
    """Where an environment looks before it compiles a template."""

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Bucket:
        bucket = Bucket(environment, "", "")
        bucket.code = understood(source, name, filename)[1]
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Nothing is kept on the disk."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing is kept on the disk."""


def _sandbox(loader: ChoiceLoader | None = None) -> Sandbox:
    env = Sandbox(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Understood(),
    )
    env.finalize = _printed
    env.filters = {name: env.filters[name] for name in FILTERS}
    env.globals = {"range": env.globals["range"]}
    return env


def _printed(value: Any) -> Any:
    """A negative figure gets a minus sign, which unlike a hyphen never ends a line."""
    return with_minus(f"{value:f}") if isinstance(value, Decimal) else value


class _Prefixed(FileSystemLoader):
    """Serves names with a prefix, so that an override can extend the file that it overrides."""

    def __init__(self, prefix: str, inner: FileSystemLoader) -> None:
        super().__init__(inner.searchpath)
        self.prefix = prefix

    def get_source(self, environment: Any, template: str) -> Any:
        if not template.startswith(self.prefix):
            raise TemplateNotFound(template)
        return super().get_source(environment, template.removeprefix(self.prefix))


def render(pack: Pack, name: str, context: Mapping[str, Any], *, time_limit: float = TIME_LIMIT) -> str:
    """Fill one template in; the result is text for the document parser, never a document by itself.

    Args:
        pack: where to look the template up.
        name: the template's file name inside the pack.
        context: the documented variables.
        time_limit: seconds.

    Raises:
        InvalidError: unknown variable, syntax error, forbidden act or a run past the limit, with file and line.
    """
    try:
        template = environment(pack).get_template(name)
        with _deadline(time_limit):
            return template.render(context)
    except TemplateNotFound as error:
        finding = Finding(
            Code.TEMPLATE_MISSING,
            f"找不到模板“{error.name}”",
            Place(f"{pack.folders[0][1]}/{name}"),
            "请改正 extends 或 import 的名称",
        )
    except TemplateSyntaxError as error:
        place = Place(_shown(pack, error.filename, error.name or name), line=error.lineno)
        finding = Finding(
            Code.TEMPLATE_SYNTAX, f"模板写法有误（{error.message}）", place, "请检查 {{ }}、{% %} 是否成对"
        )
    except UndefinedError as error:
        finding = Finding(
            Code.TEMPLATE_VARIABLE,
            f"模板用了不存在的变量（{_chinese(error.message)}）",
            _place(pack, error, name),
            "可用的变量见 docs/variables.md",
        )
    except SecurityError as error:
        finding = Finding(
            Code.TEMPLATE_SYNTAX, f"模板做了不允许的事（{error}）", _place(pack, error, name), "请删去这一处"
        )
    except _TooLong as error:
        finding = Finding(
            Code.TEMPLATE_TIMEOUT, f"模板运行超过{time_limit:g}秒", _place(pack, error, name), "请检查循环"
        )
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError) as error:
        finding = Finding(
            Code.TEMPLATE_SYNTAX, f"模板运算出错（{error}）", _place(pack, error, name), "请检查这一行的变量类型"
        )
    raise InvalidError([finding]) from None


def _chinese(message: str | None) -> str:
    """Jinja's own words for an unknown name, in Chinese."""
    text = message or ""
    if text.endswith(" is undefined"):
        return f"变量 {text.removesuffix(' is undefined')} 不存在"
    if " has no attribute " in text:
        owner, _, attribute = text.partition(" has no attribute ")
        return f"{owner.split(' ')[0].strip(chr(39))} 没有 {attribute}"
    return text


def _place(pack: Pack, error: BaseException, name: str) -> Place:
    """The innermost template line of a traceback."""
    place = Place(f"{pack.folders[0][1]}/{name}")
    trace = error.__traceback__
    folders = tuple(str(folder) for folder, _ in pack.folders)
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.startswith(folders):
            place = Place(_shown(pack, filename, name), line=trace.tb_lineno)
        trace = trace.tb_next
    return place


def _shown(pack: Pack, filename: str | None, name: str) -> str:
    for folder, shown in pack.folders:
        if filename and Path(filename).is_relative_to(folder):
            return f"{shown}/{Path(filename).relative_to(folder).as_posix()}"
    return f"{pack.folders[0][1]}/{name}"


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Raise _TooLong inside the block when it runs past its time; works in any thread, on any system."""
    target = ctypes.c_ulong(threading.get_ident())
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    timer = threading.Timer(seconds, lambda: raise_in(target, ctypes.py_object(_TooLong)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        raise_in(target, None)  # withdraw one that was set but not yet raised
