"""Runs and their scores: what was made of which inputs, so that history can be told without scoring it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, ScalarSelect, and_, func, insert, select

from tongbao.period import Period
from tongbao.register.database import insert_missing
from tongbao.register.life import Act
from tongbao.register.results import Results
from tongbao.register.schema import NOTICES, RUNS, SCORES, STANDINGS


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One making of one report.

    Attributes:
        inputs: path of every file read to its sha256.
        definitions: the same of definitions.
        templates: the same of templates; they belong to the basis, not to the record.
        corrections: what granted appeals put right, in words; part of the basis too.
    """

    report: str
    jurisdiction: str
    period: Period
    job_key: str
    version: str
    inputs: Mapping[str, str]
    definitions: Mapping[str, str]
    templates: Mapping[str, str]
    corrections: str = ""

    @property
    def basis(self) -> str:
        """One digest of all that an office may change: what is proof-read is what is signed."""
        whole = json.dumps(
            [dict(self.inputs), dict(self.definitions), dict(self.templates), self.corrections],
            ensure_ascii=False,
            sort_keys=True,
        )
        return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's total and place in one system of one period, as recorded last.

    Attributes:
        run: number of the run it comes from.
        lowest: the last place of its group; None where nobody is ranked.
        issued_total: what the issued notice said; None before it is issued.
        issued_place: the same of the place.
    """

    period: Period
    report: str
    system: str
    group: str
    unit: str
    total: Decimal | None
    place: int | None
    peers: int
    provisional: bool
    run: int
    lowest: int | None
    issued_total: Decimal | None = None
    issued_place: int | None = None


@dataclass(frozen=True, slots=True)
class RunBasis:
    """What a run was made of: sha256 of every definition and input, so that a score can be proved later."""

    run: int
    report: str
    period: Period
    job_key: str
    version: str
    made_at: str
    made_by: str
    definitions: Mapping[str, str]
    inputs: Mapping[str, str]


def record(connection: Connection, run: RunRecord, results: Results, act: Act) -> int:
    """Keep a run with all its standings and scores; the same job again is the same run.

    Returns:
        The run's number.
    """
    values = {
        "report": run.report,
        "jurisdiction": run.jurisdiction,
        "period": str(run.period),
        "job_key": run.job_key,
        "basis": run.basis,
        "inputs": json.dumps(dict(run.inputs), ensure_ascii=False, sort_keys=True),
        "definitions": json.dumps(dict(run.definitions), ensure_ascii=False, sort_keys=True),
        "version": run.version,
        "made_at": act.moment,
        "made_by": act.by,
    }
    fresh = insert_missing(connection, RUNS, values)
    where = (RUNS.c.report == run.report, RUNS.c.period == str(run.period), RUNS.c.job_key == run.job_key)
    run_id: int = connection.execute(select(RUNS.c.id).where(*where)).scalar_one()
    if fresh:
        for table, rows in ((STANDINGS, results.standings), (SCORES, results.scores)):
            if rows:
                connection.execute(insert(table), [{"run_id": run_id, **row} for row in rows])
    return run_id


def job_keys(connection: Connection, report: str, period: Period) -> frozenset[str]:
    """The jobs of a report that are in the register."""
    query = select(RUNS.c.job_key).where(RUNS.c.report == report, RUNS.c.period == str(period))
    return frozenset(connection.execute(query).scalars())


def history(connection: Connection, jurisdiction: str, units: Sequence[str]) -> tuple[Standing, ...]:
    """A unit's standings over the periods, under any of its names; of each period what was recorded last."""
    latest = select(func.max(RUNS.c.id)).group_by(RUNS.c.report, RUNS.c.period)
    query = (
        select(
            STANDINGS,
            RUNS.c.period,
            RUNS.c.report,
            _lowest_place().label("lowest"),
            _ISSUED.c.total.label("issued_total"),
            _ISSUED.c.place.label("issued_place"),
        )
        .join(RUNS, RUNS.c.id == STANDINGS.c.run_id)
        .outerjoin(NOTICES, and_(*(NOTICES.c[each] == RUNS.c[each] for each in _NOTICE), NOTICES.c.edition == 0))
        .outerjoin(
            _SIGNED, and_(*(_SIGNED.c[each] == RUNS.c[each] for each in _NOTICE), _SIGNED.c.job_key == _ISSUED_KEY)
        )
        .outerjoin(
            _ISSUED,
            and_(_ISSUED.c.run_id == _SIGNED.c.id, *(_ISSUED.c[each] == STANDINGS.c[each] for each in _LINE)),
        )
        .where(RUNS.c.jurisdiction == jurisdiction, STANDINGS.c.unit.in_(units), RUNS.c.id.in_(latest))
        .order_by(RUNS.c.period, RUNS.c.report, STANDINGS.c.system)
    )
    return tuple(
        Standing(
            Period.parse(row["period"]),
            row["report"],
            row["system"],
            row["unit_group"],
            row["unit"],
            _decimal(row["total"]),
            row["place"],
            row["peers"],
            row["provisional"],
            row["run_id"],
            row["lowest"],
            _decimal(row["issued_total"]),
            row["issued_place"],
        )
        for row in connection.execute(query).mappings()
    )


def bases(connection: Connection, numbers: Sequence[int]) -> tuple[RunBasis, ...]:
    """What these runs were made of, oldest month first."""
    query = select(RUNS).where(RUNS.c.id.in_(numbers)).order_by(RUNS.c.period, RUNS.c.report)
    return tuple(
        RunBasis(
            row["id"],
            row["report"],
            Period.parse(row["period"]),
            row["job_key"],
            row["version"],
            row["made_at"],
            row["made_by"],
            json.loads(row["definitions"]),
            json.loads(row["inputs"]),
        )
        for row in connection.execute(query).mappings()
    )


def units(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Every unit that was ever scored, by jurisdiction."""
    query = select(RUNS.c.jurisdiction, STANDINGS.c.unit).join(STANDINGS, STANDINGS.c.run_id == RUNS.c.id).distinct()
    found: dict[str, list[str]] = {}
    for row in connection.execute(query.order_by(RUNS.c.jurisdiction, STANDINGS.c.unit)):
        found.setdefault(row.jurisdiction, []).append(row.unit)
    return {jurisdiction: tuple(names) for jurisdiction, names in found.items()}


def totals(connection: Connection, report: str, period: Period, job_key: str) -> dict[tuple[str, str], str | None]:
    """The published totals of one run, as exact text, by system and unit."""
    query = (
        select(STANDINGS.c.system, STANDINGS.c.unit, STANDINGS.c.total)
        .join(RUNS, RUNS.c.id == STANDINGS.c.run_id)
        .where(RUNS.c.report == report, RUNS.c.period == str(period), RUNS.c.job_key == job_key)
    )
    return {(row.system, row.unit): row.total for row in connection.execute(query)}


_NOTICE = ("report", "period")
_LINE = ("system", "unit")
_ISSUED_KEY = NOTICES.c.issued_key
_SIGNED = RUNS.alias("signed")
_ISSUED = STANDINGS.alias("issued")
"""The run that an issued notice was made by, and its standings; later runs of the period do not change them."""


def _lowest_place() -> ScalarSelect[int]:
    peers = STANDINGS.alias("peers")
    same = (peers.c[each] == STANDINGS.c[each] for each in ("run_id", "system", "unit_group"))
    return select(func.max(peers.c.place)).where(*same).correlate(STANDINGS).scalar_subquery()


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
