"""The last twelve months, and the axis they are drawn on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tongbao.period import Period
from tongbao.reports.charts import Line, LineChart
from tongbao.reports.trend import group_trend, unit_trend
from tongbao.scoring.definition import System
from tongbao.scoring.scoreboard import Scoreboard, Standing

NOVEMBER = Period(2022, 11)
SYSTEM = System.model_validate({"名称": "总分", "来源": "测试", "对象": {}, "满分": "100", "指标": []})


def board(month: int, totals: Sequence[str | None]) -> Scoreboard:
    """So many months before November, with the totals of 甲 and 乙 and so on."""
    standings = tuple(
        Standing(f"{unit}局", "部门", None if total is None else Decimal(total), None, 1, 1)
        for unit, total in zip("甲乙丙", totals, strict=False)
    )
    return Scoreboard(SYSTEM, "d", NOVEMBER.shift(-month), standings, {}, (), (), ())


def test_a_month_without_a_board_or_a_score_stays_open() -> None:
    past = [board(1, ["80", None]), board(3, ["60", "70"])]
    latest = board(0, ["90", "85"])
    assert [(point.期间, point.平均分, point.最高分, point.最低分) for point in group_trend("部门", latest, past)] == [
        ("2022年8月", Decimal("65.00"), Decimal(70), Decimal(60)),
        ("2022年9月", None, None, None),
        ("2022年10月", Decimal("80.00"), Decimal(80), Decimal(80)),
        ("2022年11月", Decimal("87.50"), Decimal(90), Decimal(85)),
    ]
    found = unit_trend("甲局", latest, past)
    assert [(point.得分, point.平均分) for point in found] == [
        (Decimal(60), Decimal("65.00")), (None, None), (Decimal(80), Decimal("80.00")), (Decimal(90), Decimal("87.50")),
    ]  # fmt: skip
    assert unit_trend("乙局", latest, past) == ()  # two scores are no trend


def test_twelve_months_at_most() -> None:
    found = group_trend("部门", board(0, ["90"]), [board(month, ["80"]) for month in range(1, 20)])
    assert [point.期间 for point in found] == [f"2021年{month}月" for month in (12,)] + [
        f"2022年{month}月" for month in range(1, 12)
    ]


def chart(*values: tuple[float | None, ...]) -> LineChart:
    periods = ("2022年11月", "2022年12月", "2023年1月", "2023年2月")[: len(values[0])]
    return LineChart(periods, tuple(Line(str(index), each, ("",) * len(each)) for index, each in enumerate(values)), "")


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ((81.2, 95.1), (75.0, 100.0, 5.0)),  # 13.9 and a sixth of it on both sides, in five steps
        ((99.5, 100.0), (99.4, 100.0, 0.2)),  # never beyond 100
        ((0.5, 3.0), (0.0, 4.0, 1.0)),  # never below nought
        ((60.0, 60.0), (59.0, 61.0, 0.5)),
        ((-3.0, 2.0), (-4.0, 4.0, 2.0)),
    ],
)
def test_the_axis_is_close_around_the_values_in_round_numbers(
    values: tuple[float, ...], scale: tuple[float, float, float]
) -> None:
    assert chart(values).scale == pytest.approx(scale)


def test_the_year_stands_where_it_begins() -> None:
    assert chart((1.0, 2.0, 3.0, 4.0)).ticks == (("11月", "2022年"), ("12月", ""), ("1月", "2023年"), ("2月", ""))


def test_the_lowest_point_of_a_month_has_its_label_below() -> None:
    drawn = chart((1.0, 5.0, 3.0), (2.0, 4.0, None))
    assert [drawn.below(0, place) for place in range(3)] == [True, False, False]
    assert [drawn.below(1, place) for place in range(3)] == [False, True, False]
