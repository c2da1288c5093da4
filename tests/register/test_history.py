"""What the register tells of a unit: every month once, as it was recorded last, through its changes of name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import workspaces
from click.testing import CliRunner
from databases import act, reviewed, signing

from tongbao.cli import main
from tongbao.errors import UsageError
from tongbao.period import Period
from tongbao.register import notices, runs
from tongbao.register.database import ADDRESS, Register
from tongbao.register.life import NoticeKey
from tongbao.register.results import Results
from tongbao.register.runs import RunRecord
from tongbao.run.standing import history

ROSTER = """\
辖区: 甲县
组:
  - 名称: 部门
    单位:
      - {名称: 县数据局, 更名自: 县大数据局, 生效: 2022-11}
      - {名称: 县大数据局}
"""


def recorded(
    register: Register, month: int, unit: str, total: str, *, key: str = "", jurisdiction: str = "甲县"
) -> int:
    row = {"system": "办件评价", "unit": unit, "unit_group": "部门", "total": total, "exact": total, "place": 1}
    results = Results(({**row, "peers": 3, "provisional": False, "reason": ""},))
    job = key or f"{month}"
    run = RunRecord(f"{jurisdiction}通报", jurisdiction, Period(2022, month), job, "0.1.0", {}, {}, {})
    with register.write() as connection:
        return runs.record(connection, run, results, act())


PEERS = ("县公安局", "县税务局")
YEAR = {  # 2022-03 was never made; in 2022-11 the unit has another name
    "2021-09": ("80.00", 3), "2021-10": ("82.00", 1), "2021-11": ("85.50", 2), "2021-12": ("55.00", 3),
    "2022-01": ("58.00", 3), "2022-02": ("59.99", 3), "2022-04": ("60.00", 3), "2022-05": ("59.00", 3),
    "2022-06": ("70.00", 2), "2022-07": ("91.00", 1), "2022-08": ("92.00", 1), "2022-09": ("90.00", 1),
    "2022-10": ("88.00", 2), "2022-11": ("85.50", 1),
}  # fmt: skip


def record_month(register: Register, month: str, total: str, place: int, *, group: str = "部门", job: str = "") -> None:
    """A month of three units: the one that is looked at, and two that take the other places."""
    own = "县数据局" if month >= "2022-11" else "县大数据局"
    others = zip(PEERS, [each for each in (1, 2, 3) if each != place], strict=True)
    rows = [
        {"system": "办件评价", "unit": unit, "unit_group": group, "total": points, "exact": points, "place": rank}
        for unit, points, rank in ((own, total, place), *((unit, "1.00", rank) for unit, rank in others))
    ]
    results = Results(tuple({**row, "peers": 3, "provisional": False, "reason": ""} for row in rows))
    made_of = ({"scoring/甲县/办件评价.yaml": f"d{month}"}, {})
    inputs = {f"inputs/{month}/甲县/办件.xlsx": f"i{month}{job}"}
    run = RunRecord("甲县通报", "甲县", Period.parse(month), job or month, "0.1.0", inputs, *made_of)
    with register.write() as connection:
        runs.record(connection, run, results, act())


@pytest.fixture
def office(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(ADDRESS, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    workspaces.write(tmp_path / "scoring/甲县/单位名录.yaml", ROSTER)
    return tmp_path


@pytest.mark.parametrize("name", ["县数据局", "县大数据局"])
def test_history_follows_a_unit_through_its_renaming(office: Path, register: Register, name: str) -> None:
    recorded(register, 10, "县大数据局", "88.10")
    recorded(register, 11, "县数据局", "90.00")
    recorded(register, 11, "县公安局", "70.00", key="other report", jurisdiction="乙县")
    found = history(office, name).standings
    assert [(each.period.month, each.unit, str(each.total)) for each in found] == [
        (10, "县大数据局", "88.10"),
        (11, "县数据局", "90.00"),
    ]


def test_of_a_month_what_was_recorded_last_counts_and_equal_jobs_are_one(office: Path, register: Register) -> None:
    first = recorded(register, 11, "县数据局", "90.00", key="a")
    assert recorded(register, 11, "县数据局", "90.00", key="a") == first
    recorded(register, 11, "县数据局", "91.50", key="b")
    assert [str(each.total) for each in history(office, "县数据局").standings] == ["91.50"]


def test_units_of_the_same_name_are_never_mixed(office: Path, register: Register) -> None:
    recorded(register, 11, "县公安局", "90.00")
    recorded(register, 11, "县公安局", "80.00", jurisdiction="乙县")
    with pytest.raises(UsageError, match="都有“县公安局”，请用 --jurisdiction"):
        history(office, "县公安局")
    assert [str(each.total) for each in history(office, "县公安局", "乙县").standings] == ["80.00"]
    with pytest.raises(UsageError, match="是不是“县公安局”"):
        history(office, "县公案局")


def test_a_year_month_by_month_with_a_gap_and_a_renaming(office: Path, register: Register) -> None:
    workspaces.write(office / "reports/甲县通报.yaml", workspaces.REPORT + "分数线: {优秀: 90, 较低: 60}\n")
    for month, (total, place) in YEAR.items():
        record_month(register, month, total, place)
    told = [
        (
            str(each.standing.period),
            each.month_on_month.words if each.month_on_month else "—",
            each.year_on_year.words if each.year_on_year else "—",
            each.spell_words,
        )
        for each in history(office, "县数据局").months
    ]
    assert told == [
        ("2021-09", "—", "—", "—"),
        ("2021-10", "提高2.00，上升2位", "—", "—"),
        ("2021-11", "提高3.50，下降1位", "—", "—"),
        ("2021-12", "下降30.50，下降1位", "—", "—"),
        ("2022-01", "提高3.00，位次不变", "—", "连续2个月末位、连续2个月低于60"),
        ("2022-02", "提高1.99，位次不变", "—", "连续3个月末位、连续3个月低于60"),
        ("2022-04", "—", "—", "—"),  # March is missing: nothing to compare with, nothing goes on
        ("2022-05", "下降1.00，位次不变", "—", "连续2个月末位"),  # April's 60.00 is not below 60
        ("2022-06", "提高11.00，上升1位", "—", "—"),
        ("2022-07", "提高21.00，上升1位", "—", "—"),
        ("2022-08", "提高1.00，位次不变", "—", "连续2个月第一、连续2个月不低于90"),
        ("2022-09", "下降2.00，位次不变", "提高10.00，上升2位", "连续3个月第一、连续3个月不低于90"),
        ("2022-10", "下降2.00，下降1位", "提高6.00，下降1位", "—"),
        ("2022-11", "下降2.50，上升1位", "持平，上升1位", "—"),
    ]


def test_places_are_not_compared_with_those_of_another_group(office: Path, register: Register) -> None:
    record_month(register, "2022-09", "80.00", 1, group="乡镇")
    record_month(register, "2022-10", "81.00", 1)
    [_, month] = history(office, "县大数据局").months
    assert month.month_on_month is not None
    assert (month.month_on_month.words, month.spell_words) == ("提高1.00", "—")


def test_a_score_that_is_another_than_was_published_says_so(office: Path, register: Register) -> None:
    record_month(register, "2022-11", "82.30", 3)
    key = NoticeKey("甲县通报", Period(2022, 11))
    reviewed(register, key)
    with register.write() as connection:
        notices.sign(connection, key, act("王五"), signing())
        notices.record_issued(connection, key, "2022-11", {"通报.pdf": "0"})
    assert [each.since_issued for each in history(office, "县数据局").months] == [""]
    record_month(register, "2022-11", "82.95", 2, job="corrected")
    assert [each.since_issued for each in history(office, "县数据局").months] == [
        "签发时82.30（第3位），现82.95（第2位）"
    ]


def test_json_proves_every_month_by_definition_and_inputs(office: Path, register: Register) -> None:
    record_month(register, "2022-10", "80.00", 1)
    record_month(register, "2022-10", "81.00", 1, job="again")
    record_month(register, "2022-11", "82.00", 1)
    result = CliRunner().invoke(main, ["history", "县数据局", "-C", str(office), "--json"])
    told = json.loads(result.output)
    made_of = {each["run"]: (each["definitions"], each["inputs"]) for each in told["runs"]}
    assert [made_of[each["run"]] for each in told["standings"]] == [
        ({"scoring/甲县/办件评价.yaml": "d2022-10"}, {"inputs/2022-10/甲县/办件.xlsx": "i2022-10again"}),
        ({"scoring/甲县/办件评价.yaml": "d2022-11"}, {"inputs/2022-11/甲县/办件.xlsx": "i2022-11"}),
    ]
    assert told["standings"][1]["month_on_month"] == {"points": "1.00", "places": 0}
    assert told["standings"][1]["spells"] == [{"what": "第一", "months": 2}]
