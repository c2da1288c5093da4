"""The region's assessment scores as worked by hand from its monthly tables, and from the table that was printed."""

from __future__ import annotations

import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tongbao.errors import Code, Severity
from tongbao.period import Period
from tongbao.scoring.engine import Scored, score
from tongbao.scoring.scheme import Scheme, load_scheme

ROOT = Path(__file__).parents[2]
PRINTED = ROOT / "tests" / "inputs" / "data" / "自治区-政务服务能力评估-地州市-示例表.csv"
REGION = "新疆维吾尔自治区"
PREFECTURES = "在线政务服务能力（地州市）"
DEPARTMENTS = "在线政务服务能力（厅局）"
YEAR_OF_PREFECTURES = "一体化政务服务能力考核（地州市）"
YEAR_OF_DEPARTMENTS = "一体化政务服务能力考核（厅局）"
NOVEMBER = Period(2022, 11)
MONTHS = [Period(2021, 12).shift(months) for months in range(12)]


@cache
def scheme(workspace: Path = ROOT) -> Scheme:
    return load_scheme(workspace, REGION)


def scored(period: Period, *systems: str, workspace: Path = ROOT) -> Scored:
    return score(workspace, scheme(workspace), period, systems)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_sample_month_can_be_used_as_it_is(month: Period) -> None:
    result = scored(month, PREFECTURES, DEPARTMENTS)
    assert [str(finding) for finding in result.findings if finding.severity is not Severity.REMARK] == []
    assert [len(board.standings) for board in result.boards.values()] == [14, 37]
    assert all(standing.rank for board in result.boards.values() for standing in board.standings)


@pytest.mark.parametrize(
    ("month", "system", "unit", "points"),
    [
        ("2021-12", PREFECTURES, "巴州", "96.79"),  # 50 + 50 × 74.87 / 80 = 96.79375
        ("2022-06", PREFECTURES, "昌吉州", "100"),  # both met
        ("2022-06", PREFECTURES, "伊犁州", "89.68"),  # 50 × 94.99 % + 50 × 67.50 / 80 = 47.495 + 42.1875
        ("2022-07", PREFECTURES, "伊犁州", "89.67"),  # 40 × 96.12 % + 60 × 68.29 / 80 = 38.448 + 51.2175
        ("2022-11", PREFECTURES, "克州", "70.90"),  # 40 × 65.32 % + 60 × 59.69 / 80 = 26.128 + 44.7675
        ("2022-11", PREFECTURES, "和田地区", "81.74"),  # 40 + 60 × 55.65 / 80 = 81.7375
        ("2022-11", DEPARTMENTS, "自治区人防办", "77.61"),  # 40 × 75.99 % + 60 × 62.95 / 80 = 30.396 + 47.2125
    ],
)
def test_a_month_scores_by_the_revision_in_force(month: str, system: str, unit: str, points: str) -> None:
    board = scored(Period.parse(month), system).boards[system]
    assert board.standing_of[unit].total == Decimal(points)


