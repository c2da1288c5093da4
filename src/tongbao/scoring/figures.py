"""The figure of an indicator for a unit, however it is obtained; or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tongbao.errors import Finding, Place
from tongbao.inputs.table import Missing, Origin
from tongbao.scoring.definition import Leaf
from tongbao.scoring.evaluate import Result, evaluate
from tongbao.scoring.formula import parse
from tongbao.scoring.progress import Progress
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Event, Input, Scoreboard, Trace


@dataclass(frozen=True, slots=True)
class Figure:
    """What was found for one unit and one indicator, before any rule is applied.

    Attributes:
        value: the figure; None with a reason.
        reason: why there is none.
        trace: formula, inputs, events and what was done so far.
        origin: the cell to look at when something is wrong.
        words: what is the matter, in words.
        provisional: it rests on something that is 待核.
        told: an error about it has been reported already.
        progress: for tasks: the status of each; a figure without value and reason is one whose time has not come.
    """

    value: Decimal | str | None
    reason: Missing | None = None
    trace: Trace = field(default_factory=Trace)
    origin: Origin | None = None
    words: str = ""
    provisional: bool = False
    told: bool = False
    findings: tuple[Finding, ...] = ()
    progress: Progress | None = None

    def place(self, otherwise: Place) -> Place:
        """The cell at fault, else the line of the definition."""
        return self.origin.place if self.origin else otherwise


def outside(leaf: Leaf, unit: str) -> Figure:
    """The indicator is not meant for the unit."""
    trace = Trace(formula=leaf.value.formula or "", steps=(f"{unit}不是本指标的评价对象",))
    return Figure(None, Missing.NOT_APPLICABLE, trace, words=f"{unit}不是本指标的评价对象")


def by_formula(leaf: Leaf, unit: str, scope: Scope) -> Figure:
    """取值: 公式, after 适用 has been asked."""
    text = leaf.value.formula or ""
    before: tuple[Input, ...] = ()
    if leaf.applies is not None:
        condition = evaluate(parse(leaf.applies), unit, scope)
        before = condition.inputs
        if condition.missing is not None:
            return _figure(condition, replace(_trace(text, condition), substituted=""))
        if condition.value != "是":
            step = f"适用条件“{leaf.applies}”不成立（{condition.substituted}）"
            trace = Trace(text, "", before, steps=(step,))
            return Figure(None, Missing.NOT_APPLICABLE, trace, words=step)
    result = evaluate(parse(text), unit, scope)
    trace = _trace(text, result)
    if before:
        trace = replace(trace, inputs=tuple(dict.fromkeys((*result.inputs, *before))))
    return _figure(result, trace)


def by_events(leaf: Leaf, events: tuple[Event, ...]) -> Figure:
    """取值: 台账; the figure is how many times it counted."""
    times = sum((event.count for event in events if event.counted), Decimal(0))
    origin = events[0].origin if events else None
    steps = () if events else (f"台账“{leaf.value.ledger.table if leaf.value.ledger else ''}”中无此条款的记录",)
    return Figure(times, trace=Trace(events=events, steps=steps), origin=origin)


def by_system(unit: str, board: Scoreboard) -> Figure:
    """取值: 体系; the share of full marks that the unit has there (R21), from the published total."""
    system = board.system
    name = system.name
    standing = board.standing_of.get(unit)
    if standing is None:
        words = f"{unit}不在体系“{name}”的评价对象内"
        return Figure(None, Missing.NOT_APPLICABLE, Trace(steps=(words,)), words=words)
    if standing.total is None or not system.full:
        words = f"体系“{name}”没有得分（{standing.reason or '不计分'}）"
        missing = Input(name, None, Missing.NOT_REPORTED, None, "体系得分")
        return Figure(None, Missing.NOT_REPORTED, Trace(inputs=(missing,)), words=words)
    item = Input(name, standing.total, None, None, f"体系得分，满分{system.full}")
    steps = (f"体系“{name}”的得分含待核数据",) if standing.provisional else ()
    trace = Trace(f"{name}得分÷满分", f"{standing.total}÷{system.full}", (item,), steps=steps)
    return Figure(standing.total / system.full, trace=trace, provisional=standing.provisional)


def _trace(text: str, result: Result) -> Trace:
    return Trace(text, result.substituted, result.inputs)


def _figure(result: Result, trace: Trace) -> Figure:
    origin = result.blame or next((item.origin for item in result.inputs if item.origin), None)
    if isinstance(result.value, date | bool):
        return Figure(None, Missing.FORMULA_ERROR, trace, origin, "日期不能作为得分依据")
    if result.missing is not None and result.blame is None and result.missing is not Missing.ZERO_DENOMINATOR:
        origin = None  # no cell is at fault: the row itself is absent
    return Figure(result.value, result.missing, trace, origin, result.words)
