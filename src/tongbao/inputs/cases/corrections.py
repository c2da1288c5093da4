"""Lays what granted appeals put right over the records as they were loaded: the exports stay as they were sent.

Every correction is held against the record each time: a case that is gone, stands twice or says something else by now
is an error, never a guess. From here on `records` is the corrected state, so that counts, exclusions, limits and lists
need to know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from tongbao.errors import Code, Finding, Place
from tongbao.inputs.cases.conditions import own_name
from tongbao.inputs.cases.conversions import from_text
from tongbao.inputs.cases.database import Params
from tongbao.inputs.cases.definition import CaseTable, ComputedColumn, RecordColumn
from tongbao.inputs.cases.faults import EXPECTED
from tongbao.inputs.cases.loading import TYPES
from tongbao.inputs.cases.needed import columns_read
from tongbao.inputs.cases.places import places_of
from tongbao.inputs.cases.session import Office, Session
from tongbao.inputs.corrections import COUNTED, Correction
from tongbao.inputs.text import normal, shown

_AGAIN = "请恢复申诉决定时的数据；确要更换数据的，重新申诉、决定"


@dataclass(frozen=True, slots=True)
class CorrectedCase:
    """One case that appeals put right.

    Attributes:
        number: the case number.
        at: its file and position.
        units: canonical names under which it was sent and under which it stands now.
        corrections: all of them, in the order in which they were decided.
    """

    number: str
    at: tuple[int, int]
    units: frozenset[str]
    corrections: tuple[Correction, ...]

    def touching(self, table: CaseTable, column: ComputedColumn) -> tuple[Correction, ...]:
        """Those that a computed column rests on: by what it counts, or by what counts at all."""
        read = {"", table.unit, table.dated_by, *columns_read(table, column)}
        return tuple(each for each in self.corrections if each.column in read)


@dataclass
class _Record:
    """A record on its way: the unit as sent and as it is now, what the columns in question hold, what became new."""

    at: tuple[int, int]
    sent_as: str
    unit: str
    held: dict[str, Any]
    new: dict[str, Any] = field(default_factory=dict)
    kept: bool = True


def corrections_of(table: CaseTable, office: Office) -> tuple[Correction, ...]:
    """Those of one 案卷表."""
    return tuple(each for each in office.corrections if each.case and each.table == table.name)


def corrected_columns(table: CaseTable, office: Office) -> set[str]:
    """Record columns that have to be read for the corrections to be held against them; never personal ones."""
    asked = {each.column for each in corrections_of(table, office)}
    return {column.name for column in table.record if column.name in asked and not column.personal}


def lay_corrections(session: Session) -> Iterator[Finding]:
    """Make `records` the corrected state; without corrections nothing is touched."""
    corrections = corrections_of(session.table, session.office)
    if not corrections:
        return
    found = _records(session, corrections)
    changed: dict[str, list[Correction]] = {}
    for correction in corrections:
        finding = _apply(session, found.get(correction.case, []), correction)
        if finding is None:
            changed.setdefault(correction.case, []).append(correction)
        else:
            yield finding
    if changed:
        records = {number: found[number][0] for number in changed}
        _replace(session, records)
        session.corrected = tuple(
            CorrectedCase(
                number,
                record.at,
                frozenset(unit for name in (record.sent_as, record.unit) if (unit := session.names.find(name))),
                tuple(changed[number]),
            )
            for number, record in sorted(records.items())
        )


def stands(session: Session, correction: Correction) -> tuple[Correction | None, Finding | None]:
    """A new correction completed by unit and old value, as the case stands after the earlier ones; or what is wrong.

    Args:
        session: the earlier corrections laid, the column read.
        correction: its `old` and `unit` may be blank.
    """
    found = _records(session, (correction,)).get(correction.case, [])
    if len(found) != 1:
        return None, _lost(session, correction, found)
    (record,) = found
    before = next((each.corrections for each in session.corrected if each.number == correction.case), ())
    record.kept = all(each.column for each in before)
    if (finding := _nameless(session, correction)) is not None:
        return None, finding
    old = _current(session.table, record, correction.column) if correction.column else COUNTED
    completed = replace(correction, unit=session.names.find(record.unit) or record.unit, old=old)
    return completed, _apply(session, found, completed)


def _records(session: Session, corrections: tuple[Correction, ...]) -> dict[str, list[_Record]]:
    """The records that bear the case numbers, each with what the columns in question hold."""
    needed = session.prepared.needed
    asked = {each.column for each in corrections}
    names = [column.name for column in needed if column.name in asked and not column.personal]
    held = [f"{own_name(needed, name)}, {own_name(needed, name, 'w')}" for name in names]
    selected = ", ".join(['number, "file", pos, unit', *held])
    sql = f"SELECT {selected} FROM records r "
    numbers = sorted({each.case for each in corrections})
    rows = session.database.rows(f"{sql}WHERE number IN (SELECT unnest($numbers)) ORDER BY 2, 3", {"numbers": numbers})
    found: dict[str, list[_Record]] = {}
    for number, file, at, unit, *cells in rows:
        pairs = zip(names, cells[::2], cells[1::2], strict=True)
        values = {name: unread if value is None else value for name, value, unread in pairs}
        found.setdefault(number, []).append(_Record((file, at), unit or "", unit or "", values))
    return found


def _apply(session: Session, found: list[_Record], correction: Correction) -> Finding | None:
    """Put one record right, or say why not."""
    if len(found) != 1:
        return _lost(session, correction, found)
    record = found[0]
    if correction.column:
        return _nameless(session, correction) or _change(session, record, correction)
    if not record.kept:
        return _misfit(session, correction, record, "先前的申诉已经使这一件不计入")
    record.kept = False
    return None


def _change(session: Session, record: _Record, correction: Correction) -> Finding | None:
    """Put one cell of a record right, or say why not."""
    now = _current(session.table, record, correction.column)
    if now != correction.old:
        words = f"更正时原值为“{shown(correction.before)}”，案卷中现为“{shown(now or '空白')}”"
        return _misfit(session, correction, record, words)
    if correction.column != session.table.unit:
        value, finding = _read(session, session.table.record_by_name[correction.column], correction, record)
        if finding is None:
            record.held[correction.column] = record.new[correction.column] = value
        return finding
    if session.names.find(correction.new) is None:
        words = f"更正的新值“{shown(correction.new)}”不在单位名录中"
        return Finding(Code.UNIT_UNKNOWN, words, _place(session, record), "请写名录中的名称或别名")
    record.unit = correction.new
    return None


def _read(
    session: Session, column: RecordColumn, correction: Correction, record: _Record
) -> tuple[Any, Finding | None]:
    """The new value by the column's kind, as a cell of the export would be read."""
    text, place = correction.new.strip(), _place(session, record)
    if not text or text in session.table.blanks:
        if column.required:
            words = f"更正的新值不能用：“{column.title}”必填，不能改为空白"
            return None, Finding(Code.CELL_EMPTY, words, place, "请写明新值")
        return None, None
    params = Params()
    source = f"CAST({params.bind(text)} AS VARCHAR)"
    ((value,),) = session.database.rows(f"SELECT {from_text(column.kind, source, blanks=False)}", params)
    if value is None:
        code, remedy = EXPECTED[column.kind]
        words = f"更正的新值“{shown(text)}”不能用：“{column.title}”应为{column.kind}"
        return None, Finding(code, words, place, remedy)
    if column.choices and normal(text) not in {normal(choice) for choice in column.choices}:
        words = f"更正的新值“{shown(text)}”不在“{column.title}”的可选值内"
        return None, Finding(Code.CELL_NOT_CHOICE, words, place, f"请从以下各项中选填：{'、'.join(column.choices)}")
    return value, None


