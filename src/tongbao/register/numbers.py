"""发文字号: one series per 机关代字 and year, without gap and without duplicate, whoever signs at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, func, insert, select

from tongbao.errors import Code, Finding, Place, RefusedError
from tongbao.register.database import insert_missing
from tongbao.register.life import NoticeKey
from tongbao.register.schema import NOTICES, NUMBERS, SERIES


@dataclass(frozen=True, slots=True)
class Series:
    """昌市政办发〔2022〕."""

    code: str
    year: int

    def words(self, number: int) -> str:
        """The whole 发文字号 (GB/T 9704 §7.2.5): 昌市政办发〔2022〕87号."""
        return f"{self.code}〔{self.year}〕{number}号"


@dataclass(frozen=True, slots=True)
class Stated:
    """A 序号 of a report definition: a number that the office gave before, or beside, the register."""

    series: Series
    number: int
    notice: NoticeKey
    paper: str


def give(
    connection: Connection,
    series: Series,
    notice: NoticeKey,
    papers: Sequence[str],
    moment: str,
    *,
    stated: Sequence[Stated] = (),
    first: int | None = None,
) -> dict[str, int]:
    """Give every paper of a notice its number, inside the transaction of its signing.

    Args:
        connection: of a writing transaction.
        series: of all these papers.
        notice: which notice is signed.
        papers: in the order in which they are numbered.
        moment: when.
        stated: every 序号 of all report definitions in this series; they are taken over first.
        first: where a series begins that has no number yet (offices begin in mid-year); default 1.

    Returns:
        Paper to number.

    Raises:
        RefusedError: a stated number is another paper's, or `first` comes too late.
    """
    _lock(connection, series, first)
    for each in stated:
        _take_over(connection, each, moment)
    given: dict[str, int] = {}
    for paper in papers:
        known = _row(connection, notice, paper)
        if known is not None and (known["code"], known["year"]) != (series.code, series.year):
            own = Series(known["code"], known["year"])
            message = f"“{paper}”已编{own.words(known['number'])}，签发却在{series.code}〔{series.year}〕"
            remedy = f"序号写的是{own.year}年的号：请用 --day 写明那一年的签发日期，或改正通报定义的序号"
            raise RefusedError(Finding(Code.NUMBER_CONFLICT, message, notice.place, remedy))
        if known is None:
            number = _next(connection, series)
            connection.execute(insert(NUMBERS).values(**_values(series, number, notice, paper, moment), stated=False))
            given[paper] = number
        else:
            given[paper] = known["number"]
    return given


def upcoming(connection: Connection, series: Series) -> int:
    """The number that the next signing would give."""
    return _next(connection, series)


def _lock(connection: Connection, series: Series, first: int | None) -> None:
    """Let nobody else give a number of this series until the transaction ends."""
    key = {"code": series.code, "year": series.year}
    insert_missing(connection, SERIES, key | {"first": 1})
    where = (SERIES.c.code == series.code, SERIES.c.year == series.year)
    connection.execute(select(SERIES.c.first).where(*where).with_for_update()).one()
    if first is None:
        return
    last = _last(connection, series)
    if last is not None:
        message = f"{series.code}〔{series.year}〕已编到{last}号，不能再写起始号{first}"
        raise RefusedError(Finding(Code.NUMBER_CONFLICT, message, Place("--first"), "请去掉它，由登记簿续编"))
    connection.execute(SERIES.update().where(*where).values(first=first))


def _take_over(connection: Connection, stated: Stated, moment: str) -> None:
    series, number = stated.series, stated.number
    own = _row(connection, stated.notice, stated.paper)
    if own is not None:
        if (own["code"], own["year"], own["number"]) == (series.code, series.year, number):
            return
        if not own["stated"] or _signed(connection, stated.notice):
            given = Series(own["code"], own["year"]).words(own["number"])
            message = f"通报定义的序号为{series.words(number)}，而这一件已编{given}"
            raise RefusedError(
                Finding(Code.NUMBER_CONFLICT, message, stated.notice.place, "请把通报定义的序号改成已编的号，或删去")
            )
        connection.execute(delete(NUMBERS).where(NUMBERS.c.id == own["id"]))
    values = _values(series, number, stated.notice, stated.paper, moment)
    if not insert_missing(connection, NUMBERS, values | {"stated": True}):
        where = (NUMBERS.c.code == series.code, NUMBERS.c.year == series.year, NUMBERS.c.number == number)
        other = connection.execute(select(NUMBERS).where(*where)).mappings().one()
        message = f"{series.words(number)}已编给{other['report']} {other['period']}的“{other['paper']}”"
        raise RefusedError(
            Finding(Code.NUMBER_CONFLICT, message, stated.notice.place, "请改正通报定义的序号，或删去由登记簿续编")
        )


def _signed(connection: Connection, notice: NoticeKey) -> bool:
    where = (
        NOTICES.c.report == notice.report,
        NOTICES.c.period == str(notice.period),
        NOTICES.c.edition == notice.edition,
        NOTICES.c.signed_on.is_not(None),
    )
    return connection.execute(select(NOTICES.c.id).where(*where)).first() is not None


def _row(connection: Connection, notice: NoticeKey, paper: str) -> RowMapping | None:
    where = (
        NUMBERS.c.report == notice.report,
        NUMBERS.c.period == str(notice.period),
        NUMBERS.c.edition == notice.edition,
        NUMBERS.c.paper == paper,
    )
    return connection.execute(select(NUMBERS).where(*where)).mappings().first()


def _last(connection: Connection, series: Series) -> int | None:
    where = (NUMBERS.c.code == series.code, NUMBERS.c.year == series.year)
    return connection.execute(select(func.max(NUMBERS.c.number)).where(*where)).scalar()


def _next(connection: Connection, series: Series) -> int:
    last = _last(connection, series)
    if last is not None:
        return last + 1
    where = (SERIES.c.code == series.code, SERIES.c.year == series.year)
    return connection.execute(select(SERIES.c.first).where(*where)).scalar() or 1


def _values(series: Series, number: int, notice: NoticeKey, paper: str, moment: str) -> dict[str, object]:
    return {
        "code": series.code,
        "year": series.year,
        "number": number,
        "report": notice.report,
        "period": str(notice.period),
        "edition": notice.edition,
        "paper": paper,
        "given_at": moment,
    }
