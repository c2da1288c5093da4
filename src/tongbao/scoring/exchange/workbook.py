"""Writes the sheets as a workbook that is pleasant to fill in: heads that explain themselves, choices to pick from."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from tongbao.ooxml.cells import A4
from tongbao.ooxml.package import dated
from tongbao.ooxml.pens import TEXT, Look, Pens
from tongbao.scoring.exchange.book import EXPLANATION, HEAD_SHEET, ITEM, Filled
from tongbao.scoring.exchange.guide import guide
from tongbao.scoring.exchange.kinds import DefinitionKind
from tongbao.scoring.exchange.layout import layout
from tongbao.scoring.exchange.notes import notes
from tongbao.scoring.exchange.parts import LEVEL, NAME, ORDER, REMARK, WAY, Cell, Form, Head, label
from tongbao.scoring.exchange.reading import GUIDE_SHEET

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_DAY = date(2000, 1, 1)  # a definition has no date of its own, and the clock must not show
_SPARE = 200  # rows below the last that are ready to be filled in
_NARROWEST, _WIDEST = 8, 46
_GUIDE_WIDTH = 100
_HEAD_WIDTHS = (18, 46, 60, 40)
_MOST_COLUMNS = 16  # beyond, those that nobody uses are folded away
_LINE, _HIGHEST = 15, 400  # points
_LONGEST_LIST = 250  # characters of choices that may stand in the sheet itself
_HEAD_FILL, _NEEDED_FILL, _GROUP_FILL = "DDE6F0", "FCE4D6", "F5F8FB"


def write_book(sheets: Sequence[Filled], kind: DefinitionKind, title: str) -> bytes:
    """Write a workbook.

    Args:
        sheets: 基本情况 first.
        kind: what it describes.
        title: what the definition is called.

    Returns:
        The workbook; the same sheets give the same bytes.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    first = workbook.active
    if first is not None:
        workbook.remove(first)
    pens = Pens(workbook)
    _write_guide(pens, workbook, kind, title)
    for sheet in sheets:
        write = _write_head if sheet.name == HEAD_SHEET else _write_table
        write(pens, workbook.create_sheet(sheet.name), sheet, kind)
    workbook.properties.title = f"{title}（{kind.name}）"
    workbook.properties.creator = "tongbao"
    workbook.properties.created = datetime.combine(_DAY, time())
    stream = io.BytesIO()
    workbook.save(stream)
    return dated(stream.getvalue(), _DAY)


def _write_guide(pens: Pens, workbook: Workbook, kind: DefinitionKind, title: str) -> None:
    sheet = workbook.create_sheet(GUIDE_SHEET)
    for row, (name, words) in enumerate(guide(kind, title), 1):
        pens.put(sheet, row, 1, name, Look(bold=row == 1))
        pens.put(sheet, row, 2, words)
        _fit_height(sheet, row, [(words, _GUIDE_WIDTH)])
    sheet.merge_cells("A1:B1")
    sheet.column_dimensions["A"].width = 14
    sheet.column_dimensions["B"].width = _GUIDE_WIDTH
    _print(sheet, landscape=False)


def _write_head(pens: Pens, sheet: Worksheet, filled: Filled, kind: DefinitionKind) -> None:
    """基本情况: one line a key, what may stand there beside it."""
    cells = {label(cell.head): cell for cell in layout(kind.model).columns}
    for column, (cell, width) in enumerate(zip(filled.columns, _HEAD_WIDTHS, strict=True), 1):
        pens.put(sheet, 1, column, cell.head[1], Look(bold=True, fill=_HEAD_FILL))
        sheet.column_dimensions[_letter(column)].width = width
    for row, line in enumerate(filled.lines, 2):
        name = line.cells[ITEM]
        key = cells.get(name)
        texts = {**line.cells, EXPLANATION: _explained(key, kind) if key else ""}
        for column, head in enumerate((column.head for column in filled.columns), 1):
            fill = _NEEDED_FILL if key is not None and key.needed and column == 1 else None
            pens.put(sheet, row, column, texts.get(head, ""), Look(bold=column == 1, fill=fill, framed=True))
        _fit_height(
            sheet,
            row,
            [(texts.get(head.head, ""), width) for head, width in zip(filled.columns, _HEAD_WIDTHS, strict=True)],
        )
        if key is not None:
            _offer(sheet, key, f"B{row}")
        if name == ORDER[1]:
            sheet.row_dimensions[row].hidden = True
    sheet.freeze_panes = "B2"
    _print(sheet, landscape=True, heads=1)


