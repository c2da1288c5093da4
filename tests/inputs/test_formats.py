"""The same table is the same table in every format that offices send."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from desks import Desk, codes, only
from other_formats import cell, ods, xls

from tongbao.errors import Code, Severity
from tongbao.inputs.table import Missing

COLUMNS = [{"名称": "件数"}, {"名称": "办结率", "类型": "百分数"}, {"名称": "截止", "类型": "日期"}]
ROWS = [["单位", "件数", "办结率", "截止"], ["市公安局", 5, 0.9806, date(2022, 11, 3)]]
ODS_TABLE = (
    '<table:table table:name="数据"><table:table-column table:number-columns-repeated="16384"/><table:table-row>'
    + "".join(map(cell, ("单位", "件数", "办结率", "截止")))
    + "</table:table-row><table:table-row>"
    + cell("市公安局")
    + cell("5", 'office:value-type="float" office:value="5"')
    + cell("98.06%", 'office:value-type="percentage" office:value="0.9806"')
    + cell("11/03", 'office:value-type="date" office:date-value="2022-11-03"')
    + '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row></table:table>"
)
CSV = "单位,件数,办结率,截止\r\n市公安局,5,98.06%,2022-11-03\r\n"


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("工单.xls", xls(ROWS), "C2"),
        ("工单.et", xls(ROWS), "C2"),
        ("工单.ods", ods(ODS_TABLE), "C2"),
        ("工单.csv", CSV.encode(), "C2"),
        ("工单.csv", CSV.encode("utf-8-sig"), "C2"),
        ("工单.csv", CSV.encode("gb18030"), "C2"),
        ("工单.csv", CSV.replace(",", "\t").encode("gb18030"), "C2"),
        ("工单.CSV", CSV.encode(), "C2"),
    ],
)
def test_formats(desk: Desk, name: str, content: bytes, place: str) -> None:
    desk.put(content, name)
    read = desk.read(列=COLUMNS)
    assert read.findings == ()
    (row,) = read.tables["工单"].rows
    assert row.unit == "市公安局"
    assert [cell.value for cell in row.cells.values()] == [Decimal(5), Decimal("0.9806"), date(2022, 11, 3)]
    assert (row.cells["办结率"].origin.cell, row.cells["办结率"].origin.raw) == (place, "98.06%")


@pytest.mark.parametrize("name", ["工单.xlsx", "工单.xlsm"])
def test_new_workbooks(desk: Desk, name: str) -> None:
    desk.xlsx([["单位", "件数"], ["市公安局", 5]], name=name)
    assert desk.read().findings == ()


def test_characters_beyond_gbk_are_read(desk: Desk) -> None:
    desk.units = ("㐂来里街道",)
    desk.put("单位,件数\n㐂来里街道,5\n".encode("gb18030"), "工单.csv")
    assert desk.read().tables["工单"].rows[0].unit == "㐂来里街道"


def test_csv_places_are_lines_of_the_file(desk: Desk) -> None:
    desk.put('说明,"第一行\n第二行"\n单位,件数\n"市公安\n局",5\n市税务局,若干\n', "工单.csv")
    read = desk.read()
    assert only(read.findings).place.cell == "B6"
    assert [(row.number, row.cells["件数"].origin.cell) for row in read.tables["工单"].rows] == [(4, "B4"), (6, "B6")]


def test_error_cells_of_an_old_workbook_are_found(desk: Desk) -> None:
    content = bytearray(xls([["单位", "件数"], ["市公安局", True]]))
    marker = content.index(b"\x05\x02\x08\x00")  # BOOLERR: row, column, format, value, whether it is an error
    content[marker + 10 : marker + 12] = b"\x07\x01"  # 7 is #DIV/0!
    desk.put(bytes(content), "工单.xls")
    finding = only(desk.read().findings)
    assert (finding.code, finding.place.cell) == (Code.CELL_ERROR, "B2")
    assert "#DIV/0!" in finding.message


def test_hidden_rows_of_an_old_workbook_are_told(desk: Desk) -> None:
    desk.put(xls([["单位", "件数"], ["市公安局", 5]], hidden_row=1), "工单.xls")
    assert codes(desk.read().findings) == [Code.HIDDEN]


def test_plain_numbers_of_an_old_workbook_are_no_percentages(desk: Desk) -> None:
    desk.put(xls([["单位", "办结率"], ["市公安局", 75]]), "工单.xls")
    assert codes(desk.read(列=[{"名称": "办结率", "类型": "百分数"}]).findings) == [Code.CELL_NOT_PERCENT]


def test_errors_hiding_and_repeated_cells_of_an_open_document(desk: Desk) -> None:
    table = (
        '<table:table table:name="数据" table:style-name="ta1"><table:table-column/>'
        '<table:table-column table:visibility="collapse"/><table:table-row>'
        + cell("单位")
        + cell("件数")
        + cell("次数")
        + '</table:table-row><table:table-row table:visibility="filter">'
        + cell("市公安局")
        + '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>'
        + "</table:table-row><table:table-row>"
        + cell("市税务局")
        + cell("#DIV/0!", 'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"')
        + '<table:table-cell table:formula="of:=[.A1]"/>'
        + "</table:table-row></table:table>"
    )
    style = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    desk.put(ods(table, styles=style), "工单.ods")
    read = desk.read(列=[{"名称": "件数"}, {"名称": "次数"}])
    assert [(finding.code, finding.place.cell) for finding in read.findings] == [
        (Code.HIDDEN, None),
        (Code.CELL_ERROR, "B3"),
        (Code.CELL_UNCALCULATED, "C3"),
        (Code.HIDDEN, None),
        (Code.HIDDEN, None),
    ]
    first, second = read.tables["工单"].rows
    assert [cell.value for cell in first.cells.values()] == [7, 7]
    assert second.cells["件数"].missing is Missing.FORMULA_ERROR


def test_an_encrypted_open_document_is_refused(desk: Desk) -> None:
    desk.put(ods(ODS_TABLE, encrypted=True), "工单.ods")
    assert only(desk.read(列=COLUMNS).findings).code is Code.FILE_ENCRYPTED


def test_a_new_workbook_with_an_old_name_is_read_and_told(desk: Desk) -> None:
    desk.xlsx([["单位", "件数"], ["市公安局", 5]], name="工单.xls")
    read = desk.read()
    finding = only(read.findings)
    assert (finding.code, finding.severity) == (Code.FILE_DISGUISED, Severity.WARNING)
    assert len(read.tables["工单"].rows) == 1
