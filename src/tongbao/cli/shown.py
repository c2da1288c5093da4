"""What a command came to, for people as tables and sentences, for programs as one JSON object (`--json`)."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import BaseModel

from tongbao.errors import Finding
from tongbao.period import Period

if TYPE_CHECKING:
    from rich.console import Console

    from tongbao.run.outcomes import Outcome

_META = "tongbao.json"


def _remember(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    ctx.meta[_META] = value
    return value


json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    is_eager=True,
    callback=_remember,
    expose_value=True,
    help="以 JSON 输出，供其他程序读取。",
)
"""Every command takes it; `as_json` tells the command, errors find it by `wants_json`."""


def wants_json() -> bool:
    """Whether the command that runs was asked for JSON."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx and ctx.meta.get(_META))


def emit(content: Any) -> None:
    """Print one JSON object: decimals as text, so that no figure is changed on the way; findings with their place."""
    click.echo(json.dumps(plain(content), ensure_ascii=False, indent=1, allow_nan=False))


def plain(content: Any) -> Any:  # noqa: PLR0911 - one line a kind of content
    """The same in what JSON knows: dataclasses and models become objects, decimals and dates text."""
    match content:
        case None | bool() | int() | str() if not isinstance(content, Enum):
            return content
        case Decimal():
            return f"{content:f}"
        case Enum():
            return content.value
        case Path():
            return content.as_posix()
        case date() | Period():
            return str(content)
        case BaseModel():
            return {name: plain(getattr(content, name)) for name in type(content).model_fields}
        case Mapping():
            return {_key(key): plain(value) for key, value in content.items()}
        case Sequence() | frozenset() | set():
            return [plain(value) for value in (sorted(content) if isinstance(content, set | frozenset) else content)]
        case _ if is_dataclass(content):
            return {field.name: plain(getattr(content, field.name)) for field in fields(content)}
        case _:
            raise TypeError(f"no JSON for {type(content).__name__}")


def _key(key: object) -> str:
    return "/".join(key) if isinstance(key, tuple) else str(plain(key))


def console(*, stderr: bool = False) -> Console:
    """Where tables and progress go."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def show_findings(findings: Sequence[Finding], *, strict: bool) -> None:
    """Each finding once; remarks only when asked for."""
    from tongbao.errors import Severity

    for finding in dict.fromkeys(findings):
        if strict or finding.severity is not Severity.REMARK:
            click.echo(str(finding), err=finding.severity is Severity.ERROR)


def show_outcomes(outcomes: Sequence[Outcome], *, strict: bool, made: str) -> None:
    """Findings first, then one table that says how each report ended."""
    from rich.table import Column, Table

    from tongbao.errors import Severity
    from tongbao.run.outcomes import State

    show_findings([finding for outcome in outcomes for finding in outcome.findings], strict=strict)
    table = Table(Column("通报", overflow="fold"), "结果", "文件数", "错误", "警告", "提示")
    for outcome in outcomes:
        counts = [str(sum(f.severity is severity for f in outcome.findings)) for severity in Severity]
        state = made if outcome.state is State.MADE else outcome.state.value
        table.add_row(outcome.name, state, str(len(outcome.files)), *counts)
    console().print(table)


def leave(outcomes: Sequence[Outcome]) -> None:
    """End with the exit code of a batch."""
    from tongbao.run.outcomes import exit_code

    sys.exit(exit_code(outcomes))
