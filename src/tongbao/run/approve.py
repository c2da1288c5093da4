"""Moves a notice on: 核稿, 签发 with number and date and the issued papers, 用印, 归档, 退回."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tongbao.definitions import Loaded
from tongbao.errors import Code, Finding, InvalidError, RefusedError
from tongbao.register import notices
from tongbao.register.appeals import corrections_for
from tongbao.register.consequences import standing_decisions
from tongbao.register.database import Register
from tongbao.register.life import Act, Notice, NoticeKey, Step
from tongbao.register.notices import Signing
from tongbao.register.numbers import Series, Stated
from tongbao.register.runs import job_keys
from tongbao.reports.definition import Report, load_reports
from tongbao.reports.notice import AMENDMENT, NOTICE, papers
from tongbao.run import batch
from tongbao.run.amend import amend
from tongbao.run.on_record import edition_of, run_record
from tongbao.run.outcomes import Outcome
from tongbao.run.plan import Plan, make_plan
from tongbao.scoring.consequences import BLAME
from tongbao.templates.pack import load_pack


@dataclass(frozen=True)
class Approved:
    """Where the notice stands now; after 签发 also how making the issued papers ended."""

    notice: Notice
    outcome: Outcome | None = None


def review(workspace: Path, key: NoticeKey, act: Act) -> Approved:
    """核稿: what lies in outputs/ has been read and is right; later changes of data are noticed at 签发.

    Raises:
        RefusedError: not the next step, or data, definitions or templates have changed since the draft was made.
    """
    register = Register(workspace)
    plan = _plan(workspace, register, key)
    with register.write() as connection:
        notice = notices.locked(connection, key)
        if not key.edition and plan.job.key not in job_keys(connection, key.report, key.period):
            message, remedy = "起草以后数据、定义、模板或决定有了变化", f"请先运行 tongbao run {key.period}，看过再核稿"
            raise RefusedError(Finding(Code.BASIS_CHANGED, message, notice.key.place, remedy))
        return Approved(notices.review(connection, key, act, _basis(plan)))


def sign(workspace: Path, key: NoticeKey, act: Act, *, day: date | None = None, first: int | None = None) -> Approved:
    """签发: gives number and date, then makes the issued papers, which replace the draft and never change again.

    Args:
        workspace: the folder that holds everything.
        key: which notice.
        act: by whom.
        day: the date of signing; that of the act where left out.
        first: where a series begins that has no number yet.

    Raises:
        RefusedError: not the next step, undecided consequences, changed basis, number conflict; nothing is changed.
    """
    register = Register(workspace)
    plan = _plan(workspace, register, key)
    with register.read() as connection:
        decided = standing_decisions(connection, key.report, key.period)
    criticised = [unit for measure, unit in decided.confirmed if measure == BLAME]
    numbered = papers(plan.report.value, plan.code, criticised)
    if key.edition:
        numbered = {AMENDMENT: plan.code}
    day = day or act.at.date()
    signing = Signing(day, numbered, decided, _basis(plan), tuple(_stated(workspace)), first)
    with register.write() as connection:
        notice = notices.sign(connection, key, act, signing)
    if key.edition:
        outcome = amend(workspace, key, act)
    else:
        [outcome] = batch.run(workspace, key.period, names=(key.report,), by=act.by)
    with register.read() as connection:
        return Approved(notices.find(connection, key) or notice, outcome)


def move(workspace: Path, key: NoticeKey, step: Step | None, act: Act) -> Approved:
    """用印 or 归档; without a step 退回.

    Raises:
        RefusedError: not the next step; 退回 without a reason or after 签发.
    """
    moves = {Step.SEALED: notices.seal, Step.FILED: notices.file, None: notices.send_back}
    with Register(workspace).write() as connection:
        return Approved(moves[step](connection, key, act))


def _plan(workspace: Path, register: Register, key: NoticeKey) -> Plan:
    with register.read() as connection:
        notice = notices.find(connection, key)
        decided = standing_decisions(connection, key.report, key.period)
        report = _report(workspace, key.report)
        corrections = corrections_for(connection, report.value.jurisdiction, notice.signed_at if notice else None)
    return make_plan(workspace, key.period, report, edition_of(notice, decided.dropped, corrections))


def _report(workspace: Path, name: str) -> Loaded[Report]:
    found, broken = load_reports(workspace, (name,))
    if broken:
        raise InvalidError(broken)
    return found[0]


def _basis(plan: Plan) -> str:
    return run_record(NoticeKey(plan.name, plan.period), plan.scheme.jurisdiction, plan.job).basis


def _stated(workspace: Path) -> Iterator[Stated]:
    """Every 序号 of every report definition that can be read."""
    reports, _ = load_reports(workspace)
    for report in reports:
        if report.value.numbers:
            yield from _stated_by(workspace, report.value)


def _stated_by(workspace: Path, report: Report) -> Sequence[Stated]:
    head = report.letterhead.over(load_pack(workspace, report.pack).letterhead)
    return [
        Stated(
            Series(head.code or "", report.signing.of(period).year), int(number), NoticeKey(report.name, period), NOTICE
        )
        for period, number in report.numbers.items()
    ]
