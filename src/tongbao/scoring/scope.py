"""Where rules look for figures: the tables read, the month, the units of a system, the working days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tongbao.inputs.calendar import WorkCalendar
from tongbao.inputs.table import Row, Table
from tongbao.period import Period

if TYPE_CHECKING:
    from tongbao.scoring.evaluate import Result

Entries = Mapping[str, tuple[Row, ...]]
"""Rows of a ledger by unit."""


@dataclass
class Scope:
    """Everything that the figures of one system and one month may be drawn from.

    Attributes:
        tables: by period and name.
        period: the month that is scored.
        units: of the system, in official order.
        calendar: working days as the workspace states them.
        successor: the name in another month of the unit that bears a name in a month; None where it did not exist.
        aggregates: figures over all units of the system, by formula text, each worked out once.
    """

    tables: Mapping[tuple[Period, str], Table]
    period: Period
    units: Sequence[str]
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    successor: Callable[[str, Period, Period], str | None] = lambda unit, _, __: unit
    aggregates: dict[str, Result] = field(default_factory=dict)
    _rows: dict[tuple[Period, str], dict[str | None, Row]] = field(default_factory=dict)
    _entries: dict[tuple[Period, str, str | None], Entries] = field(default_factory=dict)

    def row(self, period: Period, table: str, unit: str) -> Row | None:
        """The unit's row under its name of that month, or the only row of a table that speaks of all units."""
        key = (period, table)
        if key not in self._rows:
            found = self.tables.get(key)
            self._rows[key] = {row.unit: row for row in found.rows} if found else {}
        rows = self._rows[key]
        name = unit if period == self.period else self.successor(unit, self.period, period)
        return (rows.get(name) if name is not None else None) or rows.get(None)

    def has(self, table: str, period: Period | None = None) -> bool:
        """Whether a table of the month (or of another one) was sent at all."""
        return (period or self.period, table) in self.tables

    def entries(self, table: str, clause: str | None = None, period: Period | None = None) -> Entries:
        """Rows of a ledger by unit (under its name in the month that is scored), in the order of the file.

        Args:
            table: its name.
            clause: only rows whose 条款 is this one; None: all rows.
            period: the month that is scored where left out.
        """
        month = period or self.period
        if (month, table, None) not in self._entries:
            self._sort(month, table)
        return self._entries.get((month, table, clause), {})

    def _sort(self, period: Period, table: str) -> None:
        found = self.tables.get((period, table))
        sorted_rows: dict[str | None, dict[str, list[Row]]] = {None: {}}
        for row in found.rows if found else ():
            if row.unit is None:
                continue
            unit = row.unit if period == self.period else self.successor(row.unit, period, self.period)
            if unit is None:
                continue  # of another month: a unit that does not exist in this one
            sorted_rows[None].setdefault(unit, []).append(row)
            cell = row.cells.get("条款")
            if cell is not None and isinstance(cell.value, str):
                sorted_rows.setdefault(cell.value, {}).setdefault(unit, []).append(row)
        for clause, rows in sorted_rows.items():
            self._entries[period, table, clause] = {unit: tuple(each) for unit, each in rows.items()}
