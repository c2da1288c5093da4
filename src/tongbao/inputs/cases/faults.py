"""Holds the records against the definition: what is blank, unreadable, unknown, twice there, or cannot be decided.

Every fault is told with file and row; of many alike the first hundred, then how many more there are. Personal data are
never quoted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.cases.conditions import own_name
from tongbao.inputs.cases.definition import RecordColumn, RecordKind
from tongbao.inputs.cases.language import Timely, parse_condition, walk
from tongbao.inputs.cases.places import places_of
from tongbao.inputs.cases.session import Session
from tongbao.inputs.text import hidden_characters, normal, shown

MOST_ALIKE = 100
EXPECTED = {
    RecordKind.DATE: (Code.CELL_NOT_DATE, "请写成 2022-11-03 或 2022年11月3日"),
    RecordKind.MOMENT: (Code.CELL_NOT_DATE, "请写成 2022-11-03 10:30 的形式；只有日期的列，请把类型改为日期"),
    RecordKind.INTEGER: (Code.CELL_NOT_NUMBER, "请填整数"),
    RecordKind.DECIMAL: (Code.CELL_NOT_NUMBER, "请只填数字"),
    RecordKind.YES_NO: (Code.CELL_NOT_CHOICE, "请填 是 或 否"),
}
"""What a value that does not read is told as, and what to write instead."""


@dataclass(frozen=True)
class _Fault:
    """Records with one fault: which, and the words for each (of the value where there is one to show)."""

    where: str
    code: Code
    words: str
    remedy: str
    value: str = "NULL"


def faults(session: Session, unknown_units: list[tuple[str | None, int]]) -> Iterator[Finding]:
    """Everything wrong with the records of a session whose deadlines and units have been laid."""
    yield from _rowwise(session, list(_of_cells(session)))
    yield from _unknown_units(session, unknown_units)
    yield from _choices(session)
    yield from _repeated(session)
    yield from _rowwise(session, list(_of_deadlines(session)))
    yield from _undecided(session)
    yield from _outside(session)


def _of_cells(session: Session) -> Iterator[_Fault]:
    """Blank and unreadable cells of the period; records without a readable date belong to every period."""
    compiler = session.compiler()
    dated = compiler.column(session.table.dated_by)
    mine = f"({dated} IS NULL OR $mine)"
    for name, title in (("r.unit", session.table.unit), ("r.number", session.table.number)):
        yield _Fault(f"{mine} AND {name} IS NULL", Code.CELL_EMPTY, f"“{title}”未填", "请填写")
    for column in session.prepared.needed:
        value, text = (own_name(session.prepared.needed, column.name, letter) for letter in "fw")
        if column.kind is not RecordKind.TEXT:
            code, remedy = EXPECTED[column.kind]
            words = f"“{column.title}”应为{column.kind}，实为"
            yield _Fault(f"{mine} AND {text} IS NOT NULL", code, words, remedy, text)
        if column.required:
            blank = f"{mine} AND {value} IS NULL AND {text} IS NULL"
            yield _Fault(blank, Code.CELL_EMPTY, f"“{column.title}”未填", "请填写；可以空白的，请在定义中写 必填: 否")


def _of_deadlines(session: Session) -> Iterator[_Fault]:
    compiler = session.compiler()
    for deadline in session.table.deadlines:
        start, end = compiler.column(deadline.start), compiler.column(deadline.end)
        kinds = {session.table.record_by_name[name].kind for name in (deadline.start, deadline.end)}
        if len(kinds) > 1:  # a moment and a day: only whole days can be told apart
            start, end = f"CAST({start} AS DATE)", f"CAST({end} AS DATE)"
        words = f"“{deadline.end}”早于“{deadline.start}”"
        yield _Fault(f"$mine AND {end} < {start}", Code.VALUE_INVALID, words, "请核对两个时间")


def _rowwise(session: Session, asked: list[_Fault]) -> Iterator[Finding]:
    """Count all faults in one pass over the records; go and find only those that there are."""
    if not asked:
        return
    compiler = session.compiler()
    within = session.within(compiler)
    counts = ", ".join(f"count(*) FILTER (WHERE {fault.where.replace('$mine', within)})" for fault in asked)
    (found,) = session.database.rows(f"SELECT {counts} FROM records r", compiler.params)
    for fault, count in zip(asked, found, strict=True):
        if count:
            yield from _told(session, fault, count)


def _told(session: Session, fault: _Fault, count: int) -> Iterator[Finding]:
    compiler = session.compiler()
    where = fault.where.replace("$mine", session.within(compiler))
    sql = f'SELECT "file", pos, {fault.value} FROM records r WHERE {where} ORDER BY 1, 2 LIMIT {MOST_ALIKE}'
    found = session.database.rows(sql, compiler.params)
    places = places_of(session, [(file, at) for file, at, _ in found])
    for (file, at, value), place in zip(found, places, strict=True):
        del file, at
        words = fault.words if value is None else f"{fault.words}“{shown(str(value))}”"
        yield Finding(fault.code, words, place, fault.remedy)
    if count > MOST_ALIKE:
        yield Finding(fault.code, f"另有{count - MOST_ALIKE}行同样的问题：{fault.words}", places[-1], fault.remedy)


def _unknown_units(session: Session, unknown: list[tuple[str | None, int]]) -> Iterator[Finding]:
    for written, count in unknown[:MOST_ALIKE]:
        if written is None:
            continue  # told as a blank cell
        compiler = session.compiler()
        where = f"r.unit = {compiler.params.bind(written)} AND {session.within(compiler)}"
        sql = f'SELECT "file", pos FROM records r WHERE {where} ORDER BY 1, 2 LIMIT 1'
        (place,) = places_of(session, session.database.rows(sql, compiler.params))
        if (absent := session.names.absent(written)) is not None:
            words = f"单位“{shown(written)}”{absent.words}，共{count}件，第一件在此"
            yield Finding(Code.UNIT_CHANGED, words, place, absent.remedy)
            continue
        likely = session.names.suggest(written)
        remedy = f"是不是{'、'.join(f'“{name}”' for name in likely)}？" if likely else ""
        remedy += "请改正名称，或在单位名录中加上别名"
        words = f"单位“{shown(written)}”不在单位名录中，共{count}件，第一件在此"
        if hidden_characters(written):
            words += "；名称中有看不见的字符"
        yield Finding(Code.UNIT_UNKNOWN, words, place, remedy)
    if len(unknown) > MOST_ALIKE:
        words = f"另有{len(unknown) - MOST_ALIKE}个单位名称不在单位名录中"
        yield Finding(Code.UNIT_UNKNOWN, words, _anywhere(session), "请核对“单位列”是否写对")


def _choices(session: Session) -> Iterator[Finding]:
    for column in session.prepared.needed:
        allowed = {normal(choice) for choice in column.choices}
        odd = [
            spelling
            for word, spelt in session.spellings.get(column.name, {}).items()
            for spelling in spelt
            if allowed and word not in allowed
        ]
        if odd:
            yield from _odd(session, column, odd)


def _odd(session: Session, column: RecordColumn, spellings: list[str]) -> Iterator[Finding]:
    for spelling in spellings[:MOST_ALIKE]:
        compiler = session.compiler()
        name = compiler.column(column.name)
        where = f"{name} = {compiler.params.bind(spelling)} AND {session.within(compiler)}"
        sql = f'SELECT count(*), min("file"), arg_min(pos, ("file", pos)) FROM records r WHERE {where}'
        ((count, file, at),) = session.database.rows(sql, compiler.params)
        if count:
            (place,) = places_of(session, [(file, at)])
            words = f"“{column.title}”为“{shown(spelling)}”，不在可选值内，共{count}件，第一件在此"
            yield Finding(Code.CELL_NOT_CHOICE, words, place, f"请从以下各项中选填：{'、'.join(column.choices)}")


def _repeated(session: Session) -> Iterator[Finding]:
    """Case numbers that stand twice: hashes find the few that may, only those are compared letter by letter."""
    suspects = session.database.rows(
        "SELECT hash(number) h FROM records WHERE number IS NOT NULL GROUP BY h HAVING count(*) > 1 "
        f"ORDER BY h LIMIT {MOST_ALIKE * 10}"
    )
    if not suspects:
        return
    found = session.database.rows(
        'SELECT number, count(*), list("file" ORDER BY "file", pos), list(pos ORDER BY "file", pos) FROM records '
        "WHERE hash(number) IN (SELECT unnest($suspects)) GROUP BY number HAVING count(*) > 1 ORDER BY number "
        f"LIMIT {MOST_ALIKE + 1}",
        {"suspects": [suspect for (suspect,) in suspects]},
    )
    for number, count, files, rows in found[:MOST_ALIKE]:
        first, second = places_of(session, [(files[0], rows[0]), (files[1], rows[1])])
        words = f"编号“{shown(number)}”出现{count}次：{first}，{second}"
        yield Finding(Code.ROW_REPEATED, words, second, "同一件只能报一次，请删去重复的行或文件")
    if len(found) > MOST_ALIKE:
        yield Finding(
            Code.ROW_REPEATED, "还有别的编号也出现了不止一次", _anywhere(session), "请核对是否重复报送了同一个文件"
        )


def _undecided(session: Session) -> Iterator[Finding]:
    """Cases whose counting hangs on a limit that cannot be known: no start, or a category without a limit."""
    for text in dict.fromkeys(
        [each.condition for each in session.table.exclusions]
        + [each.condition for each in session.table.columns if each.condition is not None]
    ):
        condition = parse_condition(text)
        names = dict.fromkeys(part.deadline for part in walk(condition) if isinstance(part, Timely))
        for name in names:
            compiler = session.compiler()
            _, due = compiler.deadline(name)
            hangs = f"{compiler.condition(condition, timely=True)} != {compiler.condition(condition, timely=False)}"
            where = f"{session.within(compiler)} AND ({due}) IS NULL AND {hangs}"
            sql = f'SELECT count(*) OVER (), "file", pos FROM {session.source(compiler)} WHERE {where} ORDER BY 2, 3'
            found = session.database.rows(f"{sql} LIMIT {MOST_ALIKE}", compiler.params)
            places = places_of(session, [(file, at) for _, file, at in found])
            words = f"这一件的期限“{name}”无法确定（缺少起算时间，或类别没有写限）"
            remedy = "请补填该件，或在定义的期限中写明这一类别的限"
            for place in places:
                yield Finding(Code.VALUE_MISSING, words, place, remedy)
            if found and found[0][0] > MOST_ALIKE:
                words = f"另有{found[0][0] - MOST_ALIKE}件的期限“{name}”也无法确定"
                yield Finding(Code.VALUE_MISSING, words, places[-1], remedy)


def _outside(session: Session) -> Iterator[Finding]:
    compiler = session.compiler()
    within = session.within(compiler)
    dated = compiler.column(session.table.dated_by)
    sql = f"SELECT count(*), count(*) FILTER (WHERE {within}), count({dated}) FROM records r"
    ((total, mine, having),) = session.database.rows(sql, compiler.params)
    period = session.office.period.words
    if not mine:
        words = f"案卷共{total}件，“{session.table.dated_by}”在{period}的一件也没有"
        yield Finding(Code.TABLE_EMPTY, words, _anywhere(session), "请核对报送的文件是不是这个月的")
    elif having > mine:
        words = f"有{having - mine}件的“{session.table.dated_by}”不在{period}，未计入；计入的有{mine}件"
        remedy = "无须改动；应计入的请核对日期"
        yield Finding(Code.DATE_OUTSIDE_PERIOD, words, _anywhere(session), remedy, Severity.WARNING)


def _anywhere(session: Session) -> Place:
    return Place(session.label)
