"""What scoring hands on: every score with the trace that explains it, totals, ranks; never a bare number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from tongbao.errors import Finding
from tongbao.inputs.table import Missing, Origin, SourceFile
from tongbao.period import Period
from tongbao.scoring.definition import Indicator, IndicatorGroup, System
from tongbao.scoring.progress import Progress

Key = tuple[str, ...]
"""The names from the system's top down to an indicator; unique in a system."""


@dataclass(frozen=True, slots=True)
class Input:
    """One figure that went into a formula: its name ([表.列] without brackets), its value, where it stands."""

    name: str
    value: Decimal | str | date | None
    missing: Missing | None
    origin: Origin | None
    note: str = ""  # “合计31个单位”, “体系得分”


@dataclass(frozen=True, slots=True)
class Event:
    """One row that was taken up — of a ledger, of judges, of tasks: what happened, what it cost or gave.

    Attributes:
        counted: whether it counted.
        note: why not, or what else the row says.
        due: for rows with a time limit: when it ran out.
        outcome: for rows that are judged one by one: 已完成, 逾期 …; they have no points of their own.
    """

    origin: Origin
    clause: str
    day: date | None
    count: Decimal
    points: Decimal
    matter: str
    counted: bool = True
    note: str = ""
    due: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The best of the group that a score was measured against."""

    unit: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Trace:
    """How one score came about, down to the cell.

    Attributes:
        formula: as the definition has it ("" for ledgers and judges).
        substituted: the formula with numbers in it.
        inputs: every figure that it names.
        events: ledger rows and judges' entries.
        reference: for scores relative to the group.
        steps: what was done after the value was known, in order, in words (“超过上限100%，按100%计”,
            “不适用，按80%计分”, “四舍五入到2位”).
    """

    formula: str = ""
    substituted: str = ""
    inputs: tuple[Input, ...] = ()
    events: tuple[Event, ...] = ()
    reference: Reference | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """One unit's result for one indicator (leaf or group).

    Attributes:
        key: names down to the indicator.
        points: points that count in the total, rounded where the definition says so; None: not scored here.
        full: points that could be had; None for status only and for bonus clauses without their own limit.
        value: the figure (0.9735 for 97.35%); None with a reason.
        reason: why there is no value.
        rate: points as a share of full.
        met: for 达标: whether the target is met; else None.
        applicable: False where the indicator does not apply to the unit.
        pending: the target is not met, and its deadline has not come (未到期): not done yet, but nothing is lost.
        progress: for tasks and targets: the status of each; else None.
        status: for tasks: how far they are, in words that are shown instead of the figure.
    """

    unit: str
    key: Key
    points: Decimal | None
    full: Decimal | None
    value: Decimal | str | None
    reason: Missing | None
    rate: Decimal | None
    met: bool | None
    applicable: bool
    trace: Trace
    pending: bool = False
    progress: Progress | None = None
    status: str = ""

    @property
    def name(self) -> str:
        """The indicator's own name."""
        return self.key[-1]

    @property
    def lost(self) -> Decimal:
        """Points that were to be had and were not; 0 where nothing was to be had."""
        if self.points is None or not self.applicable or self.pending:
            return Decimal(0)
        return max((self.full or Decimal(0)) - self.points, Decimal(0))


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit's total and place.

    Attributes:
        total: published (rounded) total; None: unranked, see reason.
        exact: before rounding.
        rank: place within the group, ties share a place and the next place is left out (1, 1, 3).
        peers: how many units of the group are ranked.
        provisional: some value is 待核, the notice can only be 初步.
        reason: why the unit is not ranked, in words; "" where it is.
        progress: the unit's tasks and targets together; None where the system has none.
        base: points that the unit could have had (R18); less than 满分 where indicators do not apply to it.
    """

    unit: str
    group: str
    total: Decimal | None
    exact: Decimal | None
    rank: int | None
    peers: int
    provisional: bool = False
    reason: str = ""
    progress: Progress | None = None
    base: Decimal = Decimal(0)


@dataclass(frozen=True)
class Scoreboard:
    """All results of one system for one period; the only thing that reports see of scoring.

    `scores` holds leaves and groups alike, by unit and key; `order` is the order of the definition.
    """

    system: System
    digest: str  # sha256 of the definition file
    period: Period
    standings: tuple[Standing, ...]  # by group, best first; unranked last, in roster order
    scores: Mapping[str, Mapping[Key, Score]]
    order: tuple[Key, ...]
    leaf_keys: tuple[Key, ...]
    sources: tuple[SourceFile, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def counts_tasks(self) -> bool:
        """Whether the unit's tasks and targets, counted by status, are what the system comes to."""
        return self.system.full is None or self.system.aggregate == "任务完成率"

    @cached_property
    def standing_of(self) -> dict[str, Standing]:
        """Standing by unit."""
        return {standing.unit: standing for standing in self.standings}

    @cached_property
    def indicator_of(self) -> dict[Key, Indicator]:
        """Every indicator of the definition by its key, groups before what is below them."""
        found: dict[Key, Indicator] = {}

        def walk(indicators: tuple[Indicator, ...], above: Key) -> None:
            for indicator in indicators:
                found[*above, indicator.name] = indicator
                if isinstance(indicator, IndicatorGroup):
                    walk(indicator.indicators, (*above, indicator.name))

        walk(self.system.indicators, ())
        return found

    def leaf_scores(self, unit: str) -> tuple[Score, ...]:
        """The unit's leaves in the order of the definition."""
        return tuple(self.scores[unit][key] for key in self.leaf_keys if key in self.scores[unit])
