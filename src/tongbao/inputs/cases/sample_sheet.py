"""The check sheet of a draw: written to be filled in with drop-downs, read back and held against the draw."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING

from tongbao.errors import Code, Finding, Place
from tongbao.inputs.cases.sampling import Draw
from tongbao.inputs.formats import open_workbook
from tongbao.inputs.header import find_header
from tongbao.inputs.text import normal, shown
from tongbao.inputs.values import raw_text
from tongbao.ooxml.archive import Refused
from tongbao.ooxml.cells import ILLEGAL
from tongbao.ooxml.package import dated
from tongbao.period import Period

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

UNIT, NUMBER, ITEM, REMARK = "单位", "序号", "抽查对象", "备注"
_TOP = 3  # title, instructions, header
_ANSWERS = ("是", "否")
NOT_APPLICABLE = "不涉及"
_FILL = "FFF2CC"


@dataclass
class Checked:
    """What a filled sheet says.

    Attributes:
        answered: by unit how many items were answered throughout.
        asked: by unit and 核查项 how many items were answered with 是 or 否.
        yes: of these how many with 是.
    """

    answered: dict[str, int] = field(default_factory=dict)
    asked: dict[tuple[str, str], int] = field(default_factory=dict)
    yes: dict[tuple[str, str], int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def write_sheet(draw: Draw, not_applicable: Sequence[str] = ()) -> bytes:
    """The sheet to fill in: everything is locked but the answers and remarks; the same draw gives the same bytes.

    Args:
        draw: its record.
        not_applicable: 核查项 that may be answered with 不涉及.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("抽查")
    headers = [UNIT, NUMBER, ITEM, *draw.shown, *draw.checks, REMARK]
    sheet.cell(1, 1, f"{draw.sample}（{Period.parse(draw.period).words}）").font = Font(size=14, bold=True)
    sheet.cell(
        2,
        1,
        f"请在黄色格内选填 是 或 否{_besides(not_applicable)}，不要增删行。抽取办法：{draw.rule}，种子“{draw.seed}”",
    )
    for column, header in enumerate(headers, start=1):
        sheet.cell(_TOP, column, header).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 24 if header in {UNIT, ITEM} else 14
    first_answer = len(headers) - len(draw.checks)
    row = _TOP
    for unit in draw.units:
        for number, item in enumerate(unit.items, start=1):
            row += 1
            for column, text in enumerate((unit.unit, str(number), *map(_plain, (item.key, *item.shown))), start=1):
                cell = sheet.cell(row, column)
                cell.value, cell.data_type = text, "s"  # never a formula, whatever stands in a record
                cell.alignment = Alignment(wrap_text=True, vertical="center")
            for column in range(first_answer, len(headers) + 1):
                cell = sheet.cell(row, column)
                cell.protection = Protection(locked=False)
                cell.fill = PatternFill("solid", start_color=_FILL)
    if row > _TOP:
        _offer(sheet, draw, first_answer, row, not_applicable)
    sheet.freeze_panes = f"A{_TOP + 1}"
    sheet.protection.sheet = True
    book.properties.creator = "tongbao"
    day = Period.parse(draw.period).last_day
    book.properties.created = datetime.combine(day, time())
    stream = io.BytesIO()
    book.save(stream)
    return dated(stream.getvalue(), day)


