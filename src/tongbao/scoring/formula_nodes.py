"""The small tree that a formula becomes: figures, columns, sums, comparisons, and nothing that could run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tongbao.period import Period


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


def written(node: Node) -> str:  # noqa: PLR0911 - one line a kind of node
    """The formula of a node in one normal form."""
    match node:
        case Number():
            return node.text
        case Text():
            return f"“{node.value}”"
        case Column():
            return f"[{node.name}]"
        case Negative():
            return f"-{written(node.operand)}"
        case Operation() | Comparison():
            return f"({written(node.left)}{node.operator}{written(node.right)})"
        case Aggregate():
            return node.text
        case Condition():
            return f"如果({written(node.test)},{written(node.yes)},{written(node.no)})"
