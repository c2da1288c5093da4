"""Turns a cell into the value that its column declares, or says what is wrong; nothing is guessed or rounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from tongbao.errors import Code
from tongbao.inputs.contract import Column, Kind
from tongbao.inputs.grid import Raw, Sheet
from tongbao.inputs.moments import parse_day, parse_moment, serial_day
from tongbao.inputs.table import Missing
from tongbao.inputs.text import harmful_characters, normal, shown, trimmed

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_MOST_DIGITS = 40  # no count of an office is longer; a longer one only makes decimals slow
_ERROR_WORDS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#ERROR")
)
_MINUS = str.maketrans("−﹣–", "---")  # all are typed for minus


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, without its place."""

    code: Code
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell after its column's declaration has been held against it."""

    value: Decimal | str | date | None
    missing: Missing | None
    raw: str
    problem: Problem | None = None


class _Wrong(Exception):
    def __init__(self, code: Code, message: str, remedy: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, remedy)


def read_cell(sheet: Sheet, row: int, column: int, declared: Column, markers: Mapping[str, Missing]) -> Reading:
    """Read one cell.

    Args:
        sheet: the grid.
        row: from 0.
        column: from 0.
        declared: what the column holds.
        markers: texts, in their normal form, that stand for a missing value.
    """
    position = (row, column)
    value = sheet.at(row, column)
    is_percent = position in sheet.percents
    raw = sheet.errors.get(position) or raw_text(value, is_percent=is_percent)
    key = normal(raw)
    if position in sheet.uncalculated:
        problem = Problem(
            Code.CELL_UNCALCULATED,
            f"“{declared.name}”是公式，但文件里没有存下计算结果",
            "请用 Excel 或 WPS 打开、重新计算并保存，或直接填写数值",
        )
        return Reading(None, Missing.FORMULA_ERROR, raw, problem)
    if key in markers:
        return Reading(None, markers[key], raw)
    if position in sheet.errors or key in _ERROR_WORDS:
        problem = Problem(
            Code.CELL_ERROR, f"“{declared.name}”的公式结果是 {shown(raw)}", "请改正公式或它引用的数据，重新计算后保存"
        )
        return Reading(None, Missing.FORMULA_ERROR, raw, problem)
    if not key:
        problem = Problem(Code.CELL_EMPTY, f"“{declared.name}”未填", "请填写；确无数据的，按数据表定义的“空值”写法填写")
        return Reading(None, Missing.BLANK, raw, problem if declared.required else None)
    try:
        result = _READERS[declared.kind](value, raw, declared, is_percent)
        _hold(result, raw, declared)
    except _Wrong as wrong:
        return Reading(None, Missing.UNVERIFIED, raw, wrong.problem)
    return (
        Reading(_choice(result, raw, declared), None, raw) if _may_be(raw, declared) else _not_a_choice(raw, declared)
    )


def raw_text(value: Raw, *, is_percent: bool = False) -> str:
    """The cell's text as a clerk reads it, with every digit that the file holds up to Excel's fifteen."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        number = exact(value)
        if number is None:
            return str(value)
        return f"{_plain(number.scaleb(2))}%" if is_percent else _plain(number)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    return str(value)  # dates and times write themselves as 2022-11-03 and 10:30:00


def exact(value: float) -> Decimal | None:
    """The decimal that Excel shows for a stored float (15 digits, as many as Excel keeps); None: no number."""
    number = Decimal(format(value, ".15g"))
    return number if number.is_finite() else None


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _figure(value: Raw, raw: str, declared: Column, example: str) -> Decimal:
    """A plain number; text with a percent sign is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = exact(value)
    else:
        number = _parsed(trimmed(raw)) if isinstance(value, str) else None
    if number is None:
        raise _Wrong(
            Code.CELL_NOT_NUMBER, f"“{declared.name}”应为数字，实为“{shown(raw)}”", f"请只填数字，例如 {example}"
        )
    return number


def _parsed(text: str) -> Decimal | None:
    text = text.translate(_MINUS)
    return Decimal(text.replace(",", "")) if len(text) <= _MOST_DIGITS and _NUMBER.fullmatch(text) else None


def _no_percent_format(raw: str, declared: Column, is_percent: bool) -> None:
    if is_percent:
        raise _Wrong(
            Code.CELL_NOT_NUMBER,
            f"“{declared.name}”应为{declared.kind}，单元格却是百分比格式（显示为 {shown(raw)}）",
            "请把单元格改为常规格式，或把数据表定义中该列的类型改为 百分数",
        )


def _integer(value: Raw, raw: str, declared: Column, is_percent: bool) -> Decimal:
    _no_percent_format(raw, declared, is_percent)
    number = _figure(value, raw, declared, "4226")
    whole = number.to_integral_value()
    if whole != number:
        raise _Wrong(Code.CELL_NOT_NUMBER, f"“{declared.name}”应为整数，实为“{shown(raw)}”", "请填整数")
    return Decimal(int(whole))


def _decimal(value: Raw, raw: str, declared: Column, is_percent: bool) -> Decimal:
    _no_percent_format(raw, declared, is_percent)
    return _figure(value, raw, declared, "12.5")


def _ratio(value: Raw, raw: str, declared: Column, is_percent: bool) -> Decimal:
    del is_percent  # Excel stores 75% as 0.75, which is what a ratio is
    return _figure(value, raw, declared, "0.75（该列声明为比率）")


