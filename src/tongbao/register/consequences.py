"""表扬、批评、约谈: 拟 until a named person confirms or drops them, with the facts that were decided on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from tongbao.errors import Code, Finding, RefusedError
from tongbao.period import Period
from tongbao.register.database import insert_missing
from tongbao.register.life import Act, Entry, NoticeKey
from tongbao.register.schema import CONSEQUENCES, DECISIONS, NOTICES
from tongbao.scoring.consequences import Proposal


class Verdict(StrEnum):
    """What became of a proposal."""

    PROPOSED = "拟"
    CONFIRMED = "确认"
    DROPPED = "不采纳"


@dataclass(frozen=True, slots=True)
class Decided:
    """The proposals of one notice by what was decided, each as (measure, unit)."""

    confirmed: tuple[tuple[str, str], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """A proposal with what was decided on it; `number` is what a clerk types."""

    number: int
    report: str
    period: Period
    measure: str
    unit: str
    facts: tuple[str, ...]
    verdict: Verdict
    entries: tuple[Entry, ...]


def propose_all(connection: Connection, key: NoticeKey, proposals: Sequence[Proposal]) -> None:
    """Keep what a run proposes; a decision on facts that have changed since is open again, never silently kept.

    A signed notice is left as it is.
    """
    row = connection.execute(select(NOTICES.c.signed_on).where(*_notice(key)).with_for_update()).first()
    if row is not None and row.signed_on is not None:
        return
    known = {(each["measure"], each["unit"]): each for each in _rows(connection, key.report, key.period)}
    for proposal in proposals:
        facts = json.dumps(proposal.reasons, ensure_ascii=False)
        found = known.pop((proposal.measure, proposal.unit), None)
        if found is None:
            values = {"report": key.report, "period": str(key.period), "measure": proposal.measure}
            values |= {"unit": proposal.unit, "facts": facts, "state": Verdict.PROPOSED.value}
            insert_missing(connection, CONSEQUENCES, values | {"proposed": True})
        elif found["facts"] != facts or not found["proposed"]:
            again = update(CONSEQUENCES).where(CONSEQUENCES.c.id == found["id"])
            connection.execute(again.values(facts=facts, proposed=True, state=Verdict.PROPOSED.value))
    for gone in known.values():
        connection.execute(update(CONSEQUENCES).where(CONSEQUENCES.c.id == gone["id"]).values(proposed=False))


def decide(connection: Connection, number: int, verdict: Verdict, act: Act, *, revise: bool = False) -> Consequence:
    """Confirm or drop one proposal.

    Args:
        connection: of a writing transaction.
        number: of the consequence.
        verdict: CONFIRMED or DROPPED.
        act: by whom; dropping and revising need a reason.
        revise: change a decision that was made before.

    Raises:
        RefusedError: no such proposal; decided already, by whom; the notice is signed; no reason.
    """
    where = CONSEQUENCES.c.id == number
    plain = connection.execute(select(CONSEQUENCES).where(where)).mappings().first()
    if plain is None or not plain["proposed"]:
        place = NoticeKey("措施", Period(1, 1)).place if plain is None else _key(plain).place
        remedy = "请用 tongbao decide 期间 看现有的编号"
        raise RefusedError(Finding(Code.STEP_REFUSED, f"没有编号为{number}的拟议措施", place, remedy))
    key = _key(plain)  # the notice first, then its consequence: the same order as signing
    notice = connection.execute(select(NOTICES.c.signed_on).where(*_notice(key)).with_for_update()).first()
    row = connection.execute(select(CONSEQUENCES).where(where).with_for_update()).mappings().one()
    if notice is not None and notice.signed_on is not None:
        message = f"通报已签发（{notice.signed_on}），不能再作决定"
        raise RefusedError(Finding(Code.STEP_REFUSED, message, key.place, "确有错误的，走申诉、更正"))
    current = _consequence(connection, row)
    if current.verdict is not Verdict.PROPOSED and not revise:
        last = current.entries[-1]
        message = f"“{current.unit} {current.measure}”已由{last.by}于{last.at}决定：{last.act}"
        message += f"（{last.comment}）" if last.comment else ""
        raise RefusedError(Finding(Code.ALREADY_DECIDED, message, key.place, "确要更改的，加 --revise 并写明理由"))
    if not act.comment and (verdict is Verdict.DROPPED or revise):
        remedy = "请用 --reason 写明理由"
        raise RefusedError(Finding(Code.STEP_REFUSED, "不采纳、更改决定须写理由", key.place, remedy))
    connection.execute(update(CONSEQUENCES).where(where).values(state=verdict.value))
    values = {"consequence_id": number, "state": verdict.value, "decided_by": act.by, "decided_at": act.moment}
    connection.execute(insert(DECISIONS).values(**values, reason=act.comment))
    return _consequence(connection, connection.execute(select(CONSEQUENCES).where(where)).mappings().one())


def listed(connection: Connection, report: str | None = None, period: Period | None = None) -> tuple[Consequence, ...]:
    """What is proposed, decided or not, in the order in which it was proposed."""
    rows = _rows(connection, report, period)
    return tuple(_consequence(connection, row) for row in rows if row["proposed"])


def of_unit(connection: Connection, units: Sequence[str]) -> tuple[Consequence, ...]:
    """What was proposed for a unit under any of its names."""
    query = select(CONSEQUENCES).where(CONSEQUENCES.c.unit.in_(units), CONSEQUENCES.c.proposed.is_(True))
    rows = connection.execute(query.order_by(CONSEQUENCES.c.period, CONSEQUENCES.c.id)).mappings().all()
    return tuple(_consequence(connection, row) for row in rows)


def standing_decisions(connection: Connection, report: str, period: Period) -> Decided:
    """The proposals of a notice by verdict."""
    found: dict[str, list[tuple[str, str]]] = {verdict: [] for verdict in Verdict}
    for row in _rows(connection, report, period):
        if row["proposed"]:
            found[row["state"]].append((row["measure"], row["unit"]))
    return Decided(tuple(found[Verdict.CONFIRMED]), tuple(found[Verdict.DROPPED]), tuple(found[Verdict.PROPOSED]))


def _rows(connection: Connection, report: str | None, period: Period | None) -> Sequence[RowMapping]:
    query = select(CONSEQUENCES).order_by(CONSEQUENCES.c.period, CONSEQUENCES.c.report, CONSEQUENCES.c.id)
    if report is not None:
        query = query.where(CONSEQUENCES.c.report == report)
    if period is not None:
        query = query.where(CONSEQUENCES.c.period == str(period))
    return connection.execute(query).mappings().all()


def _key(row: RowMapping) -> NoticeKey:
    return NoticeKey(row["report"], Period.parse(row["period"]))


def _notice(key: NoticeKey) -> tuple[ColumnElement[bool], ...]:
    return (NOTICES.c.report == key.report, NOTICES.c.period == str(key.period), NOTICES.c.edition == 0)


def _consequence(connection: Connection, row: RowMapping) -> Consequence:
    query = select(DECISIONS).where(DECISIONS.c.consequence_id == row["id"]).order_by(DECISIONS.c.id)
    entries = (
        Entry(each["state"], each["decided_by"], each["decided_at"], each["reason"])
        for each in connection.execute(query).mappings()
    )
    return Consequence(
        row["id"],
        row["report"],
        Period.parse(row["period"]),
        row["measure"],
        row["unit"],
        tuple(json.loads(row["facts"])),
        Verdict(row["state"]),
        tuple(entries),
    )
