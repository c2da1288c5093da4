"""Makes the 更正 of an issued notice: scored as it was issued and as it is now, told as before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tongbao.errors import Code, Finding, InvalidError, RefusedError, has_errors
from tongbao.inputs.corrections import Correction
from tongbao.outputs.manifest import Job
from tongbao.outputs.storage import OutputFolder
from tongbao.period import Period
from tongbao.register import notices, runs
from tongbao.register.appeals import corrections_for
from tongbao.register.consequences import Decided, standing_decisions
from tongbao.register.database import Register
from tongbao.register.life import Act, Notice, NoticeKey
from tongbao.register.numbers import Series
from tongbao.reports.amendment import Amendment
from tongbao.reports.definition import load_reports
from tongbao.reports.edition import Edition
from tongbao.reports.notice import AMENDMENT, NOTICE, amendment_document
from tongbao.run.batch import WEB_PAGE, render_alone
from tongbao.run.jurisdiction import Jurisdiction
from tongbao.run.outcomes import Outcome, State
from tongbao.run.plan import Plan, make_plan
from tongbao.run.prepare import Prepared, prepare


@dataclass(frozen=True)
class _OnFile:
    """What the register says of an issued notice and the 更正 that is being made."""

    original: Notice
    own: Notice | None
    decided: Decided
    before: tuple[Correction, ...]
    after: tuple[Correction, ...]
    totals: dict[tuple[str, str], str | None]


def next_edition(workspace: Path, report: str, period: Period) -> NoticeKey:
    """The 更正 that is under way, or a new one where the last is signed.

    Raises:
        RefusedError: the notice itself is not signed; its draft is simply made again.
    """
    with Register(workspace).read() as connection:
        found = [each for each in notices.all_of(connection, period) if each.key.report == report]
    if not found or not found[0].signed:
        key = NoticeKey(report, period)
        remedy = f"请再运行 tongbao run {period}，草稿即按更正后的数据生成"
        raise RefusedError(Finding(Code.STEP_REFUSED, "通报还没有签发，不必发更正通知", key.place, remedy))
    last = found[-1]
    return NoticeKey(report, period, last.key.edition + last.signed)


def folder_of(workspace: Path, key: NoticeKey) -> Path:
    """Where a 更正 lies: beside the notice, which stays as it was issued."""
    return workspace / "outputs" / str(key.period) / _name(key)


def amend(workspace: Path, key: NoticeKey, act: Act) -> Outcome:
    """Make the 更正通知, as a draft or, once it is signed, as issued.

    Raises:
        RefusedError: nothing was corrected since the last issue.
        InvalidError: what was issued can no longer be worked out from the data.
        OutputError: it cannot be written.
    """
    register = Register(workspace)
    found, broken = load_reports(workspace, (key.report,))
    if broken:
        raise InvalidError(broken)
    report = found[0]
    filed = _on_file(register, key, report.value.jurisdiction)
    if filed.own is not None and filed.own.files:
        return Outcome(_name(key), State.ISSUED)
    fresh = filed.after[len(filed.before) :]
    if not fresh:
        raise RefusedError(Finding(Code.STEP_REFUSED, "上次印发以后没有更正过数据", key.place, "不必发更正通知"))
    issued = Edition(filed.original.signed_on, filed.original.numbers, filed.decided.dropped, filed.before)
    signed_on, numbers = (filed.own.signed_on, filed.own.numbers) if filed.own else (None, {})
    now = Edition(signed_on, numbers, filed.decided.dropped, filed.after)
    jurisdiction = Jurisdiction(workspace, report.value.jurisdiction)
    plan = make_plan(workspace, key.period, report, now, jurisdiction)
    before, after = prepare(make_plan(workspace, key.period, report, issued, jurisdiction)), prepare(plan)
    if key.edition == 1:
        _check_as_issued(before, filed)
    amendment = Amendment(_number(plan, filed.original), before.issue.groups, fresh, _lapsed(filed, before, after))
    document = amendment_document(after.issue, amendment)
    glyphs = plan.fonts.check(document)
    if has_errors(glyphs):
        raise InvalidError(glyphs)
    job = plan.job.model_copy(update={"settings": {**plan.job.settings, "件": _name(key)}})
    with OutputFolder(workspace / "outputs", str(key.period), _name(key)) as folder:
        web = WEB_PAGE in report.value.products
        for suffix, content in render_alone(workspace, plan.pack.look, document, web=web).items():
            folder.add(f"{AMENDMENT}{suffix}", content)
        folder.publish(job)
        _record(register, key, act, job, {name: record.sha256 for name, record in folder.files.items()})
        return Outcome(_name(key), State.MADE, tuple(folder.files), glyphs)


def _record(register: Register, key: NoticeKey, act: Act, job: Job, files: dict[str, str]) -> None:
    with register.write() as connection:
        notices.draft(connection, key, None, act)
        if notices.locked(connection, key).signed:
            notices.record_issued(connection, key, job.key, files)


def _on_file(register: Register, key: NoticeKey, jurisdiction: str) -> _OnFile:
    with register.read() as connection:
        original = notices.find(connection, NoticeKey(key.report, key.period))
        previous = notices.find(connection, replace(key, edition=key.edition - 1))
        own = notices.find(connection, key)
        if original is None or previous is None or not previous.signed:
            raise RefusedError(Finding(Code.STEP_REFUSED, "上一件还没有签发", key.place, "请先办完上一件"))
        return _OnFile(
            original,
            own,
            standing_decisions(connection, key.report, key.period),
            corrections_for(connection, jurisdiction, previous.signed_at),
            corrections_for(connection, jurisdiction, own.signed_at if own else None),
            runs.totals(connection, original.key.report, original.key.period, original.issued_key or ""),
        )


def _check_as_issued(before: Prepared, filed: _OnFile) -> None:
    """The figures called “before” must be those that were issued, or the 更正 would compare with something else."""
    for board in before.boards:
        for standing in board.standings:
            total = None if standing.total is None else f"{standing.total:f}"
            if filed.totals.get((board.system.name, standing.unit), total) != total:
                message = f"{standing.unit}按现有数据重算印发时的得分为{total}，与印发的不同"
                remedy = "签发后数据或定义有变化：请恢复签发时的文件，再做更正"
                raise InvalidError([Finding(Code.BASIS_CHANGED, message, filed.original.key.place, remedy)])


def _lapsed(filed: _OnFile, before: Prepared, after: Prepared) -> tuple[tuple[str, str], ...]:
    """Measures that were issued and that the corrected figures no longer speak for."""
    now = {(proposal.measure, proposal.unit) for proposal in after.proposals}
    then = [(proposal.measure, proposal.unit) for proposal in before.proposals]
    return tuple(each for each in then if each in filed.decided.confirmed and each not in now)


def _number(plan: Plan, original: Notice) -> str:
    day = original.signed_on
    return Series(plan.code, day.year).words(original.numbers[NOTICE]) if day and NOTICE in original.numbers else ""


def _name(key: NoticeKey) -> str:
    return f"{key.report}-更正{key.edition}"
