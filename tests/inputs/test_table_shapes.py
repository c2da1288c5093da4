"""Tables are found and read however the office laid them out."""

from __future__ import annotations

from decimal import Decimal

from desks import Desk, codes, contract, only
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.errors import Code, Severity, has_errors
from tongbao.inputs.table import Missing


def values(desk: Desk, **keys: object) -> list[tuple[str | None, list[object]]]:
    read = desk.read(**keys)
    assert not has_errors(read.findings), "\n".join(map(str, read.findings))
    return [(row.unit, [cell.value for cell in row.cells.values()]) for row in read.tables["工单"].rows]


def test_a_plain_table_keeps_where_every_figure_stands(desk: Desk) -> None:
    desk.xlsx([["单位", "件数"], ["市公安局", 4226], ["市税务局", 0]])
    read = desk.read()
    assert read.findings == ()
    table = read.tables["工单"]
    origin = table.rows[0].cells["件数"].origin
    assert (origin.file, origin.sheet, origin.cell, origin.raw) == (
        "inputs/2022-11/昌吉市/工单.xlsx",
        "数据",
        "B2",
        "4226",
    )
    assert [row.number for row in table.rows] == [2, 3]
    assert table.by_unit["市税务局"].cells["件数"].value == Decimal(0)
    assert [source.path for source in read.sources] == ["inputs/2022-11/昌吉市/工单.xlsx"]
    assert len(read.sources[0].sha256) == 64


def test_titles_and_notes_above_the_header_move_nothing(desk: Desk) -> None:
    desk.xlsx(
        [[], ["2022年11月工单统计表（示例数据）"], ["单位：件"], [], ["序号", "单 位", "件\n数"], [1, "市公安局", 7]]
    )
    read = desk.read()
    assert read.findings == ()
    assert read.tables["工单"].rows[0].cells["件数"].origin.cell == "C6"


def test_merged_headers_of_three_rows_are_met_by_their_path(desk: Desk) -> None:
    def merge(sheet: Worksheet) -> None:
        for area in ("A1:G1", "A2:A4", "B2:B4", "C2:F2", "C3:D3", "E3:F3", "G2:G4"):
            sheet.merge_cells(area)

    desk.xlsx(
        [
            ["政务服务统计表", None, None, None, None, None, None],
            ["序号", "单位", "办件情况", None, None, None, "备注"],
            [None, None, "线上", None, "线下", None, None],
            [None, None, "受理", "办结", "受理", "办结", None],
            [1, "市公安局", 11, 10, 21, 20, None],
        ],
        merge,
    )
    columns = [{"名称": "线上受理", "表头": "线上/受理"}, {"名称": "线下办结", "表头": "办件情况／线下 / 办结"}]
    assert values(desk, 列=columns) == [("市公安局", [Decimal(11), Decimal(20)])]


def test_the_last_level_alone_is_enough_where_only_one_column_bears_it(desk: Desk) -> None:
    desk.put("单位,考核得分,,\n,平台,覆盖率,办结率\n市公安局,1,2,3\n", "工单.csv")
    assert values(desk, 列=[{"名称": "覆盖率"}]) == [("市公安局", [Decimal(2)])]
    # without merged cells a word speaks for the columns to its right
    assert values(desk, 列=[{"名称": "率", "表头": "考核得分/办结率"}]) == [("市公安局", [Decimal(3)])]


def test_a_header_cell_merged_downwards_takes_the_rows_below_into_the_header(desk: Desk) -> None:
    desk.xlsx(
        [["单位", "件数", "说明"], [None, None, "（件）"], ["市公安局", 5, ""]],
        lambda sheet: (sheet.merge_cells("A1:A2"), sheet.merge_cells("B1:B2")),
    )
    assert values(desk) == [("市公安局", [Decimal(5)])]


def test_two_columns_of_the_same_header_are_an_error_that_names_both(desk: Desk) -> None:
    desk.put("单位,线上,线下\n,件数,件数\n市公安局,1,2\n", "工单.csv")
    finding = only(desk.read().findings)
    assert finding.code is Code.COLUMN_AMBIGUOUS
    assert "B列、C列" in finding.message


