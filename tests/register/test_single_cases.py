"""Appeals about single cases: one rating of the sample ratings of 市税务局 put right or taken out, worked by hand.

As sent (see test_ratings_by_hand): 32 ratings count, 27 of them 主动评价, four of those 差评 (…000, …009, …021, …028);
…000 and …009 were never answered. 主动评价率 15 × 27 ÷ 32 = 12.66, 满意率 25 × 23 ÷ 27 = 21.30, 差评按期反馈率
15 × 2 ÷ 4 = 7.50, 差评整改率 10 × 2 ÷ 4 = 5.00, the other three full (10 + 15 + 10); 81.46 in all.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tongbao.cli import main
from tongbao.register.database import ADDRESS

REPOSITORY = Path(__file__).parents[2]
NAME, UNIT = "昌吉市政务服务好差评通报", "市税务局"
CASE = "HCP20221106009"  # rated on 2022-11-14, never answered
SECOND_HALF = "inputs/2022-11/昌吉市/案卷/好差评评价明细（下半月）.csv"


@pytest.fixture
def office(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("TONGBAO_BY", ADDRESS):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for name in ("scoring/昌吉市", "templates", "inputs/2022-11/昌吉市"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    for path in (tmp_path / "scoring/昌吉市").glob("*.yaml"):
        if "名称: 政务服务好差评" not in path.read_text("utf-8") and path.stem not in KEPT:
            path.unlink()
    (tmp_path / "reports").mkdir()
    shutil.copy(REPOSITORY / f"reports/{NAME}.yaml", tmp_path / "reports")
    return tmp_path


KEPT = {"数据表", "单位名录", "日历", "工作日"}


def tongbao(office: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, [*words, "-C", str(office)])
    assert "Traceback" not in result.output
    return result


def done(office: Path, *words: str) -> str:
    result = tongbao(office, *words)
    assert result.exit_code == 0, result.output
    return result.output


def filed(office: Path) -> None:
    done(office, "appeal", "file", NAME, "2022-11", UNIT, "满意率", "--reason", "误点", "--by", "收件人")


def decided(office: Path, *words: str, number: int = 1) -> Result:
    head = ("appeal", "decide", str(number), "--ruling", "撤销", "--by", "主任", "--reason", "属实")
    return tongbao(office, *head, *words)


def scores(office: Path) -> dict[str, str]:
    (system,) = json.loads(done(office, "explain", "2022-11", "昌吉市", UNIT, "--json"))["systems"]
    points = {score["key"][-1]: score["points"] for score in system["scores"] if score["trace"]["formula"]}
    return {**points, "总分": system["standing"]["total"]}


def changed(office: Path, before: dict[str, str]) -> dict[str, str]:
    return {name: points for name, points in scores(office).items() if before[name] != points}


def explained(office: Path, indicator: str) -> str:
    return done(office, "explain", "2022-11", "昌吉市", UNIT, indicator, "--rows")


def test_a_case_that_is_taken_out_counts_nowhere_and_explain_says_why(office: Path) -> None:
    before = scores(office)
    assert before["总分"] == "81.46"
    filed(office)
    told = decided(office, "--exclude", f"评价案卷@{CASE}")
    assert told.exit_code == 0, told.output
    assert f"评价案卷.案卷{CASE}：原值计入，现值不计入（申诉撤销）" in told.output
    assert changed(office, before) == {
        "主动评价率": "12.58",  # 15 × 26 ÷ 31
        "满意率": "22.12",  # 25 × 23 ÷ 26
        "差评按期反馈率": "10.00",  # 15 × 2 ÷ 3
        "差评整改率": "6.67",  # 10 × 2 ÷ 3
        "总分": "86.37",  # 12.58 + 10 + 22.12 + 10 + 6.67 + 15 + 10
    }
    words = explained(office, "差评按期反馈率")
    note = f"更正：案卷{CASE}原值计入，现值不计入（申诉撤销），依据申诉第1号（主任，"
    assert f"计入3件；符合条件而排除1件（申诉撤销1件）；{note}" in words
    listed = words.partition("案卷：评价案卷.应反馈差评数")[2]
    assert "共3件" in listed
    counted, _, left_out = listed.partition("更正过而未计入的1件：")
    assert CASE not in counted
    assert f"{CASE}，见 " in left_out
    assert note in left_out


def test_a_cell_of_a_case_is_put_right_and_the_limit_sees_it(office: Path) -> None:
    before = scores(office)
    filed(office)
    # no 处理方式: five working days after Monday 11-14 end on 11-21
    told = decided(office, "--correct", f"评价案卷.反馈时间@{CASE}=2022-11-21 17:00")
    assert told.exit_code == 0, told.output
    assert f"案卷{CASE}的反馈时间：原值空白，现值2022-11-21 17:00" in told.output
    # 15 × 3 ÷ 4, 10 × 3 ÷ 4; 81.46 + 3.75 + 2.50
    assert changed(office, before) == {"差评按期反馈率": "11.25", "差评整改率": "7.50", "总分": "87.71"}
    listed = explained(office, "差评按期反馈率").partition("案卷：评价案卷.按期反馈差评数")[2]
    mine = next(line for line in listed.splitlines() if CASE in line)
    assert f"（更正：案卷{CASE}的反馈时间原值空白，现值2022-11-21 17:00，依据申诉第1号（主任，" in mine
    assert "更正：" not in explained(office, "满意率")  # it does not rest on 反馈时间

    filed(office)  # a second appeal begins where the first one ended: 11-22 is too late
    again = decided(office, "--correct", f"评价案卷.反馈时间@{CASE}=2022-11-22 09:00", number=2)
    assert "原值2022-11-21 17:00:00，现值2022-11-22 09:00" in again.output
    assert changed(office, before) == {"差评整改率": "7.50", "总分": "83.96"}  # 81.46 + 2.50


def test_an_exclusion_of_the_definition_sees_the_corrected_value(office: Path) -> None:
    before = scores(office)
    filed(office)
    assert decided(office, "--correct", f"评价案卷.申诉结果@{CASE}=撤销").exit_code == 0
    assert changed(office, before)["总分"] == "86.37"  # as if it were taken out
    assert "申诉撤销1件" in explained(office, "满意率")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--exclude", "评价案卷@HCP1"), "没有编号“HCP1”的案卷"),
        (("--exclude", "评价案件@HCP1"), "没有案卷表“评价案件”"),
        (("--exclude", CASE), "应写成 案卷表@案卷号"),
        (("--correct", f"评价案卷.反馈时刻@{CASE}=2022-11-21"), "没有案卷列“反馈时刻”"),
        (("--correct", f"评价案卷.评价人姓名@{CASE}=某人"), "是个人信息，不能更正"),
        (("--correct", f"评价案卷.反馈时间@{CASE}=下周"), "“反馈时间”应为时刻"),
        (("--correct", f"评价案卷.核实结果@{CASE}=点错"), "可选值"),
        (("--correct", f"评价案卷.评价时间@{CASE}="), "必填，不能改为空白"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do_and_the_appeal_stays_open(
    office: Path, words: tuple[str, str], told: str
) -> None:
    filed(office)
    result = decided(office, *words)
    assert result.exit_code in {1, 2, 3}
    assert told in result.output
    [found] = json.loads(done(office, "appeal", "list", "--json"))["appeals"]
    assert (found["ruling"], found["corrections"]) == ("申诉中", [])


def test_a_case_of_another_unit_is_refused(office: Path) -> None:
    words = ("appeal", "file", NAME, "2022-11", "市公安局", "满意率", "--reason", "误点", "--by", "收件人")
    done(office, *words)
    assert "是市税务局的，申诉的是市公安局" in decided(office, "--exclude", f"评价案卷@{CASE}").output


def test_a_case_that_is_gone_or_says_something_else_by_now_is_told(office: Path) -> None:
    filed(office)
    case = "HCP20221106000"
    assert decided(office, "--correct", f"评价案卷.核实结果@{case}=误评").exit_code == 0
    path = office / SECOND_HALF
    content = path.read_bytes()
    path.write_bytes(content.replace(case.encode(), b"HCP20221199999"))
    assert f"没有编号“{case}”的案卷" in tongbao(office, "check", "2022-11").output
    lines = content.split(b"\n")
    (at,) = [number for number, line in enumerate(lines) if case.encode() in line]
    path.write_bytes(b"\n".join([*lines[: at + 1], lines[at], *lines[at + 1 :]]))
    assert "出现2次" in tongbao(office, "check", "2022-11").output
    path.write_bytes(content)
    assert tongbao(office, "check", "2022-11").exit_code == 0
