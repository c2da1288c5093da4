"""计分: how a figure becomes points — share, target, gap, bands, events, direct — with every bound told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.table import Missing
from tongbao.scoring.decimals import settle, show, show_percent
from tongbao.scoring.definition import Band, Gap, Leaf, PerEvent, Target
from tongbao.scoring.evaluate import Result
from tongbao.scoring.figures import Figure
from tongbao.scoring.operations import compare
from tongbao.scoring.outcomes import ONE, Award, without_value
from tongbao.scoring.progress import Progress, TaskStatus
from tongbao.scoring.scoreboard import Reference

ZERO = Decimal(0)
_SIGNS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True, slots=True)
class Case:
    """One unit before one indicator: all that a rule may look at.

    Attributes:
        best: the best of the unit's group, for rules relative to it.
        target: the target of a 达标 rule, worked out for the unit.
        close: last day of the period.
        place: the line of the indicator.
    """

    leaf: Leaf
    unit: str
    figure: Figure
    best: Reference | None
    target: Result | None
    close: date
    place: Place
    prorated: bool

    @property
    def weight(self) -> Decimal:
        """分值."""
        return self.leaf.points or ZERO

    def shown(self, number: Decimal) -> str:
        """A figure in the indicator's own way of showing it."""
        return show_percent(number) if self.leaf.shown_unit == "%" else show(number)

    def finding(self, code: Code, message: str, remedy: str, severity: Severity = Severity.ERROR) -> Finding:
        """A finding at the cell of the figure."""
        return Finding(code, f"{self.unit}“{self.leaf.name}”{message}", self.figure.place(self.place), remedy, severity)

    def failed(self, code: Code, message: str, remedy: str) -> Award:
        """No points, because the definition does not say what to do."""
        return Award(in_base=False, steps=(message,), findings=(self.finding(code, message, remedy),))

    def missing(self, reason: Missing, words: str) -> Award:
        """The figure turned out to be of no use; 不适用, 分母为零 and 缺失 decide."""
        figure = replace(self.figure, value=None, reason=reason, words=words)
        return without_value(self.leaf, figure, self.unit, self.place, prorated=self.prorated)


def award(case: Case) -> Award:  # noqa: C901, PLR0911 - one line a way of scoring
    """Apply the indicator's way of scoring to the figure."""
    figure, scoring = case.figure, case.leaf.scoring
    if figure.told:
        return Award(in_base=False)
    if figure.reason is not None:
        return without_value(case.leaf, figure, case.unit, case.place, prorated=case.prorated)
    if figure.value is None:
        return Award(in_base=False, pending=True, steps=("未到期，暂不计分",))
    if scoring.status is not None:
        return Award(steps=("仅列状态，不计分",))
    if scoring.bands is not None:
        return _bands(case, scoring.bands)
    if not isinstance(figure.value, Decimal):
        return case.failed(Code.VALUE_INVALID, f"的值“{figure.value}”不是数字", "请改正定义：文字只能用分档计分")
    value = figure.value
    if scoring.proportional is not None:
        return _proportional(case, value)
    if scoring.target is not None:
        return _target(case, value, scoring.target)
    if scoring.gap is not None:
        return _gap(case, value, scoring.gap)
    if scoring.per_event is not None:
        return _per_event(case, scoring.per_event)
    return _direct(case, value)


