"""Every formula that a definition holds, held against the table contracts."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.definitions import KeyPath
from tongbao.errors import Code, Finding
from tongbao.inputs.contract import Shape, TableContract
from tongbao.language import FormulaError
from tongbao.scoring.checks.kinds import SORT_OF, Sort, sort_of
from tongbao.scoring.checks.named_tables import NamedTables
from tongbao.scoring.definition import Leaf
from tongbao.scoring.formula import parse
from tongbao.scoring.formula_nodes import Column
from tongbao.scoring.suggestions import did_you_mean


class FormulaChecks(NamedTables):
    """Checks the formulas of one system as they would be worked out in one month."""

    def leaf(self, leaf: Leaf, path: KeyPath) -> Iterator[Finding]:
        """Every formula of an indicator."""
        scoring = leaf.scoring
        if leaf.value.formula is not None:
            wanted = (Sort.WORD, Sort.NUMBER, Sort.TRUTH) if scoring.bands or scoring.status else (Sort.NUMBER,)
            yield from self._formula(leaf.value.formula, (*path, "取值", "公式"), wanted)
        if leaf.applies is not None:
            yield from self._formula(leaf.applies, (*path, "适用"), (Sort.TRUTH,))
        if scoring.target is not None:
            yield from self._formula(scoring.target.target, (*path, "计分", "达标", "目标"), (Sort.NUMBER,))
        for index, check in enumerate(leaf.checks):
            yield from self._formula(check.condition, (*path, "核验", index, "条件"), (Sort.TRUTH,))

    def _formula(self, text: str, path: KeyPath, wanted: tuple[Sort, ...]) -> Iterator[Finding]:
        place = self.loaded.positions.place(*path)
        try:
            formula = parse(text)
        except FormulaError as error:
            yield self._syntax(text, error, path)
            return
        unknown = {column.position: finding for column in formula.columns if (finding := self._unknown(column, path))}
        yield from unknown.values()

        def sort(column: Column) -> Sort:
            return Sort.UNKNOWN if column.position in unknown else self._sort(column)

        try:
            found = sort_of(formula.root, sort)
        except FormulaError as error:
            yield self._syntax(text, error, path)
            return
        if found not in {*wanted, Sort.UNKNOWN}:
            yield Finding(
                Code.FORMULA_SYNTAX,
                f"公式“{text}”的结果是{found}，此处要{'或'.join(wanted)}",
                place,
                "请改正公式",
            )

    def _syntax(self, text: str, error: FormulaError, path: KeyPath) -> Finding:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        return Finding(
            Code.FORMULA_SYNTAX,
            f"公式“{shown}”第{error.position}个字符：{error}",
            self.loaded.positions.place(*path),
            "请改正公式，写法见 docs/definitions.md",
        )

    def _unknown(self, column: Column, path: KeyPath) -> Finding | None:
        place = self.loaded.positions.place(*path)
        table = self._table(column)
        if table is None:
            return self.no_table(column.table, f"[{column.name}]：", place)
        names = [known.name for known in table.columns]
        if column.column not in names:
            remedy = f"请改正列名。{did_you_mean(column.column, names)}"
            message = f"[{column.name}]：表“{column.table}”没有列“{column.column}”"
            return Finding(Code.REFERENCE_UNKNOWN, message, place, remedy)
        if table.shape is Shape.LEDGER:
            message = f"[{column.name}]：表“{column.table}”是台账，一个单位有多行，不能写在公式里"
            return Finding(Code.REFERENCE_UNKNOWN, message, place, "请改用 取值: {台账: …} 或一单位一行的表")
        return None

    def _sort(self, column: Column) -> Sort:
        table = self._table(column)
        kinds = {known.name: known.kind for known in table.columns} if table else {}
        return SORT_OF.get(kinds[column.column], Sort.NUMBER)

    def _table(self, column: Column) -> TableContract | None:
        """The table that a column is in, as it looked in the month that the formula means."""
        timeline = self.contracts.timelines.get(column.table)
        return timeline.at(column.period(self.period)) if timeline else None


_SHOWN = 60
