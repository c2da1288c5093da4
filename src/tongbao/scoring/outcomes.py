"""What a missing figure is worth: decided by the definition or reported as an error, never settled in silence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.table import Missing
from tongbao.scoring.decimals import show_percent
from tongbao.scoring.definition import Leaf, Outcome, RateOutcome
from tongbao.scoring.figures import Figure
from tongbao.scoring.progress import Progress
from tongbao.scoring.scoreboard import Reference

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Award:
    """What the rules make of a figure.

    Attributes:
        points: exact points; None: not scored.
        rate: share of the weight.
        met: for targets and tasks.
        applicable: whether the indicator applies to the unit.
        in_base: whether its weight belongs to what the unit could have had.
        left_out: 剔除 was applied.
        provisional: the standing can only be provisional.
        pending: the target is not met, and its deadline has not come.
        progress: for targets: the task that the target is.
        steps: what was done, in words.
    """

    points: Decimal | None = None
    rate: Decimal | None = None
    met: bool | None = None
    applicable: bool = True
    in_base: bool = True
    provisional: bool = False
    left_out: bool = False
    pending: bool = False
    reference: Reference | None = None
    progress: Progress | None = None
    steps: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def without_value(leaf: Leaf, figure: Figure, unit: str, place: Place, *, prorated: bool) -> Award:
    """Apply 不适用, 分母为零 or 缺失 to a figure that is missing.

    Args:
        leaf: the indicator.
        figure: has a reason instead of a value.
        unit: whose figure it is.
        place: the line of the indicator, for figures without a cell.
        prorated: the system leaves out what does not apply.
    """
    reason = figure.reason or Missing.BLANK
    applicable = reason is not Missing.NOT_APPLICABLE
    steps = [figure.words or f"{reason}"] if figure.words not in figure.trace.steps else []
    outcome = _outcome(leaf, reason)
    if outcome == "不适用" or not applicable:
        if applicable:
            steps.append(f"{reason}按不适用处理")
        applicable = False
        outcome = leaf.not_applicable or ("剔除" if prorated or leaf.points is None else None)
    if outcome is None:
        finding = _undecided(leaf, figure, reason, unit, place, applicable=applicable)
        return Award(applicable=applicable, in_base=False, steps=(*steps, "定义没有写如何处理"), findings=(finding,))
    return _decided(leaf, outcome, figure, unit, place, steps, reason, applicable=applicable)


def _outcome(leaf: Leaf, reason: Missing) -> Outcome | None:
    match reason:
        case Missing.UNVERIFIED:
            return "待核"
        case Missing.ZERO_DENOMINATOR:
            return leaf.zero_denominator
        case Missing.BLANK | Missing.NOT_REPORTED | Missing.NO_COLUMN:
            return leaf.missing
        case _:
            return None


def _decided(
    leaf: Leaf,
    outcome: Outcome,
    figure: Figure,
    unit: str,
    place: Place,
    steps: list[str],
    reason: Missing,
    *,
    applicable: bool,
) -> Award:
    word = "不适用" if not applicable else str(reason)
    if outcome == "待核":
        finding = Finding(
            Code.PROVISIONAL,
            f"{unit}“{leaf.name}”待核（{figure.words or reason}）",
            figure.place(place),
            "核实前只能印发初步通报，核实后请补填并重新运行",
            Severity.WARNING,
        )
        steps.append("待核，暂不计分")
        return Award(applicable=applicable, in_base=False, provisional=True, steps=tuple(steps), findings=(finding,))
    if outcome == "剔除":
        return Award(applicable=False, in_base=False, left_out=True, steps=(*steps, f"{word}，不计入应得分值"))
    rate = outcome.rate if isinstance(outcome, RateOutcome) else ONE if outcome == "满分" else Decimal(0)
    tells = leaf.scoring.target is not None or leaf.value.task is not None
    met = rate == ONE if tells and applicable else None
    if leaf.points is None:
        meaning = "不计分" if met is None else "按完成计" if met else "按未完成计"
        return Award(met=met, applicable=applicable, steps=(*steps, f"{word}，{meaning}"))
    steps.append(f"{word}，按分值的{show_percent(rate)}计分")
    return Award(leaf.points * rate, rate, met, applicable=applicable, steps=tuple(steps))


def _undecided(leaf: Leaf, figure: Figure, reason: Missing, unit: str, place: Place, *, applicable: bool) -> Finding:
    words = figure.words or str(reason)
    if not applicable:
        remedy = f"请改正该单元格，或在指标“{leaf.name}”写明 不适用 时如何计分"
    elif reason is Missing.ZERO_DENOMINATOR:
        remedy = f"请核对分母，或在指标“{leaf.name}”写明 分母为零 时如何计分"
    elif reason is Missing.FORMULA_ERROR:
        remedy = "请改正表中的数或定义中的公式"
    else:
        remedy = f"请补填，或在指标“{leaf.name}”写明 缺失 时如何计分"
    code = Code.DENOMINATOR_ZERO if reason is Missing.ZERO_DENOMINATOR else Code.VALUE_MISSING
    status_only = leaf.scoring.status is not None
    severity = Severity.WARNING if status_only and reason is not Missing.FORMULA_ERROR else Severity.ERROR
    return Finding(code, f"{unit}“{leaf.name}”没有可用的数（{words}）", figure.place(place), remedy, severity)
