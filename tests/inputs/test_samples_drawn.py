"""随机抽查 (R6): anybody can draw the same items again; the filled sheet is held against what was drawn."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from case_files import as_csv, definition, office, rating
from desks import Desk, codes, only
from openpyxl import load_workbook
from pydantic import ValidationError

from tongbao.definitions import Positions
from tongbao.errors import Code, InvalidError
from tongbao.inputs.cases.definition import SampleTable
from tongbao.inputs.cases.reader import Counted
from tongbao.inputs.cases.sample_checks import check_samples
from tongbao.inputs.cases.samples import Laid, lay_sample, read_sample_table


def sample(**keys: Any) -> SampleTable:
    content = {"名称": "回访", "总体": "评价", "种子": "2022", "列出": ["评价等级"], "核查项": ["属实", "满意"]}
    return SampleTable.model_validate({**content, **({} if "比例" in keys else {"每单位": "3"}), **keys})


def ratings(desk: Desk, order: int = 1) -> None:
    rows = [rating(f"N{number:02}") for number in range(12)] + [rating("T1", "市税务局"), rating("T2", "市税务局")]
    desk.put(as_csv(rows[::order]), "评价.csv")


def lay(desk: Desk, **keys: Any) -> Laid:
    return lay_sample(sample(**keys), definition(), office(desk))[0]


def drawn(laid: Laid) -> dict[str, list[str]]:
    return {unit.unit: [item.key for item in unit.items] for unit in laid.drawn.units}


def fill(desk: Desk, change: Callable[[Any], object] = lambda _: None, **keys: Any) -> Counted:
    """Answer 是 everywhere, then let the test spoil the sheet."""
    path = desk.folder / "抽查" / "回访.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, 5).value = sheet.cell(row, 6).value = "是"
    change(sheet)
    book.save(path)
    return read_sample_table(sample(**keys), office(desk))


def test_the_draw_does_not_depend_on_the_order_of_the_rows(desk: Desk) -> None:
    ratings(desk)
    first = drawn(lay(desk))
    for path in (desk.folder / "抽查").iterdir():
        path.unlink()
    ratings(desk, order=-1)
    assert drawn(lay(desk)) == first
    assert [len(items) for items in first.values()] == [3, 2]


def test_another_seed_draws_otherwise_and_so_do_many_seeds_fairly(desk: Desk) -> None:
    ratings(desk)
    found: dict[str, int] = {}
    for seed in range(40):
        items = drawn(lay(desk, 种子=f"种子{seed}", 名称=f"回访{seed}"))["市公安局"]
        for item in items:
            found[item] = found.get(item, 0) + 1
    assert len(found) == 12  # 40 draws of 3 out of 12: each item 10 times on average, none never
    assert max(found.values()) < 22


def test_a_share_is_rounded_up(desk: Desk) -> None:
    ratings(desk)
    # 25% of 12 = 3; 25% of 2 = 0.5, one item
    assert [len(items) for items in drawn(lay(desk, 比例="25%")).values()] == [3, 1]


def test_fewer_items_than_asked_for_are_told(desk: Desk) -> None:
    ratings(desk)
    finding = only(lay_sample(sample(), definition(), office(desk))[1])
    assert finding.code is Code.SAMPLE_SHORT
    assert "市税务局只有2项可抽，少于3项，已全部抽取" in finding.message


def test_values_of_a_column_can_be_drawn_instead_of_cases(desk: Desk) -> None:
    desk.put(as_csv([rating(str(n), 渠道=("窗口", "网站")[n % 2]) for n in range(8)]), "评价.csv")
    assert drawn(lay(desk, 抽取项="渠道", 列出=[])) == {"市公安局": ["窗口", "网站"]}


def test_only_cases_that_count_and_meet_the_condition_are_drawn(desk: Desk) -> None:
    rows = [rating("1", 渠道="网站"), rating("2"), rating("3", 核实结果="误评"), rating("4")]
    desk.put(as_csv(rows), "评价.csv")
    assert drawn(lay(desk, 条件='[渠道] = "窗口"')) == {"市公安局": ["2", "4"]}


def test_the_sheet_can_be_filled_in_only_where_it_should_be(desk: Desk) -> None:
    ratings(desk)
    laid = lay(desk)
    sheet = load_workbook(desk.workspace / laid.sheet).worksheets[0]
    assert [cell.value for cell in sheet[3]] == ["单位", "序号", "抽查对象", "评价等级", "属实", "满意", "备注"]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[4]] == [True, True, True, True, False, False, False]
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"是,否"', "E4:F8")


def test_the_filled_sheet_counts(desk: Desk) -> None:
    ratings(desk)
    lay(desk)
    result = fill(desk, lambda sheet: setattr(sheet["E4"], "value", "否"))
    assert result.table is not None, result.findings
    cells = {row.unit: {name: str(cell.value) for name, cell in row.cells.items()} for row in result.table.rows}
    assert cells == {
        "市公安局": {"总体数": "12", "抽查数": "3", "属实": "2", "满意": "3"},
        "市税务局": {"总体数": "2", "抽查数": "2", "属实": "2", "满意": "2"},
    }
    assert result.table.rows[0].cells["属实"].note == "每单位3项，种子“2022”，可抽12项，抽取3项"


def test_what_is_not_applicable_does_not_count_where_the_definition_says_so(desk: Desk) -> None:
    ratings(desk)
    laid = lay(desk, 可填不涉及=["满意"])
    sheet = load_workbook(desk.workspace / laid.sheet).worksheets[0]
    assert {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation} == {
        "E4:E8": '"是,否"',
        "F4:F8": '"是,否,不涉及"',
    }
    assert "“满意”也可填 不涉及" in sheet["A2"].value

    def answer(sheet: Any) -> None:  # 市公安局 has rows 4 to 6: 不涉及, 否, 是
        sheet["F4"].value, sheet["F5"].value = "不涉及", "否"

    result = fill(desk, answer, 可填不涉及=["满意"])
    assert result.table is not None, result.findings
    cells = {row.unit: {name: str(cell.value) for name, cell in row.cells.items()} for row in result.table.rows}
    assert cells == {
        "市公安局": {"总体数": "12", "抽查数": "3", "属实": "3", "满意": "1", "满意核查数": "2"},
        "市税务局": {"总体数": "2", "抽查数": "2", "属实": "2", "满意": "2", "满意核查数": "2"},
    }


def test_where_the_definition_does_not_say_so_not_applicable_is_no_answer(desk: Desk) -> None:
    ratings(desk)
    lay(desk, 可填不涉及=["满意"])
    finding = only(fill(desk, lambda sheet: setattr(sheet["E4"], "value", "不涉及"), 可填不涉及=["满意"]).findings)
    assert (finding.code, finding.place.cell) == (Code.CELL_NOT_CHOICE, "E4")
    assert finding.message.endswith("的“属实”应填 是 或 否")
    finding = only(fill(desk, lambda sheet: setattr(sheet["F4"], "value", None), 可填不涉及=["满意"]).findings)
    assert finding.message.endswith("的“满意”应填 是、否 或 不涉及")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"可填不涉及": ["好"]}, "可填不涉及有“好”，核查项中没有"),
        ({"可填不涉及": ["满意"], "核查项": ["满意", "满意核查数"]}, "也不能叫 总体数、抽查数、满意核查数"),
    ],
)
def test_not_applicable_fits_the_questions(keys: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        sample(**keys)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (lambda sheet: setattr(sheet["C4"], "value", "N99"), Code.SAMPLE_CHANGED, "“N99”不在抽取记录中"),
        (lambda sheet: sheet.delete_rows(4), Code.SAMPLE_CHANGED, "表中没有"),
        (lambda sheet: setattr(sheet["C5"], "value", sheet["C4"].value), Code.SAMPLE_CHANGED, "在表中出现两次"),
        (lambda sheet: setattr(sheet["E4"], "value", None), Code.CELL_NOT_CHOICE, "“属实”应填 是 或 否"),
        (lambda sheet: setattr(sheet["E3"], "value", "真"), Code.COLUMN_MISSING, "缺少列“属实”"),
    ],
)
def test_a_sheet_that_was_changed_or_left_open_is_an_error(
    desk: Desk, change: Callable[[Any], object], code: Code, words: str
) -> None:
    ratings(desk)
    lay(desk)
    result = fill(desk, change)
    assert result.table is None
    assert any(finding.code is code and words in finding.message for finding in result.findings), result.findings


def test_a_record_that_was_changed_is_an_error(desk: Desk) -> None:
    ratings(desk)
    record = desk.workspace / lay(desk).record
    plain = json.loads(record.read_text("utf-8"))
    plain["units"][0]["items"].pop()
    record.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    finding = only(fill(desk).findings)
    assert finding.code is Code.SAMPLE_CHANGED
    assert "在抽取以后被改动过" in finding.message


def test_a_definition_with_another_seed_does_not_accept_the_sheet(desk: Desk) -> None:
    ratings(desk)
    lay(desk)
    fill(desk)
    result = read_sample_table(sample(种子="2023"), office(desk))
    assert "抽取记录的种子是“2022”，定义是“2023”" in only(result.findings).message


def test_a_sheet_is_never_written_over(desk: Desk) -> None:
    ratings(desk)
    lay(desk)
    fill(desk)
    path = desk.folder / "抽查" / "回访.xlsx"
    before = path.read_bytes()
    assert lay(desk).kept
    desk.put(as_csv([rating("M1"), rating("M2")]), "评价.csv")  # other data: another draw
    with pytest.raises(InvalidError, match="与现在抽取的结果不同"):
        lay(desk)
    assert path.read_bytes() == before


def test_the_same_draw_gives_the_same_bytes(desk: Desk) -> None:
    from tongbao.inputs.cases.sample_sheet import write_sheet

    ratings(desk)
    laid = lay(desk)
    assert write_sheet(laid.drawn) == write_sheet(laid.drawn) == (desk.workspace / laid.sheet).read_bytes()
    assert "=" not in str(load_workbook(io.BytesIO(write_sheet(laid.drawn))).worksheets[0]["C4"].value)


def test_a_missing_sheet_says_what_to_do(desk: Desk) -> None:
    ratings(desk)
    finding = only(read_sample_table(sample(), office(desk)).findings)
    assert finding.code is Code.FILE_MISSING
    assert "请先运行 tongbao sample 2022-11" in finding.remedy


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"总体": "没有"}, "总体“没有”不是案卷表"),
        ({"条件": "[没有] 为空"}, "没有案卷列“没有”"),
        ({"列出": ["手机号"]}, "列出“手机号”是个人信息"),
        ({"抽取项": "评价时间"}, "抽取项“评价时间”是个人信息，或不是文本列"),
        ({"名称": "a/b"}, "的名称要用作文件名"),
    ],
)
def test_definitions_of_samples_are_held_against_the_cases(keys: dict[str, Any], words: str) -> None:
    found = list(check_samples([sample(**keys)], [definition()], [], Positions("数据表.yaml")))
    assert any(words in finding.message for finding in found), found
    assert Code.INTERNAL not in codes(found)
