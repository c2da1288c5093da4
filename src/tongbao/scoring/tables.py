"""Which boards and tables of which months a scoring needs, so that only those workbooks are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.inputs.cases.definition import CaseTable, SampleTable
from tongbao.inputs.contract import TableContract
from tongbao.period import Period
from tongbao.scoring.definition import Leaf
from tongbao.scoring.formula import references
from tongbao.scoring.frequency import months_needed
from tongbao.scoring.outline import units_in
from tongbao.scoring.scheme_model import InForce, Scheme

Board = tuple[str, Period]
"""A system in a month."""
TableKey = tuple[Period, str]
"""A month and the name of a table."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What it takes to score a month.

    Attributes:
        boards: the systems with all that they build on, each with the months in which it is to be scored.
        own: tables of the very months that are scored, with the units that are scored by them: of 市直部门 a unit
            that only another system evaluates need not have a row.
        base: tables of months that formulas only look back at; a unit may be younger than they are (R5).
    """

    boards: tuple[Board, ...]
    own: Mapping[TableKey, frozenset[str]]
    base: frozenset[TableKey]

    @property
    def months(self) -> tuple[Period, ...]:
        """Every month that something is read of."""
        return tuple(sorted({month for month, _ in self.own.keys() | self.base}))


def needs(
    scheme: Scheme,
    period: Period,
    systems: Sequence[str] | None = None,
    has_data: Callable[[Period], bool] = lambda _: True,
) -> Needs:
    """Find out what the systems refer to, at first or second hand.

    Args:
        scheme: the definitions.
        period: the month to score.
        systems: their names; all that are in force where left out.
        has_data: whether there is anything for a month at all; an empty month of 时间加权 is not scored.
    """
    waiting: list[Board] = [(name, period) for name in (scheme.at(period).names if systems is None else systems)]
    boards: dict[Board, None] = {}
    own: dict[TableKey, frozenset[str]] = {}
    base: set[TableKey] = set()
    while waiting:
        board = waiting.pop()
        name, month = board
        if board in boards or not (month == period or has_data(month)):
            continue
        boards[board] = None
        now = scheme.at(month)
        system = now.systems[name].value
        units = frozenset(units_in(system.objects, now.roster))
        for _, leaf in system.leaves():
            waiting.extend(leaf.parts(month))
            for key in _asked(leaf, month):
                if key[0] == month:
                    own[key] = own.get(key, frozenset()) | units
                else:
                    base.add(key)
    return Needs(tuple(boards), own, frozenset(base - own.keys()))


def _asked(leaf: Leaf, period: Period) -> Iterator[TableKey]:
    """The tables that an indicator refers to; formulas of a leaf whose time has not come are not worked out."""
    frequency = leaf.value.frequency
    for month in (period,) if frequency is None else months_needed(frequency, period):
        for table in leaf.value.tables:
            yield month, table
    for text in formulas(leaf) if not leaf.waits(period) else ():
        for column in references(text):
            yield column.period(period), column.table


def needed_tables(scheme: Scheme, period: Period, systems: Sequence[str] | None = None) -> frozenset[TableKey]:
    """Periods and table names that the systems (and the systems they build on) refer to."""
    found = needs(scheme, period, systems)
    return frozenset(found.own.keys() | found.base)


def contracts_for(scheme: InForce, names: Collection[str], *, base: bool) -> tuple[TableContract, ...]:
    """The contracts of these tables; of a base period no unit has to have a row, since it may be younger (R5)."""
    chosen = [table for table in scheme.contracts.tables if table.name in names]
    return tuple(table.model_copy(update={"units": ()}) if base else table for table in chosen)


def case_tables_for(scheme: InForce, names: Collection[str]) -> tuple[CaseTable, ...]:
    """The tables among these that are counted from case records."""
    return tuple(table for table in scheme.contracts.cases if table.name in names)


def samples_for(scheme: InForce, names: Collection[str]) -> tuple[SampleTable, ...]:
    """The tables among these that are filled-in check sheets of a draw."""
    return tuple(sample for sample in scheme.contracts.samples if sample.name in names)


def formulas(leaf: Leaf) -> Iterator[str]:
    """Every formula that an indicator holds."""
    candidates: Iterable[str | None] = (
        leaf.value.formula,
        leaf.applies,
        leaf.scoring.target.target if leaf.scoring.target else None,
        *(check.condition for check in leaf.checks),
    )
    return (text for text in candidates if text is not None)
