"""An earlier month under the names that units bear now, so that history follows the unit through a renaming."""

from __future__ import annotations

from dataclasses import replace

from tongbao.inputs.roster import Roster
from tongbao.period import Period
from tongbao.scoring.scoreboard import Scoreboard


def under_names_of(period: Period, board: Scoreboard, roster: Roster) -> Scoreboard:
    """The board of another month with every unit under its name of this month.

    Places, scores and groups stay as they were. A unit that does not exist any more keeps its name; where another
    unit bears that name now, the old one is marked, so that nobody takes its history for the other's.

    Args:
        period: the month whose names are wanted.
        board: of another month.
        roster: the units of all times.
    """
    found = {unit: roster.successor(unit, board.period, period) for unit in board.standing_of}
    names = {unit: name for unit, name in found.items() if name is not None}
    taken = set(names.values())
    for unit in found:
        if unit not in names:
            names[unit] = f"{unit}（{board.period.words}）" if unit in taken else unit
    if all(unit == name for unit, name in names.items()):
        return board
    scores = {
        names[unit]: {key: replace(score, unit=names[unit]) for key, score in own.items()}
        for unit, own in board.scores.items()
    }
    standings = tuple(replace(standing, unit=names[standing.unit]) for standing in board.standings)
    return replace(board, standings=standings, scores=scores)
