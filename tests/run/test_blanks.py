"""Empty workbooks: filled in with good figures they are read without a word, left empty they say what is missing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from workspaces import NOVEMBER, REPOSITORY

from tongbao.cli import main
from tongbao.errors import Code, Severity
from tongbao.inputs.blank import blank_files
from tongbao.inputs.blank.cells import EXAMPLES, FORMATS
from tongbao.inputs.contract import Column, Kind, Shape, TableContract
from tongbao.inputs.reader import read_tables
from tongbao.inputs.roster import Roster
from tongbao.scoring.scheme import load_scheme

JURISDICTIONS = sorted(path.name for path in (REPOSITORY / "scoring").iterdir() if path.is_dir())


def tongbao(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def good(column: Column) -> Any:
    """A figure that the column takes, typed as a clerk types it."""
    if column.choices:
        return column.choices[0]
    low = column.minimum or Decimal(0)
    return {
        Kind.INTEGER: int(low) + 1,
        Kind.DECIMAL: float(low) + 0.5,
        Kind.PERCENT: 0.75,
        Kind.RATIO: 0.75,
        Kind.PERCENTAGE_POINTS: 75,
        Kind.YES_NO: "是",
        Kind.TEXT: "甲",
        Kind.DATE: date(2022, 11, 3),
        Kind.MOMENT: datetime(2022, 11, 3, 9, 30),  # noqa: DTZ001  # cells have no zone
    }[column.kind]


def fillable(sheet: Any) -> Iterator[Any]:
    """The cells that the protection leaves open, row by row."""
    for row in sheet.iter_rows():
        open_cells = [cell for cell in row if not cell.protection.locked]
        if open_cells:
            yield open_cells


def filled(content: bytes, contracts: dict[str, TableContract], roster: Roster) -> bytes:
    """The same workbook after a clerk has filled every open cell (of ledgers: the first rows)."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, contract in contracts.items():
        sheet = book[contract.sheet or name]
        for index, cells in enumerate(fillable(sheet)):
            if contract.shape is Shape.LEDGER and index > 2:
                break
            values = [good(column) for column in contract.columns]
            if len(cells) > len(values):
                values = [roster.units[index], *values]
            for cell, value in zip(cells, values, strict=True):
                cell.value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def lay(workspace: Path, jurisdiction: str, *, fill: bool) -> tuple[Any, Any]:
    """Put the blanks of a jurisdiction into inputs/, filled in or not, and read them."""
    scheme = load_scheme(REPOSITORY, jurisdiction).at(NOVEMBER)
    by_name = {contract.name: contract for contract in scheme.contracts.tables}
    files, _ = blank_files(scheme.contracts.tables, scheme.roster, NOVEMBER)
    for file in files:
        contracts = {name: by_name[name] for name in file.tables}
        content = filled(file.content, contracts, scheme.roster) if fill else file.content
        workspaces_path = workspace / "inputs" / str(NOVEMBER) / jurisdiction / file.name
        workspaces_path.parent.mkdir(parents=True, exist_ok=True)
        workspaces_path.write_bytes(content)
    return scheme, read_tables(workspace, NOVEMBER, jurisdiction, scheme.contracts.tables, scheme.roster)


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_a_blank_filled_in_is_read_without_a_word(tmp_path: Path, jurisdiction: str) -> None:
    scheme, read = lay(tmp_path, jurisdiction, fill=True)
    assert read.findings == ()
    assert set(read.tables) == {contract.name for contract in scheme.contracts.tables}
    for contract in scheme.contracts.tables:
        expected = 1 if contract.shape is Shape.SINGLE else 3 if contract.shape is Shape.LEDGER else None
        units = [unit.name for group in scheme.roster.groups if group.name in contract.units for unit in group.units]
        rows = read.tables[contract.name].rows
        assert len(rows) == (expected if expected is not None else len(units or scheme.roster.units))
        assert units in ([], [row.unit for row in rows])
        cells = rows[-1].cells
        assert all(cells[column.name].missing is None for column in contract.columns)


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_a_blank_left_empty_says_what_is_missing(tmp_path: Path, jurisdiction: str) -> None:
    scheme, read = lay(tmp_path, jurisdiction, fill=False)
    errors = [finding for finding in read.findings if finding.severity is Severity.ERROR]
    assert {finding.code for finding in errors} <= {Code.CELL_EMPTY, Code.TABLE_EMPTY}
    assert all(finding.place.cell for finding in errors if finding.code is Code.CELL_EMPTY)
    for contract in scheme.contracts.tables:
        if contract.shape is Shape.SUMMARY and contract.units:
            required = next(column for column in contract.columns if column.required)
            assert any(f"“{required.name}”未填" in finding.message for finding in errors)