def _write_table(pens: Pens, sheet: Worksheet, filled: Filled, kind: DefinitionKind) -> None:
    """Rows under two lines of heads: what a key is part of, and the key."""
    from openpyxl.worksheet.properties import Outline

    last = len(filled.lines) + 2
    widths: list[float] = []
    for column, cell in enumerate(filled.columns, 1):
        _write_column_head(pens, sheet, column, cell, kind)
        texts = [line.cells.get(cell.head, "") for line in filled.lines]
        dimension = sheet.column_dimensions[_letter(column)]
        dimension.width = _width(cell, texts)
        dimension.number_format = TEXT
        if cell.head == ORDER:
            dimension.hidden = True
        elif len(filled.columns) > _MOST_COLUMNS and not (cell.needed or cell.head == REMARK or any(texts)):
            dimension.hidden, dimension.outlineLevel = True, 1
        widths.append(0 if dimension.hidden else dimension.width)
        _offer(sheet, cell, f"{_letter(column)}3:{_letter(column)}{last + _SPARE}")
    _join_groups(sheet, [cell.head for cell in filled.columns])
    group = {index for index, line in enumerate(filled.lines) if _has_below(filled, index)}
    for index, line in enumerate(filled.lines):
        row = index + 3
        for column, cell in enumerate(filled.columns, 1):
            inner = line.level - 1 if cell.head == ("", NAME) else 0
            fill = _GROUP_FILL if index in group else None
            look = Look(bold=index in group, fill=fill, indent=inner, framed=True)
            pens.put(sheet, row, column, line.cells.get(cell.head, ""), look)
        _fit_height(
            sheet,
            row,
            [(line.cells.get(cell.head, ""), width) for cell, width in zip(filled.columns, widths, strict=True)],
        )
        if line.level > 1:
            sheet.row_dimensions[row].outlineLevel = min(line.level - 1, 7)
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    names = [column for column, cell in enumerate(filled.columns, 1) if cell.head == ("", NAME)]
    sheet.freeze_panes = f"{_letter(names[0] + 1 if names else 2)}3"
    sheet.auto_filter.ref = f"A2:{_letter(len(filled.columns))}{max(last, 3)}"
    _print(sheet, landscape=True, heads=2)


def _has_below(filled: Filled, index: int) -> bool:
    lines = filled.lines
    return index + 1 < len(lines) and lines[index + 1].level > lines[index].level


def _write_column_head(pens: Pens, sheet: Worksheet, column: int, cell: Cell, kind: DefinitionKind) -> None:
    from openpyxl.comments import Comment

    fill = _NEEDED_FILL if cell.needed else _HEAD_FILL
    look = Look(bold=True, fill=fill, centred=True)
    pens.put(sheet, 1, column, cell.head[0] or cell.head[1], look)
    pens.put(sheet, 2, column, cell.head[1] if cell.head[0] else "", look)
    if words := _explained(cell, kind):
        note = Comment(words, "tongbao", height=60 + 18 * (len(words) // 18 + words.count("\n")), width=320)
        sheet.cell(2 if cell.head[0] else 1, column).comment = note


def _join_groups(sheet: Worksheet, heads: Sequence[Head]) -> None:
    start = 0
    for index in range(1, len(heads) + 1):
        if index < len(heads) and heads[index][0] == heads[start][0] and heads[start][0]:
            continue
        if not heads[start][0]:
            sheet.merge_cells(start_row=1, end_row=2, start_column=start + 1, end_column=start + 1)
        elif index - start > 1:
            sheet.merge_cells(start_row=1, end_row=1, start_column=start + 1, end_column=index)
        start = index


_OURS = {
    LEVEL: "这一行在第几级：1、2、3……下一行的级次更大，这一行就是指标组。",
    REMARK: "随意写；导回 YAML 时成为以 # 开头的注释，位置不变。“行末#”写在行末，“对象#”写在该键之后。",
    ORDER: "不必填写：原文件里键的次序。",
}
_FORMS = {
    Form.LIST: "几项之间用顿号隔开：甲、乙、丙。",
    Form.MAPPING: "写成 键=值，几项之间用分号隔开。",
    Form.MAPPINGS: "每行一组，写成 键=值；键=值。",
    Form.NESTED: "照 YAML 写在一行里：{甲: 1, 乙: [2, 3]}。",
    Form.EITHER: "选一项，或写成 得分率=80% 这样的 键=值。",
}


def _explained(cell: Cell, kind: DefinitionKind) -> str:
    """The note on a column: what the key means, how it is written, what there is to choose from."""
    said = notes(kind.name)
    if cell.head in _OURS:
        return _OURS[cell.head]
    if cell.head[1] == WAY:
        ways = [f"{way}：{said[way]}" for way in cell.choices if way in said]
        return "\n".join((f"{cell.head[0]}用哪一种：", *ways))
    lines = [
        said.get(cell.key, ""),
        _FORMS.get(cell.form, ""),
        f"可选：{'、'.join(cell.choices)}" if cell.choices else "",
    ]
    if cell.head[1].startswith("所属"):
        lines.append(f"写工作表“{cell.head[1][2:]}”里的名称；有同名的，连上级一起写，如 上级/名称。")
    return "\n".join(line for line in lines if line)


def _offer(sheet: Worksheet, cell: Cell, cells: str) -> None:
    """A list to pick from where the choices are closed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = ",".join(cell.choices)
    if not cell.choices or len(words) > _LONGEST_LIST or any(mark in word for word in cell.choices for mark in ',"'):
        return
    rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    rule.showErrorMessage = cell.form is Form.TEXT
    rule.errorTitle, rule.error = "不在可选值内", f"请从 {words.replace(',', '、')} 中选一个"[:250]
    rule.add(cells)
    sheet.add_data_validation(rule)


def _print(sheet: Worksheet, *, landscape: bool, heads: int = 0) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if heads:
        sheet.print_title_rows = f"1:{heads}"


def _fit_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """As high as the longest text needs; programs do not see to it themselves when they open the file."""
    lines = max(
        sum(-(-_columns(line) // max(int(width) - 1, 1)) or 1 for line in text.split("\n")) if width else 1
        for text, width in texts
    )
    sheet.row_dimensions[row].height = min(_LINE * max(lines, 1) + 3, _HIGHEST)


def _width(cell: Cell, texts: Iterable[str]) -> float:
    longest = max((_columns(line) for text in (*texts, cell.head[1]) for line in text.split("\n")), default=0)
    return max(_NARROWEST, min(_WIDEST, longest + 2))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
