"""A workbook that a clerk has filled in wrongly: every mistake is told at once, with its sheet and cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tongbao.errors import Code, Finding, InvalidError
from tongbao.scoring.exchange import KINDS, SYSTEM, Imported, export_definition, import_definition

TEXT = """\
名称: 线上
来源: 办法
对象: {组: [部门]}
满分: 20
指标:
  - 名称: 服务
    分值: 20
    指标:
      - 名称: 办结率
        分值: 10
        取值: {公式: "[办件.办结]/[办件.总量]"}
        计分: 按比例
        核验:
          - {条件: "[办件.办结]<=[办件.总量]", 说明: 请核对}
      - 名称: 角色
        分值: 10
        取值: {公式: "[办件.角色]"}
        计分: {分档: [{值: 牵头, 得分: 10}, {值: 无, 得分: 0}]}
源文存疑:
  - {处: 第1条, 原文: 不一, 取法: 取前者}
"""
Edit = Callable[[Any], None]


@cache
def exported() -> bytes:
    return export_definition(TEXT.encode(), SYSTEM, "线上.yaml")


def workbook() -> Any:
    return openpyxl.load_workbook(io.BytesIO(exported()))


def read(book: Any) -> Imported:
    stream = io.BytesIO()
    book.save(stream)
    return import_definition(stream.getvalue(), ".xlsx", KINDS, "线上.xlsx")


def findings(book: Any) -> list[Finding]:
    with pytest.raises(InvalidError) as caught:
        read(book)
    return list(caught.value.findings)


def column(sheet: Any, *head: str) -> str:
    """The letter of a column by its group and name."""
    group = ""
    for upper, lower in zip(sheet[1], sheet[2], strict=True):
        group = upper.value or (group if lower.value else "")
        if (group, lower.value) == (head if len(head) > 1 else (head[0], None)):
            return str(get_column_letter(upper.column))
    raise AssertionError(head)


def cell(sheet: Any, row: int, *head: str) -> str:
    return f"{column(sheet, *head)}{row}"


def test_the_workbook_is_read_when_nothing_is_wrong() -> None:
    assert read(workbook()).loaded.value.name == "线上"


CASES: dict[str, tuple[str, tuple[str, ...], int, str, Code, str]] = {
    "unknown choice": ("指标", ("计分", "方式"), 4, "按比列", Code.VALUE_INVALID, "可选的有 按比例、达标"),
    "wrong number": ("指标", ("分值",), 4, "十分", Code.VALUE_INVALID, "“十分”不是数字"),
    "missing name": ("指标", ("名称",), 4, "", Code.KEY_MISSING, "缺少键“名称”"),
    "no way chosen": ("指标", ("取值", "方式"), 4, "", Code.KEY_MISSING, "缺少键“取值”"),
    "way without its column": ("指标", ("取值", "公式"), 4, "", Code.KEY_MISSING, "“取值/公式”一栏却没有填"),
    "column of another way": ("指标", ("计分", "比较"), 4, ">=", Code.KEY_UNKNOWN, "不用“计分/比较”一栏"),
    "column of a leaf on a group": ("指标", ("单位",), 3, "%", Code.KEY_UNKNOWN, "不用“单位”一栏"),
    "level jumps": ("指标", ("级次",), 5, "4", Code.VALUE_INVALID, "级次从2跳到4，缺少上级"),
    "level is no number": ("指标", ("级次",), 4, "二", Code.VALUE_INVALID, "级次“二”应为1、2、3"),
    "owner unknown": ("分档", ("所属指标",), 3, "角度", Code.REFERENCE_UNKNOWN, "工作表“指标”里没有“角度”"),
    "owner missing": ("分档", ("所属指标",), 3, "", Code.KEY_MISSING, "没有写“所属指标”"),
    "owner of another way": ("分档", ("所属指标",), 3, "办结率", Code.VALUE_INVALID, "“办结率”的写法里没有“分档”"),
    "closed choice": ("核验", ("不符",), 3, "严重", Code.VALUE_INVALID, "“严重”不在可选值内"),
    "a quote that is not closed": ("指标", ("不适用",), 4, '"得分率＝80%', Code.VALUE_INVALID, "引号没有成对"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_told_at_its_cell(name: str) -> None:
    sheet, head, row, text, code, words = CASES[name]
    book = workbook()
    where = cell(book[sheet], row, *head)
    book[sheet][where] = text or None
    told = [finding for finding in findings(book) if (finding.place.sheet, finding.place.cell) == (sheet, where)]
    assert [finding.code for finding in told][:1] == [code], findings(book)
    assert words in told[0].message
    assert told[0].place.file == "线上.xlsx"


def test_all_mistakes_are_told_at_once() -> None:
    book = workbook()
    for row in (3, 4, 5):
        book["指标"][cell(book["指标"], row, "分值")] = "x"
    book["基本情况"]["A20"] = "满份"
    assert len([finding for finding in findings(book) if "不是数字" in finding.message]) == 3
    assert any("不认识项目“满份”" in finding.message and finding.place.cell == "A20" for finding in findings(book))


def test_heads_that_nobody_knows_or_that_stand_twice_are_told() -> None:
    book = workbook()
    sheet = book["核验"]
    sheet.cell(1, sheet.max_column + 1, "备忘")
    sheet.cell(1, sheet.max_column + 1, "条件")
    told = {(finding.code, finding.place.cell): finding.message for finding in findings(book)}
    assert "不认识表头“备忘”" in told[Code.KEY_UNKNOWN, f"{get_column_letter(sheet.max_column - 1)}2"]
    assert "表头“条件”写了两次" in told[Code.COLUMN_AMBIGUOUS, f"{get_column_letter(sheet.max_column)}2"]


def test_a_needed_column_that_is_gone_is_told_once() -> None:
    book = workbook()
    book["源文存疑"].delete_cols(2)
    assert [finding.message for finding in findings(book) if finding.code is Code.COLUMN_MISSING] == ["缺少列“原文”"]


def test_a_sheet_that_is_gone_is_told() -> None:
    book = workbook()
    del book["分档"]
    assert [(finding.code, finding.message) for finding in findings(book)] == [(Code.SHEET_MISSING, "没有工作表“分档”")]


def test_a_sheet_of_the_clerks_own_is_told_unless_it_is_hidden() -> None:
    book = workbook()
    book.create_sheet("草稿")["A1"] = "x"
    assert "不认识工作表“草稿”" in findings(book)[0].message
    book["草稿"].sheet_state = "hidden"
    assert read(book).loaded.value.name == "线上"


def test_a_formula_of_excel_is_told() -> None:
    book = workbook()
    where = cell(book["指标"], 4, "分值")
    book["指标"][where] = "=5+5"
    assert [(finding.code, finding.place.cell) for finding in findings(book)] == [(Code.CELL_ERROR, where)]


def test_numbers_and_percentages_typed_as_such_are_read() -> None:
    book = workbook()
    sheet = book["指标"]
    sheet[cell(sheet, 4, "分值")] = 10
    cap = cell(sheet, 4, "上限")
    sheet[cap] = 0.985
    sheet[cap].number_format = "0.0%"
    assert "上限: 98.5%" in read(book).content.decode()


def test_columns_may_be_moved_and_rows_added() -> None:
    book = workbook()
    sheet = book["分档"]
    sheet.move_range("A1:Z20", cols=1)
    sheet.cell(5, 2, "角色")
    sheet.cell(5, int(openpyxl.utils.column_index_from_string(column(sheet, "值"))), "配合")
    sheet.cell(5, int(openpyxl.utils.column_index_from_string(column(sheet, "得分"))), "5")
    bands = read(book).loaded.value.indicators[0].indicators[1].scoring.bands
    assert [(band.text, band.points) for band in bands] == [("牵头", 10), ("无", 0), ("配合", 5)]


def test_two_of_one_name_have_to_be_called_by_more_of_it() -> None:
    text = TEXT.replace("      - 名称: 角色\n", "  - 名称: 协同\n    分值: 0\n    指标:\n      - 名称: 办结率\n")
    text = text.replace("分值: 20\n    指标", "分值: 10\n    指标", 1).replace("分值: 0\n", "分值: 10\n")
    book = openpyxl.load_workbook(io.BytesIO(export_definition(text.encode(), SYSTEM, "线上.yaml")))
    assert [row[0].value for row in book["分档"].iter_rows(min_row=3)] == ["协同/办结率", "协同/办结率"]
    book["分档"]["A3"] = "办结率"
    told = findings(book)
    assert told[0].place.cell == "A3"
    assert "不止一个" in told[0].message
    assert "服务/办结率" in told[0].remedy


@pytest.mark.parametrize(
    ("content", "suffix", "code"),
    [
        (b"", ".xlsx", Code.FILE_DAMAGED),
        (b"PK\x03\x04 torn", ".xlsx", Code.FILE_DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xlsx", Code.FILE_DAMAGED),
        (b"a,b", ".csv", Code.SHEET_MISSING),
        (b"a", ".pdf", Code.FILE_DISGUISED),
    ],
)
def test_what_is_no_workbook_of_ours_is_refused(content: bytes, suffix: str, code: Code) -> None:
    with pytest.raises(InvalidError) as caught:
        import_definition(content, suffix, KINDS, f"表格{suffix}")
    assert caught.value.findings[0].code is code


def test_a_bomb_is_refused_by_the_reader_of_all_tables() -> None:
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 300_000_000)
    with pytest.raises(InvalidError) as caught:
        import_definition(stream.getvalue(), ".xlsx", KINDS, "表格.xlsx")
    assert caught.value.findings[0].code is Code.FILE_OVERSIZED


def test_what_no_cell_can_hold_is_told_with_its_line_and_not_left_out() -> None:
    text = TEXT.replace("原文: 不一", 'r原文: "铃\\x07"'.removeprefix("r"))
    with pytest.raises(InvalidError) as caught:
        export_definition(text.encode(), SYSTEM, "线上.yaml")
    assert str(caught.value.findings[0].place) == "线上.yaml 第20行第14列"
    assert "U+0007" in caught.value.findings[0].message


def test_the_kind_has_to_be_known() -> None:
    book = workbook()
    book["说明"]["B2"] = "体系"
    told = findings(book)[0]
    assert (told.place.sheet, told.place.cell) == ("说明", "B2")
    assert "单位名录、数据表、指标体系" in told.remedy
