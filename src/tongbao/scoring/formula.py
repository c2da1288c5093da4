"""The formulas that clerks write over [表.列]: parsed once into a small tree; nothing in it can run code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from tongbao.period import Period

if TYPE_CHECKING:
    from lark import Lark, Token

MAX_LENGTH = 2000
MAX_DEPTH = 60

GROUP_FUNCTIONS = ("合计", "平均", "最大", "最小", "计数")
"""Run over all units of the system that have the row."""

_GRAMMAR = r"""
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

    COMPARE: ">=" | "<=" | "==" | "!=" | "<>" | ">" | "<" | "=" | "≥" | "≤" | "≠" | "＝" | "＞" | "＜"
    PLUS: "+" | "＋"
    MINUS: "-" | "−" | "－"
    TIMES: "*" | "×" | "＊" | "/" | "÷" | "／"
    PERCENT.2: /[0-9]+(\.[0-9]+)?[ ]*[%％]/
    NUMBER: /[0-9]+(\.[0-9]+)?/
    TEXT: /"[^"]*"|“[^”]*”|'[^']*'/
    REFERENCE: /\[[^\[\]]*\]/
    NAME: /[^\W\d]\w*/
    _OPEN: "(" | "（"
    _CLOSE: ")" | "）"
    _COMMA: "," | "，"
    %ignore /\s+/
"""

_COMPARISONS = {"==": "=", "＝": "=", "≥": ">=", "≤": "<=", "≠": "!=", "<>": "!=", "＞": ">", "＜": "<"}
_OPERATORS = {"＋": "+", "−": "-", "－": "-", "×": "*", "＊": "*", "÷": "/", "／": "/"}


class FormulaError(ValueError):
    """A formula that cannot be understood, with the character where understanding ends (1 is the first)."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class Number:
    """A figure written in the formula, as it was written (98%)."""

    value: Decimal
    text: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A word to compare a text column with."""

    value: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """[表.列], [表.列@2021-12] or [表.列@上月]."""

    table: str
    column: str
    at: Period | Literal["上月"] | None
    position: int
    depth: int = 1

    @property
    def name(self) -> str:
        """As written, without brackets."""
        return f"{self.table}.{self.column}" + (f"@{self.at}" if self.at else "")

    def period(self, current: Period) -> Period:
        """The month whose table is meant."""
        if self.at is None:
            return current
        return current.shift(-1) if self.at == "上月" else self.at


@dataclass(frozen=True, slots=True)
class Negative:
    """−x."""

    operand: Node
    position: int
    depth: int


@dataclass(frozen=True, slots=True)
class Operation:
    """x + y, x − y, x × y, x ÷ y."""

    operator: str
    left: Node
    right: Node
    position: int
    depth: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """x ≥ y and the like."""

    operator: str
    left: Node
    right: Node
    position: int
    depth: int


@dataclass(frozen=True, slots=True)
class Aggregate:
    """合计(x) and the like, over the units of the system."""

    function: str
    argument: Node
    text: str
    position: int
    depth: int


@dataclass(frozen=True, slots=True)
class Condition:
    """如果(条件, 是, 否): only the branch taken is worked out."""

    test: Node
    yes: Node
    no: Node
    position: int
    depth: int


Node = Number | Text | Column | Negative | Operation | Comparison | Aggregate | Condition


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


def walk(node: Node, *, into_aggregates: bool = True) -> Iterator[Node]:
    """The node and everything below it, left to right."""
    yield node
    below: tuple[Node, ...] = ()
    match node:
        case Negative():
            below = (node.operand,)
        case Operation() | Comparison():
            below = (node.left, node.right)
        case Aggregate() if into_aggregates:
            below = (node.argument,)
        case Condition():
            below = (node.test, node.yes, node.no)
        case _:
            pass
    for child in below:
        yield from walk(child, into_aggregates=into_aggregates)


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
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken, VisitError

    if len(text) > MAX_LENGTH:
        raise FormulaError(f"公式超过{MAX_LENGTH}个字符", MAX_LENGTH + 1)
    try:
        root: Node = _parser().parse(text)  # type: ignore[assignment]  # the transformer makes nodes of trees
    except UnexpectedCharacters as error:
        position = error.pos_in_stream or 0
        raise FormulaError(f"“{text[position]}”不能用在公式里", position + 1) from None
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise FormulaError("公式没有写完", len(text) + 1) from None
        raise FormulaError(f"“{error.token}”的位置不对", (error.token.start_pos or 0) + 1) from None
    except UnexpectedEOF:
        raise FormulaError("公式没有写完", len(text) + 1) from None
    except VisitError as error:
        if isinstance(error.orig_exc, FormulaError):
            raise error.orig_exc from None
        raise
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
            digits = str(token).rstrip("%％").rstrip()
            return Number(Decimal(digits).scaleb(-2), f"{digits}%")

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
            operator = _COMPARISONS.get(str(sign), str(sign))
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
    return Aggregate(str(name), inner, f"{name}({_written(inner)})", position, _deeper(name, inner))


def _deeper(token: Token, *nodes: Node) -> int:
    depth = 1 + max(node.depth for node in nodes)
    if depth > MAX_DEPTH:
        raise FormulaError(f"公式嵌套超过{MAX_DEPTH}层", (token.start_pos or 0) + 1)
    return depth


def _written(node: Node) -> str:  # noqa: PLR0911 - one line a kind of node
    match node:
        case Number():
            return node.text
        case Text():
            return f"“{node.value}”"
        case Column():
            return f"[{node.name}]"
        case Negative():
            return f"-{_written(node.operand)}"
        case Operation() | Comparison():
            return f"({_written(node.left)}{node.operator}{_written(node.right)})"
        case Aggregate():
            return node.text
        case Condition():
            return f"如果({_written(node.test)},{_written(node.yes)},{_written(node.no)})"
