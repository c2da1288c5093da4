"""The ledgers that a report's 拟议 look into, read for the months that its rules ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from tongbao.errors import Code, Finding, Severity
from tongbao.period import Period
from tongbao.run.plan import Plan
from tongbao.scoring.engine import Scorer
from tongbao.scoring.incidents import Incident, Incidents, booked
from tongbao.scoring.tables import TableKey


def booked_incidents(plan: Plan, scorer: Scorer, findings: list[Finding]) -> Incidents:
    """What the ledgers hold, so that a measure can be proposed on facts as well as on scores.

    Args:
        plan: the report.
        scorer: has read what its systems ask for.
        findings: takes up what is wrong with the ledgers; of earlier months errors only.
    """
    months = (plan.period, *plan.earlier)
    asked: dict[TableKey, int] = {}
    for index, rule in enumerate(plan.report.value.rules):
        if rule.ledger is not None:
            for month in months[: rule.consecutive]:
                asked.setdefault((month, rule.ledger.table), index)
    found: dict[TableKey, Mapping[str, Sequence[Incident]]] = {}
    for (month, name), index in asked.items():
        if name not in {table.name for table in plan.scheme.at(month).contracts.tables}:
            findings.append(_not_in_force(plan, month, name, index))
            continue
        table, told = scorer.ledger(month, name)
        if table is not None:
            renamed = partial(plan.scheme.roster.value.successor, since=month, until=plan.period)
            found[month, name], problems = booked(table, renamed)
            told = (*told, *problems)
        findings += [finding for finding in told if month == plan.period or finding.severity is Severity.ERROR]
    findings[:] = dict.fromkeys(findings)
    return found


def _not_in_force(plan: Plan, month: Period, name: str, index: int) -> Finding:
    return Finding(
        Code.REFERENCE_UNKNOWN,
        f"台账“{name}”在{month.words}没有生效的定义",
        plan.report.positions.place("拟议", index, "台账", "表"),
        "请改正数据表的 生效、截止，或换用当时的台账",
    )
