"""The definitions that ship with the office's data, as the tests look at them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from tongbao.definitions import load
from tongbao.inputs.roster import Roster
from tongbao.scoring.definition import IndicatorGroup, Leaf, System
from tongbao.scoring.outline import Outline
from tongbao.scoring.scoreboard import Score, Scoreboard

ROOT = Path(__file__).parents[2]


def system(jurisdiction: str, name: str) -> System:
    return load(ROOT / "scoring" / jurisdiction / f"{name}.yaml", System, name).value


def roster(jurisdiction: str) -> Roster:
    return load(ROOT / "scoring" / jurisdiction / "单位名录.yaml", Roster, "单位名录").value


def outline(jurisdiction: str, name: str) -> Outline:
    loaded = load(ROOT / "scoring" / jurisdiction / f"{name}.yaml", System, name)
    return Outline(loaded, roster(jurisdiction))


def leaves(of: System) -> list[Leaf]:
    return [leaf for _, leaf in of.leaves()]


def points(group: IndicatorGroup) -> Decimal:
    below = (points(child) if isinstance(child, IndicatorGroup) else child.points or 0 for child in group.indicators)
    return sum(below, Decimal(0))


def groups(of: System) -> Iterator[IndicatorGroup]:
    return (indicator for indicator in of.indicators if isinstance(indicator, IndicatorGroup))


def leaf(board: Scoreboard, unit: str, name: str) -> Score:
    return next(found for found in board.leaf_scores(unit) if found.name == name)