def _proportional(case: Case, value: Decimal) -> Award:
    rate, steps, reference = value, [], None
    rule = case.leaf.scoring.proportional
    if rule is not None and rule.reference is not None:
        reference = case.best
        if reference is None or reference.value <= 0:
            return case.missing(Missing.ZERO_DENOMINATOR, "组内最高值为零")
        rate = value / reference.value
        steps.append(f"参照组内最高{reference.unit}{case.shown(reference.value)}，比率{show_percent(rate)}")
    findings: list[Finding] = []
    cap, floor = case.leaf.cap, case.leaf.floor
    settled = settle(rate)
    if settled > (ONE if cap is None else cap):
        if cap is None:
            remedy = "请核对数据；确可超过的请写 上限: 100%"
            return case.failed(Code.RATE_ABOVE_ONE, f"比率{show_percent(rate)}超过100%", remedy)
        step = f"比率{show_percent(rate)}超过上限{show_percent(cap)}，按{show_percent(cap)}计"
        if case.leaf.value.system is None:  # a system with 加分 may well give more than its 满分
            findings.append(case.finding(Code.RATE_ABOVE_ONE, step, "请核对数据", Severity.WARNING))
        steps.append(step)
        rate = cap
    elif settled < (ZERO if floor is None else floor):
        if floor is None:
            remedy = "请核对数据；确可为负的请写 下限: 0"
            return case.failed(Code.CELL_OUT_OF_BOUNDS, f"比率{show_percent(rate)}为负", remedy)
        steps.append(f"比率{show_percent(rate)}低于下限{show_percent(floor)}，按{show_percent(floor)}计")
        rate = floor
    points = case.weight * rate
    steps.append(f"{show(case.weight)}×{show_percent(rate)}＝{show(points)}")
    return Award(points, rate, reference=reference, steps=tuple(steps), findings=tuple(findings))


def _target(case: Case, value: Decimal, rule: Target) -> Award:
    found = case.target
    if found is None or found.missing is not None or not isinstance(found.value, Decimal):
        reason = found.missing if found is not None and found.missing else Missing.FORMULA_ERROR
        return case.missing(reason, f"目标没有数（{found.words if found else reason}）")
    target = found.value
    met = bool(compare(rule.comparison, value, target))
    words = f"目标{_SIGNS.get(rule.comparison, rule.comparison)}{case.shown(target)}，实际{case.shown(value)}"
    steps = [f"{words}，{'达标' if met else '未达标'}"]
    if rule.lasting and rule.deadline and case.close >= rule.deadline:
        steps.append(f"{rule.deadline}到期后长期坚持，逐月复核")
    if not met and rule.deadline is not None and case.close < rule.deadline:
        counted = rule.early == "计入" and case.leaf.points is not None
        steps.append(f"截止日期{rule.deadline}未到（未到期），{'计入应完成，尚未完成' if counted else '暂不计分'}")
        waiting = Progress((TaskStatus.WAITING,), 0, int(rule.early == "计入"))
        return Award(ZERO if counted else None, in_base=counted, pending=True, progress=waiting, steps=tuple(steps))
    unmet = TaskStatus.OVERDUE if rule.deadline is not None else TaskStatus.OPEN
    progress = Progress.one(TaskStatus.DONE if met else unmet)
    if case.leaf.points is None:
        return Award(met=met, progress=progress, steps=tuple(steps))
    rate = ONE if met else ZERO
    if not met and rule.unmet == "按完成比例":
        over, under = (target, value) if rule.comparison in {"<=", "<"} else (value, target)
        if under <= 0 or over < 0 or over > under:
            remedy = "请核对数据，或把 未达 改为 零分"
            return case.failed(Code.VALUE_INVALID, f"{words}，无法按完成比例计分", remedy)
        rate = over / under
        steps.append(f"按完成比例{show_percent(rate)}计分")
    return replace(_within(case, case.weight * rate, rate, steps), met=met, progress=progress)


def _gap(case: Case, value: Decimal, rule: Gap) -> Award:
    reference = case.best or Reference(case.unit, value)
    if case.leaf.shown_unit == "%" and settle(value) > ONE:
        return case.failed(Code.RATE_ABOVE_ONE, f"比率{show_percent(value)}超过100%", "请核对数据")
    steps_below = settle((reference.value - value) / rule.step)
    if rule.stepping == "满步":
        steps_below = steps_below.to_integral_value(ROUND_FLOOR)
    elif rule.stepping == "不足一步按一步":
        steps_below = steps_below.to_integral_value(ROUND_CEILING)
    points = case.weight - rule.off * steps_below
    step = (
        f"参照组内最高{reference.unit}{case.shown(reference.value)}，低{case.shown(reference.value - value)}，"
        f"每{case.shown(rule.step)}扣{show(rule.off)}（{rule.stepping}），"
        f"扣{show(rule.off)}×{show(steps_below)}＝{show(rule.off * steps_below)}"
    )
    return _within(case, points, None, [step], floor=ZERO, reference=reference)


