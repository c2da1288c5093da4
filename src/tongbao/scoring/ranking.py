"""位次: places within each group, ties sharing a place and the next place left out (1, 1, 3) (R25)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from tongbao.scoring.aggregate import Sum
from tongbao.scoring.outline import Outline
from tongbao.scoring.scoreboard import Standing


def rank(outline: Outline, sums: Mapping[str, Sum], provisional: Collection[str]) -> tuple[Standing, ...]:
    """Rank the units of each group by published or exact totals, as the definition says; the unranked come last."""
    by_exact = outline.system.rank_by == "精确得分"
    standings: list[Standing] = []
    groups = dict.fromkeys(outline.roster.group_of[unit] for unit in outline.units)
    for group in groups:
        units = [unit for unit in outline.units if outline.roster.group_of[unit] == group]
        scores = {unit: _figure(sums[unit], by_exact=by_exact) for unit in units}
        ranked = sorted(  # a stable sort: ties stay in official order
            ((unit, score) for unit, score in scores.items() if score is not None), key=lambda item: -item[1]
        )
        places: dict[Decimal, int] = {}
        for index, (_, score) in enumerate(ranked, start=1):
            places.setdefault(score, index)
        in_order = [unit for unit, _ in ranked] + [unit for unit in units if scores[unit] is None]
        for unit in in_order:
            found, figure = sums[unit], scores[unit]
            standings.append(
                Standing(
                    unit=unit,
                    group=group,
                    total=found.total,
                    exact=found.exact,
                    rank=None if figure is None else places[figure],
                    peers=len(ranked),
                    provisional=unit in provisional,
                    reason=_reason(outline, found, waiting=unit in provisional),
                    progress=found.progress,
                    base=found.base,
                )
            )
    return tuple(standings)


def _reason(outline: Outline, found: Sum, *, waiting: bool) -> str:
    unranked = found.total is None and outline.system.full is not None
    return "数据待核，暂无得分" if unranked and waiting else found.reason


def _figure(found: Sum, *, by_exact: bool) -> Decimal | None:
    return found.exact if by_exact else found.total
