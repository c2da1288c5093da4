"""申诉 from filing to the corrected score: evidence kept by digest, the cell found, all scores worked out again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from tongbao.errors import InvalidError, OutputError, UsageError, has_errors
from tongbao.inputs.cases.definition import CaseTable
from tongbao.inputs.corrections import TAKEN_OUT, Correction
from tongbao.period import Period
from tongbao.register import appeals, notices
from tongbao.register.appeals import Appeal, Claim, Ruling, basis_of
from tongbao.register.database import Register, exists
from tongbao.register.life import Act, NoticeKey
from tongbao.reports.definition import load_reports
from tongbao.run.amend import amend, next_edition
from tongbao.run.corrected import load_corrected
from tongbao.run.outcomes import Outcome, State
from tongbao.run.scores import canonical_unit
from tongbao.scoring.corrections import written
from tongbao.scoring.engine import Scored, Scorer
from tongbao.scoring.known import case_office
from tongbao.scoring.suggestions import did_you_mean

_CHANGE = re.compile(r"(?P<table>[^.=]+)\.(?P<column>[^@=]+)(?:@(?P<at>[^=]+))?=(?P<new>.*)")
_TAKEN = re.compile(r"(?P<table>[^.=@]+)@(?P<case>.+)")


@dataclass(frozen=True, slots=True)
class Shift:
    """What a correction did to one unit in one system."""

    system: str
    unit: str
    total_before: Decimal | None
    total: Decimal | None
    rank_before: int | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided, as a clerk writes it.

    Attributes:
        ruling: 维持 or 撤销.
        changes: 表.列=新值; 表.列@行号=新值 where the unit has several rows; 案卷表.列@案卷号=新值 of a single case.
        excluded: 案卷表@案卷号: cases that no longer count.
    """

    ruling: str
    changes: Sequence[str] = ()
    excluded: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decided appeal, every unit whose total or place it changed, and the 更正 of a notice that was issued."""

    appeal: Appeal
    shifts: tuple[Shift, ...]
    amended: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Contested:
    """What an appeal is against, as a clerk names it: the unit by any of its names."""

    report: str
    period: Period
    unit: str
    indicator: str


def file(workspace: Path, contested: Contested, reason: str, evidence: Sequence[Path], act: Act) -> Appeal:
    """Take in a unit's appeal against one indicator of a notice.

    Raises:
        UsageError: no such report, unit or indicator; evidence outside the workspace.
        RefusedError: no reason.
    """
    period, indicator = contested.period, contested.indicator
    jurisdiction = _jurisdiction(workspace, contested.report)
    scheme = load_corrected(workspace, jurisdiction)
    canonical = canonical_unit(scheme.at(period), contested.unit)
    names = {leaf.name for loaded in scheme.at(period).systems.values() for _, leaf in loaded.value.leaves()}
    if indicator not in names:
        raise UsageError(f"{period.words}的体系中没有指标“{indicator}”。{did_you_mean(indicator, names)}")
    proofs = dict(_evidence(workspace, path) for path in evidence)
    with Register(workspace).write() as connection:
        claim = Claim(contested.report, jurisdiction, period, canonical, indicator, reason.strip())
        return appeals.file(connection, claim, proofs, act)


def decide(workspace: Path, number: int, verdict: Verdict, act: Act) -> Ruled:
    """维持 or 撤销; a granted appeal is only recorded when the corrected tables can be scored.

    Args:
        workspace: the folder that holds everything.
        number: of the appeal.
        verdict: the ruling and what it puts right.
        act: by whom and why.

    Raises:
        UsageError: a change that is not written so, or names no single cell.
        InvalidError: the corrected figures cannot be scored; no such case, or a value that it does not take.
        RefusedError: decided already, no reason, or corrections that do not go with the ruling.
    """
    register = Register(workspace)
    with register.read() as connection:
        appeal = appeals.get(connection, number)
    corrections: tuple[Correction, ...] = ()
    shifts: tuple[Shift, ...] = ()
    if (verdict.changes or verdict.excluded) and appeal.ruling is Ruling.PENDING:
        scheme = load_corrected(workspace, appeal.claim.jurisdiction)
        before = Scorer(workspace, scheme)
        scored = before.score(appeal.claim.period)
        basis = basis_of(number, act.by, act.moment)
        corrections = tuple(_correction(before, appeal.claim, change, basis) for change in verdict.changes)
        corrections += tuple(_taken_out(before, appeal.claim, case, basis) for case in verdict.excluded)
        after = Scorer(workspace, replace(scheme, corrections=(*scheme.corrections, *corrections)))
        again = after.score(appeal.claim.period)
        if has_errors(again.findings):
            raise InvalidError(again.findings)
        shifts = tuple(shifted(scored, again))
    with register.write() as connection:
        decided = appeals.decide(connection, number, Ruling(verdict.ruling), act, corrections)
        notice = notices.find(connection, NoticeKey(appeal.claim.report, appeal.claim.period))
    issued = notice is not None and notice.signed and decided.ruling is Ruling.GRANTED
    return Ruled(decided, shifts, correct_notice(workspace, appeal.claim, act) if issued else None)


def correct_notice(workspace: Path, claim: Claim, act: Act) -> Outcome:
    """Make the 更正 that an issued notice needs now; its failure leaves the ruling as it is."""
    key = next_edition(workspace, claim.report, claim.period)
    try:
        return amend(workspace, key, act)
    except InvalidError as error:
        return Outcome(str(key), State.INVALID, findings=error.findings)
    except OutputError as error:
        return Outcome(str(key), State.FAILED, findings=(error.finding,))


def listed(workspace: Path, period: Period | None = None) -> tuple[Appeal, ...]:
    """All appeals, or those of one period."""
    if not exists(workspace):
        return ()
    with Register(workspace).read() as connection:
        return appeals.listed(connection, period)


def shifted(before: Scored, after: Scored) -> Iterator[Shift]:
    """Every unit whose total or place is another: a gap rule touches the whole group."""
    for name, board in after.boards.items():
        was = before.boards[name].standing_of
        for standing in board.standings:
            old = was[standing.unit]
            if (old.total, old.rank) != (standing.total, standing.rank):
                yield Shift(name, standing.unit, old.total, standing.total, old.rank, standing.rank)


def _correction(scorer: Scorer, claim: Claim, change: str, basis: str) -> Correction:
    match = _CHANGE.fullmatch(change.strip())
    if match is None:
        raise UsageError(
            f"更正“{change}”应写成 表.列=新值；一个单位有几行的，写 表.列@行号=新值；单件案卷写 案卷表.列@案卷号=新值"
        )
    name, column, new = match["table"].strip(), match["column"].strip(), match["new"].strip()
    at = (match["at"] or "").strip()
    if at and _case_table(scorer, claim, name) is not None:
        return _of_case(scorer, claim, Correction(claim.period, name, "", column, None, "", new, basis, at))
    if not new or (at and not at.isdecimal()):
        raise UsageError(f"更正“{change}”应写成 表.列=新值；只有案卷表可以写 @案卷号，只有单件案卷可以改为空白")
    known: Mapping[str, object] = {table: 0 for month, table in scorer.store.tables if month == claim.period}
    table = scorer.store.tables.get((claim.period, name))
    if table is None:
        raise UsageError(f"{claim.period.words}没有表“{name}”。{did_you_mean(name, known)}")
    row = int(at) if at else None
    rows = [each for each in table.rows if each.unit == claim.unit and row in {None, each.number}]
    if not rows:
        raise UsageError(f"表“{name}”中没有{claim.unit}{f'第{row}行' if row else ''}的数据")
    if len(rows) > 1:
        numbers = "、".join(str(each.number) for each in rows)
        raise UsageError(f"表“{name}”中{claim.unit}有{len(rows)}行（第{numbers}行），请写成 {name}.{column}@行号={new}")
    cell = rows[0].cells.get(column)
    if cell is None:
        raise UsageError(f"表“{name}”没有列“{column}”。{did_you_mean(column, rows[0].cells)}")
    return Correction(claim.period, name, claim.unit, column, row, written(cell), new, basis)


def _taken_out(scorer: Scorer, claim: Claim, case: str, basis: str) -> Correction:
    match = _TAKEN.fullmatch(case.strip())
    if match is None:
        raise UsageError(f"--exclude “{case}”应写成 案卷表@案卷号")
    name, number = match["table"].strip(), match["case"].strip()
    if _case_table(scorer, claim, name) is None:
        cases = dict.fromkeys(table.name for table in scorer.scheme.at(claim.period).contracts.cases)
        raise UsageError(f"{claim.period.words}没有案卷表“{name}”。{did_you_mean(name, cases)}")
    return _of_case(scorer, claim, Correction(claim.period, name, "", "", None, "", TAKEN_OUT, basis, number))


def _case_table(scorer: Scorer, claim: Claim, name: str) -> CaseTable | None:
    tables = scorer.scheme.at(claim.period).contracts.cases
    return next((table for table in tables if table.name == name), None)


def _of_case(scorer: Scorer, claim: Claim, correction: Correction) -> Correction:
    """The correction with the old value; only ever of a case of the unit that appeals."""
    from tongbao.inputs.cases.reader import complete

    table = _case_table(scorer, claim, correction.table)
    assert table is not None  # noqa: S101  # both callers have looked
    completed = complete(table, case_office(scorer.store.workspace, scorer.scheme, claim.period), correction)
    if completed.unit != claim.unit:
        raise UsageError(f"案卷“{completed.case}”是{completed.unit}的，申诉的是{claim.unit}；请核对案卷号")
    return completed


def _evidence(workspace: Path, path: Path) -> tuple[str, str]:
    found = (path if path.is_absolute() else workspace / path).resolve()
    if not found.is_relative_to(workspace.resolve()) or not found.is_file():
        raise UsageError(f"佐证“{path}”不是工作区里的文件，请先把它放进工作区")
    with found.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return found.relative_to(workspace.resolve()).as_posix(), digest


def _jurisdiction(workspace: Path, report: str) -> str:
    found, broken = load_reports(workspace, (report,))
    if broken:
        raise InvalidError(broken)
    return found[0].value.jurisdiction
