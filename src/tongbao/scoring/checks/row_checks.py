"""Every 台账 that a definition reads row by row: the columns that it must have, and what may stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongbao.definitions import KeyPath
from tongbao.errors import Code, Finding
from tongbao.inputs.contract import Column, Kind, Shape
from tongbao.inputs.durations import OTHERWISE
from tongbao.scoring.checks.named_tables import NamedTables
from tongbao.scoring.definition import Leaf, TaskValue, TimelyValue
from tongbao.scoring.definition.row_values import OWN_DEADLINE
from tongbao.scoring.suggestions import did_you_mean

_LEDGER_COLUMNS = ("条款", "日期")
_JUDGES_COLUMNS = ("条款", "得分", "理由")
_TIMES = frozenset({Kind.DATE, Kind.MOMENT})


class RowChecks(NamedTables):
    """Checks the ledgers that one system reads."""

    def leaf(self, leaf: Leaf, path: KeyPath, *, matters: bool) -> Iterator[Finding]:
        """The ledger of an indicator.

        Args:
            leaf: the indicator.
            path: where it is written.
            matters: it stands in a group in which one 事项 counts once.
        """
        value, rule = leaf.value, leaf.scoring.per_event
        if value.ledger is not None:
            needed = [*_LEDGER_COLUMNS]
            needed += ["佐证"] if rule and rule.proof else []
            needed += ["事项"] if matters and rule and rule.on is not None else []
            yield from self._ledger(value.ledger.table, value.ledger.clause, needed, (*path, "取值", "台账"))
            yield from self._days(value.ledger.table, ("日期",), (*path, "取值", "台账"))
        if value.judged is not None:
            yield from self._ledger(value.judged.table, value.judged.clause, _JUDGES_COLUMNS, (*path, "取值", "人工"))
        if value.task is not None:
            yield from self._tasks(value.task, (*path, "取值", "任务"))
        if value.timely is not None:
            yield from self._timely(value.timely, (*path, "取值", "时限"))
        if value.frequency is not None:
            yield from self._ledger(
                value.frequency.table, value.frequency.clause, _LEDGER_COLUMNS, (*path, "取值", "频次")
            )
            yield from self._days(value.frequency.table, ("日期",), (*path, "取值", "频次"))

    def _tasks(self, task: TaskValue, path: KeyPath) -> Iterator[Finding]:
        needed = ["条款"] + (["截止日期"] if task.deadline == OWN_DEADLINE else [])
        yield from self._ledger(task.table, task.clause, needed, path)
        yield from self._days(task.table, ("完成日期", "截止日期"), path)
        columns = set(self._columns(task.table))
        place = self.loaded.positions.place(*path, "表")
        if columns and not columns & {"状态", "完成日期"}:
            message = f"表“{task.table}”没有列“状态”或“完成日期”"
            yield Finding(Code.REFERENCE_UNKNOWN, message, place, "请在数据表中补上其中一列")
        elif columns and task.late not in {None, "不区分"} and "完成日期" not in columns:
            message = f"表“{task.table}”没有列“完成日期”，看不出是否逾期完成"
            yield Finding(Code.REFERENCE_UNKNOWN, message, place, "请补上列“完成日期”，或写 逾期完成: 不区分")

    def _timely(self, timely: TimelyValue, path: KeyPath) -> Iterator[Finding]:
        named = {"起": timely.start, "止": timely.end}
        named |= {"类别": timely.category} if timely.category is not None else {}
        yield from self._ledger(timely.table, None, tuple(named.values()), path)
        columns = self._columns(timely.table)
        for key in ("起", "止"):
            column = columns.get(named[key])
            if column is not None and column.kind not in _TIMES:
                message = f"列“{column.name}”的类型是{column.kind}，{key} 应是日期或时刻"
                yield self._invalid(message, (*path, key), "请改正列名或列的类型")
            elif column is not None and timely.in_hours and column.kind is not Kind.MOMENT:
                message = f"限按小时计，列“{column.name}”的类型却是{column.kind}，没有钟点"
                yield self._invalid(message, (*path, key), "请把该列的类型改为 时刻，或把限改为天、工作日")
        if timely.belongs == "止" and timely.open == "计为超期":
            message = "归期按 止，没有办结的不属于任何一期，不能计为超期"
            yield self._invalid(message, (*path, "未办结"), "请把 归期 改为 起 或 到期，或删去 未办结")
        if timely.category is not None and timely.category in columns:
            yield from self._categories(timely, columns[timely.category], (*path, "限"))
        if timely.exclusion is not None and columns:
            yield from self._exclusion(timely, columns, (*path, "排除"))

    def _categories(self, timely: TimelyValue, column: Column, path: KeyPath) -> Iterator[Finding]:
        listed = set(timely.limits) - {OTHERWISE}
        for name in sorted(listed - set(column.choices)) if column.choices else ():
            message = f"“{name}”不在列“{column.name}”的可选值内"
            yield self._invalid(message, (*path, name), did_you_mean(name, column.choices) or "请改正")
        unlimited = [choice for choice in column.choices if choice not in timely.limits]
        if unlimited and OTHERWISE not in timely.limits:
            message = f"列“{column.name}”还可填{'、'.join(unlimited)}，没有写它们的限"
            yield self._invalid(message, path, f"请补上，或写 {OTHERWISE}: …")

    def _exclusion(self, timely: TimelyValue, columns: dict[str, Column], path: KeyPath) -> Iterator[Finding]:
        assert timely.exclusion is not None  # noqa: S101  # asked by the caller
        column = columns.get(timely.exclusion.column)
        if column is None:
            message = f"表“{timely.table}”没有列“{timely.exclusion.column}”"
            remedy = did_you_mean(timely.exclusion.column, columns) or "请在数据表中补上该列"
            yield Finding(Code.REFERENCE_UNKNOWN, message, self.loaded.positions.place(*path, "列"), remedy)
            return
        for text in timely.exclusion.texts:
            if column.choices and text not in column.choices:
                message = f"“{text}”不在列“{column.name}”的可选值内"
                yield self._invalid(message, (*path, "值"), did_you_mean(text, column.choices) or "请改正")

    def _days(self, table: str, names: Sequence[str], path: KeyPath) -> Iterator[Finding]:
        columns = self._columns(table)
        for name in names:
            if name in columns and columns[name].kind not in _TIMES:
                message = f"表“{table}”的列“{name}”的类型是{columns[name].kind}"
                yield self._invalid(message, (*path, "表"), "请在数据表中把它的类型改为 日期 或 时刻")

    def _columns(self, table: str) -> dict[str, Column]:
        known = self.tables.get(table)
        return {column.name: column for column in known.columns} if known is not None else {}

    def _invalid(self, message: str, path: KeyPath, remedy: str) -> Finding:
        return Finding(Code.VALUE_INVALID, message, self.loaded.positions.place(*path), remedy)

    def _ledger(self, name: str, clause: str | None, needed: Sequence[str], path: KeyPath) -> Iterator[Finding]:
        place = self.loaded.positions.place(*path, "表")
        table = self.tables.get(name)
        if table is None:
            yield self.no_table(name, "", place)
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
