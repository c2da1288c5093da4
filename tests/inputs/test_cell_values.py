"""What each kind of column makes of a cell: exact, or a finding that says what to write."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from desks import MAIN, Desk, codes, only, raw_xlsx
from hypothesis import given, settings
from hypothesis import strategies as st

from tongbao.errors import Code
from tongbao.inputs.contract import Column
from tongbao.inputs.grid import Sheet
from tongbao.inputs.table import Missing
from tongbao.inputs.values import exact, read_cell

PERCENT_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="0&quot;%&quot;"/>'
    "</numFmts><cellXfs>"
    '<xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
)


HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>单位</t></is></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row>'


def row(*cells: str, number: int = 2) -> str:
    return HEAD + f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>市公安局</t></is></c>{"".join(cells)}</row>'


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("整数", 4226, "4226"),
        ("整数", "4226", "4226"),
        ("整数", " ４２２６ ", "4226"),
        ("整数", "1,234,567", "1234567"),
        ("整数", "1，234", "1234"),
        ("整数", "12.0", "12"),
        ("小数", 99.3, "99.3"),
        ("小数", "100.00", "100.00"),
        ("小数", "−3.5", "-3.5"),
        ("小数", 1e15, "1000000000000000"),
        ("比率", 0.75, "0.75"),
        ("百分点", 75, "0.75"),
        ("百分点", "98.06", "0.9806"),
        ("百分数", "98.06%", "0.9806"),
        ("百分数", "９８.０６％", "0.9806"),
        ("百分数", "100.00 %", "1"),
        ("百分数", 0, "0"),
    ],
)
def test_numbers(desk: Desk, kind: str, value: Any, expected: str) -> None:
    cell, findings = desk.cell(value, 类型=kind)
    assert findings == []
    assert cell.value == Decimal(expected)
    assert cell.missing is None


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("整数", "若干", Code.CELL_NOT_NUMBER),
        ("整数", "12件", Code.CELL_NOT_NUMBER),
        ("整数", 12.5, Code.CELL_NOT_NUMBER),
        ("整数", "1,23", Code.CELL_NOT_NUMBER),
        ("整数", "1 2", Code.CELL_NOT_NUMBER),
        ("整数", "1e5", Code.CELL_NOT_NUMBER),
        ("整数", "1" * 60, Code.CELL_NOT_NUMBER),
        ("整数", True, Code.CELL_NOT_NUMBER),
        ("整数", date(2022, 11, 3), Code.CELL_NOT_NUMBER),
        ("小数", "75%", Code.CELL_NOT_NUMBER),
        ("小数", "NaN", Code.CELL_NOT_NUMBER),
        ("比率", "75%", Code.CELL_NOT_NUMBER),
        ("百分点", "75%", Code.CELL_NOT_NUMBER),
        ("百分数", 75, Code.CELL_NOT_PERCENT),
        ("百分数", 0.75, Code.CELL_NOT_PERCENT),
        ("百分数", "75", Code.CELL_NOT_PERCENT),
        ("百分数", "0.75", Code.CELL_NOT_PERCENT),
        ("百分数", "七成%", Code.CELL_NOT_PERCENT),
        ("是否", "有", Code.CELL_NOT_CHOICE),
        ("日期", "2022年13月1日", Code.CELL_NOT_DATE),
        ("日期", "2022年11月", Code.CELL_NOT_DATE),
        ("日期", "2022-11/03", Code.CELL_NOT_DATE),
        ("日期", 44868, Code.CELL_NOT_DATE),
    ],
)
def test_what_is_no_such_value_is_told_with_its_place(desk: Desk, kind: str, value: Any, code: Code) -> None:
    cell, findings = desk.cell(value, 类型=kind)
    finding = only(findings)
    assert finding.code is code
    assert str(finding.place) == "inputs/2022-11/昌吉市/工单.xlsx 工作表“数据” B2"
    assert "“甲”" in finding.message
    assert finding.remedy
    assert (cell.value, cell.missing) == (None, Missing.UNVERIFIED)


def test_a_serial_number_in_a_date_column_is_not_read_but_its_date_is_offered(desk: Desk) -> None:
    _, findings = desk.cell(44895, 类型="日期")
    assert "2022-11-30" in only(findings).remedy


@pytest.mark.parametrize("number_format", ["0%", "0.00%", "0.0%;[Red]-0.0%"])
def test_a_number_that_excel_shows_as_a_percentage_is_one(desk: Desk, number_format: str) -> None:
    cell, findings = desk.cell(0.9806, number_format, 类型="百分数")
    assert findings == []
    assert cell.value == Decimal("0.9806")
    assert cell.origin.raw == "98.06%"


def test_a_quoted_percent_sign_makes_no_percentage(desk: Desk) -> None:
    _, findings = desk.cell(75, '0"%"', 类型="百分数")
    assert codes(findings) == [Code.CELL_NOT_PERCENT]


@pytest.mark.parametrize("kind", ["整数", "小数", "百分点"])
def test_a_percent_format_in_a_column_of_other_figures_is_refused(desk: Desk, kind: str) -> None:
    _, findings = desk.cell(0.75, "0%", 类型=kind)
    finding = only(findings)
    assert finding.code is Code.CELL_NOT_NUMBER
    assert "75%" in finding.message


def test_a_percent_format_is_what_a_ratio_is(desk: Desk) -> None:
    cell, findings = desk.cell(0.75, "0%", 类型="比率")
    assert findings == []
    assert cell.value == Decimal("0.75")


def test_percent_styles_are_told_apart_in_a_large_and_in_a_mixed_part(desk: Desk) -> None:
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>市公安局</t></is></c>'
        f'<c r="B{n}" s="{style}"><v>0.5</v></c></row>'
        for n, style in ((2, 1), (3, 2), (4, 3), (5, 0))
    )
    for extra in (
        "",
        '<row r="6"><c r="C6" s="1"/></row>',
    ):  # a blank cell takes the scan from the bulk to the single way
        desk.put(raw_xlsx(HEAD + cells + extra, styles=PERCENT_STYLES))
        read = desk.read(形式="台账", 列=[{"名称": "甲", "类型": "百分数"}])
        assert [finding.place.cell for finding in read.findings] == ["B4", "B5"]


def test_artefacts_of_binary_fractions_do_not_leak(desk: Desk) -> None:
    desk.put(raw_xlsx(row('<c r="B2"><v>0.30000000000000004</v></c>')))
    cell = desk.read(列=[{"名称": "甲", "类型": "小数"}]).tables["工单"].rows[0].cells["甲"]
    assert str(cell.value) == "0.3"
    assert cell.origin.raw == "0.3"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=5))
def test_every_figure_of_up_to_fifteen_digits_comes_back_exactly(number: Decimal) -> None:
    assert exact(float(number)) == number


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([",", "，"]))
@settings(max_examples=50)
def test_thousands_separators_change_nothing(number: int, comma: str) -> None:
    sheet = Sheet("", [[f"{number:,}".replace(",", comma)]])
    assert read_cell(sheet, 0, 0, Column(名称="甲"), {}).value == number


@pytest.mark.parametrize(
    "value",
    [
        date(2022, 11, 3),
        datetime(2022, 11, 3, 10, 30),  # noqa: DTZ001  # Excel knows no time zones
        "2022年11月3日",
        "2022-11-03",
        "2022-11-3",
        "2022/11/3",
        "2022.11.3",
        "20221103",
        20221103,
        "２０２２年１１月３日",
        "2022-11-03 10:30:00",
    ],
)
def test_dates(desk: Desk, value: Any) -> None:
    cell, findings = desk.cell(value, 类型="日期")
    assert findings == []
    assert cell.value == date(2022, 11, 3)


@pytest.mark.parametrize(
    "value",
    [
        datetime(2022, 11, 3, 9, 30),  # noqa: DTZ001  # Excel knows no time zones
        "2022-11-03 09:30",
        "2022-11-3 9:30",
        "2022-11-03T09:30:00",
        "2022/11/3 9:30",
        "2022.11.3 9:30",
        "20221103 09:30",
        "2022年11月3日9时30分",
        "2022年11月3日 9:30",
        "２０２２年１１月３日９时３０分",
        "2022年11月3日9点30分",
    ],
)
def test_moments(desk: Desk, value: Any) -> None:
    cell, findings = desk.cell(value, 类型="时刻")
    assert findings == []
    assert cell.value == datetime(2022, 11, 3, 9, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-11-03 00:00", datetime(2022, 11, 3)),  # noqa: DTZ001
        ("2022年11月3日18时", datetime(2022, 11, 3, 18)),  # noqa: DTZ001
        ("2022年11月3日9时5分7秒", datetime(2022, 11, 3, 9, 5, 7)),  # noqa: DTZ001
    ],
)
def test_moments_on_the_hour_and_to_the_second(desk: Desk, text: str, moment: datetime) -> None:
    cell, findings = desk.cell(text, 类型="时刻")
    assert (findings, cell.value) == ([], moment)


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        (date(2022, 11, 3), "确为零点"),
        (datetime(2022, 11, 3), "确为零点"),  # noqa: DTZ001  # a spreadsheet cannot tell midnight from a day alone
        ("2022-11-03", "补上时间"),
        ("2022年11月3日", "补上时间"),
        ("2022-11-03 25:00", "请写成"),
        ("2022-11-39:30", "请写成"),  # 3日 9:30 or 39日?
        (44868.4, "2022-11-03"),
        ("上午九点", "请写成"),
    ],
)
def test_a_moment_is_never_made_up(desk: Desk, value: Any, remedy: str) -> None:
    cell, findings = desk.cell(value, 类型="时刻")
    found = only(findings)
    assert (found.code, cell.value, cell.missing) == (Code.CELL_NOT_DATE, None, Missing.UNVERIFIED)
    assert remedy in found.remedy


def test_dates_in_chinese_formats_are_dates(desk: Desk) -> None:
    cell, findings = desk.cell(date(2022, 11, 3), 'yyyy"年"m"月"d"日"', 类型="日期")
    assert findings == []
    assert cell.value == date(2022, 11, 3)


def test_texts_yes_and_choices(desk: Desk) -> None:
    assert desk.cell(" 差评未回访\n两次 ", 类型="文本")[0].value == "差评未回访\n两次"
    assert desk.cell(1.1, 类型="文本")[0].value == "1.1"
    assert desk.cell(" 是 ", 类型="是否")[0].value == "是"
    assert desk.cell(False, 类型="是否")[0].value == "否"
    assert desk.cell("牵 头", 类型="文本", 可选值=["牵头", "配合"])[0].value == "牵头"
    finding = only(desk.cell("参与", 类型="文本", 可选值=["牵头", "配合"])[1])
    assert finding.code is Code.CELL_NOT_CHOICE
    assert "牵头、配合" in finding.remedy


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\x07", "\x7f", "\ufffe"])
def test_a_text_that_would_harm_a_document_is_refused_and_never_shown_raw(desk: Desk, character: str) -> None:
    desk.put(f"单位,甲\n市公安局,差评{character}未回访\n", "工单.csv")
    finding = only(desk.read(列=[{"名称": "甲", "类型": "文本"}]).findings)
    assert (finding.code, finding.place.cell) == (Code.CELL_UNSAFE, "B2")
    assert character not in str(finding)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ({"类型": "百分数", "上限": "100%"}, "120%", "高于上限 100%"),
        ({"类型": "百分数", "下限": "0"}, "-1%", "低于下限 0%"),
        ({"类型": "百分点", "上限": "100%"}, 101, "高于上限 100%"),
        ({"类型": "整数", "下限": "0"}, -1, "低于下限 0"),
        ({"类型": "小数", "上限": "5"}, 5.01, "高于上限 5"),
    ],
)
def test_bounds(desk: Desk, column: dict[str, Any], value: Any, words: str) -> None:
    finding = only(desk.cell(value, **column)[1])
    assert finding.code is Code.CELL_OUT_OF_BOUNDS
    assert words in finding.message


def test_a_bound_itself_is_allowed(desk: Desk) -> None:
    assert desk.cell("100%", 类型="百分数", 上限="100%", 下限="0")[1] == []
    assert desk.cell("0%", 类型="百分数", 上限="100%", 下限="0")[1] == []


def test_blank_is_told_where_it_must_be_filled_in(desk: Desk) -> None:
    cell, findings = desk.cell("  ")
    assert only(findings).code is Code.CELL_EMPTY
    assert cell.missing is Missing.BLANK
    cell, findings = desk.cell(None, 必填="否")
    assert findings == []
    assert cell.missing is Missing.BLANK


def test_markers_are_mapped_by_the_table(desk: Desk) -> None:
    markers = {"—": "不适用", "无": "未填报", "0": "空白", "#N/A": "待核", "": "未填报"}
    desk.xlsx([["单位", *"甲乙丙丁戊己"], ["市公安局", " — ", "无", 0, "#N/A", None, 3]])
    read = desk.read(空值=markers, 列=[{"名称": name} for name in "甲乙丙丁戊己"])
    assert read.findings == ()
    assert [cell.missing for cell in read.tables["工单"].rows[0].cells.values()] == [
        Missing.NOT_APPLICABLE,
        Missing.NOT_REPORTED,
        Missing.BLANK,
        Missing.UNVERIFIED,
        Missing.NOT_REPORTED,
        None,
    ]


@pytest.mark.parametrize("text", ["#DIV/0!", "#N/A", "#REF!"])
def test_error_cells_are_found_and_never_become_blank(desk: Desk, text: str) -> None:
    desk.put(raw_xlsx(row(f'<c r="B2" t="e"><f>1/0</f><v>{text}</v></c>')))
    read = desk.read(列=[{"名称": "甲", "必填": "否"}])
    finding = only(read.findings)
    assert (finding.code, finding.place.cell) == (Code.CELL_ERROR, "B2")
    assert text in finding.message
    assert read.tables["工单"].rows[0].cells["甲"].missing is Missing.FORMULA_ERROR


def test_an_error_word_pasted_as_text_is_an_error_too(desk: Desk) -> None:
    desk.put("单位,甲\n市公安局,#DIV/0!\n", "工单.csv")
    assert codes(desk.read(列=[{"名称": "甲"}]).findings) == [Code.CELL_ERROR]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2"><f>A1+1</f></c>',
        '<c r="B2"><f>A1+1</f><v></v></c>',
        '<c r="B2"><f>A1+1</f><v/></c>',
        '<c r="B2" s="0"><f t="shared" si="0"/></c>',
        "<c s='0' r='B2'><f>A1+1</f></c>",
        "<c><f>A1+1</f></c>",
    ],
)
def test_a_formula_without_a_stored_value_is_found(desk: Desk, cell: str) -> None:
    desk.put(raw_xlsx(row(cell)))
    read = desk.read(列=[{"名称": "甲", "必填": "否"}])
    finding = only(read.findings)
    assert (finding.code, finding.place.cell) == (Code.CELL_UNCALCULATED, "B2")
    assert read.tables["工单"].rows[0].cells["甲"].missing is Missing.FORMULA_ERROR


def test_a_formula_with_a_stored_value_is_read(desk: Desk) -> None:
    desk.put(raw_xlsx(row('<c r="B2"><f>1+2</f><v>3</v></c>')))
    read = desk.read(列=[{"名称": "甲"}])
    assert read.findings == ()
    assert read.tables["工单"].rows[0].cells["甲"].value == 3


def test_a_formula_whose_result_is_no_text_is_blank(desk: Desk) -> None:
    desk.put(raw_xlsx(row('<c r="B2" t="str"><f>IF(1,"","")</f><v></v></c>')))
    assert codes(desk.read(列=[{"名称": "甲"}]).findings) == [Code.CELL_EMPTY]


def test_what_openpyxl_writes_for_a_formula_is_uncalculated(desk: Desk) -> None:
    _, findings = desk.cell("=SUM(A5:A6)")
    assert codes(findings) == [Code.CELL_UNCALCULATED]


def test_a_sheet_with_prefixed_names_is_scanned_alike(desk: Desk) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:cols><x:col min="2" max="2" hidden="1"/></x:cols><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="inlineStr"><x:is><x:t>单位</x:t></x:is></x:c><x:c r="B1" t="inlineStr">'
        "<x:is><x:t>甲</x:t></x:is></x:c>"
        '</x:row><x:row r="2" hidden="true"><x:c r="A2" t="inlineStr"><x:is><x:t>市公安局</x:t></x:is></x:c>'
        '<x:c r="B2" t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    desk.put(raw_xlsx("", sheet=sheet))
    assert codes(desk.read(列=[{"名称": "甲"}]).findings) == [Code.CELL_ERROR, Code.HIDDEN, Code.HIDDEN]


def test_errors_are_found_wherever_the_scan_cuts_the_part(desk: Desk) -> None:
    """More than a megabyte, so that the scan reads it in several pieces and in both of its ways."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>市公安局</t></is></c>'
        + (f'<c r="B{n}" t="e"><v>#N/A</v></c>' if n % 5000 == 0 else f'<c r="B{n}"><v>{n}</v></c>')
        + "</row>"
        for n in range(2, 30001)
    )
    desk.put(raw_xlsx(HEAD + rows))
    read = desk.read(形式="台账", 列=[{"名称": "甲"}])
    assert [finding.place.cell for finding in read.findings] == [f"B{n}" for n in range(5000, 30001, 5000)]
    assert read.tables["工单"].rows[-2].cells["甲"].value == 29999
