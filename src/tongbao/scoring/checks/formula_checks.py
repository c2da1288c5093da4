"""Every formula and every table that a definition names, held against the table contracts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tongbao.definitions import KeyPath, Loaded
from tongbao.errors import Code, Finding, Place
from tongbao.inputs.contract import Shape, TableContract, Tables
from tongbao.language import FormulaError
from tongbao.period import Period
from tongbao.scoring.checks.kinds import SORT_OF, Sort, sort_of
from tongbao.scoring.definition import Leaf, System, TaskValue
from tongbao.scoring.definition.values import OWN_DEADLINE
from tongbao.scoring.formula import parse
from tongbao.scoring.formula_nodes import Column
from tongbao.scoring.suggestions import did_you_mean

_LEDGER_COLUMNS = ("条款", "日期")
_JUDGES_COLUMNS = ("条款", "得分", "理由")


@dataclass(frozen=True)
class FormulaChecks:
    """Checks the formulas of one system as they would be worked out in one month."""

    loaded: Loaded[System]
    contracts: Tables
    period: Period

    @cached_property
    def tables(self) -> dict[str, TableContract]:
        """The tables of the month, by name."""
        return {table.name: table for table in self.contracts.at(self.period).all}

    def leaf(self, leaf: Leaf, path: KeyPath, *, matters: bool) -> Iterator[Finding]:
        """Everything that an indicator refers to."""
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
        if leaf.value.ledger is not None:
            rule = scoring.per_event
            needed = [*_LEDGER_COLUMNS]
            needed += ["佐证"] if rule and rule.proof else []
            needed += ["事项"] if matters and rule and rule.on is not None else []
            yield from self._ledger(leaf.value.ledger.table, leaf.value.ledger.clause, needed, (*path, "取值", "台账"))
        if leaf.value.judged is not None:
            judged = leaf.value.judged
            yield from self._ledger(judged.table, judged.clause, _JUDGES_COLUMNS, (*path, "取值", "人工"))
        if leaf.value.task is not None:
            yield from self._tasks(leaf.value.task, (*path, "取值", "任务"))

    def _tasks(self, task: TaskValue, path: KeyPath) -> Iterator[Finding]:
        needed = ["条款"] + (["截止日期"] if task.deadline == OWN_DEADLINE else [])
        yield from self._ledger(task.table, task.clause, needed, path)
        columns = {column.name for column in self.tables[task.table].columns} if task.table in self.tables else set()
        place = self.loaded.positions.place(*path, "表")
        if columns and not columns & {"状态", "完成日期"}:
            message = f"表“{task.table}”没有列“状态”或“完成日期”"
            yield Finding(Code.REFERENCE_UNKNOWN, message, place, "请在数据表中补上其中一列")
        elif columns and task.late not in {None, "不区分"} and "完成日期" not in columns:
            message = f"表“{task.table}”没有列“完成日期”，看不出是否逾期完成"
            yield Finding(Code.REFERENCE_UNKNOWN, message, place, "请补上列“完成日期”，或写 逾期完成: 不区分")

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
            return self._no_table(column.table, f"[{column.name}]：", place)
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

    def _no_table(self, name: str, prefix: str, place: Place) -> Finding:
        timeline = self.contracts.timelines.get(name)
        if timeline is None:
            remedy = f"请改正表名。{did_you_mean(name, self.contracts.timelines)}"
            return Finding(Code.REFERENCE_UNKNOWN, f"{prefix}没有表“{name}”", place, remedy)
        spans = "、".join(span.words for span, _ in timeline.revisions)
        message = f"{prefix}数据表“{name}”只约定了{spans}的样子，用不到本体系生效的全部月份"
        return Finding(Code.REFERENCE_UNKNOWN, message, place, "请补上其余月份的约定，或改正 生效、截止")

    def _ledger(self, name: str, clause: str | None, needed: Sequence[str], path: KeyPath) -> Iterator[Finding]:
        place = self.loaded.positions.place(*path, "表")
        table = self.tables.get(name)
        if table is None:
            yield self._no_table(name, "", place)
            return
        if table.shape is not Shape.LEDGER:
            yield Finding(Code.VALUE_INVALID, f"表“{name}”的形式不是台账", place, "请在数据表中写 形式: 台账")
        columns = {column.name: column for column in table.columns}
        for column in needed:
            if column not in columns:
                message = f"表“{name}”没有列“{column}”"
                yield Finding(Code.REFERENCE_UNKNOWN, message, place, f"请在数据表中补上列“{column}”")
        choices = columns["条款"].choices if "条款" in columns else ()
        if choices and clause is not None and clause not in choices:
            yield Finding(
                Code.REFERENCE_UNKNOWN,
                f"条款“{clause}”不在表“{name}”的可选值内",
                self.loaded.positions.place(*path, "条款"),
                did_you_mean(clause, choices),
            )


_SHOWN = 60
