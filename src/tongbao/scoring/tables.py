"""Which tables of which months a scoring needs, so that only those workbooks are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from tongbao.inputs.cases.definition import CaseTable
from tongbao.inputs.contract import TableContract
from tongbao.period import Period
from tongbao.scoring.definition import Leaf
from tongbao.scoring.formula import references
from tongbao.scoring.scheme_model import InForce, Scheme


def needed_tables(
    scheme: Scheme, period: Period, systems: Sequence[str] | None = None
) -> frozenset[tuple[Period, str]]:
    """Periods and table names that the systems (and the systems they build on) refer to."""
    now = scheme.at(period)
    names = list(now.names if systems is None else systems)
    found: set[tuple[Period, str]] = set()
    done: set[str] = set()
    while names:
        name = names.pop()
        if name in done:
            continue
        done.add(name)
        for _, leaf in now.systems[name].value.leaves():
            if leaf.value.system is not None:
                names.append(leaf.value.system)
            found.update((period, table) for table in leaf.value.tables)
            found.update(
                (column.period(period), column.table) for text in formulas(leaf) for column in references(text)
            )
    return frozenset(found)


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
