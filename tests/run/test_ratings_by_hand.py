"""昌市政办发〔2020〕10号 worked through by hand on the sample ratings and tickets of 市税务局, November 2022.

33 ratings and 9 tickets stand in the sample files under 市税务局 or 国家税务总局昌吉市税务局.
"""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from tongbao.cli.shown import plain
from tongbao.period import Period
from tongbao.run.breakdowns import break_down
from tongbao.run.case_rows import case_lines, case_rows
from tongbao.run.scores import unit_scores
from tongbao.scoring.engine import score
from tongbao.scoring.scheme import load_scheme
from tongbao.scoring.scoreboard import Scoreboard

ROOT = Path(__file__).parents[2]
NOVEMBER = Period(2022, 11)
SYSTEM = "政务服务好差评"
UNIT = "市税务局"


@pytest.fixture(scope="module")
def board() -> Scoreboard:
    return score(ROOT, load_scheme(ROOT, "昌吉市"), NOVEMBER, [SYSTEM]).boards[SYSTEM]


def raters() -> set[str]:
    """Names and numbers of everybody in the second half of the month."""
    path = ROOT / "inputs/2022-11/昌吉市/案卷/好差评评价明细（下半月）.csv"
    rows = csv.DictReader(path.read_text("gb18030").splitlines()[1:])
    return {row[column] for row in rows for column in ("评价人姓名", "评价人手机号") if row[column]}


def points(board: Scoreboard) -> dict[str, str]:
    return {found.name: str(found.points) for found in board.leaf_scores(UNIT) if found.points is not None}


def test_every_indicator_comes_to_what_the_printed_rule_gives(board: Scoreboard) -> None:
    assert points(board) == {
        # 33 ratings, one of them (…023: done on 11-01, rated on 11-10, due by 11-08) too late: 32;
        # five were given by the system: 27. 15 × 27 ÷ 32 = 12.65625
        "主动评价率": "12.66",
        # 窗口评价器, 评价二维码, 新疆政务服务网, APP, 小程序, 短信, 自助终端, 12345热线: eight kinds, five are enough
        "评价渠道覆盖": "10.00",
        # four of the 27 are 差评 (…009, …028, …000, …021): 25 × 23 ÷ 27 = 21.296…
        "满意率": "21.30",
        # …009 (rated 11-14) and …000 (11-21) were never answered and their five working days are over;
        # …028 建立台账 11-14 → 11-29, due 12-05; …021 立行立改 11-28 → 12-02, due 12-05. 15 × 2 ÷ 4
        "差评按期反馈率": "7.50",
        "差评整改率": "5.00",  # 10 × 2 ÷ 4
        "实名差评回访整改率": "15.00",  # nobody gave a name
        # five 投诉, each answered within 5 (简单) or 15 (复杂) working days
        "投诉按期反馈率": "10.00",
    }
    # 12.66 + 10 + 21.30 + 7.50 + 5 + 15 + 10
    assert board.standing_of[UNIT].total == Decimal("81.46")


def test_ratings_are_counted_by_degree_for_the_picture(board: Scoreboard) -> None:
    counts = {found.name: found.value for found in board.leaf_scores(UNIT) if found.points is None}
    # first half of the month 6, 5, 4, 2, 0 and second half 4, 2, 3, 1, 1; …023 (非常满意) came too late: 27 in all
    assert counts == {"非常满意": 9, "满意": 7, "基本满意": 7, "不满意": 3, "非常不满意": 1}


def test_the_late_and_the_false_ratings_are_told_with_the_figure(board: Scoreboard) -> None:
    rate = next(found for found in board.leaf_scores(UNIT) if found.name == "主动评价率")
    notes = {item.name: item.note for item in rate.trace.inputs}
    assert notes["评价案卷.办件数"] == "计数，计入32件；符合条件而排除1件（超期补评1件）"


def test_numerator_and_denominator_are_listed_each_on_its_own() -> None:
    on_time, due = case_rows(ROOT, NOVEMBER, "昌吉市", UNIT, "差评按期反馈率", 100)
    assert [case.number[-3:] for case in on_time.cases] == ["021", "028"]
    assert [case.number[-3:] for case in due.cases] == ["000", "009", "021", "028"]


def test_nothing_about_the_raters_is_told() -> None:
    told = "\n".join(case_lines(case_rows(ROOT, NOVEMBER, "昌吉市", "市公安局", "满意率", 1000)))
    told += json.dumps(plain(unit_scores(ROOT, NOVEMBER, "昌吉市", "市公安局", "满意率")), ensure_ascii=False)
    assert "HCP202211" in told
    secrets = raters()
    assert len(secrets) > 50
    assert [secret for secret in secrets if secret in told] == []


def test_people_are_shown_by_number_and_only_in_the_internal_table() -> None:
    found = break_down(ROOT, NOVEMBER, "昌吉市", "人员评价", UNIT)
    assert found.by == ("窗口人员工号",)
    assert {line.by for line in found.lines} == {("0601",), ("0602",), ("0603",), ("0604",)}
    totals = [sum(int(line.figures[name].value or 0) for line in found.lines) for name in ("办件数", "差评数")]
    assert totals == [32, 4]
