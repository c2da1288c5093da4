"""Runs and their scores: what was made of which inputs, so that history can be told without scoring it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, func, insert, select

from tongbao.period import Period
from tongbao.register.database import insert_missing
from tongbao.register.life import Act
from tongbao.register.schema import RUNS, SCORES, STANDINGS
from tongbao.scoring.scoreboard import Scoreboard


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One making of one report.

    Attributes:
        inputs: path of every file read to its sha256.
        definitions: the same of definitions.
        templates: the same of templates; they belong to the basis, not to the record.
    """

    report: str
    jurisdiction: str
    period: Period
    job_key: str
    version: str
    inputs: Mapping[str, str]
    definitions: Mapping[str, str]
    templates: Mapping[str, str]

    @property
    def basis(self) -> str:
        """One digest of all that an office may change: what is proof-read is what is signed."""
        whole = json.dumps(
            [dict(self.inputs), dict(self.definitions), dict(self.templates)], ensure_ascii=False, sort_keys=True
        )
        return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's total and place in one system of one period, as recorded last."""

    period: Period
    report: str
    system: str
    group: str
    unit: str
    total: Decimal | None
    place: int | None
    peers: int
    provisional: bool


def record(connection: Connection, run: RunRecord, boards: Sequence[Scoreboard], act: Act) -> int:
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
        for table, rows in ((STANDINGS, list(_standings(run_id, boards))), (SCORES, list(_scores(run_id, boards)))):
            if rows:
                connection.execute(insert(table), rows)
    return run_id


def history(connection: Connection, units: Sequence[str]) -> tuple[Standing, ...]:
    """A unit's standings over the periods, under any of its names; of each period what was recorded last."""
    latest = select(func.max(RUNS.c.id)).group_by(RUNS.c.report, RUNS.c.period)
    query = (
        select(STANDINGS, RUNS.c.period, RUNS.c.report)
        .join(RUNS, RUNS.c.id == STANDINGS.c.run_id)
        .where(STANDINGS.c.unit.in_(units), RUNS.c.id.in_(latest))
        .order_by(RUNS.c.period, RUNS.c.report, STANDINGS.c.system)
    )
    return tuple(
        Standing(
            Period.parse(row["period"]),
            row["report"],
            row["system"],
            row["unit_group"],
            row["unit"],
            None if row["total"] is None else Decimal(row["total"]),
            row["place"],
            row["peers"],
            row["provisional"],
        )
        for row in connection.execute(query).mappings()
    )


def _standings(run_id: int, boards: Sequence[Scoreboard]) -> Iterator[dict[str, object]]:
    for board in boards:
        for standing in board.standings:
            yield {
                "run_id": run_id,
                "system": board.system.name,
                "unit": standing.unit,
                "unit_group": standing.group,
                "total": _exact(standing.total),
                "exact": _exact(standing.exact),
                "place": standing.rank,
                "peers": standing.peers,
                "provisional": standing.provisional,
                "reason": standing.reason,
            }


def _scores(run_id: int, boards: Sequence[Scoreboard]) -> Iterator[dict[str, object]]:
    for board in boards:
        ranked = board.standing_of
        for unit, scores in board.scores.items():
            if unit not in ranked:
                continue
            for position, key in enumerate(board.order):
                if key in scores:
                    score = scores[key]
                    yield {
                        "run_id": run_id,
                        "system": board.system.name,
                        "unit": unit,
                        "position": position,
                        "indicator": "/".join(key),
                        "points": _exact(score.points),
                        "full_points": _exact(score.full),
                        "value": _exact(score.value),
                    }


def _exact(value: Decimal | str | None) -> str | None:
    return None if value is None else str(value) if isinstance(value, str) else f"{value:f}"
