"""Works a formula out for one unit and remembers every cell that it touched, so that the figure can be defended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException

from tongbao.inputs.table import Cell, Missing, Origin
from tongbao.scoring.decimals import show
from tongbao.scoring.formula import Formula
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
from tongbao.scoring.operations import Content, calculate, compare, graver, show_content
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Input

_LOOSE, _SUM, _PRODUCT, _TIGHT = range(4)
_BINDING = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_SIGNS = {"*": "×", "/": "÷", ">=": "≥", "<=": "≤", "!=": "≠"}


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula came to for one unit.

    Attributes:
        value: the figure; None with a reason.
        missing: why there is none.
        inputs: the figures it was made of.
        substituted: the formula with numbers in it.
        blame: the cell at fault where there is no value.
        words: what is the matter with it, in words.
    """

    value: Content
    missing: Missing | None
    inputs: tuple[Input, ...]
    substituted: str
    blame: Origin | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Term:
    value: Content
    missing: Missing | None
    text: str
    binding: int = _TIGHT


def evaluate(formula: Formula, unit: str, scope: Scope) -> Result:
    """Work the formula out for a unit (inside `exact_arithmetic`); a condition comes to “是” or “否”."""
    run = _Run(unit, scope)
    result = run.result(formula.root)
    if isinstance(result.value, bool):
        return Result("是" if result.value else "否", None, result.inputs, result.substituted)
    return result


class _Run:
    """One evaluation: gathers inputs and blame on the way."""

    def __init__(self, unit: str, scope: Scope) -> None:
        self.unit = unit
        self.scope = scope
        self.inputs: list[Input] = []
        self.blames: dict[Missing, tuple[Origin | None, str]] = {}

    def result(self, node: Node) -> Result:
        term = self.term(node)
        blame, words = self.blames.get(term.missing, (None, "")) if term.missing else (None, "")
        return Result(term.value, term.missing, tuple(dict.fromkeys(self.inputs)), term.text, blame, words)

    def term(self, node: Node) -> _Term:  # noqa: PLR0911 - one line a kind of node
        match node:
            case Column():
                return self._column(node)
            case Operation():
                return self._operation(node)
            case Number():
                return _Term(node.value, None, node.text)
            case Text():
                return _Term(node.value, None, f"“{node.value}”")
            case Aggregate():
                return self._aggregate(node)
            case Comparison():
                return self._comparison(node)
            case Condition():
                return self._condition(node)
            case Negative():
                inner = self.term(node.operand)
                value = -inner.value if isinstance(inner.value, Decimal) else None
                return _Term(value, inner.missing, f"-{_wrapped(inner, _TIGHT)}", _PRODUCT)

    def _column(self, node: Column) -> _Term:
        period = node.period(self.scope.period)
        row = self.scope.row(period, node.table, self.unit)
        if row is None:
            words = f"{period.words}的表“{node.table}”中没有{self.unit}的行"
            return self._missing(node.name, Missing.NOT_REPORTED, None, words)
        cell: Cell | None = row.cells.get(node.column)
        if cell is None:
            return self._missing(
                node.name, Missing.NO_COLUMN, None, f"{period.words}的表“{node.table}”没有“{node.column}”列"
            )
        if cell.missing is not None:
            return self._missing(node.name, cell.missing, cell.origin, f"“{node.column}”为{cell.missing}")
        self.inputs.append(Input(node.name, cell.value, None, cell.origin, cell.note))
        return _Term(cell.value, None, show_content(cell.value, cell.origin.raw))

    def _missing(self, name: str, missing: Missing, origin: Origin | None, words: str) -> _Term:
        self.inputs.append(Input(name, None, missing, origin))
        self.blames.setdefault(missing, (origin, words))
        return _Term(None, missing, f"〔{missing}〕")

    def _aggregate(self, node: Aggregate) -> _Term:
        if node.text not in self.scope.aggregates:
            self.scope.aggregates[node.text] = _aggregate(node, self.scope)
        result = self.scope.aggregates[node.text]
        self.inputs.extend(result.inputs)
        if result.missing is not None:
            self.blames.setdefault(result.missing, (result.blame, result.words))
            return _Term(None, result.missing, f"〔{result.missing}〕")
        return _Term(result.value, None, result.substituted)

    def _operation(self, node: Operation) -> _Term:
        left = self.term(node.left)
        mark = len(self.inputs)
        right = self.term(node.right)
        level = _BINDING[node.operator]
        sign = _SIGNS.get(node.operator, node.operator)
        text = f"{_wrapped(left, level)}{sign}{_wrapped(right, level + (node.operator in '-/'))}"
        missing = graver(left.missing, right.missing)
        if missing is not None:
            return _Term(None, missing, text, level)
        if not isinstance(left.value, Decimal) or not isinstance(right.value, Decimal):
            return self._failed(text, level, "公式对不是数字的内容做运算")
        if node.operator == "/" and right.value == 0:
            origins = [item.origin for item in self.inputs[mark:] if item.origin] or [
                i.origin for i in self.inputs if i.origin
            ]
            self.blames.setdefault(Missing.ZERO_DENOMINATOR, (origins[0] if origins else None, f"分母{right.text}为零"))
            return _Term(None, Missing.ZERO_DENOMINATOR, text, level)
        try:
            return _Term(calculate(node.operator, left.value, right.value), None, text, level)
        except DecimalException:
            return self._failed(text, level, "数值超出可计算的范围")

    def _failed(self, text: str, level: int, words: str) -> _Term:
        origin = next((item.origin for item in self.inputs if item.origin), None)
        self.blames.setdefault(Missing.FORMULA_ERROR, (origin, words))
        return _Term(None, Missing.FORMULA_ERROR, text, level)

    def _comparison(self, node: Comparison) -> _Term:
        left, right = self.term(node.left), self.term(node.right)
        text = f"{left.text}{_SIGNS.get(node.operator, node.operator)}{right.text}"
        missing = graver(left.missing, right.missing)
        if missing is not None:
            return _Term(None, missing, text, _LOOSE)
        held = compare(node.operator, left.value, right.value)
        if held is None:
            return self._failed(text, _LOOSE, "公式比较了不同种类的内容")
        return _Term(held, None, text, _LOOSE)

    def _condition(self, node: Condition) -> _Term:
        test = self.term(node.test)
        if test.missing is not None or not isinstance(test.value, bool):
            if test.missing is None:
                return self._failed(f"如果({test.text},…)", _TIGHT, "如果 的第一项不是条件")
            return _Term(None, test.missing, f"如果({test.text},…)")
        chosen = self.term(node.yes if test.value else node.no)
        return _Term(chosen.value, chosen.missing, f"如果({test.text}〔{'是' if test.value else '否'}〕→{chosen.text})")


