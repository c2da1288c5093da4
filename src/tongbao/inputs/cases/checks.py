"""A 案卷表 held against itself before a single record is read: every name, every kind, with the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongbao.definitions import KeyPath, Positions
from tongbao.errors import Code, Finding
from tongbao.inputs.cases.definition import (
    FIGURES,
    TIMES,
    CaseTable,
    Deadline,
    RecordColumn,
    RecordKind,
    SampleTable,
)
from tongbao.inputs.cases.language import (
    Among,
    Blank,
    Comparison,
    Condition,
    Field,
    Measure,
    Number,
    Operand,
    Text,
    Timely,
    parse_condition,
    parse_measure,
    walk,
)
from tongbao.inputs.durations import OTHERWISE
from tongbao.inputs.text import normal
from tongbao.language import FormulaError

MONTH = "月"
"""The dimension of a 分表 that is the month of the 归期."""
_SHOWN = 60


def check_drawn(sample: SampleTable, table: CaseTable, positions: Positions, path: KeyPath) -> Iterator[Finding]:
    """What a 抽查表 asks of the case table that it draws from."""
    yield from _Checks(table, positions, path).drawn(sample)


def check_case_tables(tables: Sequence[CaseTable], positions: Positions) -> Iterator[Finding]:
    """Everything that is wrong with the 案卷表 of a 数据表.yaml."""
    for index, table in enumerate(tables):
        yield from _Checks(table, positions, ("案卷表", index)).all()


@dataclass(frozen=True)
class _Checks:
    table: CaseTable
    positions: Positions
    path: KeyPath

    def all(self) -> Iterator[Finding]:
        yield from self._files()
        yield from self._names()
        yield from self._record()
        for index, deadline in enumerate(self.table.deadlines):
            yield from self._deadline(deadline, ("期限", index))
        for index, exclusion in enumerate(self.table.exclusions):
            yield from self._condition(exclusion.condition, ("排除", index, "条件"))
        for index, column in enumerate(self.table.columns):
            yield from self._measure(column.measure, ("列", index, "计算"))
            if column.condition is not None:
                yield from self._condition(column.condition, ("列", index, "条件"))
        for index, breakdown in enumerate(self.table.breakdowns):
            yield from self._breakdown(breakdown.by, breakdown.columns, ("分表", index))

    def drawn(self, sample: SampleTable) -> Iterator[Finding]:
        """What a 抽查表 asks of the case table that it draws from."""
        if sample.condition is not None:
            yield from self._condition(sample.condition, ("条件",))
        for key, names in (("抽取项", (sample.item,) if sample.item else ()), ("列出", sample.shown)):
            for name in names:
                column = self.table.record_by_name.get(name)
                if column is None:
                    yield self._unknown(name, (key,))
                elif column.personal or (key == "抽取项" and column.kind is not RecordKind.TEXT):
                    message = f"{key}“{name}”是个人信息，或不是文本列"
                    yield self._wrong(Code.VALUE_INVALID, message, (key,))

    def _wrong(self, code: Code, message: str, path: KeyPath, remedy: str = "请改正") -> Finding:
        return Finding(code, f"案卷表“{self.table.name}”：{message}", self.positions.place(*self.path, *path), remedy)

    def _files(self) -> Iterator[Finding]:
        for index, file in enumerate(self.table.files):
            parts = file.replace("\\", "/").split("/")
            if ".." in parts or file.startswith(("/", "\\", "~")) or ":" in file:
                path: KeyPath = ("文件", index)
                yield self._wrong(Code.FILE_UNSAFE, f"文件“{file}”不在当月的文件夹内", path, "只写文件夹内的名称")

    def _names(self) -> Iterator[Finding]:
        lists: tuple[tuple[str, list[str]], ...] = (
            ("案卷列", [column.name for column in self.table.record]),
            ("期限", [deadline.name for deadline in self.table.deadlines]),
            ("排除", [exclusion.name for exclusion in self.table.exclusions]),
            ("列", [column.name for column in self.table.columns]),
            ("分表", [breakdown.name for breakdown in self.table.breakdowns]),
        )
        for key, names in lists:
            for index, name in enumerate(names):
                if name in names[:index]:
                    yield self._wrong(Code.VALUE_INVALID, f"{key}“{name}”写了两次", (key, index), "请改名或删去一个")
                if not name or set(name) & set("[]@"):
                    message = f"{key}的名称“{name}”为空，或含有 [ ] @"
                    yield self._wrong(Code.VALUE_INVALID, message, (key, index), "请改名")

    def _record(self) -> Iterator[Finding]:
        dated = self.table.record_by_name.get(self.table.dated_by)
        if dated is None:
            yield self._unknown(self.table.dated_by, ("归期",))
        elif dated.kind not in TIMES:
            yield self._wrong(Code.VALUE_INVALID, f"归期“{dated.name}”的类型应为日期或时刻", ("归期",))
        elif not dated.required:
            yield self._wrong(Code.VALUE_INVALID, f"归期“{dated.name}”不能写 必填: 否", ("归期",))
        for index, column in enumerate(self.table.record):
            if column.personal and column.kind is not RecordKind.TEXT:
                message = f"个人信息“{column.name}”的类型只能是文本"
                yield self._wrong(Code.VALUE_INVALID, message, ("案卷列", index, "类型"))
            if column.personal and column.title in {self.table.unit, self.table.number}:
                message = f"“{column.title}”是单位列或编号列，不能是个人信息"
                yield self._wrong(Code.VALUE_INVALID, message, ("案卷列", index, "个人信息"))
            if column.choices and (column.kind is not RecordKind.TEXT or column.personal):
                message = f"“{column.name}”不是普通文本，不能写可选值"
                yield self._wrong(Code.VALUE_INVALID, message, ("案卷列", index, "可选值"))

    def _deadline(self, deadline: Deadline, path: KeyPath) -> Iterator[Finding]:
        for key, name in (("起", deadline.start), ("止", deadline.end)):
            column = self.table.record_by_name.get(name)
            if column is None:
                yield self._unknown(name, (*path, key))
            elif column.kind not in TIMES:
                message = f"期限“{deadline.name}”的{key}“{name}”应为日期或时刻列"
                yield self._wrong(Code.VALUE_INVALID, message, (*path, key))
            elif deadline.in_hours and column.kind is not RecordKind.MOMENT:
                message = f"期限“{deadline.name}”按小时计，“{name}”的类型应为时刻"
                yield self._wrong(Code.VALUE_INVALID, message, (*path, key))
        if deadline.category is None:
            return
        column = self.table.record_by_name.get(deadline.category)
        if column is None:
            yield self._unknown(deadline.category, (*path, "类别"))
            return
        if column.kind is not RecordKind.TEXT or column.personal:
            message = f"期限“{deadline.name}”的类别“{column.name}”应为普通文本列"
            yield self._wrong(Code.VALUE_INVALID, message, (*path, "类别"))
        for category in deadline.limits:
            if category != OTHERWISE and not _is_choice(category, column):
                yield self._wrong(Code.VALUE_INVALID, _no_choice(category, column), (*path, "限"))

    def _condition(self, text: str, path: KeyPath) -> Iterator[Finding]:
        try:
            condition = parse_condition(text)
        except FormulaError as error:
            yield self._syntax(text, error, path)
            return
        for part in walk(condition):
            try:
                yield from self._part(part, path)
            except FormulaError as error:
                yield self._syntax(text, error, path)

    def _part(self, part: Condition, path: KeyPath) -> Iterator[Finding]:
        match part:
            case Timely() if part.deadline not in {deadline.name for deadline in self.table.deadlines}:
                known = "、".join(deadline.name for deadline in self.table.deadlines) or "无"
                yield self._wrong(Code.REFERENCE_UNKNOWN, f"没有期限“{part.deadline}”", path, f"期限有：{known}")
            case Blank():
                if part.field.name not in self.table.record_by_name:
                    yield self._unknown(part.field.name, path)
            case Comparison():
                yield from self._compared(part.left, (part.right,), path, part.operator)
            case Among():
                yield from self._compared(part.field, part.values, path, "=")
            case _:
                pass

    def _compared(self, field: Field, values: Sequence[Operand], path: KeyPath, operator: str) -> Iterator[Finding]:
        column = self.table.record_by_name.get(field.name)
        if column is None:
            yield self._unknown(field.name, path)
            return
        _not_personal(column, field)
        if column.kind in {RecordKind.TEXT, RecordKind.YES_NO} and operator not in {"=", "!="}:
            raise FormulaError(f"[{column.name}]是{column.kind}，只能用 = 或 != 比较", field.position)
        for value in values:
            if isinstance(value, Field):
                other = self.table.record_by_name.get(value.name)
                if other is None:
                    yield self._unknown(value.name, path)
                    continue
                _not_personal(other, value)
                alike = {column.kind, other.kind}
                if not (alike <= FIGURES or (alike <= TIMES and len(alike) == 1)):
                    raise FormulaError(f"[{column.name}]不能与[{other.name}]比较", value.position)
            else:
                _comparable(column, value, field)

    def _measure(self, text: str, path: KeyPath) -> Iterator[Finding]:
        try:
            measure = parse_measure(text)
        except FormulaError as error:
            yield self._syntax(text, error, path)
            return
        field = measure.field
        if field is None:
            return
        column = self.table.record_by_name.get(field.name)
        if column is None:
            yield self._unknown(field.name, path)
        elif _needs_figures(measure) and column.kind not in FIGURES:
            message = f"{measure.function}要用整数或小数列，[{column.name}]是{column.kind}"
            yield self._syntax(text, FormulaError(message, field.position), path)

    def _breakdown(self, by: Sequence[str], columns: Sequence[str], path: KeyPath) -> Iterator[Finding]:
        for index, name in enumerate(by):
            column = self.table.record_by_name.get(name)
            if column is None and name != MONTH:
                yield self._unknown(name, (*path, "按", index))
            elif column is not None and (column.personal or column.kind is not RecordKind.TEXT):
                message = f"分表只能按文本列分，且不能按个人信息分：“{name}”"
                yield self._wrong(Code.VALUE_INVALID, message, (*path, "按", index))
        computed = {column.name for column in self.table.columns}
        for index, name in enumerate(columns):
            if name not in computed:
                message = f"没有列“{name}”"
                yield self._wrong(Code.REFERENCE_UNKNOWN, message, (*path, "列", index), f"列有：{'、'.join(computed)}")

    def _unknown(self, name: str, path: KeyPath) -> Finding:
        known = "、".join(self.table.record_by_name)
        return self._wrong(Code.REFERENCE_UNKNOWN, f"没有案卷列“{name}”", path, f"案卷列有：{known}")

    def _syntax(self, text: str, error: FormulaError, path: KeyPath) -> Finding:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        message = f"“{shown}”第{error.position}个字符：{error}"
        return self._wrong(Code.FORMULA_SYNTAX, message, path, "请改正，写法见 docs/definitions.md")


def _not_personal(column: RecordColumn, field: Field) -> None:
    if column.personal:
        raise FormulaError(f"[{column.name}]是个人信息，只能写 为空、不为空 或 去重计数", field.position)


def _comparable(column: RecordColumn, value: Number | Text, field: Field) -> None:
    position = value.position if isinstance(value, Text) else field.position
    if (column.kind in FIGURES) is not isinstance(value, Number):
        raise FormulaError(f"[{column.name}]是{column.kind}，不能与{value}比较", position)
    if isinstance(value, Number):
        return
    if column.kind in TIMES:
        try:
            datetime.fromisoformat(value.value)
        except ValueError:
            raise FormulaError(f"{value}应写成 2022-11-03 或 2022-11-03 10:30 的形式", position) from None
    elif not _is_choice(value.value, column):
        raise FormulaError(_no_choice(value.value, column), position)


def _is_choice(word: str, column: RecordColumn) -> bool:
    choices = ("是", "否") if column.kind is RecordKind.YES_NO else column.choices
    return not choices or normal(word) in {normal(choice) for choice in choices}


def _no_choice(word: str, column: RecordColumn) -> str:
    choices = ("是", "否") if column.kind is RecordKind.YES_NO else column.choices
    return f"“{word}”不在“{column.name}”的可选值内：{'、'.join(choices)}"


def _needs_figures(measure: Measure) -> bool:
    return measure.function in {"求和", "平均"}
