"""Where every notice stands, and the acts that move it on: each checked and recorded in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from tongbao.errors import Code, Finding, RefusedError
from tongbao.period import Period
from tongbao.register.consequences import Decided, standing_decisions
from tongbao.register.database import insert_missing
from tongbao.register.life import SENT_BACK, Act, Entry, Notice, NoticeKey, Step, check_step
from tongbao.register.numbers import Series, Stated, give
from tongbao.register.schema import ACTS, NOTICES, NUMBERS


@dataclass(frozen=True, slots=True)
class Signing:
    """What a signature settles.

    Attributes:
        day: the date that the issued papers bear.
        papers: every paper that is issued to the 机关代字 of its series, in the order of numbering.
        decided: the decisions that these papers were made with.
        basis: digest of all that was read for them.
        stated: every 序号 of all report definitions.
        first: where an empty series begins.
    """

    day: date
    papers: Mapping[str, str]
    decided: Decided
    basis: str
    stated: Sequence[Stated] = ()
    first: int | None = None


def draft(connection: Connection, key: NoticeKey, run_id: int | None, act: Act) -> None:
    """A notice has been made: 起草, unless it is in the register already; then only its latest run is noted."""
    values = {"report": key.report, "period": str(key.period), "edition": key.edition}
    if insert_missing(connection, NOTICES, values | {"step": Step.DRAFTED.value, "run_id": run_id}):
        _record(connection, _row(connection, key)["id"], Step.DRAFTED, act)
    elif run_id is not None:
        where = (*_where(key), NOTICES.c.signed_on.is_(None))
        connection.execute(update(NOTICES).where(*where).values(run_id=run_id))


def review(connection: Connection, key: NoticeKey, act: Act, basis: str) -> Notice:
    """核稿: the draft has been read against what `basis` is the digest of."""
    notice = locked(connection, key)
    check_step(notice, Step.REVIEWED)
    return _moved(connection, notice, Step.REVIEWED, act, {"basis": basis})


def sign(connection: Connection, key: NoticeKey, act: Act, signing: Signing) -> Notice:
    """签发: gives number and date, provided that all is decided and nothing has changed since 核稿.

    Raises:
        RefusedError: not the next step; undecided consequences, each named; what was proof-read has changed;
            a number conflict.
    """
    notice = locked(connection, key)
    check_step(notice, Step.SIGNED)
    _check_decided(connection, key, signing.decided)
    if notice.basis != signing.basis:
        message = "核稿以后数据、定义或模板有了变化"
        remedy = f"请用 tongbao approve {key.report} {key.period} --step 退回 --comment 原因，再运行、核稿"
        raise RefusedError(Finding(Code.BASIS_CHANGED, message, key.place, remedy))
    if signing.day > act.at.date():
        message = f"签发日期{signing.day}在今天之后"
        raise RefusedError(Finding(Code.STEP_REFUSED, message, key.place, "请改正 --day"))
    numbers: dict[str, int] = {}
    main = next(iter(signing.papers.values()), "")
    for code in sorted({*signing.papers.values()}):  # one order for all, or two signatures could wait for each other
        series = Series(code, signing.day.year)
        papers = [paper for paper, own in signing.papers.items() if own == code]
        stated = [each for each in signing.stated if each.series.code == code]
        first = signing.first if code == main else None
        numbers |= give(connection, series, key, papers, act.moment, stated=stated, first=first)
    moved = _moved(connection, notice, Step.SIGNED, act, {"signed_on": signing.day.isoformat()})
    return replace(moved, signed_on=signing.day, numbers=numbers)


def seal(connection: Connection, key: NoticeKey, act: Act) -> Notice:
    """用印: the issued papers, which must have been written, have been sealed."""
    notice = locked(connection, key)
    check_step(notice, Step.SEALED)
    if not notice.files:
        message, remedy = "印发件还没有生成", f"请先运行 tongbao run {key.period} --report {key.report}"
        raise RefusedError(Finding(Code.STEP_REFUSED, message, key.place, remedy))
    return _moved(connection, notice, Step.SEALED, act, {})


def file(connection: Connection, key: NoticeKey, act: Act) -> Notice:
    """归档: nothing more will happen to it."""
    notice = locked(connection, key)
    check_step(notice, Step.FILED)
    return _moved(connection, notice, Step.FILED, act, {})


def send_back(connection: Connection, key: NoticeKey, act: Act) -> Notice:
    """退回 to 起草, before it is signed and with a reason.

    Raises:
        RefusedError: it has a number already, is a draft anyway, or no reason is given.
    """
    notice = locked(connection, key)
    if notice.signed:
        message, remedy = f"已{notice.step}，不能退回", "数据有误的，走 tongbao appeal 申诉、更正"
        raise RefusedError(Finding(Code.STEP_REFUSED, message, key.place, remedy))
    if notice.step is Step.DRAFTED:
        raise RefusedError(Finding(Code.STEP_REFUSED, "还在起草，不必退回", key.place, "下一步是“核稿”"))
    if not act.comment:
        raise RefusedError(Finding(Code.STEP_REFUSED, "退回没有写原因", key.place, "请用 --comment 写明原因"))
    return _moved(connection, notice, Step.DRAFTED, act, {"basis": None}, SENT_BACK)


def record_issued(connection: Connection, key: NoticeKey, job_key: str, files: Mapping[str, str]) -> None:
    """The issued papers have been written; from now on they are never written again."""
    where = (*_where(key), NOTICES.c.issued_files.is_(None))
    values = {"issued_key": job_key, "issued_files": json.dumps(dict(files), ensure_ascii=False, sort_keys=True)}
    connection.execute(update(NOTICES).where(*where).values(**values))


def find(connection: Connection, key: NoticeKey) -> Notice | None:
    """Where a notice stands; None when it was never made."""
    row = connection.execute(select(NOTICES).where(*_where(key))).mappings().first()
    return _notice(connection, row) if row else None


def all_of(connection: Connection, period: Period | None = None) -> tuple[Notice, ...]:
    """Every notice of a period, or of all, in order."""
    query = select(NOTICES).order_by(NOTICES.c.period, NOTICES.c.report, NOTICES.c.edition)
    if period is not None:
        query = query.where(NOTICES.c.period == str(period))
    return tuple(_notice(connection, row) for row in connection.execute(query).mappings().all())


def locked(connection: Connection, key: NoticeKey) -> Notice:
    """A notice that nobody else can act on until the transaction ends.

    Raises:
        RefusedError: it was never made.
    """
    row = connection.execute(select(NOTICES).where(*_where(key)).with_for_update()).mappings().first()
    if row is None:
        remedy = f"请先运行 tongbao run {key.period} --report {key.report}"
        raise RefusedError(Finding(Code.STEP_REFUSED, "还没有起草", key.place, remedy))
    return _notice(connection, row)


def _check_decided(connection: Connection, key: NoticeKey, made_with: Decided) -> None:
    if key.edition:
        return
    now = standing_decisions(connection, key.report, key.period)
    if now.undecided:
        remedy = f"请先用 tongbao decide --period {key.period} 看编号，逐条确认或不采纳"
        raise RefusedError(
            *(
                Finding(Code.UNDECIDED, f"拟对{unit}予以“{measure}”，还没有决定", key.place, remedy)
                for measure, unit in now.undecided
            )
        )
    if now != made_with:
        raise RefusedError(Finding(Code.BASIS_CHANGED, "签发时措施的决定刚有变化", key.place, "请看过再签发一次"))


def _moved(
    connection: Connection, notice: Notice, step: Step, act: Act, changes: Mapping[str, object], name: str | None = None
) -> Notice:
    where = _where(notice.key)
    connection.execute(update(NOTICES).where(*where).values(step=step.value, **changes))
    _record(connection, _row(connection, notice.key)["id"], name or step.value, act)
    entry = Entry(name or step.value, act.by, act.moment, act.comment)
    return replace(notice, step=step, entries=(*notice.entries, entry))


def _record(connection: Connection, notice_id: int, name: str, act: Act) -> None:
    values = {"notice_id": notice_id, "act": str(name), "acted_by": act.by, "acted_at": act.moment}
    connection.execute(insert(ACTS).values(**values, comment=act.comment))


def _row(connection: Connection, key: NoticeKey) -> RowMapping:
    return connection.execute(select(NOTICES).where(*_where(key))).mappings().one()


def _where(key: NoticeKey) -> tuple[ColumnElement[bool], ...]:
    return (NOTICES.c.report == key.report, NOTICES.c.period == str(key.period), NOTICES.c.edition == key.edition)


def _notice(connection: Connection, row: RowMapping) -> Notice:
    key = NoticeKey(row["report"], Period.parse(row["period"]), row["edition"])
    acts = connection.execute(select(ACTS).where(ACTS.c.notice_id == row["id"]).order_by(ACTS.c.id)).mappings()
    where = (
        NUMBERS.c.report == key.report,
        NUMBERS.c.period == str(key.period),
        NUMBERS.c.edition == key.edition,
    )
    numbers = connection.execute(select(NUMBERS).where(*where).order_by(NUMBERS.c.id)).mappings()
    return Notice(
        key,
        Step(row["step"]),
        row["basis"],
        date.fromisoformat(row["signed_on"]) if row["signed_on"] else None,
        {each["paper"]: each["number"] for each in numbers} if row["signed_on"] else {},
        json.loads(row["issued_files"]) if row["issued_files"] else {},
        row["issued_key"],
        tuple(Entry(each["act"], each["acted_by"], each["acted_at"], each["comment"]) for each in acts),
    )