def test_a_missing_column_is_named_with_the_headers_that_are_there(desk: Desk) -> None:
    desk.xlsx([["单位", "办件数", "备注"], ["市公安局", 5, ""]])
    read = desk.read()
    finding = only(read.findings)
    assert finding.code is Code.COLUMN_MISSING
    assert "“件数”" in finding.message
    assert "“单位”、“办件数”、“备注”" in finding.message
    assert read.tables["工单"].rows[0].cells["件数"].missing is Missing.NO_COLUMN


def test_a_column_that_need_not_be_filled_in_need_not_be_there(desk: Desk) -> None:
    desk.xlsx([["单位", "件数"], ["市公安局", 5]])
    read = desk.read(列=[{"名称": "件数"}, {"名称": "说明", "类型": "文本", "必填": "否"}])
    assert only(read.findings).severity is Severity.REMARK
    assert read.tables["工单"].rows[0].cells["说明"].missing is Missing.NO_COLUMN


def test_without_the_unit_column_no_table_is_made(desk: Desk) -> None:
    desk.xlsx([["部门", "件数"], ["市公安局", 5]])
    read = desk.read()
    assert only(read.findings).code is Code.COLUMN_MISSING
    assert read.tables == {}


def test_sums_and_notes_are_left_out_and_told(desk: Desk) -> None:
    desk.xlsx(
        [
            ["序号", "单位", "件数"],
            [1, "市公安局", 5],
            ["小计", None, 5],
            [2, "市税务局", 6],
            ["合 计", None, 11],
            [None, "平均", 5.5],
            ["注：本表为示例数据"],
            ["备注:数据截至11月30日"],
            [3, None, None],
        ]
    )
    read = desk.read()
    assert [row.unit for row in read.tables["工单"].rows] == ["市公安局", "市税务局"]
    remark = only(read.findings)
    assert (remark.code, remark.severity) == (Code.ROW_SKIPPED, Severity.REMARK)
    for number in (3, 5, 6, 7, 8, 9):
        assert f"第{number}行" in remark.message


def test_a_unit_that_only_begins_like_a_note_is_read(desk: Desk) -> None:
    desk.units = ("注册分局", "说明书管理处")
    desk.xlsx([["单位", "件数"], ["注册分局", 5], ["说明书管理处", 6]])
    assert [unit for unit, _ in values(desk)] == ["注册分局", "说明书管理处"]


def test_a_ledger_row_of_a_known_unit_is_no_note_whatever_its_first_cell_says(desk: Desk) -> None:
    desk.xlsx([["类别", "单位", "件数"], ["说明", "市公安局", 5]])
    assert values(desk, 形式="台账") == [("市公安局", [Decimal(5)])]


def test_a_line_merged_across_the_table_is_no_unit(desk: Desk) -> None:
    desk.xlsx(
        [["单位", "件数"], ["市公安局", 5], ["填报人：甲  审核人：乙", None]], lambda sheet: sheet.merge_cells("A3:B3")
    )
    read = desk.read()
    assert codes(read.findings) == [Code.ROW_SKIPPED]
    assert "填报人" in read.findings[0].message


def test_a_repeated_header_in_the_middle_is_left_out(desk: Desk) -> None:
    desk.xlsx([["单位", "件数"], ["市公安局", 5], ["单位", "件数"], ["市税务局", 6]])
    assert [unit for unit, _ in values(desk)] == ["市公安局", "市税务局"]


def test_a_row_with_figures_but_no_unit_is_an_error(desk: Desk) -> None:
    desk.xlsx([["单位", "件数"], ["市公安局", 5], [None, 6]])
    finding = only(desk.read().findings)
    assert (finding.code, finding.place.cell) == (Code.CELL_EMPTY, "A3")


def test_a_single_value_table_has_one_row_and_no_units(desk: Desk) -> None:
    one = {"形式": "单值", "单位列": None, "列": [{"名称": "常住人口"}, {"名称": "总次数"}]}
    desk.xlsx([["常住人口", "总次数"], [390000, 12], ["注：示例数据"]])
    assert values(desk, **one) == [(None, [Decimal(390000), Decimal(12)])]
    desk.xlsx([["常住人口", "总次数"], [390000, 12], [400000, 13]])
    finding = only(desk.read(**one).findings)
    assert finding.code is Code.ROW_REPEATED
    assert "第2、3行" in finding.message
    desk.xlsx([["常住人口", "总次数"]])
    assert only(desk.read(**one).findings).code is Code.TABLE_EMPTY