def _wrapped(term: _Term, level: int) -> str:
    return f"({term.text})" if term.binding < level else term.text


def _aggregate(node: Aggregate, scope: Scope) -> Result:
    values: list[Decimal] = []
    held = counted = 0
    origins: list[Origin] = []
    for unit in scope.units:
        run = _Run(unit, scope)
        result = run.result(node.argument)
        if result.missing is Missing.NOT_APPLICABLE or (
            result.missing is Missing.NOT_REPORTED and result.blame is None
        ):
            continue  # the unit has no row, or the figure is none of its business
        if result.missing is not None:
            words = f"{node.function}涉及{unit}，{result.words}"
            return Result(
                None, result.missing, (Input(node.text, None, result.missing, result.blame),), "", result.blame, words
            )
        origins.extend(item.origin for item in result.inputs if item.origin)
        counted += 1
        if isinstance(result.value, Decimal):
            values.append(result.value)
            held += 1
        elif result.value is not False:
            held += 1
    if not origins:
        words = f"没有一个单位有 {node.text} 的数据"
        return Result(
            None, Missing.NOT_REPORTED, (Input(node.text, None, Missing.NOT_REPORTED, None),), "", None, words
        )
    if node.function == "计数":
        number = Decimal(held)
    elif len(values) != held:
        return Result(None, Missing.FORMULA_ERROR, (), "", origins[0], f"{node.function}的内容不是数字")
    else:
        number = _reduced(node.function, values)
    note = f"{node.function}{counted}个单位，{_span(origins)}"
    return Result(number, None, (Input(node.text, number, None, None, note),), show(number))


def _reduced(function: str, values: Sequence[Decimal]) -> Decimal:
    match function:
        case "合计":
            return sum(values, Decimal(0))
        case "平均":
            return sum(values, Decimal(0)) / len(values)
        case "最大":
            return max(values)
        case _:
            return min(values)


def _span(origins: Sequence[Origin]) -> str:
    """“inputs/…/调用.xlsx 工作表“调用” D3～D33”, so that a total can be added up again by hand."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for origin in origins:
        column = origin.cell.rstrip("0123456789")
        places.setdefault((origin.file, origin.sheet, column), []).append(origin.cell)
    spans = []
    for (file, sheet, column), cells in places.items():
        cells.sort(key=lambda cell: int(cell.removeprefix(column) or 0))
        ends = "" if not column else cells[0] if len(cells) == 1 else f"{cells[0]}～{cells[-1]}"
        spans.append(" ".join(filter(None, (file, f"工作表“{sheet}”" if sheet else "", ends))))
    return "，".join(spans)
