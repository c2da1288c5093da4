"""The formulas that clerks write over [表.列]: parsed once into a small tree; nothing in it can run code."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from tongbao.language import COMPARISONS, MAX_DEPTH, TERMINALS, FormulaError, percent, understand
from tongbao.period import Period
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
    walk,
    written,
)

if TYPE_CHECKING:
    from lark import Lark, Token

GROUP_FUNCTIONS = ("合计", "平均", "最大", "最小", "计数")
"""Run over all units of the system that have the row."""

_GRAMMAR = (
    r"""
    ?start: comparison
    ?comparison: sum
        | sum COMPARE sum -> compare
    ?sum: product
        | sum PLUS product -> operate
        | sum MINUS product -> operate
    ?product: unary
        | product TIMES unary -> operate
    ?unary: atom
        | MINUS unary -> negative
    ?atom: PERCENT -> percent
        | NUMBER -> number
        | TEXT -> text
        | REFERENCE -> reference
        | NAME _OPEN comparison (_COMMA comparison)* _CLOSE -> call
        | _OPEN comparison _CLOSE
"""
    + TERMINALS
)

_OPERATORS = {"＋": "+", "−": "-", "－": "-", "×": "*", "＊": "*", "÷": "/", "／": "/"}


@dataclass(frozen=True)
class Formula:
    """A formula that was understood."""

    text: str
    root: Node

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every [表.列], in reading order, repeated ones too."""
        return tuple(node for node in walk(self.root) if isinstance(node, Column))

    @cached_property
    def individual(self) -> bool:
        """Whether it speaks of the unit's own figures, not only of all units together."""
        return any(isinstance(node, Column) for node in walk(self.root, into_aggregates=False))

    @cached_property
    def divides(self) -> bool:
        """Whether there is a division; such figures are shown as percentages unless 单位 says otherwise."""
        return any(isinstance(node, Operation) and node.operator == "/" for node in walk(self.root))


def references(text: str) -> tuple[Column, ...]:
    """Which columns a formula names; for planning which workbooks have to be read.

    Raises:
        FormulaError: the formula cannot be understood.
    """
    return parse(text).columns


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Understand a formula, or say at which character it stops making sense.

    Raises:
        FormulaError: it is too long, nested too deep, or not in the language.
    """
    root: Node = understand(text, _parser().parse)  # type: ignore[assignment]  # the transformer makes nodes of trees
    return Formula(text, root)


@cache
def _parser() -> Lark:
    from lark import Lark, Transformer, v_args

    @v_args(inline=True)
    class Builder(Transformer):  # type: ignore[type-arg]
        """Makes nodes while parsing, so that no deep tree ever stands in between."""

        def number(self, token: Token) -> Number:
            return Number(Decimal(str(token)), str(token))

        def percent(self, token: Token) -> Number:
            return Number(*percent(str(token)))

        def text(self, token: Token) -> Text:
            return Text(str(token)[1:-1])

        def reference(self, token: Token) -> Column:
            return _column(str(token), (token.start_pos or 0) + 1)

        def negative(self, sign: Token, operand: Node) -> Negative:
            return Negative(operand, (sign.start_pos or 0) + 1, _deeper(sign, operand))

        def operate(self, left: Node, sign: Token, right: Node) -> Operation:
            operator = _OPERATORS.get(str(sign), str(sign))
            return Operation(operator, left, right, (sign.start_pos or 0) + 1, _deeper(sign, left, right))

        def compare(self, left: Node, sign: Token, right: Node) -> Comparison:
            operator = COMPARISONS.get(str(sign), str(sign))
            return Comparison(operator, left, right, (sign.start_pos or 0) + 1, _deeper(sign, left, right))

        def call(self, name: Token, *arguments: Node) -> Aggregate | Condition:
            return _call(name, arguments)

    return Lark(_GRAMMAR, parser="lalr", transformer=Builder())


def _column(text: str, position: int) -> Column:
    name, at_sign, month = text[1:-1].partition("@")
    table, dot, column = (part.strip() for part in name.partition("."))
    if not (table and dot and column):
        raise FormulaError(f"“{text}”应写成 [表.列]、[表.列@2021-12] 或 [表.列@上月]", position)
    if not at_sign:
        return Column(table, column, None, position)
    if month.strip() == "上月":
        return Column(table, column, "上月", position)
    try:
        return Column(table, column, Period.parse(month.strip()), position)
    except ValueError as error:
        raise FormulaError(f"“{text}”中的{error}", position) from None


def _call(name: Token, arguments: tuple[Node, ...]) -> Aggregate | Condition:
    position = (name.start_pos or 0) + 1
    if name == "如果":
        if len(arguments) != 3:  # noqa: PLR2004
            raise FormulaError("如果 要写三项：如果(条件, 成立时, 不成立时)", position)
        return Condition(*arguments, position=position, depth=_deeper(name, *arguments))
    if name not in GROUP_FUNCTIONS:
        raise FormulaError(f"没有“{name}”这个函数，可用的有 {'、'.join((*GROUP_FUNCTIONS, '如果'))}", position)
    if len(arguments) != 1:
        raise FormulaError(f"{name} 只写一项，对本体系有数据的全部单位计算", position)
    inner = arguments[0]
    if any(isinstance(node, Aggregate) for node in walk(inner)):
        raise FormulaError(f"{name} 里面不能再写 {'、'.join(GROUP_FUNCTIONS)}", position)
    return Aggregate(str(name), inner, f"{name}({written(inner)})", position, _deeper(name, inner))


def _deeper(token: Token, *nodes: Node) -> int:
    depth = 1 + max(node.depth for node in nodes)
    if depth > MAX_DEPTH:
        raise FormulaError(f"公式嵌套超过{MAX_DEPTH}层", (token.start_pos or 0) + 1)
    return depth