def read_sheet(content: bytes, draw: Draw, file: str, not_applicable: Sequence[str] = ()) -> Checked:
    """Count a filled sheet.

    Args:
        content: the workbook.
        draw: its record.
        file: name for findings.
        not_applicable: 核查项 that may be answered with 不涉及; such an answer does not count.

    Returns:
        The counts; findings for items that were not drawn, are missing or stand twice, and for open answers.

    Raises:
        Refused: the workbook cannot be read.
    """
    book = open_workbook(content, ".xlsx")
    if not book.names:
        raise Refused(Code.TABLE_EMPTY, "文件中没有工作表", "请重新填写抽查表")
    sheet = book.load(book.names[0])
    wanted = [UNIT, ITEM, *draw.checks]
    header = find_header(sheet, wanted)
    place = Place(file, sheet.name)
    result = Checked()
    for missing in header.missing:
        words = f"缺少列“{missing}”"
        result.findings.append(Finding(Code.COLUMN_MISSING, words, place, "请用 tongbao sample 生成的表填写"))
    if header.missing:
        return result
    drawn = {(unit.unit, _plain(item.key)) for unit in draw.units for item in unit.items}
    seen: set[tuple[str, str]] = set()
    for row in range(header.data, len(sheet.rows)):
        texts = [raw_text(sheet.at(row, header.columns[name])).strip() for name in wanted]
        if not any(texts[:2]):
            continue
        pair = (texts[0], texts[1])
        here = Place(file, sheet.name, sheet.address(row, header.columns[ITEM]))
        if pair not in drawn or pair in seen:
            words = "在表中出现两次" if pair in seen else "不在抽取记录中"
            message = f"{shown(texts[0])}“{shown(texts[1])}”{words}"
            remedy = "抽查对象不得更换或增加，请恢复抽取时的内容"
            result.findings.append(Finding(Code.SAMPLE_CHANGED, message, here, remedy))
            continue
        seen.add(pair)
        answers = [normal(text) for text in texts[2:]]
        given = dict(zip(draw.checks, answers, strict=True))
        wrong = [check for check, answer in given.items() if answer not in _answers(check, not_applicable)]
        for check in wrong:
            either = _either(_answers(check, not_applicable))
            cell = Place(file, sheet.name, sheet.address(row, header.columns[check]))
            message = f"{shown(texts[0])}“{shown(texts[1])}”的“{check}”应填 {either}"
            result.findings.append(Finding(Code.CELL_NOT_CHOICE, message, cell, "请核查后填写"))
        result.answered[pair[0]] = result.answered.get(pair[0], 0) + (not wrong)
        for check, answer in given.items():
            about = (pair[0], check)
            result.asked[about] = result.asked.get(about, 0) + (answer in _ANSWERS)
            result.yes[about] = result.yes.get(about, 0) + (answer == "是")
    for unit, key in sorted(drawn - seen):
        message = f"抽取了{unit}“{shown(key)}”，表中没有"
        result.findings.append(Finding(Code.SAMPLE_CHANGED, message, place, "请补回这一行并填写"))
    return result


def _offer(sheet: Worksheet, draw: Draw, first: int, last_row: int, not_applicable: Sequence[str]) -> None:
    """Drop-downs with the answers that each 核查项 takes."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letters: dict[tuple[str, ...], list[str]] = {}
    for column, check in enumerate(draw.checks, start=first):
        letters.setdefault(_answers(check, not_applicable), []).append(get_column_letter(column))
    for answers, columns in letters.items():
        listed = f'"{",".join(answers)}"'
        choice = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=True)
        choice.error, choice.errorTitle = f"请填 {_either(answers)}", "抽查"
        together = [(columns[0], columns[-1])] if len(letters) == 1 else [(letter, letter) for letter in columns]
        for left, right in together:
            choice.add(f"{left}{_TOP + 1}:{right}{last_row}")
        sheet.add_data_validation(choice)


def _answers(check: str, not_applicable: Sequence[str]) -> tuple[str, ...]:
    return (*_ANSWERS, NOT_APPLICABLE) if check in not_applicable else _ANSWERS


def _either(answers: Sequence[str]) -> str:
    return f"{'、'.join(answers[:-1])} 或 {answers[-1]}"


def _besides(not_applicable: Sequence[str]) -> str:
    return f"（“{'”“'.join(not_applicable)}”也可填 {NOT_APPLICABLE}）" if not_applicable else ""


def _plain(text: str) -> str:
    """A record's text as a cell can hold it."""
    return ILLEGAL.sub("", text)