def _points(value: Raw, raw: str, declared: Column, is_percent: bool) -> Decimal:
    _no_percent_format(raw, declared, is_percent)
    return _figure(value, raw, declared, "75（该列声明为百分点，不带百分号）").scaleb(-2)


def _percent(value: Raw, raw: str, declared: Column, is_percent: bool) -> Decimal:
    text = trimmed(raw)
    number: Decimal | None = None
    if is_percent and isinstance(value, int | float):
        number = exact(value)
    elif isinstance(value, str) and text.endswith("%"):
        hundredfold = _parsed(text[:-1].strip())
        number = None if hundredfold is None else hundredfold.scaleb(-2)
    elif (isinstance(value, int | float) and value == 0) or (isinstance(value, str) and _parsed(text) == 0):
        number = Decimal(0)  # nought is nought in every unit
    if number is None:
        raise _Wrong(
            Code.CELL_NOT_PERCENT,
            f"“{declared.name}”应为百分数，实为“{shown(raw)}”",
            "请写成 75% 的形式（文本带百分号，或把单元格设为百分比格式）",
        )
    return number


def _yes_no(value: Raw, raw: str, declared: Column, is_percent: bool) -> str:
    del is_percent
    words = {"是": "是", "否": "否"}
    answer = ("是" if value else "否") if isinstance(value, bool) else words.get(normal(raw))
    if answer is None:
        raise _Wrong(Code.CELL_NOT_CHOICE, f"“{declared.name}”应填 是 或 否，实为“{shown(raw)}”", "请改填 是 或 否")
    return answer


def _text(value: Raw, raw: str, declared: Column, is_percent: bool) -> str:
    del value, is_percent
    harmful = harmful_characters(raw)
    if harmful:
        raise _Wrong(
            Code.CELL_UNSAFE,
            f"“{declared.name}”含有不可见的控制字符 U+{ord(harmful[0]):04X}：“{shown(raw)}”",
            "请删去该单元格的内容，重新输入文字",
        )
    return raw.strip()


def _date(value: Raw, raw: str, declared: Column, is_percent: bool) -> date:
    del is_percent
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = trimmed(raw)
    day = parse_day(text)
    if day is None:
        remedy = "请写成 2022年11月3日 或 2022-11-03"
        if (serial := serial_day(text)) is not None and text.isdigit():
            remedy = f"若是 Excel 日期序号（{serial}），请把单元格设为日期格式；否则{remedy}"
        raise _Wrong(Code.CELL_NOT_DATE, f"“{declared.name}”应为日期，实为“{shown(raw)}”", remedy)
    return day


def _moment(value: Raw, raw: str, declared: Column, is_percent: bool) -> datetime:
    """A day with a time. A spreadsheet cannot tell midnight from a day alone, so that midnight has to be typed."""
    del is_percent
    if isinstance(value, datetime) and value.time() != time():
        return value.replace(tzinfo=None)
    text = trimmed(raw)
    moment = None if isinstance(value, date) else parse_moment(text)
    if moment is None:
        remedy = "请写成 2022-11-03 09:30 或 2022年11月3日9时30分"
        if isinstance(value, date) or (parse_day(text) is not None and ":" not in text):
            remedy = "请补上时间，如 2022-11-03 09:30；确为零点的，请以文本写成 2022-11-03 00:00"
        elif (serial := serial_day(text)) is not None:
            remedy = f"若是 Excel 日期序号（{serial}），请把单元格设为带时间的日期格式；否则{remedy}"
        raise _Wrong(Code.CELL_NOT_DATE, f"“{declared.name}”应为日期和时间，实为“{shown(raw)}”", remedy)
    return moment


_READERS: Mapping[Kind, Callable[[Raw, str, Column, bool], Decimal | str | date]] = {
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.PERCENT: _percent,
    Kind.RATIO: _ratio,
    Kind.PERCENTAGE_POINTS: _points,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
}
_SHARES = frozenset({Kind.PERCENT, Kind.PERCENTAGE_POINTS})


def _hold(value: Decimal | str | date, raw: str, declared: Column) -> None:
    """Hold a number against the bounds; those of shares are shares as well (100% or 1)."""
    if not isinstance(value, Decimal):
        return
    bound, words = declared.minimum, "低于下限"
    if bound is None or value >= bound:
        bound, words = declared.maximum, "高于上限"
        if bound is None or value <= bound:
            return
    limit = f"{_plain(bound.scaleb(2))}%" if declared.kind in _SHARES else _plain(bound)
    raise _Wrong(
        Code.CELL_OUT_OF_BOUNDS,
        f"“{declared.name}”为“{shown(raw)}”，{words} {limit}",
        "请核对数据；数据无误的，请修改数据表定义中的上下限",
    )


def _may_be(raw: str, declared: Column) -> bool:
    return not declared.choices or normal(raw) in {normal(choice) for choice in declared.choices}


def _choice(value: Decimal | str | date, raw: str, declared: Column) -> Decimal | str | date:
    if declared.kind is not Kind.TEXT:
        return value
    return next((choice for choice in declared.choices if normal(choice) == normal(raw)), value)


def _not_a_choice(raw: str, declared: Column) -> Reading:
    choices = "、".join(declared.choices)
    problem = Problem(
        Code.CELL_NOT_CHOICE, f"“{declared.name}”为“{shown(raw)}”，不在可选值内", f"请从以下各项中选填：{choices}"
    )
    return Reading(None, Missing.UNVERIFIED, raw, problem)
