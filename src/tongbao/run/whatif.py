"""What the ranking would be under other weights, and how stable it is under those in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from tongbao.errors import InvalidError, UsageError, has_errors
from tongbao.period import Period
from tongbao.run.corrected import load_corrected
from tongbao.run.insight import Difference, Wanted, building_on, choose_systems, differences
from tongbao.scoring.engine import Scored, score
from tongbao.scoring.explain import find_key, has_indicator
from tongbao.scoring.reweighting import Reweighting, reweight
from tongbao.scoring.scheme import Scheme
from tongbao.scoring.scoreboard import Key, Scoreboard
from tongbao.scoring.stability import Stability, stability
from tongbao.scoring.suggestions import did_you_mean

BEFORE = "现行分值"
AFTER = "试算分值"


@dataclass(frozen=True, slots=True)
class WeightChange:
    """One 分值 before and after; `asked` where it was named, else it was scaled with the rest."""

    system: str
    key: Key
    before: Decimal
    after: Decimal
    asked: bool


@dataclass(frozen=True)
class Trial:
    """A month under other weights: every 分值 that changed, and each ranking before and after."""

    weights: tuple[WeightChange, ...]
    full: Mapping[str, tuple[Decimal | None, Decimal | None]]
    found: tuple[Difference, ...]


def try_weights(
    workspace: Path,
    period: Period,
    jurisdiction: str,
    wishes: Mapping[str, Decimal],
    systems: tuple[str, ...] = (),
    *,
    keep_full: bool = True,
) -> Trial:
    """Score a month again under other weights.

    Args:
        workspace: the folder that holds inputs/ and scoring/.
        period: the month.
        jurisdiction: a folder of scoring/.
        wishes: indicator or group (name, 编号 or path joined by /) to its new 分值.
        systems: where to look for the indicators; all without any.
        keep_full: scale what is not named so that 满分 stays; else it keeps its 分值.

    Raises:
        InvalidError: the figures cannot be scored.
        UsageError: no such jurisdiction, system or indicator, or weights that cannot be.
    """
    scheme, scored = _month(workspace, period, jurisdiction, systems)
    places = [_place(scored.boards, name, systems) for name in wishes]
    asked: dict[str, dict[Key, Decimal]] = {}
    for (system, key), points in zip(places, wishes.values(), strict=True):
        if key in asked.setdefault(system, {}):
            raise UsageError(f"“{key[-1]}”的分值写了两次")
        asked[system][key] = points
    now = scheme.at(period)
    made = {system: reweight(now.systems[system].value, own, keep_full=keep_full) for system, own in asked.items()}
    changed = replace(scheme, reweightings=made)
    after = score(workspace, changed, period)
    if has_errors(after.findings):
        raise InvalidError(after.findings)
    touched = [name for name in choose_systems(now, (), Wanted()) if asked.keys() & building_on(now, name)]
    found = differences(jurisdiction, touched, (scored, after), (BEFORE, AFTER), now, Wanted())
    full = {name: (each.base.full, each.system.full) for name, each in made.items()}
    changes = [change for name, each in made.items() for change in _changes(name, each, asked[name])]
    return Trial(tuple(changes), full, tuple(found))


def try_stability(
    workspace: Path, period: Period, jurisdiction: str, systems: tuple[str, ...] = ()
) -> tuple[Stability, ...]:
    """How stable each ranking is when every weight moves a little.

    Raises:
        InvalidError: the figures cannot be scored.
        UsageError: no such jurisdiction or system, or nothing is ranked.
    """
    scheme, scored = _month(workspace, period, jurisdiction, systems)
    names = choose_systems(scheme.at(period), (), Wanted((jurisdiction,), (), systems))
    found = [stability(scored.boards[name], scored.boards) for name in names]
    result = tuple(each for each in found if each is not None)
    if not result:
        raise UsageError(f"{jurisdiction}没有排名的体系，不能算排名稳定性")
    return result


def _month(workspace: Path, period: Period, jurisdiction: str, systems: tuple[str, ...]) -> tuple[Scheme, Scored]:
    scheme = load_corrected(workspace, jurisdiction)
    for name in systems:
        if name not in scheme.systems:
            raise UsageError(f"{jurisdiction}没有体系“{name}”。{did_you_mean(name, scheme.systems)}")
    if not (workspace / "inputs" / str(period) / jurisdiction).is_dir():
        raise UsageError(f"{jurisdiction}没有{period.words}的数据")
    scored = score(workspace, scheme, period)
    if has_errors(scored.findings):
        raise InvalidError(scored.findings)
    return scheme, scored


def _place(boards: Mapping[str, Scoreboard], name: str, systems: tuple[str, ...]) -> tuple[str, Key]:
    """The system and the key that an indicator's name means."""
    chosen = [board for system, board in boards.items() if not systems or system in systems]
    having = [board for board in chosen if has_indicator(board, name)]
    if len(having) == 1:
        return having[0].system.name, find_key(having[0], name)
    if having:
        found = "、".join(board.system.name for board in having)
        raise UsageError(f"指标“{name}”在{len(having)}个体系中都有：{found}，请用 --system 写明")
    known = {key[-1] for board in chosen for key in board.order}
    raise UsageError(f"没有指标“{name}”。{did_you_mean(name, known)}")


def _changes(name: str, made: Reweighting, asked: Mapping[Key, Decimal]) -> Iterator[WeightChange]:
    for key, weight in made.weights.items():
        after = made.points[key]
        if after != weight.points or key in asked:
            named = any(key[: len(wish)] == wish for wish in asked)
            yield WeightChange(name, key, weight.points, after, named)
