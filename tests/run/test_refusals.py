"""What bad input gets: told with file, sheet, cell and remedy, all at once, before anything is written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import workspaces
from click.testing import CliRunner

from tongbao.cli import main
from tongbao.errors import Code, Finding
from tongbao.period import Period
from tongbao.run import batch
from tongbao.run.outcomes import State

Spoil = Callable[[Any], None]


def findings_of(workspace: Path) -> list[Finding]:
    """What `check` and `run` both say; neither leaves anything behind."""
    [checked] = batch.check(workspace, workspaces.NOVEMBER)
    [made] = batch.run(workspace, workspaces.NOVEMBER)
    assert checked.state is made.state is State.INVALID
    assert checked.findings == made.findings
    assert not list((workspace / "outputs").rglob("*.*"))
    return [finding for finding in checked.findings if finding.severity == "错误"]


def spoiled(cell: str, value: object) -> Spoil:
    def change(sheet: Any) -> None:
        sheet[cell] = value

    return change


@pytest.mark.parametrize(
    ("cell", "value", "code", "words"),
    [
        ("A3", "县水务局", Code.UNIT_UNKNOWN, "县水务局"),
        ("A3", "../../x", Code.UNIT_UNSAFE, "../../x"),
        ("C1", "评价", Code.COLUMN_MISSING, "评价数"),
        ("C3", "约一百", Code.CELL_NOT_NUMBER, "约一百"),
        ("D3", "75", Code.CELL_NOT_PERCENT, "75"),
        ("D3", 75, Code.CELL_NOT_PERCENT, "75"),
        ("B3", 100001, Code.CELL_OUT_OF_BOUNDS, "100001"),
        ("B3", "#DIV/0!", Code.CELL_ERROR, "#DIV/0!"),
        ("B3", "=1+1", Code.CELL_UNCALCULATED, "公式"),
        ("B3", None, Code.CELL_EMPTY, "总量"),
    ],
)
def test_a_spoiled_cell_is_told_with_its_place(
    workspace: Path, cell: str, value: object, code: Code, words: str
) -> None:
    workspaces.fill(workspace, spoiled(cell, value))
    found = [finding for finding in findings_of(workspace) if finding.code is code]
    assert found, findings_of(workspace)
    assert words in found[0].message
    assert found[0].place.file == workspaces.BOOK
    assert found[0].place.sheet == "办件"
    assert code is Code.COLUMN_MISSING or found[0].place.cell == cell
    assert found[0].remedy


def test_a_unit_twice_under_two_names_is_told_with_both_rows(workspace: Path) -> None:
    workspaces.fill(workspace, spoiled("A3", "县公安局"))
    found = {finding.code: finding for finding in findings_of(workspace)}
    repeated = found[Code.UNIT_REPEATED]
    assert "第2行“县公安”" in repeated.message
    assert "第3行“县公安局”" in repeated.message
    assert Code.UNIT_ABSENT in found  # 县税务局 lost its row


def test_a_likely_name_is_suggested_and_never_taken(workspace: Path) -> None:
    workspaces.fill(workspace, spoiled("A4", "县退役事务局"))
    found = {finding.code: finding for finding in findings_of(workspace)}
    assert "县退役军人事务局" in found[Code.UNIT_UNKNOWN].remedy
    assert Code.UNIT_ABSENT in found


def test_everything_wrong_is_told_at_once(workspace: Path) -> None:
    def ruin(sheet: Any) -> None:
        sheet["A3"], sheet["C2"], sheet["D4"] = "县水务局", "多", "60"

    workspaces.fill(workspace, ruin)
    assert {finding.code for finding in findings_of(workspace)} >= {
        Code.UNIT_UNKNOWN,
        Code.CELL_NOT_NUMBER,
        Code.CELL_NOT_PERCENT,
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", Code.FILE_DISGUISED),
        (b"PK\x03\x04 truncated", Code.FILE_DAMAGED),
        (b"", Code.FILE_DAMAGED),
    ],
)
def test_a_broken_file_is_refused(workspace: Path, content: bytes, code: Code) -> None:
    (workspace / workspaces.BOOK).write_bytes(content)
    [finding] = findings_of(workspace)
    assert (finding.code, finding.place.file) == (code, workspaces.BOOK)


def test_a_zip_bomb_is_refused(workspace: Path) -> None:
    with zipfile.ZipFile(workspace / workspaces.BOOK, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb", b"0" * 400_000_000)
    [finding] = findings_of(workspace)
    assert finding.code is Code.FILE_OVERSIZED


def test_a_cell_in_the_far_corner_is_refused(workspace: Path) -> None:
    workspaces.fill(workspace, spoiled("XFD1048576", 1))
    [finding] = findings_of(workspace)
    assert finding.code is Code.FILE_OVERSIZED
    assert "XFD1048576" in str(finding)


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line"),
    [
        ("scoring/甲县/办件评价.yaml", "满分: 10", "满分: 10\n总分: 10", Code.KEY_UNKNOWN, 5),
        ("scoring/甲县/办件评价.yaml", "[办件.评价数]", "[办件.评价量]", Code.REFERENCE_UNKNOWN, 6),
        ("scoring/甲县/办件评价.yaml", "[办件.评价数]/", "[办件.评价数]//", Code.FORMULA_SYNTAX, 6),
        ("scoring/甲县/办件评价.yaml", "分值: 6", "分值: 5", Code.WEIGHTS, 4),
        ("scoring/甲县/数据表.yaml", "类型: 百分数", "类型: 百分率", Code.VALUE_INVALID, 9),
        ("scoring/甲县/单位名录.yaml", "  - 名称: 部门", "   - 名称: 部门\n  单位:", Code.YAML_SYNTAX, None),
        ("reports/甲县通报.yaml", "体系: 办件评价", "体系: 办件考核", Code.REFERENCE_UNKNOWN, 7),
        ("reports/甲县通报.yaml", "次月: 9", "次月: 31", Code.VALUE_INVALID, 10),
        ("reports/甲县通报.yaml", "得分低于: 6", "分数低于: 6", Code.KEY_UNKNOWN, 9),
    ],
)
def test_a_slip_in_a_definition_is_told_with_its_line(  # one row of the table each
    workspace: Path, file: str, old: str, new: str, code: Code, line: int | None
) -> None:
    workspaces.replaced(workspace, file, old, new)
    found = [finding for finding in findings_of(workspace) if finding.code is code]
    assert found, findings_of(workspace)
    assert found[0].place.file == file
    assert line is None or found[0].place.line == line


def test_a_group_that_the_system_does_not_score_is_told(workspace: Path) -> None:
    more = "  - 名称: 乡镇\n    单位: [{名称: 甲镇}]\n"
    roster = workspace / "scoring/甲县/单位名录.yaml"
    roster.write_text(roster.read_text("utf-8") + more, encoding="utf-8")
    workspaces.replaced(workspace, "reports/甲县通报.yaml", "评价: [{组: 部门", "评价: [{组: 乡镇")
    [finding] = findings_of(workspace)
    assert finding.code is Code.REFERENCE_UNKNOWN
    assert "对象不含组“乡镇”" in finding.message
    assert (finding.place.file, finding.place.line) == ("reports/甲县通报.yaml", 7)


@pytest.mark.parametrize(
    ("block", "code", "line"),
    [
        ("{{ 单位.得粉 }}", Code.TEMPLATE_VARIABLE, 3),
        ("{{ 没有 }}", Code.TEMPLATE_VARIABLE, 3),
        ("{% if %}", Code.TEMPLATE_SYNTAX, 3),
        ("<script>x</script>", Code.TEMPLATE_MARKUP, None),
    ],
)
def test_a_slip_in_a_template_is_told(workspace: Path, block: str, code: Code, line: int | None) -> None:
    workspaces.write(
        workspace / "templates/甲县/通报.html",
        f'{{% extends "base/通报.html" %}}\n{{% block 工作要求 %}}\n{block}\n{{% endblock %}}\n',
    )
    found = findings_of(workspace)
    assert found[0].code is code
    assert found[0].place.file == "templates/甲县/通报.html"
    assert found[0].place.line == line


def test_a_character_without_a_glyph_is_named_with_its_place(workspace: Path) -> None:
    workspaces.replaced(workspace, "reports/甲县通报.yaml", "县行政审批局", "县\U000f0000审批局")
    found = findings_of(workspace)
    assert {finding.code for finding in found} == {Code.GLYPH_MISSING}
    assert all("U+F0000" in finding.message for finding in found)
    assert any("审批局" in f"{finding.message}{finding.place}" for finding in found)


def test_a_month_without_a_folder_says_where_to_put_the_files(workspace: Path) -> None:
    [outcome] = batch.check(workspace, Period(2023, 1))
    [finding] = outcome.findings
    assert finding.code is Code.FILE_MISSING
    assert finding.place.file == "inputs/2023-01/甲县"


def test_the_others_are_made_all_the_same(workspace: Path) -> None:
    workspaces.fill(workspace, spoiled("B3", None))
    for name in ("scoring/盘锦市", "inputs/2022-11/盘锦市"):
        workspaces.shutil.copytree(workspaces.REPOSITORY / name, workspace / name)
    report = "reports/盘锦市12345热线通报.yaml"
    workspaces.shutil.copyfile(workspaces.REPOSITORY / report, workspace / report)
    workspaces.replaced(workspace, report, "整改:", "产品: [得分明细]\n整改:")
    result = CliRunner().invoke(main, ["run", "2022-11", "-C", str(workspace), "--jobs", "1"])
    assert result.exit_code == 1
    assert (workspace / "outputs/2022-11/盘锦市12345热线通报/得分明细.xlsx").is_file()
    assert not (workspace / "outputs/2022-11/甲县通报").exists()
    assert "必填单元格为空" in result.output
    assert "已生成" in result.output


def test_nothing_made_because_of_bad_input_is_exit_code_3(workspace: Path) -> None:
    workspaces.fill(workspace, spoiled("B3", None))
    assert CliRunner().invoke(main, ["run", "2022-11", "-C", str(workspace), "--jobs", "1"]).exit_code == 3
    assert CliRunner().invoke(main, ["check", "2022-11", "-C", str(workspace)]).exit_code == 1