def _replace(session: Session, records: dict[str, _Record]) -> None:
    """Lay the corrected records over the view; every value is bound."""
    needed = session.prepared.needed
    mended = [at for at, column in enumerate(needed) if any(column.name in each.new for each in records.values())]
    head = ["number VARCHAR", "unit VARCHAR", "taken_out BOOLEAN"]
    head += [f"f{at} {TYPES[needed[at].kind]}, m{at} BOOLEAN" for at in mended]
    params, lines = Params(), []
    for number, record in records.items():
        values: list[Any] = [number, record.unit, not record.kept]
        for name in (needed[at].name for at in mended):
            values += [record.new.get(name), name in record.new]
        lines.append(params.bind_all(values))
    columns = ['s."file"', "s.pos", "s.number", "coalesce(c.unit, s.unit) AS unit"]
    columns.append("coalesce(c.taken_out, FALSE) AS taken_out")
    for at in range(len(needed)):
        if at in mended:
            columns.append(f"CASE WHEN c.m{at} THEN c.f{at} ELSE s.f{at} END AS f{at}")
            columns.append(f"CASE WHEN c.m{at} THEN NULL ELSE s.w{at} END AS w{at}")
        else:
            columns += [f"s.f{at}", f"s.w{at}"]
    rows = session.database.rows
    rows(f"CREATE TABLE corrected ({', '.join(head)})")
    rows(f"INSERT INTO corrected VALUES {', '.join(lines)}", params)
    rows("ALTER VIEW records RENAME TO sent")
    rows(f"CREATE VIEW records AS SELECT {', '.join(columns)} FROM sent s LEFT JOIN corrected c ON c.number = s.number")