def test_the_weights_change_in_july_and_not_before() -> None:
    for name in (PREFECTURES, DEPARTMENTS):
        weights = {
            month: [leaf.points for _, leaf in scheme().at(month).systems[name].value.leaves() if leaf.points]
            for month in (Period(2021, 12), Period(2022, 6), Period(2022, 7), Period(2022, 11))
        }
        assert list(weights.values()) == [[50, 50], [50, 50], [40, 60], [40, 60]]


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A workspace whose only table is the one printed in the source."""
    shutil.copytree(ROOT / "scoring" / REGION, tmp_path / "scoring" / REGION)
    folder = tmp_path / "inputs" / "2022-03" / REGION
    folder.mkdir(parents=True)
    shutil.copy(PRINTED, folder / "服务能力评估（地州市）.csv")
    return tmp_path


def test_the_printed_table_is_refused_since_its_units_are_not_the_region_s(printed: Path) -> None:
    findings = scored(Period(2022, 3), PREFECTURES, workspace=printed).findings
    codes = {finding.code for finding in findings if finding.severity is Severity.ERROR}
    assert {Code.UNIT_UNKNOWN, Code.UNIT_ABSENT} <= codes


def test_the_printed_figures_score_by_the_printed_rule_under_the_right_names(printed: Path) -> None:
    path = printed / "inputs" / "2022-03" / REGION / "服务能力评估（地州市）.csv"
    lines = path.read_text("utf-8").splitlines()
    units = [unit.name for unit in scheme(printed).roster.value.groups[0].units]
    named = [
        ",".join((line.split(",")[0], unit, *line.split(",")[2:])) for line, unit in zip(lines[2:], units, strict=True)
    ]
    path.write_text("\n".join([*lines[:2], *named]), encoding="utf-8")
    board = scored(Period(2022, 3), PREFECTURES, workspace=printed).boards[PREFECTURES]
    # 50 × 96.52 % + 50; both met; 50 + 50 × 76.32 / 80; both met; 50 + 50 × 45.79 / 80 = 78.61875; … as printed
    assert [str(board.standing_of[unit].total) for unit in units] == [
        "98.26", "100.00", "97.70", "100.00", "78.62", "77.93", "67.79", "49.54", "59.29", "41.38", "49.15", "46.07",
        "54.92", "41.17",
    ]  # fmt: skip


def test_the_year_is_60_percent_online_over_twelve_months_and_40_percent_offline() -> None:
    boards = scored(NOVEMBER, YEAR_OF_PREFECTURES, YEAR_OF_DEPARTMENTS).boards
    board = boards[YEAR_OF_PREFECTURES]
    # eleven months: 58.84 + 60.02 + 60.91 + 62.15 + 62.93 + 63.94 + 64.68 + 66.34 + 67.82 + 68.50 + 69.49 = 705.62,
    # mean 64.147…; half of it and half of November's 70.90: 67.5236…; 60 % of it, and 40 % of 80
    online, offline = (board.scores["克州"][name,] for name in ("线上政务服务", "线下政务服务"))
    assert online.points is not None
    assert round(online.points, 4) == Decimal("40.5142")
    assert offline.points == 32
    assert [board.standing_of["克州"].total, board.standing_of["克州"].rank] == [Decimal("72.51"), 14]
    # 95.18 + 95.51 + 96.25 + 97.12 + 98.06 + 98.25 + 99.33 + 4 × 100 = 1079.70, mean 98.1545…; with November's 100:
    # 99.0772…; 59.4463… + 40 % of 97.5
    assert [board.standing_of["克拉玛依市"].total, board.standing_of["克拉玛依市"].rank] == [Decimal("98.45"), 1]
    assert not any(standing.provisional for board in boards.values() for standing in board.standings)


def test_before_november_only_the_months_so_far_count_and_all_is_provisional() -> None:
    result = scored(Period(2022, 10), YEAR_OF_PREFECTURES)
    board = result.boards[YEAR_OF_PREFECTURES]
    assert board.scores["克州"]["线下政务服务",].points is None
    assert board.standing_of["克州"].total == Decimal("38.49")  # 60 % of 64.147…
    assert all(standing.provisional for standing in board.standings)
    assert {finding.code for finding in result.findings if finding.severity is not Severity.REMARK} == {
        Code.PROVISIONAL
    }


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """The region's year in a workspace of its own."""
    shutil.copytree(ROOT / "scoring" / REGION, tmp_path / "scoring" / REGION)
    for month in MONTHS:
        shutil.copytree(ROOT / "inputs" / str(month) / REGION, tmp_path / "inputs" / str(month) / REGION)
    return tmp_path


def test_a_unit_without_its_offline_result_is_provisional_and_the_others_are_not(year: Path) -> None:
    path = year / "inputs" / "2022-11" / REGION / "线下第三方评估.xlsx"
    book = load_workbook(path)
    [cell] = [row[2] for row in book.worksheets[0].iter_rows(min_row=4) if row[1].value == "和田地区"]
    cell.value = "待评"
    book.save(path)
    board = scored(NOVEMBER, YEAR_OF_PREFECTURES, workspace=year).boards[YEAR_OF_PREFECTURES]
    assert [standing.unit for standing in board.standings if standing.provisional] == ["和田地区"]


def test_a_month_that_is_missing_is_never_averaged_away(year: Path) -> None:
    shutil.rmtree(year / "inputs" / "2022-05")
    result = scored(NOVEMBER, YEAR_OF_PREFECTURES, workspace=year)
    errors = [finding for finding in result.findings if finding.severity is Severity.ERROR]
    assert any("2022年5月" in finding.message for finding in errors)
