"""时间加权: one figure out of the totals of many months, each scored by the revision in force then (R20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.table import Missing
from tongbao.period import Period
from tongbao.scoring.decimals import show, show_percent, tidy
from tongbao.scoring.definition import Leaf, SystemValue
from tongbao.scoring.figures import Figure
from tongbao.scoring.scoreboard import Input, Scoreboard, Trace

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Month:
    """A unit's result in one month; without a total the words say why."""

    period: Period
    total: Decimal | None
    full: Decimal
    measure: str = ""
    provisional: bool = False
    words: str = ""
    excused: bool = False  # nothing could be there: the unit was no object of the system then

    @property
    def rate(self) -> Decimal:
        return (self.total or ZERO) / self.full


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One line of 时间加权 for one unit: the months that have come."""

    words: str
    weight: Decimal
    months: tuple[_Month, ...]

    @property
    def scored(self) -> tuple[_Month, ...]:
        return tuple(month for month in self.months if month.total is not None)

    @property
    def mean(self) -> Decimal:
        """Mean of the shares of full marks."""
        return sum((month.rate for month in self.scored), ZERO) / len(self.scored)

    @property
    def substituted(self) -> str:
        """“(90＋92.5)÷2÷100×50%”; month by month where full marks were not the same."""
        months = self.scored
        alike = len({month.full for month in months}) == 1
        totals = [show(m.total or ZERO) if alike else f"{show(m.total or ZERO)}÷{show(m.full)}" for m in months]
        mean = totals[0] if len(totals) == 1 else f"({'＋'.join(totals)})÷{len(totals)}"
        return f"{mean}{f'÷{show(months[0].full)}' if alike else ''}×{show_percent(self.weight)}"

    def step(self) -> str:
        """“2021年12月至2022年10月按11个月平均93.2分（满分100），权重50%”, with what is left out."""
        months = self.scored
        alike = len({(month.full, month.measure) for month in months}) == 1
        mean = tidy(self.mean * months[0].full) if alike else self.mean
        shown = f"{show(mean)}{months[0].measure}（满分{show(months[0].full)}）" if alike else show_percent(mean)
        count = f"按{len(months)}个月平均" if len(self.months) > 1 else ""
        absent = "、".join(f"{month.period.words}（{month.words}）" for month in self.months if month.total is None)
        return f"{self.words}{count}{shown}，权重{show_percent(self.weight)}" + (f"，未计{absent}" if absent else "")


def by_months(part: SystemValue, unit: str, boards: Mapping[Period, Scoreboard], period: Period) -> Figure:
    """取值: 体系 with 时间加权; the weighted mean of the shares of full marks in the months that have come.

    Args:
        part: the 取值 of the indicator.
        unit: whose figure it is.
        boards: of the system, for every month that there is anything for.
        period: the month that is scored; before the last month of 时间加权 the figure is provisional.
    """
    stretches = [
        _Stretch(line.months.words, line.weight, tuple(_month(unit, month, boards.get(month)) for month in come))
        for line in part.weighted
        if (come := [month for month in line.months.months() if month <= period])
    ]
    months = [month for stretch in stretches for month in stretch.months]
    trace = Trace(formula=_formula(part, period), inputs=tuple(_input(part, month) for month in months))
    lacking = [month for month in months if month.total is None and not month.excused]
    if lacking and part.lacking == "错误":
        words = "、".join(f"{month.period.words}{month.words}" for month in lacking)
        told = any(month.period not in boards for month in lacking)
        return Figure(None, Missing.NOT_REPORTED, trace, words=f"体系“{part.name}”{words}", told=told)
    empty = [stretch for stretch in stretches if not stretch.scored]
    if empty:
        words = f"{unit}{empty[0].words}没有体系“{part.name}”的得分（{empty[0].months[0].words}）"
        reason = Missing.NOT_APPLICABLE if all(month.excused for month in months) else Missing.NOT_REPORTED
        return Figure(None, reason, trace, words=words)
    weight = sum((stretch.weight for stretch in stretches), ZERO)
    value = sum((stretch.mean * stretch.weight for stretch in stretches), ZERO) / weight
    substituted = "＋".join(stretch.substituted for stretch in stretches)
    if weight != 1:
        substituted = f"({substituted})÷{show_percent(weight)}"
    steps = [stretch.step() for stretch in stretches]
    if outstanding := _outstanding(part, period):
        steps.append(f"初步：{outstanding}尚未到，按已到的月份计算")
    unsure = "、".join(month.period.words for month in months if month.provisional)
    if unsure:
        steps.append(f"{unsure}的得分含待核数据")
    trace = Trace(trace.formula, substituted, trace.inputs, steps=tuple(steps))
    return Figure(value, trace=trace, provisional=bool(outstanding or unsure))


def about_months(
    leaf: Leaf, part: SystemValue, boards: Mapping[Period, Scoreboard], period: Period, place: Place
) -> Iterator[Finding]:
    """What concerns all units alike: months without data, results that are not final yet; each told once."""
    absent = [month for month in part.months(period) if month not in boards]
    if absent:
        months = "、".join(month.words for month in absent)
        if part.lacking == "错误":
            remedy = f"请补齐 inputs/{absent[0]} 等月份的数据；确无数据而按实有月数平均的，请写 缺月: 按实有月数平均"
            yield Finding(Code.FILE_MISSING, f"“{leaf.name}”要用“{part.name}”{months}的得分，没有数据", place, remedy)
        else:
            message = f"“{leaf.name}”缺“{part.name}”{months}的得分，按实有月数平均"
            remedy = "请补齐数据；确无数据的不必处理"
            yield Finding(Code.FILE_MISSING, message, place, remedy, Severity.WARNING)
    if outstanding := _outstanding(part, period):
        message = f"“{leaf.name}”要用“{part.name}”{outstanding}的得分，{period.words}的结果为初步"
        remedy = "各月齐备后再作正式通报；此前只能印发初步通报"
        yield Finding(Code.PROVISIONAL, message, place, remedy, Severity.WARNING)


def _month(unit: str, period: Period, board: Scoreboard | None) -> _Month:
    if board is None:
        return _Month(period, None, ZERO, words="没有数据")
    standing, full = board.standing_of.get(unit), board.system.full
    if standing is None:
        return _Month(period, None, ZERO, words=f"{unit}不是评价对象", excused=True)
    if standing.total is None or not full:
        return _Month(period, None, ZERO, words=standing.reason or "不计分")
    return _Month(period, standing.total, full, board.system.measure, standing.provisional)


def _input(part: SystemValue, month: _Month) -> Input:
    name = f"{part.name}@{month.period}"
    if month.total is None:
        return Input(name, None, Missing.NOT_REPORTED, None, month.words)
    return Input(name, month.total, None, None, f"体系得分，满分{show(month.full)}")


def _formula(part: SystemValue, period: Period) -> str:
    lines = [line for line in part.weighted if line.months.first is not None and line.months.first <= period]
    terms = [f"{part.name}{line.months.words}平均得分率×{show_percent(line.weight)}" for line in lines]
    return "＋".join(terms)


def _outstanding(part: SystemValue, period: Period) -> str:
    """The months that are still to come: “2022年8月至2022年11月”."""
    months: Sequence[Period] = sorted(month for month in part.months() if month > period)
    if not months:
        return ""
    return months[0].words if len(months) == 1 else f"{months[0].words}至{months[-1].words}"
