"""What a formula works with: numbers, words, times, conditions; mixing them is told before a month is scored."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from tongbao.inputs.contract import Kind
from tongbao.language import FormulaError
from tongbao.scoring.formula_nodes import (
    Aggregate,
    Column,
    Comparison,
    Condition,
    Negative,
    Node,
    Number,
    Operation,
    Text,
)


class Sort(StrEnum):
    """What a part of a formula comes to."""

    NUMBER = "数"
    WORD = "文字"
    DATE = "日期"
    MOMENT = "时刻"
    TRUTH = "条件"
    UNKNOWN = "未知"


SORT_OF = {Kind.YES_NO: Sort.WORD, Kind.TEXT: Sort.WORD, Kind.DATE: Sort.DATE, Kind.MOMENT: Sort.MOMENT}
"""Kinds of columns that are not numbers."""


def sort_of(node: Node, column_sort: Callable[[Column], Sort]) -> Sort:  # noqa: C901, PLR0911 - one line a kind of node
    """What the node comes to.

    Args:
        node: part of a formula.
        column_sort: what a column holds; UNKNOWN for columns already reported.

    Raises:
        FormulaError: it mixes what cannot be mixed.
    """
    match node:
        case Number():
            return Sort.NUMBER
        case Text():
            return Sort.WORD
        case Column():
            return column_sort(node)
        case Negative():
            _demand(node.operand, Sort.NUMBER, node.position, column_sort)
            return Sort.NUMBER
        case Operation():
            _demand(node.left, Sort.NUMBER, node.position, column_sort)
            _demand(node.right, Sort.NUMBER, node.position, column_sort)
            return Sort.NUMBER
        case Comparison():
            return _comparison(node, column_sort)
        case Aggregate():
            if node.function == "计数":
                sort_of(node.argument, column_sort)
            else:
                _demand(node.argument, Sort.NUMBER, node.position, column_sort)
            return Sort.NUMBER
        case Condition():
            _demand(node.test, Sort.TRUTH, node.position, column_sort)
            yes, no = sort_of(node.yes, column_sort), sort_of(node.no, column_sort)
            if Sort.UNKNOWN not in {yes, no} and yes is not no:
                raise FormulaError(f"如果 的两个结果一个是{yes}、一个是{no}", node.position)
            return yes


def _comparison(node: Comparison, column_sort: Callable[[Column], Sort]) -> Sort:
    left, right = sort_of(node.left, column_sort), sort_of(node.right, column_sort)
    if Sort.UNKNOWN not in {left, right}:
        if left is not right:
            raise FormulaError(f"{left}不能与{right}比较", node.position)
        if left in {Sort.WORD, Sort.TRUTH} and node.operator not in {"=", "!="}:
            raise FormulaError(f"{left}只能用 = 或 != 比较", node.position)
    return Sort.TRUTH


def _demand(node: Node, wanted: Sort, position: int, column_sort: Callable[[Column], Sort]) -> None:
    found = sort_of(node, column_sort)
    if found not in {wanted, Sort.UNKNOWN}:
        raise FormulaError(f"此处要{wanted}，写的是{found}", position)
