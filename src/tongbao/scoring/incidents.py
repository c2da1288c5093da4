"""台账 facts behind a measure: how often something was booked for a unit, and in which cells it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import BeforeValidator, Field

from tongbao.definitions import Strict
from tongbao.errors import Finding
from tongbao.inputs.table import Origin, Table
from tongbao.period import Period
from tongbao.scoring import entries
from tongbao.scoring.decimals import show
from tongbao.scoring.tables import TableKey

Clauses = Annotated[tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]


class LedgerCondition(Strict):
    """台账: a clause (or several, counted together) was booked for the unit so many times in the month."""

    table: str = Field(alias="表", description="a 数据表 whose 形式 is 台账, whether a system scores it or not")
    clauses: Clauses = Field(default=(), alias="条款", description="default: every row of the table")
    times: Annotated[int, Field(ge=1)] = Field(default=1, alias="次数不少于")
    words: str | None = Field(default=None, alias="说法", description="what the reason says; default: the clauses")

    @property
    def called(self) -> str:
        """What happened, as the reason puts it."""
        return self.words or "、".join(self.clauses) or self.table


@dataclass(frozen=True, slots=True)
class Incident:
    """One row that was booked for a unit."""

    clause: str
    times: Decimal
    origin: Origin


Incidents = Mapping[TableKey, Mapping[str, Sequence[Incident]]]
"""Of every month and ledger that a rule asks for: by unit what was booked, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A reason for a measure: in the words of a notice, and where it stands, for whoever decides.

    Attributes:
        words: 被曝光2次.
        source: 台账.xlsx，台账，C2、C5; "" for what stands in the score table.
    """

    words: str
    source: str = ""

    @property
    def located(self) -> str:
        """被曝光2次（台账.xlsx，台账，C2、C5）."""
        return f"{self.words}（{self.source}）" if self.source else self.words


def booked(
    table: Table, renamed: Callable[[str], str | None] = lambda unit: unit
) -> tuple[Mapping[str, tuple[Incident, ...]], tuple[Finding, ...]]:
    """What a ledger holds against (or for) each unit.

    Args:
        table: the ledger of one month.
        renamed: a unit's name in the month that the notice is about; None where there is no such unit any more.

    Returns:
        By unit its rows, and findings for rows whose 次数 cannot be told.
    """
    found: dict[str, list[Incident]] = {}
    findings: list[Finding] = []
    for row in table.rows:
        unit = renamed(row.unit) if row.unit is not None else None
        if unit is None:
            continue
        clause = entries.text(row, "条款")
        times, problem = entries.times(row, clause or table.name)
        findings += [problem] if problem else []
        if times:
            cell = row.cells.get("条款") or next(iter(row.cells.values()))
            found.setdefault(unit, []).append(Incident(clause, times, cell.origin))
    return {unit: tuple(rows) for unit, rows in found.items()}, tuple(findings)


def fact(condition: LedgerCondition, unit: str, period: Period, incidents: Incidents) -> Fact | None:
    """The fact that meets a condition; None where it was not booked often enough."""
    rows = incidents.get((period, condition.table), {}).get(unit, ())
    meant = [row for row in rows if not condition.clauses or row.clause in condition.clauses]
    times = sum((row.times for row in meant), Decimal(0))
    if times < condition.times:
        return None
    return Fact(f"{condition.called}{show(times)}次", _places(row.origin for row in meant))


def _places(origins: Iterable[Origin]) -> str:
    """台账.xlsx，台账，C2、C5: all of them stand in one sheet."""
    places = list(origins)
    first = places[0]
    cells = "、".join(origin.cell for origin in places)
    return "，".join(filter(None, (PurePosixPath(first.file).name, first.sheet, cells)))
