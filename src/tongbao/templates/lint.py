"""Finds a template's slips before it runs: unknown names, also in branches that this month does not take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from tongbao.errors import Code, Finding, Place
from tongbao.scoring.suggestions import did_you_mean
from tongbao.templates.environment import understood
from tongbao.templates.pack import BASE, Pack

_LOOP_NAMES = {"loop", "self", "super", "caller", "varargs", "kwargs"}
_LOOP_ATTRIBUTES = {
    "index",
    "index0",
    "first",
    "last",
    "length",
    "revindex",
    "revindex0",
    "previtem",
    "nextitem",
    "cycle",
    "changed",
}


@dataclass(frozen=True)
class Vocabulary:
    """The documented names that a template may use: top-level variables, and attributes of what they hold."""

    variables: frozenset[str]
    attributes: frozenset[str]


def lint(pack: Pack, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """Read every template of the pack and report what cannot be right.

    Args:
        pack: all its folders are read, the base too.
        vocabulary: what the report stage offers.

    Returns:
        Findings with file and line: syntax errors, unknown variables, attributes and filters, blocks that
        override nothing.
    """
    findings: list[Finding] = []
    trees: dict[str, nodes.Template] = {}
    for folder, shown in reversed(pack.folders):
        for path in sorted(folder.rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            file = f"{shown}/{name}"
            try:
                trees[file] = understood(path.read_text(encoding="utf-8"), name, str(path))[0]
            except (TemplateSyntaxError, UnicodeDecodeError) as error:
                line = error.lineno if isinstance(error, TemplateSyntaxError) else None
                words = error.message if isinstance(error, TemplateSyntaxError) else "不是 UTF-8 编码"
                findings.append(
                    Finding(
                        Code.TEMPLATE_SYNTAX,
                        f"模板写法有误（{words}）",
                        Place(file, line=line),
                        "请检查 {{ }}、{% %} 是否成对，过滤器是否在可用之列",
                    )
                )
    shown_names = [shown for _, shown in reversed(pack.folders)]
    for file, tree in trees.items():
        findings += _names(tree, file, vocabulary)
        findings += _blocks(tree, file, _offered(tree, trees, shown_names))
    return tuple(findings)


def _offered(tree: nodes.Template, trees: Mapping[str, nodes.Template], folders: Sequence[str]) -> set[str] | None:
    """The blocks of what a template extends, and of what that extends; None where it extends nothing."""
    known: set[str] | None = None
    seen, waiting = [tree], [tree]
    while waiting:
        for extended in waiting.pop().find_all(nodes.Extends):
            known = set() if known is None else known
            name = str(extended.template.value) if isinstance(extended.template, nodes.Const) else ""
            files = (f"{shown}/{name.removeprefix(f'{BASE}/')}" for shown in folders)
            found = next((trees[file] for file in files if file in trees), None)
            if found is not None and found not in seen:
                known |= {block.name for block in found.find_all(nodes.Block)}
                seen.append(found)
                waiting.append(found)
    return known


def _names(tree: nodes.Template, file: str, vocabulary: Vocabulary) -> Iterable[Finding]:
    bound = (
        {node.name for node in tree.find_all(nodes.Name) if node.ctx in {"store", "param"}} | _LOOP_NAMES | {"range"}
    )
    bound |= {macro.name for macro in tree.find_all(nodes.Macro)}
    for imported in tree.find_all(nodes.FromImport):
        bound |= {each if isinstance(each, str) else each[1] for each in imported.names}
    bound |= {imported.target for imported in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in bound | vocabulary.variables:
            yield _unknown("变量", node.name, vocabulary.variables | bound, Place(file, line=node.lineno))
    modules = {imported.target for imported in tree.find_all(nodes.Import)}
    for access in tree.find_all(nodes.Getattr):
        if isinstance(access.node, nodes.Name) and access.node.name in modules | {"self"}:
            continue
        if access.attr not in vocabulary.attributes | _LOOP_ATTRIBUTES:
            yield _unknown("属性", access.attr, vocabulary.attributes, Place(file, line=access.lineno))


def _unknown(kind: str, name: str, known: Collection[str], place: Place) -> Finding:
    remedy = f"{did_you_mean(name, known)}可用的名称见 docs/variables.md"
    return Finding(Code.TEMPLATE_VARIABLE, f"模板用了不存在的{kind}“{name}”", place, remedy)


def _blocks(tree: nodes.Template, file: str, known: set[str] | None) -> Iterable[Finding]:
    if known is None:
        return
    for block in tree.find_all(nodes.Block):
        if block.name not in known:
            yield Finding(
                Code.TEMPLATE_OVERRIDE,
                f"块“{block.name}”没有覆盖基础模板中的任何一块",
                Place(file, line=block.lineno),
                f"可覆盖的块：{'、'.join(sorted(known))}",
            )
