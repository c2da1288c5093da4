"""`check` must start at once: reading inputs needs none of the heavy libraries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desks import Desk

HEAVY = (
    "duckdb",
    "pandas",
    "numpy",
    "openpyxl",
    "weasyprint",
    "docx",
    "lxml",
    "matplotlib",
    "chinese_calendar",
    "rapidfuzz",
)
IMPORTS = """
import sys
import tongbao.inputs.reader, tongbao.inputs.calendar
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""
READS = """
import sys
from pathlib import Path
from tongbao.inputs.contract import TableContract
from tongbao.inputs.reader import read_tables
from tongbao.inputs.roster import Roster
from tongbao.period import Period
keys = {"名称": "工单", "文件": "工单.xlsx", "单位列": "单位", "列": [{"名称": "件数"}]}
roster = Roster.model_validate({"辖区": "昌吉市", "组": [{"名称": "甲", "单位": [{"名称": "市公安局"}]}]})
read = read_tables(Path(sys.argv[1]), Period(2022, 11), "昌吉市", [TableContract.model_validate(keys)], roster)
assert len(read.tables["工单"].rows) == 1, read.findings
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


def loaded(code: str, *arguments: str | Path) -> str:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_importing_the_reader_loads_nothing_heavy() -> None:
    assert loaded(IMPORTS, *HEAVY) == ""


def test_reading_a_workbook_loads_nothing_heavy(desk: Desk) -> None:
    desk.xlsx([["单位", "件数"], ["市公安局", 5]])
    assert loaded(READS, desk.workspace, *HEAVY) == ""
