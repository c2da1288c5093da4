"""Which tables of which months a scoring needs, so that only those workbooks are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tongbao.inputs.cases.definition import CaseTable
from tongbao.inputs.contract import TableContract
from tongbao.period import Period
from tongbao.scoring.definition import Leaf
from tongbao.scoring.formula import references
from tongbao.scoring.outline import units_in
from tongbao.scoring.scheme_model import InForce, Scheme


def needed_tables(
    scheme: Scheme, period: Period, systems: Sequence[str] | None = None
) -> Mapping[tuple[Period, str], frozenset[str]]:
    """Periods and names of the tables that the systems (and those they build on) refer to, with the units they score.

    A table of 市直部门 need not have a row for a unit of that group that only another system evaluates.
    """
    now = scheme.at(period)
    names = list(now.names if systems is None else systems)
    found: dict[tuple[Period, str], frozenset[str]] = {}
    done: set[str] = set()
    while names:
        name = names.pop()
        if name in done:
            continue
        done.add(name)
        system = now.systems[name].value
        units = frozenset(units_in(system.objects, now.roster))
        for _, leaf in system.leaves():
            if leaf.value.system is not None:
                names.append(leaf.value.system)
            for key in _asked(leaf, period):
                found[key] = found.get(key, frozenset()) | units
    return found


def _asked(leaf: Leaf, period: Period) -> Iterator[tuple[Period, str]]:
    for table in leaf.value.tables:
        yield period, table
    for text in formulas(leaf):
        for column in references(text):
            yield column.period(period), column.table


def contracts_for(scheme: InForce, names: Collection[str], *, base: bool) -> tuple[TableContract, ...]:
    """The contracts of these tables; of a base period no unit has to have a row, since it may be younger (R5)."""
    chosen = [table for table in scheme.contracts.tables if table.name in names]
    return tuple(table.model_copy(update={"units": ()}) if base else table for table in chosen)


def case_tables_for(scheme: InForce, names: Collection[str]) -> tuple[CaseTable, ...]:
    """The tables among these that are counted from case records."""
    return tuple(table for table in scheme.contracts.cases if table.name in names)


def formulas(leaf: Leaf) -> Iterator[str]:
    """Every formula that an indicator holds."""
    candidates: Iterable[str | None] = (
        leaf.value.formula,
        leaf.applies,
        leaf.scoring.target.target if leaf.scoring.target else None,
        *(check.condition for check in leaf.checks),
    )
    return (text for text in candidates if text is not None)
