"""What the register tells of a unit: every month once, as it was recorded last, through its changes of name."""

from __future__ import annotations

from pathlib import Path

import pytest
import workspaces
from databases import act

from tongbao.errors import UsageError
from tongbao.period import Period
from tongbao.register import runs
from tongbao.register.database import ADDRESS, Register
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
