"""人工: points entered by judges; above full marks, blank or unexplained points never slip through (R10)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tongbao.errors import Code, Finding, Place
from tongbao.inputs.table import Missing, Row
from tongbao.scoring import entries
from tongbao.scoring.decimals import show
from tongbao.scoring.definition import JudgedValue, Leaf
from tongbao.scoring.figures import Figure
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Event, Input, Trace


def by_judges(leaf: Leaf, judged: JudgedValue, unit: str, scope: Scope) -> Figure:
    """取值: 人工; the mean, the lowest or the only entry."""
    rows = scope.entries(judged.table, judged.clause).get(unit, ())
    if not rows:
        words = f"表“{judged.table}”中没有{unit}“{judged.clause}”的评分"
        return Figure(None, Missing.NOT_REPORTED, words=words)
    findings: list[Finding] = _repeated(rows, judged, unit)
    points: list[Decimal] = []
    events: list[Event] = []
    inputs: list[Input] = []
    for row in rows:
        cell = row.cells.get("得分")
        if cell is None or not isinstance(cell.value, Decimal):
            reason = cell.missing if cell is not None and cell.missing else Missing.BLANK
            origin = cell.origin if cell is not None else row.cells["条款"].origin
            trace = Trace(inputs=(Input(f"{judged.table}.得分", None, reason, origin),), events=tuple(events))
            words = f"{_judge(row) or judged.table}没有给{unit}“{judged.clause}”打分"
            return Figure(None, reason, trace, origin, words, findings=tuple(findings))
        findings.extend(_examined(row, cell.value, cell.origin.place, leaf, unit))
        points.append(cell.value)
        inputs.append(Input(f"{judged.table}.得分", cell.value, None, cell.origin, _judge(row)))
        note = entries.text(row, "理由")
        events.append(Event(cell.origin, judged.clause, None, Decimal(1), cell.value, _judge(row), note=note))
    value, step = _combined(judged, points)
    trace = Trace(inputs=tuple(inputs), events=tuple(events), steps=(step,) if step else ())
    told = any(finding.code is Code.CELL_OUT_OF_BOUNDS for finding in findings)
    return Figure(value, None, trace, inputs[0].origin, told=told, findings=tuple(findings))


def _combined(judged: JudgedValue, points: list[Decimal]) -> tuple[Decimal, str]:
    if len(points) == 1:
        return points[0], ""
    if judged.judges == "最低":
        return min(points), f"{len(points)}名评委取最低分{show(min(points))}"
    mean = sum(points, Decimal(0)) / len(points)
    return mean, f"{len(points)}名评委取平均分{show(mean)}"


def _examined(row: Row, points: Decimal, place: Place, leaf: Leaf, unit: str) -> list[Finding]:
    full = leaf.points or Decimal(0)
    if points < 0 or points > full:
        return [
            Finding(
                Code.CELL_OUT_OF_BOUNDS,
                f"{unit}“{leaf.name}”得分{show(points)}，应在0至{show(full)}之间",
                place,
                "请改正得分",
            )
        ]
    if points < full and not entries.text(row, "理由"):
        reason = row.cells.get("理由")
        return [
            Finding(
                Code.REASON_MISSING,
                f"{unit}“{leaf.name}”得分{show(points)}，低于满分{show(full)}，没有写理由",
                reason.origin.place if reason else place,
                "请写明扣分理由",
            )
        ]
    return []


def _repeated(rows: Sequence[Row], judged: JudgedValue, unit: str) -> list[Finding]:
    seen: set[str] = set()
    findings: list[Finding] = []
    for row in rows:
        judge = "" if judged.judges == "唯一" else _judge(row)
        if judge in seen:
            who = f"评委{judge}" if judge else "同一单位同一条款"
            findings.append(
                Finding(
                    Code.ROW_REPEATED,
                    f"{unit}“{judged.clause}”有不止一行评分（{who}）",
                    row.cells["条款"].origin.place,
                    "请只保留一行；几名评委打分的请在评委列写明，并把 多评委 定为 平均 或 最低",
                )
            )
        seen.add(judge)
    return findings


def _judge(row: Row) -> str:
    return entries.text(row, "评委")
