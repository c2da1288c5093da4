"""The shipped sample workspace, and a county of three units and one workbook to break in every way."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tongbao.period import Period

NOVEMBER = Period(2022, 11)
REPOSITORY = Path(__file__).parents[2]
BOOK = "inputs/2022-11/甲县/办件.xlsx"

ROSTER = """\
辖区: 甲县
组:
  - 名称: 部门
    单位:
      - {名称: 县公安局, 别名: [县公安]}
      - {名称: 县税务局}
      - {名称: 县退役军人事务局}
"""
TABLES = """\
数据表:
  - 名称: 办件
    文件: 办件*.xls*
    单位列: 单位
    填报组: [部门]
    列:
      - {名称: 总量, 下限: 0, 上限: 100000}
      - {名称: 评价数, 下限: 0}
      - {名称: 满意率, 类型: 百分数}
"""
SYSTEM = """\
名称: 办件评价
来源: 测试
对象: {组: [部门]}
满分: 10
指标:
  - {名称: 评价率, 分值: 4, 取值: {公式: "[办件.评价数]/[办件.总量]"}, 计分: 按比例, 上限: 100%, 分母为零: 满分}
  - {名称: 满意率, 分值: 6, 取值: {公式: "[办件.满意率]"}, 计分: 按比例, 单位: "%"}
"""
REPORT = """\
名称: 甲县通报
辖区: 甲县
模板: 甲县
事由: 全县 办件评价 情况
依据: 《办法》
主送: 县直各部门
评价: [{组: 部门, 体系: 办件评价}]
重点指标: [满意率]
拟议: [{措施: 通报批评, 得分低于: 6}]
成文日期: {次月: 9}
整改: {期限工作日: 5, 申诉工作日: 3, 报送单位: 县行政审批局}
"""
LAYOUT = """\
版头: {发文机关标志: 甲县人民政府办公室文件, 署名: 甲县人民政府办公室, 机关代字: 甲政办发}
"""
THREE = ("嘉峪关市政务服务提升任务通报", "昌吉市政务服务月度通报", "盘锦市12345热线通报")
"""Reports of three jurisdictions, for tests that make documents anew."""
HEAD = ("单位", "总量", "评价数", "满意率")
Row = tuple[str, int, int, str]
ROWS: tuple[Row, ...] = (
    ("县公安", 100, 95, "98.00%"),
    ("县税务局", 200, 150, "90.00%"),
    ("县退役军人事务局", 50, 10, "60.00%"),
)


def sample(folder: Path, reports: Sequence[str] = ()) -> Path:
    """Copy the shipped workspace, so that no test writes into the repository; only these reports where named."""
    for name in ("inputs", "scoring", "templates"):
        shutil.copytree(REPOSITORY / name, folder / name)
    (folder / "reports").mkdir()
    for path in (REPOSITORY / "reports").glob("*.yaml"):
        if not reports or path.stem in reports:
            shutil.copy(path, folder / "reports")
    return folder


def county(folder: Path) -> Path:
    """Lay the county's workspace out in a folder, base templates included."""
    shutil.copytree(REPOSITORY / "templates" / "base", folder / "templates" / "base")
    for name, text in {
        "scoring/甲县/单位名录.yaml": ROSTER,
        "scoring/甲县/数据表.yaml": TABLES,
        "scoring/甲县/办件评价.yaml": SYSTEM,
        "reports/甲县通报.yaml": REPORT,
        "templates/甲县/版式.yaml": LAYOUT,
    }.items():
        write(folder / name, text)
    fill(folder)
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def fill(
    folder: Path, change: Callable[[Any], None] | None = None, *, rows: Sequence[Row] = ROWS, month: str = "2022-11"
) -> None:
    """Write a month's workbook; `change` may spoil the sheet first."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "办件"
    for row in (HEAD, *rows):
        sheet.append(row)
    if change:
        change(sheet)
    path = folder / BOOK.replace("2022-11", month)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def replaced(folder: Path, name: str, old: str, new: str) -> None:
    """Change one passage of a definition or template."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
