"""Standings and scores as the register keeps them: plain rows that travel cheaply between processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tongbao.scoring.scoreboard import Scoreboard

ResultRow = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class Results:
    """What a run came to: one row a unit and system, one row a unit, system and indicator; decimals as exact text."""

    standings: tuple[ResultRow, ...] = ()
    scores: tuple[ResultRow, ...] = ()

    @classmethod
    def of(cls, boards: Sequence[Scoreboard]) -> Results:
        """Take down scoreboards without their traces, which the inputs give back at any time."""
        return cls(tuple(_standings(boards)), tuple(_scores(boards)))


def _standings(boards: Sequence[Scoreboard]) -> Iterator[ResultRow]:
    for board in boards:
        for standing in board.standings:
            yield {
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


def _scores(boards: Sequence[Scoreboard]) -> Iterator[ResultRow]:
    for board in boards:
        for unit in board.standing_of:
            scores = board.scores[unit]
            for position, key in enumerate(board.order):
                if key in scores:
                    score = scores[key]
                    yield {
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
