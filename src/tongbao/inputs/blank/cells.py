"""What may be typed into a cell of an empty workbook, as its column is declared: format, choices, limits, help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from tongbao.inputs.contract import Column, Kind, TableContract

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

YES_NO = ("是", "否")
FORMATS: Mapping[Kind, str] = {
    Kind.INTEGER: "0",
    Kind.DECIMAL: "General",
    Kind.PERCENT: "0.00%",
    Kind.RATIO: "General",
    Kind.PERCENTAGE_POINTS: "General",
    Kind.YES_NO: "@",
    Kind.TEXT: "@",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
}
"""Number formats by kind: with 0.00% a typed 75 becomes 75%."""
EXAMPLES: Mapping[Kind, str] = {
    Kind.INTEGER: "整数，如 4226",
    Kind.DECIMAL: "数，如 12.5",
    Kind.PERCENT: "百分数，如 75%",
    Kind.RATIO: "比率，如 0.75",
    Kind.PERCENTAGE_POINTS: "百分点，如 75（不带百分号）",
    Kind.YES_NO: "是 或 否",
    Kind.TEXT: "文字",
    Kind.DATE: "日期，如 2022-11-03",
    Kind.MOMENT: "日期和时刻，如 2022-11-03 09:30",
}
_LONGEST_LIST = 250  # characters of choices, Excel's limit is 255
_LONGEST_HELP = 250
_SHARES = frozenset({Kind.PERCENTAGE_POINTS})  # bounds are shares, cells are hundredths
_DAYS = frozenset({Kind.DATE, Kind.MOMENT})


def help_on(column: Column, contract: TableContract) -> str:
    """What stands beside the cell while it is being filled in."""
    words = [EXAMPLES[column.kind]]
    if column.choices:
        words = [f"从 {'、'.join(column.choices)} 中选"]
    low, high = _bound(column, column.minimum), _bound(column, column.maximum)
    words += [f"不小于 {low}"] if low is not None else []
    words += [f"不大于 {high}"] if high is not None else []
    words += ["必填"] if column.required else ["可以空着"]
    words += [f"{text}：{meaning}" for text, meaning in contract.markers.items()]
    return "；".join(words)[:_LONGEST_HELP]


def rule_for(column: Column, contract: TableContract, cell: str) -> DataValidation | None:
    """The rule that a program holds every cell of the column against while it is typed; None: anything goes.

    Args:
        column: the declared column.
        contract: its 空值 are always allowed.
        cell: the first cell that the rule is for, such as C5; the others follow from it.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = YES_NO if column.kind is Kind.YES_NO else column.choices
    if choices:
        return _choice(DataValidation, (*choices, *contract.markers))
    if column.kind is Kind.TEXT:
        rule = DataValidation(type=None)
        rule.showErrorMessage = False
        return rule
    formula = _or((f'{cell}="{_quoted(text)}"' for text in contract.markers), _and(_tests(column, cell)))
    return DataValidation(type="custom", formula1=formula, allow_blank=True, showErrorMessage=True)


def unit_rule(units: Iterable[str], list_cells: str | None) -> DataValidation | None:
    """Units to choose from: in the rule itself where they fit, else out of the cells that list them."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = _choice(DataValidation, tuple(units))
    if rule is None and list_cells is not None:
        rule = DataValidation(type="list", formula1=list_cells, allow_blank=True, showErrorMessage=True)
    return rule


def _choice(make: type[DataValidation], words: tuple[str, ...]) -> DataValidation | None:
    joined = ",".join(dict.fromkeys(words))
    if len(joined) > _LONGEST_LIST or any(mark in word for word in words for mark in ',"'):
        return None
    return make(type="list", formula1=f'"{joined}"', allow_blank=True, showErrorMessage=True)


def _tests(column: Column, cell: str) -> Iterable[str]:
    yield f"ISNUMBER({cell})"
    if column.kind is Kind.INTEGER:
        yield f"{cell}=INT({cell})"
    if column.kind in _DAYS:
        yield f"{cell}>=DATE(1950,1,1)"
    for sign, bound in ((">=", column.minimum), ("<=", column.maximum)):
        if bound is not None:
            yield f"{cell}{sign}{_number(column, bound)}"


def _number(column: Column, bound: Decimal) -> str:
    return format(bound.scaleb(2) if column.kind in _SHARES else bound, "f")


def _bound(column: Column, bound: Decimal | None) -> str | None:
    if bound is None:
        return None
    return f"{format((bound.scaleb(2)).normalize(), 'f')}%" if column.kind is Kind.PERCENT else _number(column, bound)


def _and(tests: Iterable[str]) -> str:
    return f"AND({','.join(tests)})"


def _or(tests: Iterable[str], last: str) -> str:
    return f"OR({','.join((*tests, last))})"


def _quoted(text: str) -> str:
    return text.replace('"', '""')