def county_blank(**keys: Any) -> Any:
    contract = TableContract.model_validate(
        {"名称": "工单", "文件": "工单*.xls", "单位列": "承办/单位", "填报组": ["部门"], **keys}
    )
    roster = Roster.model_validate(
        {"辖区": "甲县", "组": [{"名称": "部门", "单位": [{"名称": "甲局"}, {"名称": "乙局"}]}]}
    )
    (file,), findings = blank_files([contract], roster, NOVEMBER)
    return openpyxl.load_workbook(io.BytesIO(file.content)), file, findings


COLUMNS = [
    {"名称": "总量", "表头": "办理/总量", "下限": "1", "上限": "500"},
    {"名称": "办结率", "表头": "办理/其中/办结率", "类型": "百分数", "上限": "100%"},
    {"名称": "维护", "类型": "是否", "必填": "否"},
]


def test_heads_are_merged_and_units_stand_in_official_order() -> None:
    book, file, findings = county_blank(列=COLUMNS)
    sheet = book["工单"]
    assert file.name == "工单.xlsx"
    assert "只有 .xlsx" in findings[0].message
    assert [sheet[cell].value for cell in ("A1", "A3", "A4", "B3", "B4", "C4", "C5", "D3")] == [
        "工单（2022年11月）", "承办", "单位", "办理", "总量", "其中", "办结率", "维护",
    ]  # fmt: skip
    assert {"A4:A5", "B3:C3", "B4:B5", "D3:D5"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert [sheet[f"A{row}"].value for row in (6, 7, 8)] == ["甲局", "乙局", None]
    assert sheet.freeze_panes == "B6"
    assert sheet.print_title_rows == "$1:$5"


def test_only_the_cells_to_fill_can_be_changed() -> None:
    sheet = county_blank(列=COLUMNS)[0]["工单"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert open_cells == {"B6", "C6", "D6", "B7", "C7", "D7"}


def test_limits_and_choices_are_held_while_typing() -> None:
    sheet = county_blank(列=COLUMNS)[0]["工单"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["B6:B7"].formula1 == 'OR(B6="—",AND(ISNUMBER(B6),B6=INT(B6),B6>=1,B6<=500))'
    assert rules["C6:C7"].formula1 == 'OR(C6="—",AND(ISNUMBER(C6),C6<=1.00))'
    assert rules["D6:D7"].formula1 == '"是,否,—"'
    assert sheet["C6"].number_format == "0.00%"
    assert "可以空着" in rules["D6:D7"].prompt
    assert "“—”表示不适用" in sheet["A2"].value


def test_every_kind_of_column_has_a_format_and_a_word_of_help() -> None:
    assert set(FORMATS) == set(EXAMPLES) == set(Kind)


def test_a_ledger_lets_the_unit_be_chosen() -> None:
    book, _, _ = county_blank(列=COLUMNS, 形式="台账", 填报组=[])
    rules = {str(rule.sqref): rule.formula1 for rule in book["工单"].data_validations.dataValidation}
    assert rules["A6:A305"] == '"甲局,乙局"'
    assert [row[0].value for row in book["单位名录"].iter_rows()] == ["甲局", "乙局"]


def test_the_same_contracts_give_the_same_bytes() -> None:
    assert county_blank(列=COLUMNS)[1].content == county_blank(列=COLUMNS)[1].content


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("好差评汇总表.xlsx", "好差评汇总表.xlsx"),
        ("12345热线工单统计*.xls", "12345热线工单统计.xlsx"),
        ("*12345热线*.csv", "12345热线.xlsx"),
        ("办件*.xls*", "办件.xlsx"),
        ("月报/办件（*月）.xlsx", "月报/办件（月）.xlsx"),
        ("*", "工单.xlsx"),
    ],
)
def test_the_reader_finds_the_filled_workbook_again(tmp_path: Path, pattern: str, name: str) -> None:
    from tongbao.inputs.files import Folder

    book, file, _ = county_blank(列=COLUMNS, 文件=pattern)
    assert file.name == name
    folder = Folder.of(tmp_path, NOVEMBER, "甲县")
    (folder.path / name).parent.mkdir(parents=True)
    book.save(folder.path / name)
    assert folder.find(pattern) == (folder.path / name, None)


def test_the_command_writes_them_into_outputs_and_never_over_figures(workspace: Path) -> None:
    first = tongbao("inputs", "template", "2022-12", "-C", workspace)
    assert first.exit_code == 0, first.output
    blank = workspace / "outputs/2022-12/空表/甲县/办件.xlsx"
    assert [row[0].value for row in openpyxl.load_workbook(blank)["办件"].iter_rows(min_row=4)] == [
        "县公安局", "县税务局", "县退役军人事务局",
    ]  # fmt: skip
    assert tongbao("inputs", "template", "2022-12", "-C", workspace).exit_code == 0
    book = openpyxl.load_workbook(blank)
    book["办件"]["B4"] = 7
    book.save(blank)
    again = tongbao("inputs", "template", "2022-12", "-C", workspace)
    assert again.exit_code == 2
    assert "也许已经填了数" in again.output
    assert openpyxl.load_workbook(blank)["办件"]["B4"].value == 7
    assert tongbao("inputs", "template", "2022-12", "-C", workspace, "--force").exit_code == 0
    assert openpyxl.load_workbook(blank)["办件"]["B4"].value is None


def test_the_command_does_not_write_into_inputs(workspace: Path) -> None:
    result = tongbao("inputs", "template", "2022-12", "-C", workspace, "-o", workspace / "inputs/2022-12")
    assert result.exit_code == 2
    assert "不能写进 inputs/" in result.output
    assert not (workspace / "inputs/2022-12").exists()


def test_filled_in_and_put_into_inputs_the_month_can_be_scored(workspace: Path) -> None:
    tongbao("inputs", "template", "2022-12", "-C", workspace, "-o", workspace / "发出")
    book = openpyxl.load_workbook(workspace / "发出/甲县/办件.xlsx")
    for row in (4, 5, 6):
        for column, value in zip("BCD", (100, 95, 0.98), strict=True):
            book["办件"][f"{column}{row}"] = value
    (workspace / "inputs/2022-12/甲县").mkdir(parents=True)
    book.save(workspace / "inputs/2022-12/甲县/办件.xlsx")
    result = tongbao("explain", "2022-12", "甲县", "县公安局", "-C", workspace)
    assert "9.68" in result.output  # 4 × 95% + 6 × 98%


def test_the_command_speaks_json_and_names_an_unknown_jurisdiction(workspace: Path) -> None:
    told = json.loads(tongbao("inputs", "template", "2022-12", "-C", workspace, "--json").stdout)
    assert told["jurisdictions"][0]["files"] == ["办件.xlsx"]
    assert tongbao("inputs", "template", "2022-12", "-C", workspace, "--jurisdiction", "乙县").exit_code == 2