def test_a_ledger_may_be_empty_and_may_name_a_unit_often(desk: Desk) -> None:
    ledger = {"形式": "台账", "列": [{"名称": "条款", "类型": "文本"}, {"名称": "次数"}]}
    desk.xlsx([["单位", "条款", "次数"]])
    read = desk.read(**ledger)
    assert read.findings == ()
    assert read.tables["工单"].rows == ()
    desk.xlsx([["单位", "条款", "次数"], ["市公安局", "1.1", 1], ["市公安局", "1.2", 2]])
    read = desk.read(**ledger)
    assert read.findings == ()
    assert [row.unit for row in read.tables["工单"].rows] == ["市公安局", "市公安局"]
    assert read.tables["工单"].by_unit == {}


def test_in_a_ledger_a_merged_unit_stands_for_its_rows_but_a_merged_figure_does_not(desk: Desk) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("C2:C3")

    desk.xlsx([["单位", "条款", "次数"], ["市公安局", "1.1", 1], [None, "1.2", None]], merge)
    read = desk.read(形式="台账", 列=[{"名称": "条款", "类型": "文本"}, {"名称": "次数"}])
    assert [row.unit for row in read.tables["工单"].rows] == ["市公安局", "市公安局"]
    finding = only(read.findings)
    assert (finding.code, finding.place.cell) == (Code.CELL_EMPTY, "C3")


def test_a_summary_without_rows_is_an_error(desk: Desk) -> None:
    desk.xlsx([["单位", "件数"]])
    assert only(desk.read().findings).code is Code.TABLE_EMPTY


def test_hidden_rows_and_columns_are_read_and_told(desk: Desk) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[9].hidden = True

    desk.xlsx([["单位", "件数"], ["市公安局", 5], ["市税务局", 6]], hide)
    read = desk.read()
    assert len(read.tables["工单"].rows) == 2
    assert codes(read.findings) == [Code.HIDDEN, Code.HIDDEN]
    assert {finding.severity for finding in read.findings} == {Severity.WARNING}
    assert "第3行" in read.findings[0].message
    assert "B列" in read.findings[1].message


def test_of_several_sheets_the_visible_one_with_the_headers_is_read(desk: Desk) -> None:
    def more(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        cover = book.create_sheet("封面", 0)
        cover["A1"] = "工单统计"
        old = book.create_sheet("旧表", 1)
        old.append(["单位", "件数"])
        old.append(["市公安局", 99])
        old.sheet_state = "hidden"

    desk.xlsx([["单位", "件数"], ["市公安局", 5]], more)
    read = desk.read()
    assert read.tables["工单"].rows[0].cells["件数"].value == 5
    assert [(finding.code, finding.place.sheet) for finding in read.findings] == [(Code.HIDDEN, "旧表")]
    read = desk.read(工作表="旧表")
    assert read.tables["工单"].rows[0].cells["件数"].value == 99
    assert only(read.findings).severity is Severity.WARNING
    finding = only(desk.read(工作表="十一月").findings)
    assert finding.code is Code.SHEET_MISSING
    assert "“封面”、“旧表”、“数据”" in finding.message


def test_two_sheets_that_would_do_are_told_and_the_first_is_read(desk: Desk) -> None:
    def more(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        book.create_sheet("10月").append(["单位", "件数"])

    desk.xlsx([["单位", "件数"], ["市公安局", 5]], more)
    finding = only(desk.read().findings)
    assert (finding.code, finding.severity) == (Code.FILE_AMBIGUOUS, Severity.WARNING)
    assert "“10月”" in finding.message


def test_several_tables_of_one_workbook_are_read_from_one_source(desk: Desk) -> None:
    desk.xlsx([["单位", "件数", "次数"], ["市公安局", 5, 6]])
    read = desk.read(contract(), contract(名称="次数表", 列=[{"名称": "次数"}]))
    assert {name: table.rows[0].cells for name, table in read.tables.items()}.keys() == {"工单", "次数表"}
    assert len(read.sources) == 1


def test_a_column_wrong_from_top_to_bottom_is_told_a_hundred_times_and_counted(desk: Desk) -> None:
    desk.xlsx([["单位", "件数"], *(["市公安局", "若干"] for _ in range(150))])
    read = desk.read(形式="台账")
    assert len(read.findings) == 101
    assert "另有50处" in read.findings[-1].message
    assert read.findings[-1].place.cell == "B151"
