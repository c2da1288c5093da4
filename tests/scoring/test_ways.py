"""What must hold for every way of scoring, whatever the figures."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ways import FULL, MOST, UNITS, WAYS, Bench, Rows

from tongbao.scoring.scoreboard import Scoreboard

figures = st.lists(st.integers(0, MOST), min_size=3, max_size=3)
quick = settings(max_examples=12, deadline=None)
every_way = pytest.mark.parametrize("way", WAYS)
bench = cache(Bench.of)


def points(board: Scoreboard) -> list[Decimal]:
    found = [board.scores[unit]["指标",].points for unit in UNITS]
    return [each for each in found if each is not None]


@every_way
@quick
@given(good=figures)
def test_a_score_stays_within_its_bounds(way: str, good: list[int]) -> None:
    board = bench(way).board(good)
    assert not board.findings
    found = points(board)
    assert len(found) == len(UNITS)
    assert all(0 <= each <= FULL for each in found)


@every_way
def test_who_does_best_gets_all_and_who_does_worst_gets_less(way: str) -> None:
    found = points(bench(way).board([MOST, 0, 0]))
    assert found[0] == FULL
    assert found[1] == found[2] < FULL


@every_way
@quick
@given(good=figures, better=st.integers(0, MOST))
def test_doing_better_never_costs_points_nor_places(way: str, good: list[int], better: int) -> None:
    low, high = sorted((good[0], better))
    before, after = bench(way).board([low, *good[1:]]), bench(way).board([high, *good[1:]])
    assert points(after)[0] >= points(before)[0]
    ranks = [board.standing_of["甲局"].rank for board in (before, after)]
    assert ranks[1] <= ranks[0]


@every_way
@quick
@given(good=figures)
def test_units_that_do_alike_score_alike_and_who_does_better_is_not_behind(way: str, good: list[int]) -> None:
    board = bench(way).board(good)
    for one, well in zip(points(board), good, strict=True):
        for other, worse in zip(points(board), good, strict=True):
            assert one >= other if well >= worse else one <= other


@every_way
@quick
@given(good=figures, shuffled=st.randoms(use_true_random=False))
def test_the_order_of_rows_means_nothing(way: str, good: list[int], shuffled: object) -> None:
    def shuffle(rows: Rows) -> Rows:
        turned = [*rows]
        shuffled.shuffle(turned)  # type: ignore[attr-defined]
        return turned

    first, second = bench(way).board(good), bench(way).board(good, shuffle)
    assert points(first) == points(second)
    assert first.standings == second.standings
    values = [[board.scores[unit]["指标",].value for unit in UNITS] for board in (first, second)]
    assert values[0] == values[1]


@every_way
@quick
@given(good=figures, order=st.permutations(range(3)))
def test_it_does_not_matter_which_unit_has_which_figure(way: str, good: list[int], order: list[int]) -> None:
    first = points(bench(way).board(good))
    assert points(bench(way).board([good[index] for index in order])) == [first[index] for index in order]