def _bands(case: Case, bands: tuple[Band, ...]) -> Award:
    progress = case.figure.progress
    value = progress.words if progress and bands[0].text is not None else case.figure.value
    chosen: Band | None = None
    if isinstance(value, Decimal):
        reached = [band for band in bands if band.at_least is not None and compare(">=", value, band.at_least)]
        chosen = max(reached, key=lambda band: band.at_least or ZERO) if reached else None
        shown = case.shown(value)
    else:
        chosen = next((band for band in bands if band.text is not None and band.text == value), None)
        shown = f"“{value}”"
    if chosen is None:
        known = "、".join(band.text or f"不低于{case.shown(band.at_least or ZERO)}" for band in bands)
        code = Code.CELL_OUT_OF_BOUNDS if isinstance(value, Decimal) else Code.CELL_NOT_CHOICE
        return case.failed(code, f"的值{shown}不在任何一档内", f"请改正为分档内的值（{known}），或补充分档")
    if chosen.not_applicable:
        return case.missing(Missing.NOT_APPLICABLE, f"{shown}为不适用")
    points = chosen.points or ZERO
    return _within(case, points, None, [f"{shown}对应{show(points)}分"])


def _per_event(case: Case, rule: PerEvent) -> Award:
    times = case.figure.value if isinstance(case.figure.value, Decimal) else ZERO
    signed = times * rule.on if rule.on is not None else ZERO - times * (rule.off or ZERO)
    left_out = sum(1 for event in case.figure.trace.events if not event.counted)
    steps: list[str] = []
    if times:
        verb, amount = ("扣", rule.off) if rule.off is not None else ("加", rule.on)
        steps.append(f"计{show(times)}次，每次{verb}{show(amount or ZERO)}分，共{verb}{show(abs(signed))}分")
    if left_out:
        steps.append(f"另有{left_out}条记录不计分")
    if case.leaf.points is None:
        return _within(case, signed, None, steps)
    base = case.weight if rule.off is not None else ZERO
    return _within(case, base + signed, None, steps, floor=ZERO)


def _direct(case: Case, value: Decimal) -> Award:
    settled = settle(value)
    if settled > case.weight and case.leaf.cap is None:
        remedy = "请改正；确可超过的请写 上限"
        return case.failed(Code.CELL_OUT_OF_BOUNDS, f"为{show(value)}，高于分值{show(case.weight)}", remedy)
    if settled < 0 and case.leaf.floor is None:
        return case.failed(Code.CELL_OUT_OF_BOUNDS, f"为{show(value)}，低于0", "请改正；确可为负的请写 下限")
    return _within(case, value, None, [])


def _within(
    case: Case,
    points: Decimal,
    rate: Decimal | None,
    steps: list[str],
    *,
    floor: Decimal | None = None,
    reference: Reference | None = None,
) -> Award:
    """Hold points between 下限 and 上限; an indicator with 分值 never gives more than it without a stated 上限."""
    cap = case.leaf.cap if case.leaf.cap is not None else case.leaf.points
    floor = case.leaf.floor if case.leaf.floor is not None else floor
    bounded = points
    if cap is not None and points > cap:
        bounded = cap
        steps.append(f"{show(points)}分超过上限{show(cap)}分，按{show(cap)}分计")
    elif floor is not None and points < floor:
        bounded = floor
        steps.append(f"{show(points)}分低于下限{show(floor)}分，按{show(floor)}分计")
    if case.leaf.points and rate is None:
        rate = bounded / case.leaf.points
    return Award(bounded, rate, reference=reference, steps=tuple(steps))