def _current(table: CaseTable, record: _Record, column: str) -> str:
    """What a cell of a case says now, as a correction quotes it."""
    value = record.unit if column == table.unit else record.held[column]
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case datetime():
            return value.isoformat(" ")
        case _:
            return str(value)


def _nameless(session: Session, correction: Correction) -> Finding | None:
    """A column that there is not, or that nobody may see."""
    table, name = session.table, correction.column
    column = table.record_by_name.get(name)
    if not name or name == table.unit or (column is not None and not column.personal):
        return None
    if column is not None:
        words = f"案卷表“{table.name}”的“{name}”是个人信息，不能更正：它不读出，也不登记"
        return Finding(Code.VALUE_INVALID, words, Place(session.label), "请在报来的文件里改正，再重新申诉、决定")
    known = [each.name for each in table.record if not each.personal]
    words = f"案卷表“{table.name}”没有案卷列“{name}”"
    remedy = f"可以更正的列：{'、'.join(dict.fromkeys((table.unit, *known)))}"
    return Finding(Code.REFERENCE_UNKNOWN, words, Place(session.label), remedy)


def _lost(session: Session, correction: Correction, found: list[_Record]) -> Finding:
    """No case of the number, or several."""
    table, number = session.table.name, shown(correction.case)
    if found:
        first, second = places_of(session, [record.at for record in found[:2]])
        words = f"更正所指的案卷“{number}”在案卷表“{table}”中出现{len(found)}次：{first}，{second}"
        return Finding(Code.ROW_REPEATED, words, second, "同一件只能报一次，请删去重复的行或文件")
    words = f"案卷表“{table}”中没有编号“{number}”的案卷"
    return Finding(Code.REFERENCE_UNKNOWN, words, Place(session.label), f"请核对“{session.table.number}”；{_AGAIN}")


def _misfit(session: Session, correction: Correction, record: _Record, words: str) -> Finding:
    return Finding(Code.BASIS_CHANGED, f"案卷“{shown(correction.case)}”：{words}", _place(session, record), _AGAIN)


def _place(session: Session, record: _Record) -> Place:
    (place,) = places_of(session, [record.at])
    return place
