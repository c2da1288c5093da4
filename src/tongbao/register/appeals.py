"""申诉: filed with evidence, then 维持 or 撤销 once; a granted one says which figure becomes what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, insert, select, update

from tongbao.errors import Code, Finding, Place, RefusedError
from tongbao.inputs.corrections import Correction
from tongbao.period import Period
from tongbao.register.life import Act
from tongbao.register.schema import APPEALS, CORRECTIONS, EVIDENCE


class Ruling(StrEnum):
    """Where an appeal stands."""

    PENDING = "申诉中"
    UPHELD = "维持"
    GRANTED = "撤销"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a unit contests."""

    report: str
    jurisdiction: str
    period: Period
    unit: str
    indicator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """A claim with what became of it; `number` is what a clerk types.

    Attributes:
        evidence: file in the workspace to sha256.
        decided_at: moment of the ruling; "" while it is pending.
        finding: why it was decided so.
        corrections: what a granted appeal put right.
    """

    number: int
    claim: Claim
    filed_by: str
    filed_at: str
    evidence: Mapping[str, str]
    ruling: Ruling
    decided_by: str
    decided_at: str
    finding: str
    corrections: tuple[Correction, ...]


def file(connection: Connection, claim: Claim, evidence: Mapping[str, str], act: Act) -> Appeal:
    """Take an appeal in.

    Raises:
        RefusedError: no reason is given.
    """
    if not claim.reason.strip():
        raise RefusedError(Finding(Code.STEP_REFUSED, "申诉没有写理由", Place("--reason"), "请写明理由"))
    values = {
        "report": claim.report,
        "jurisdiction": claim.jurisdiction,
        "period": str(claim.period),
        "unit": claim.unit,
        "indicator": claim.indicator,
        "reason": claim.reason,
        "filed_by": act.by,
        "filed_at": act.moment,
        "state": Ruling.PENDING.value,
    }
    number: int = connection.execute(insert(APPEALS).values(**values).returning(APPEALS.c.id)).scalar_one()
    for name, digest in evidence.items():
        connection.execute(insert(EVIDENCE).values(appeal_id=number, file=name, sha256=digest))
    return get(connection, number)


def decide(
    connection: Connection, number: int, ruling: Ruling, act: Act, corrections: Sequence[Correction] = ()
) -> Appeal:
    """维持 or 撤销, with a reason; 撤销 with the figures that it puts right.

    Raises:
        RefusedError: no such appeal; decided already and by whom; no reason; corrections and ruling do not go together.
    """
    row = connection.execute(select(APPEALS).where(APPEALS.c.id == number).with_for_update()).mappings().first()
    if row is None:
        raise RefusedError(_refusal(Code.STEP_REFUSED, number, "没有这件申诉", "请用 tongbao appeal list 看编号"))
    if row["state"] != Ruling.PENDING:
        message = f"已由{row['decided_by']}于{row['decided_at']}决定：{row['state']}（{row['finding']}）"
        raise RefusedError(_refusal(Code.ALREADY_DECIDED, number, message, "决定不能更改；有新证据的请另行申诉"))
    if not act.comment:
        raise RefusedError(_refusal(Code.STEP_REFUSED, number, "决定没有写理由", "请用 --reason 写明"))
    if (ruling is Ruling.GRANTED) != bool(corrections):
        message = "撤销须写明更正哪一格" if ruling is Ruling.GRANTED else "维持的申诉不更正数据"
        remedy = "撤销时写 --correct 表.列=新值（单件案卷写 表.列@案卷号=新值），或 --exclude 案卷表@案卷号；维持时不写"
        raise RefusedError(_refusal(Code.STEP_REFUSED, number, message, remedy))
    values = {"state": ruling.value, "decided_by": act.by, "decided_at": act.moment, "finding": act.comment}
    connection.execute(update(APPEALS).where(APPEALS.c.id == number).values(**values))
    for each in corrections:
        connection.execute(
            insert(CORRECTIONS).values(
                appeal_id=number,
                table_name=each.table,
                unit=each.unit,
                column_name=each.column,
                row_number=each.row,
                old_value=each.old,
                new_value=each.new,
                case_number=each.case,
            )
        )
    return get(connection, number)


def get(connection: Connection, number: int) -> Appeal:
    """One appeal.

    Raises:
        RefusedError: there is none of that number.
    """
    row = connection.execute(select(APPEALS).where(APPEALS.c.id == number)).mappings().first()
    if row is None:
        raise RefusedError(_refusal(Code.STEP_REFUSED, number, "没有这件申诉", "请用 tongbao appeal list 看编号"))
    return _appeal(connection, row)


def listed(
    connection: Connection, period: Period | None = None, units: Sequence[str] | None = None
) -> tuple[Appeal, ...]:
    """Appeals of a period and of units, or all, in the order in which they were filed."""
    query = select(APPEALS).order_by(APPEALS.c.id)
    if period is not None:
        query = query.where(APPEALS.c.period == str(period))
    if units is not None:
        query = query.where(APPEALS.c.unit.in_(units))
    return tuple(_appeal(connection, row) for row in connection.execute(query).mappings().all())


def corrections_for(connection: Connection, jurisdiction: str, until: datetime | None = None) -> tuple[Correction, ...]:
    """What granted appeals of a jurisdiction put right, up to a moment; a later one of the same cell is the last.

    Raises:
        OutputError: the register cannot be read.
    """
    query = select(APPEALS).where(APPEALS.c.jurisdiction == jurisdiction, APPEALS.c.state == Ruling.GRANTED)
    rows = connection.execute(query.order_by(APPEALS.c.decided_at, APPEALS.c.id)).mappings().all()
    found = (_appeal(connection, row) for row in rows)
    return tuple(
        each
        for appeal in found
        if until is None or datetime.fromisoformat(appeal.decided_at) <= until
        for each in appeal.corrections
    )


def basis_of(number: int, by: str, moment: str) -> str:
    """How a correction names the appeal that it rests on."""
    return f"申诉第{number}号（{by}，{moment[:10]}）"


def _appeal(connection: Connection, row: RowMapping) -> Appeal:
    evidence = connection.execute(select(EVIDENCE).where(EVIDENCE.c.appeal_id == row["id"]).order_by(EVIDENCE.c.file))
    fixed = connection.execute(
        select(CORRECTIONS).where(CORRECTIONS.c.appeal_id == row["id"]).order_by(CORRECTIONS.c.id)
    )
    period = Period.parse(row["period"])
    basis = basis_of(row["id"], row["decided_by"] or "", row["decided_at"] or "")
    return Appeal(
        row["id"],
        Claim(row["report"], row["jurisdiction"], period, row["unit"], row["indicator"], row["reason"]),
        row["filed_by"],
        row["filed_at"],
        {each["file"]: each["sha256"] for each in evidence.mappings()},
        Ruling(row["state"]),
        row["decided_by"] or "",
        row["decided_at"] or "",
        row["finding"],
        tuple(
            Correction(
                period,
                each["table_name"],
                each["unit"],
                each["column_name"],
                each["row_number"],
                each["old_value"],
                each["new_value"],
                basis,
                each["case_number"],
            )
            for each in fixed.mappings()
        ),
    )


def _refusal(code: Code, number: int, message: str, remedy: str) -> Finding:
    return Finding(code, message, Place(f"登记簿 申诉第{number}号"), remedy)
