"""What conditions and computations over cases may say: parsed by our own grammar into a closed set of nodes.

    [评价等级] 在 ("不满意", "非常不满意") 且 按期(整改)
    去重计数([评价渠道])

No node holds a piece of SQL, so no text of a definition ever becomes one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tongbao.language import COMPARISONS, MAX_DEPTH, TERMINALS, FormulaError, percent, understand

if TYPE_CHECKING:
    from lark import Lark, Token

_GRAMMAR = (
    r"""
    ?condition: both (_OR both)* -> either
    both: denial (_AND denial)*
    ?denial: NOT denial -> negation
        | _OPEN condition _CLOSE
        | field COMPARE value -> compare
        | field IN _OPEN value (_COMMA value)* _CLOSE _AMONG? -> among
        | field BLANK -> blank
        | STATE _OPEN NAME _CLOSE -> timely
    field: REFERENCE
    ?value: field
        | PERCENT -> percent
        | NUMBER -> number
        | MINUS NUMBER -> below_nought
        | TEXT -> text

    measure: COUNT
        | OVER _OPEN field _CLOSE

    _OR: "或"
    _AND: "且"
    NOT: "非"
    IN: "不在" | "在"
    _AMONG: "之中"
    BLANK: "不为空" | "为空"
    STATE: "按期" | "逾期" | "未到期"
    COUNT: "计数"
    OVER: "求和" | "平均" | "去重计数"
"""
    + TERMINALS
)


@dataclass(frozen=True, slots=True)
class Field:
    """[案卷列]."""

    name: str
    position: int

    def __str__(self) -> str:
        return f"[{self.name}]"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure to compare with, as it was written."""

    value: Decimal
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Text:
    """A word or a day to compare with."""

    value: str
    position: int

    def __str__(self) -> str:
        return f"“{self.value}”"


Operand = Field | Number | Text


@dataclass(frozen=True, slots=True)
class Comparison:
    """[列] ≥ value."""

    operator: str
    left: Field
    right: Operand
    position: int
    depth: int = 1

    def __str__(self) -> str:
        return f"{self.left}{self.operator}{self.right}"


@dataclass(frozen=True, slots=True)
class Among:
    """[列] 在 (…) 之中."""

    field: Field
    values: tuple[Operand, ...]
    negated: bool
    depth: int = 1

    def __str__(self) -> str:
        return f"{self.field}{'不' if self.negated else ''}在({'、'.join(map(str, self.values))})之中"


@dataclass(frozen=True, slots=True)
class Blank:
    """[列] 为空."""

    field: Field
    negated: bool
    depth: int = 1

    def __str__(self) -> str:
        return f"{self.field}{'不' if self.negated else ''}为空"


@dataclass(frozen=True, slots=True)
class Timely:
    """按期(期限), 逾期(期限) or 未到期(期限)."""

    state: str
    deadline: str
    position: int
    depth: int = 1

    def __str__(self) -> str:
        return f"{self.state}({self.deadline})"


@dataclass(frozen=True, slots=True)
class Negation:
    """非 …."""

    operand: Condition
    depth: int

    def __str__(self) -> str:
        return f"非({self.operand})"


@dataclass(frozen=True, slots=True)
class Joined:
    """… 且 …, … 或 …."""

    word: str
    parts: tuple[Condition, ...]
    depth: int

    def __str__(self) -> str:
        return f"{self.word}".join(f"({part})" if isinstance(part, Joined) else str(part) for part in self.parts)


Condition = Comparison | Among | Blank | Timely | Negation | Joined


@dataclass(frozen=True, slots=True)
class Measure:
    """计数, 求和([列]), 平均([列]) or 去重计数([列])."""

    function: str
    field: Field | None = None

    def __str__(self) -> str:
        return self.function if self.field is None else f"{self.function}({self.field})"


def walk(node: Condition) -> Iterator[Condition]:
    """The condition and everything below it, left to right."""
    yield node
    below = (node.operand,) if isinstance(node, Negation) else node.parts if isinstance(node, Joined) else ()
    for child in below:
        yield from walk(child)


def fields(node: Condition) -> Iterator[Field]:
    """Every [列] of a condition; those that its deadlines rest on are not among them."""
    for part in walk(node):
        match part:
            case Comparison():
                yield part.left
                if isinstance(part.right, Field):
                    yield part.right
            case Among():
                yield part.field
                yield from (value for value in part.values if isinstance(value, Field))
            case Blank():
                yield part.field
            case _:
                pass


@lru_cache(maxsize=1024)
def parse_condition(text: str) -> Condition:
    """Understand a 条件.

    Raises:
        FormulaError: it is not in the language; with the character.
    """
    return understand(text, lambda words: _parser().parse(words, start="condition"), what="条件")  # type: ignore[return-value]


@lru_cache(maxsize=1024)
def parse_measure(text: str) -> Measure:
    """Understand a 计算.

    Raises:
        FormulaError: it is not in the language; with the character.
    """
    return understand(text, lambda words: _parser().parse(words, start="measure"), what="计算")  # type: ignore[return-value]


@cache
def _parser() -> Lark:  # noqa: C901 - one line a kind of node
    from lark import Lark, Transformer, v_args

    @v_args(inline=True)
    class Builder(Transformer):  # type: ignore[type-arg]
        """Makes nodes while parsing."""

        def either(self, *parts: Condition) -> Condition:
            return _joined("或", parts)

        def both(self, *parts: Condition) -> Condition:
            return _joined("且", parts)

        def negation(self, sign: Token, operand: Condition) -> Negation:
            return Negation(operand, _deeper((operand,), _at(sign)))

        def compare(self, left: Field, sign: Token, right: Operand) -> Comparison:
            return Comparison(COMPARISONS.get(str(sign), str(sign)), left, right, _at(sign))

        def among(self, field: Field, word: Token, *values: Operand) -> Among:
            return Among(field, values, word == "不在")

        def blank(self, field: Field, word: Token) -> Blank:
            return Blank(field, word == "不为空")

        def timely(self, state: Token, name: Token) -> Timely:
            return Timely(str(state), str(name), _at(state))

        def field(self, token: Token) -> Field:
            return Field(str(token)[1:-1].strip(), _at(token))

        def percent(self, token: Token) -> Number:
            return Number(*percent(str(token)))

        def number(self, token: Token) -> Number:
            return Number(Decimal(str(token)), str(token))

        def below_nought(self, _: Token, token: Token) -> Number:
            return Number(-Decimal(str(token)), f"-{token}")

        def text(self, token: Token) -> Text:
            return Text(str(token)[1:-1], _at(token))

        def measure(self, function: Token, field: Field | None = None) -> Measure:
            return Measure(str(function), field)

    return Lark(_GRAMMAR, parser="lalr", transformer=Builder(), start=["condition", "measure"])


def _at(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _joined(word: str, parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else Joined(word, parts, _deeper(parts, 1))


def _deeper(parts: tuple[Condition, ...], position: int) -> int:
    depth = 1 + max(part.depth for part in parts)
    if depth > MAX_DEPTH:
        raise FormulaError(f"条件嵌套超过{MAX_DEPTH}层", position)
    return depth
