"""How reports ended: what was made of each, all that was found, and what the command says with its exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from tongbao.errors import Code, ExitCode, Finding, InvalidError, OutputError, Place
from tongbao.outputs.fonts import first_told

Result = TypeVar("Result")


class State(StrEnum):
    """How a report ended."""

    MADE = "已生成"
    CURRENT = "未变，跳过"
    ISSUED = "已签发，不再改动"
    INVALID = "数据有误，未生成"
    FAILED = "生成失败"


@dataclass(frozen=True)
class Outcome:
    """The end of one report: what was made, where, and all that was found."""

    name: str
    state: State
    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def in_order(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """By name, however many cores worked; what a font lacks is told with the first report that meets it only."""
    told: set[object] = set()
    return tuple(
        replace(outcome, findings=tuple(first_told(outcome.findings, told)))
        for outcome in sorted(outcomes, key=lambda outcome: outcome.name)
    )


def broken_reports(findings: Sequence[Finding]) -> list[Outcome]:
    """Definitions that could not be read, each with all its findings."""
    names = dict.fromkeys(Path(finding.place.file).stem for finding in findings)
    return [
        Outcome(name, State.INVALID, findings=tuple(f for f in findings if Path(f.place.file).stem == name))
        for name in names
    ]


def exit_code(outcomes: Sequence[Outcome]) -> ExitCode:
    """0 when all is well, 3 when nothing could be made because of inputs or definitions, 1 otherwise."""
    states = {outcome.state for outcome in outcomes}
    if states <= {State.MADE, State.CURRENT, State.ISSUED}:
        return ExitCode.OK
    return ExitCode.INVALID if states == {State.INVALID} else ExitCode.FAILED


def guarded(name: str, work: Callable[[], Result], found: tuple[Finding, ...] = ()) -> Result | Outcome:
    """Let nothing that goes wrong with one report reach the others; `found` is what was known before."""
    try:
        return work()
    except InvalidError as error:
        return Outcome(name, State.INVALID, findings=(*found, *error.findings))
    except OutputError as error:
        return Outcome(name, State.FAILED, findings=(*found, error.finding))
    except Exception as error:  # noqa: BLE001  # one bad county never stops the batch
        return Outcome(name, State.FAILED, findings=(*found, _internal(error, name)))


def _internal(error: Exception, name: str) -> Finding:
    if os.environ.get("TONGBAO_DEBUG"):
        raise error
    message = f"程序出现意外（{type(error).__name__}：{error}）"
    remedy = "其余通报不受影响；请把本条信息和所用文件交给维护人员（设 TONGBAO_DEBUG=1 可看到详细经过）"
    return Finding(Code.INTERNAL, message, Place(f"reports/{name}.yaml"), remedy)
