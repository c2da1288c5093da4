"""申诉: filed with evidence, decided once; a granted one corrects the cell, and every score it touches."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import workspaces
from click.testing import CliRunner, Result
from databases import act

from tongbao.cli import main
from tongbao.errors import RefusedError
from tongbao.inputs.corrections import Correction
from tongbao.period import Period
from tongbao.register import appeals
from tongbao.register.appeals import Claim, Ruling
from tongbao.register.database import ADDRESS, Register

NAME, UNIT = "甲县通报", "县退役军人事务局"
PERIOD = Period(2022, 11)
CLAIM = Claim(NAME, "甲县", PERIOD, UNIT, "评价率", "漏报30件")
FIXED = Correction(PERIOD, "办件", UNIT, "评价数", None, "10", "40", "申诉第1号（主任，2022-12-09）")
GAP = """\
名称: 差距
来源: 测试
对象: {组: [部门]}
满分: 10
指标:
  - 名称: 评价数
    分值: 10
    取值: {公式: "[办件.评价数]/[办件.总量]"}
    计分: {差距扣分: {参照: 组内最高, 每: 10%, 扣: 1, 步进: 连续}}
"""


@pytest.fixture
def office(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("TONGBAO_BY", ADDRESS):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    workspaces.write(tmp_path / "inputs/2022-11/甲县/佐证/补报.txt", "漏报的30件")
    return workspaces.county(tmp_path)


def tongbao(office: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "-C", str(office)])


def done(office: Path, *words: str) -> str:
    result = tongbao(office, *words)
    assert result.exit_code == 0, result.output
    return result.output


def refused(office: Path, *words: str) -> str:
    result = tongbao(office, *words)
    assert result.exit_code in {1, 2, 3}, result.output
    assert "Traceback" not in result.output
    return result.output


def filed(office: Path) -> str:
    words = ("appeal", "file", NAME, "2022-11", UNIT, "评价率", "--reason", "漏报30件", "--by", "收件人")
    return done(office, *words, "--evidence", "inputs/2022-11/甲县/佐证/补报.txt")


def granted(office: Path, *changes: str) -> str:
    words = [word for change in changes for word in ("--correct", change)]
    return done(office, "appeal", "decide", "1", "--ruling", "撤销", "--by", "主任", "--reason", "属实", *words)


def totals(office: Path) -> dict[str, str]:
    told = json.loads(done(office, "score", "2022-11", "--json"))
    return {each["unit"]: each["total"] for each in told["rankings"][0]["standings"]}


def test_an_appeal_is_kept_with_the_digest_of_its_evidence(office: Path) -> None:
    assert "已受理申诉第1号：县退役军人事务局“评价率”，佐证1件" in filed(office)
    [found] = json.loads(done(office, "appeal", "list", "2022-11", "--json"))["appeals"]
    digest = hashlib.sha256("漏报的30件".encode()).hexdigest()
    assert found["evidence"] == {"inputs/2022-11/甲县/佐证/补报.txt": digest}
    assert found["ruling"] == "申诉中"
    assert "没有申诉" in done(office, "appeal", "list", "2022-10")


def test_a_granted_appeal_corrects_the_cell_and_the_score_says_so(office: Path) -> None:
    assert totals(office)[UNIT] == "4.40"  # 4 × 10/50 + 6 × 60%
    filed(office)
    told = granted(office, "办件.评价数=40")
    assert "办件.评价数：原值10，现值40" in told
    # 4 × 40/50 + 6 × 60% = 6.80; the others have 9.68 and 8.40, so that the places stay
    assert totals(office) == {"县公安局": "9.68", "县税务局": "8.40", UNIT: "6.80"}
    explained = done(office, "explain", "2022-11", "甲县", UNIT, "评价率")
    assert "[办件.评价数]＝40，原文“10”" in explained.replace("办件.评价数＝", "[办件.评价数]＝")
    assert "更正：原值10，现值40，依据申诉第1号（主任，" in explained
    assert "C4" in explained
    assert "属实" in done(office, "appeal", "list")


def test_a_gap_rule_touches_the_whole_group(office: Path) -> None:
    workspaces.write(office / "scoring/甲县/办件评价.yaml", GAP)
    workspaces.replaced(office, f"reports/{NAME}.yaml", "体系: 办件评价", "体系: 差距")
    workspaces.replaced(office, f"reports/{NAME}.yaml", "重点指标: [满意率]\n", "")
    # best 95%: 10; 75% is 20 points behind: 10 − 2 = 8; 20% is 75 behind: 10 − 7.5 = 2.5
    assert totals(office) == {"县公安局": "10.00", "县税务局": "8.00", UNIT: "2.50"}
    done(office, "appeal", "file", NAME, "2022-11", "县公安", "评价数", "--reason", "多报", "--by", "收件人")
    told = granted(office, "办件.评价数=85")
    # best 85%: 10; 75%: 10 − 1 = 9; 20%: 10 − 6.5 = 3.5
    assert totals(office) == {"县公安局": "10.00", "县税务局": "9.00", UNIT: "3.50"}
    assert "县税务局" in told
    assert "县公安局" not in told.partition("原得分")[2]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("办件评价数=40", "应写成 表.列=新值"),
        ("办理.评价数=40", "没有表“办理”。"),
        ("办件.评价=40", "没有列“评价”"),
        ("办件.评价数@9=40", "没有县退役军人事务局第9行的数据"),
        ("办件.评价数=四十", "应为数字"),
        ("办件.评价数=-1", "低于下限"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_the_appeal_stays_open(office: Path, change: str, told: str) -> None:
    filed(office)
    words = ("appeal", "decide", "1", "--ruling", "撤销", "--by", "主任", "--reason", "属实", "--correct", change)
    assert told in refused(office, *words)
    [found] = json.loads(done(office, "appeal", "list", "--json"))["appeals"]
    assert found["ruling"] == "申诉中"


def test_a_table_that_changes_after_the_correction_is_told(office: Path) -> None:
    filed(office)
    granted(office, "办件.评价数=40")
    workspaces.fill(office, rows=[*workspaces.ROWS[:2], ("县退役军人事务局", 50, 12, "60.00%")])
    assert "更正时原值为“10”，表中现为“12”" in refused(office, "check", "2022-11")


def test_what_is_filed_has_to_exist(office: Path) -> None:
    words = ("--reason", "漏报", "--by", "收件人")
    assert "是不是“评价率”" in refused(office, "appeal", "file", NAME, "2022-11", UNIT, "评价律", *words)
    assert "单位名录中没有" in refused(office, "appeal", "file", NAME, "2022-11", "县水务局", "评价率", *words)
    outside = ("--evidence", "/etc/hostname")
    assert "不是工作区里的文件" in refused(office, "appeal", "file", NAME, "2022-11", UNIT, "评价率", *words, *outside)


def test_an_appeal_is_decided_once_with_a_reason(register: Register) -> None:
    with register.write() as connection:
        appeals.file(connection, CLAIM, {}, act("收件人"))
    with pytest.raises(RefusedError, match="决定没有写理由"), register.write() as connection:
        appeals.decide(connection, 1, Ruling.UPHELD, act("主任"))
    with pytest.raises(RefusedError, match="撤销须写明更正哪一格"), register.write() as connection:
        appeals.decide(connection, 1, Ruling.GRANTED, act("主任", "属实"))
    with pytest.raises(RefusedError, match="维持的申诉不更正数据"), register.write() as connection:
        appeals.decide(connection, 1, Ruling.UPHELD, act("主任", "不属实"), [FIXED])
    with pytest.raises(RefusedError, match="没有这件申诉"), register.write() as connection:
        appeals.decide(connection, 2, Ruling.UPHELD, act("主任", "不属实"))
    with register.write() as connection:
        appeals.decide(connection, 1, Ruling.GRANTED, act("主任", "属实"), [FIXED])
        assert appeals.corrections_for(connection, "甲县") == (FIXED,)
        assert appeals.corrections_for(connection, "乙县") == ()
        assert appeals.corrections_for(connection, "甲县", act(day="2022-12-08").at) == ()
    told = "已由主任于2022-12-09T10:00:00.*决定：撤销（属实）"
    with pytest.raises(RefusedError, match=rf"{told}"), register.write() as connection:
        appeals.decide(connection, 1, Ruling.UPHELD, act("副主任", "不属实"))


def test_of_two_rulings_at_the_same_time_one_stands(register: Register) -> None:
    with register.write() as connection:
        for _ in range(10):
            appeals.file(connection, CLAIM, {}, act("收件人"))

    def decide(by: str) -> int:
        refused = 0
        for number in range(1, 11):
            try:
                with register.write() as connection:
                    appeals.decide(connection, number, Ruling.UPHELD, act(by, "不属实"))
            except RefusedError as error:
                assert "已由" in str(error)  # noqa: PT017
                refused += 1
        return refused

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(decide, ["张三", "李四"])) == 10
