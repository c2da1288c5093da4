"""Turns nodes of conditions into DuckDB's words: columns by our own names, every value bound, blank never true.

A blank cell equals nothing: [列] = "x" does not hold for it, [列] != "x" does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tongbao.inputs.cases.database import Params
from tongbao.inputs.cases.definition import FIGURES, TIMES, CaseTable, RecordColumn, RecordKind
from tongbao.inputs.cases.language import (
    Among,
    Blank,
    Comparison,
    Condition,
    Field,
    Joined,
    Negation,
    Number,
    Operand,
    Text,
    Timely,
)
from tongbao.inputs.text import normal

Spellings = Mapping[str, Sequence[str]]
"""Of a text column: how each word, in its normal form, is written in the files."""


def own_name(needed: Sequence[RecordColumn], name: str, letter: str = "f") -> str:
    """Our name of a loaded column (f), or of the texts of it that do not read (w)."""
    return f"r.{letter}{next(index for index, column in enumerate(needed) if column.name == name)}"


@dataclass
class Compiler:
    """Compiles the conditions of one table.

    Attributes:
        table: the definition.
        needed: the record columns that were loaded, in their order.
        spellings: of every text column that conditions name.
        close: the moment up to which an open case may still be in time.
        params: takes up every value.
    """

    table: CaseTable
    needed: Sequence[RecordColumn]
    spellings: Mapping[str, Spellings]
    close: datetime
    params: Params = field(default_factory=Params)

    def column(self, name: str) -> str:
        """Our name of a record column."""
        return own_name(self.needed, name)

    def canonical(self, name: str) -> str:
        """A text column in the spelling of its 可选值."""
        source = self.column(name)
        choices = {normal(choice): choice for choice in self.table.record_by_name[name].choices}
        odd = {
            choices[word]: [spelling for spelling in written if spelling != choices[word]]
            for word, written in self.spellings.get(name, {}).items()
            if word in choices
        }
        cases = [
            f"WHEN {source} IN {self.params.bind_all(spelt)} THEN {self.params.bind(choice)}"
            for choice, spelt in odd.items()
            if spelt
        ]
        return f"CASE {' '.join(cases)} ELSE {source} END" if cases else source

    def deadline(self, name: str) -> tuple[str, str]:
        """End and due moment of a 期限."""
        index, deadline = next(
            (index, deadline) for index, deadline in enumerate(self.table.deadlines) if deadline.name == name
        )
        start = self.column(deadline.start)
        due = f"CASE WHEN d{index}.hours IS NULL THEN d{index}.due ELSE {start} + to_hours(d{index}.hours) END"
        return f"CAST({self.column(deadline.end)} AS TIMESTAMP)", due

    def condition(self, node: Condition, *, timely: bool | None = None) -> str:
        """A boolean that is never NULL.

        Args:
            node: the condition.
            timely: what to take every 按期, 逾期 and 未到期 for; None: work it out.
        """
        match node:
            case Joined():
                word = " AND " if node.word == "且" else " OR "
                return f"({word.join(self.condition(part, timely=timely) for part in node.parts)})"
            case Negation():
                return f"(NOT {self.condition(node.operand, timely=timely)})"
            case Blank():
                return f"({self.column(node.field.name)} IS {'NOT ' if node.negated else ''}NULL)"
            case Among():
                held = " OR ".join(self._equal(node.field, value) for value in node.values)
                return f"(NOT ({held}))" if node.negated else f"({held})"
            case Comparison():
                return self._comparison(node)
            case Timely():
                return self._timely(node) if timely is None else ("TRUE" if timely else "FALSE")

    def _timely(self, node: Timely) -> str:
        end, due = self.deadline(node.deadline)
        match node.state:
            case "按期":
                held = f"{end} <= {due}"
            case "逾期":
                held = f"({end} > {due}) OR ({end} IS NULL AND {due} <= {self.params.bind(self.close)})"
            case _:
                held = f"{end} IS NULL AND {due} > {self.params.bind(self.close)}"
        return f"coalesce({held}, FALSE)"

    def _comparison(self, node: Comparison) -> str:
        if node.operator == "=":
            return self._equal(node.left, node.right)
        if node.operator == "!=":
            return f"(NOT {self._equal(node.left, node.right)})"
        return f"coalesce({self.column(node.left.name)} {node.operator} {self._operand(node.left, node.right)}, FALSE)"

    def _equal(self, left: Field, right: Operand) -> str:
        column = self.table.record_by_name[left.name]
        if isinstance(right, Text) and column.kind not in FIGURES | TIMES:
            spelt = self.spellings[left.name].get(normal(right.value), ())
            if not spelt:
                return "FALSE"
            return f"coalesce({self.column(left.name)} IN {self.params.bind_all(spelt)}, FALSE)"
        return f"coalesce({self.column(left.name)} = {self._operand(left, right)}, FALSE)"

    def _operand(self, left: Field, right: Operand) -> str:
        match right:
            case Field():
                return self.column(right.name)
            case Number():
                return self.params.bind(right.value)
            case Text():
                moment = datetime.fromisoformat(right.value)
                is_day = self.table.record_by_name[left.name].kind is RecordKind.DATE
                return self.params.bind(moment.date() if is_day else moment)
