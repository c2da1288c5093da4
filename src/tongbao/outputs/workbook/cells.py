"""Cells that say what they hold: a text is never a formula, a figure keeps its format, nothing is cut in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from tongbao.errors import Code, Finding, OutputError, Place
from tongbao.ooxml.cells import A4, FORMULA_LIKE, ILLEGAL, LONGEST

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.chart import LineChart
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | Decimal | date | None

_CUT = "……（共{size}字，此处只列前{kept}字）"
_KEPT = 32_000


_PICTURE_CM = (24, 11)
_MARKERS = ("circle", "square", "triangle", "diamond")
_DASHES = ("solid", "dash", "sysDot", "dashDot")


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that is not shown as its column is: 97.35% among points, 3 among percentages."""

    value: Value
    number_format: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands above it, how wide it is (in digits), how its figures are shown."""

    title: str
    width: float
    number_format: str = "General"
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A line chart beside the table, drawn from its rows so that Excel can go on with it.

    Attributes:
        title: what stands above it.
        rows: number of each row that is a line, with its name.
        first: the column of the first point, counted from 1; the header row names the points.
        count: how many points there are.
    """

    title: str
    rows: Mapping[int, str]
    first: int
    count: int


class Sheet:
    """One sheet, checked row by row while it is filled, so that a bad text stops it before anything is written."""

    def __init__(
        self, title: str, columns: Sequence[Column], *, freeze: str, heads: Sequence[Sequence[Value]] = ()
    ) -> None:
        """Begin with the header rows (default: the columns' titles)."""
        self.title = title
        self._columns = columns
        self._freeze = freeze
        self._filtered = not heads  # several header rows and a row of full marks cannot be sorted under
        self.picture: Picture | None = None
        self._rows: list[list[Shown]] = []
        for head in heads or ([column.title for column in columns],):
            self.row(head)
        self._heads = len(self._rows)

    def row(self, values: Sequence[Value | Shown]) -> int:
        """Add one row.

        Returns:
            Its number in the sheet.

        Raises:
            OutputError: a text holds a character that no workbook can hold; the finding names sheet and cell.
        """
        row: list[Shown] = []
        self._rows.append(row)
        for given, column in zip(values, self._columns, strict=True):
            shown = given if isinstance(given, Shown) else Shown(given, column.number_format)
            if isinstance(shown.value, str):
                shown = Shown(self._legal(shown.value, len(row)), "General")
            row.append(shown)
        return len(self._rows)

    def write(self, workbook: Workbook) -> None:
        """Write it all; openpyxl streams it and keeps none of it in memory."""
        from openpyxl.utils import get_column_letter

        sheet = workbook.create_sheet(self.title)
        sheet.freeze_panes = self._freeze
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"1:{self._heads}"
        for index, column in enumerate(self._columns, 1):
            sheet.column_dimensions[get_column_letter(index)].width = column.width
        if self._filtered:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._columns))}{len(self._rows)}"
        pens = _Pens(sheet)
        wraps = tuple(column.wrap for column in self._columns)
        for index, row in enumerate(self._rows):
            sheet.append(pens.cells(row, wraps, head=index < self._heads))
        if self.picture is not None:
            sheet.add_chart(_drawn(sheet, self.picture), f"{get_column_letter(len(self._columns) + 2)}2")

    def _legal(self, text: str, index: int) -> str:
        bad = ILLEGAL.search(text)
        if bad:
            from openpyxl.utils import get_column_letter

            place = Place("得分明细.xlsx", self.title, f"{get_column_letter(index + 1)}{len(self._rows)}")
            known = ILLEGAL.sub("�", text)[:60]
            message = f"“{known}”含有表格不能容纳的字符（U+{ord(bad[0]):04X}）"
            remedy = "请在来源表格或定义中删去该字符（复制粘贴时带入的不可见字符）"
            raise OutputError(Finding(Code.VALUE_INVALID, message, place, remedy))
        if len(text) > LONGEST:
            return text[:_KEPT] + _CUT.format(size=len(text), kept=_KEPT)
        return text


def _date_format(value: date) -> str:
    return "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"


def _drawn(sheet: WriteOnlyWorksheet, picture: Picture) -> LineChart:
    """Lines told apart by marker and dash, so that black and white will do; an empty cell is a gap."""
    from openpyxl.chart import LineChart, Reference, Series

    chart = LineChart()
    chart.title = picture.title
    chart.width, chart.height = _PICTURE_CM
    chart.display_blanks = "gap"
    chart.x_axis.delete = chart.y_axis.delete = False
    last = picture.first + picture.count - 1
    for index, (row, name) in enumerate(picture.rows.items()):
        values = Reference(sheet, min_col=picture.first, max_col=last, min_row=row, max_row=row)
        series = Series(values, title=name)
        series.marker.symbol = _MARKERS[index % len(_MARKERS)]
        series.graphicalProperties.line.dashStyle = _DASHES[index % len(_DASHES)]
        series.smooth = False
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=picture.first, max_col=last, min_row=1, max_row=1))
    return chart


class _Pens:
    """One reusable cell a style: openpyxl writes each cell before it asks for the next.

    Three times as fast as a styled cell for every figure.
    """

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        self._sheet = sheet
        self._pens: dict[tuple[str, bool, bool, bool], Cell] = {}

    def cells(self, row: Sequence[Shown], wraps: Sequence[bool], *, head: bool) -> Iterator[Cell | None]:
        """Hand out one row's cells; each is valid only until the next."""
        for shown, wrap in zip(row, wraps, strict=True):
            value = shown.value
            if value is None or value == "":
                yield None
            elif isinstance(value, str):
                pen = self._pen("General", wrap=head or wrap, bold=head, quoted=value.startswith(FORMULA_LIKE))
                pen.value = value
                pen.data_type = "s"
                yield pen
            else:
                number_format = _date_format(value) if isinstance(value, date) else shown.number_format
                pen = self._pen(number_format, wrap=False, bold=head, quoted=False)
                pen.value = value
                yield pen

    def _pen(self, number_format: str, *, wrap: bool, bold: bool, quoted: bool) -> Cell:
        key = (number_format, wrap, bold, quoted)
        if key not in self._pens:
            from openpyxl.cell import WriteOnlyCell
            from openpyxl.styles import Alignment, Font, PatternFill

            pen = WriteOnlyCell(self._sheet)
            pen.number_format = number_format
            pen.alignment = Alignment(vertical="top", wrap_text=wrap)
            pen.quotePrefix = quoted
            if bold:
                pen.font = Font(bold=True)
                pen.fill = PatternFill("solid", fgColor="DDE6F0")
            self._pens[key] = pen
        return self._pens[key]
