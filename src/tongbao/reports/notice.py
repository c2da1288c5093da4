"""Assembles whole documents: template text, letterhead, signature and imprint of a period's notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tongbao.errors import Finding, InvalidError
from tongbao.inputs.calendar import WorkCalendar
from tongbao.period import Period
from tongbao.reports.amendment import Amendment
from tongbao.reports.compose import compose
from tongbao.reports.definition import Report
from tongbao.reports.document import Document, Meta
from tongbao.reports.edition import Edition
from tongbao.reports.evaluation import GroupResult, overall
from tongbao.reports.frame import Frame, organs_in_title
from tongbao.reports.group_views import 组视图
from tongbao.reports.unit_views import 单位视图, 拟议视图
from tongbao.reports.variables import 通报变量
from tongbao.reports.wording import day_words
from tongbao.scoring.consequences import Proposal
from tongbao.templates.environment import render
from tongbao.templates.letterhead import Letterhead
from tongbao.templates.pack import Pack

NOTICE = "通报"
RECTIFICATION = "整改通知书"
AMENDMENT = "更正通知"
TASKS = "任务"
"""Before the name of the template where every group is evaluated by tasks: 任务通报.html."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Everything that the documents of one report and one period are made from."""

    report: Report
    pack: Pack
    period: Period
    groups: Sequence[GroupResult]
    proposals: Sequence[Proposal]
    calendar: WorkCalendar
    edition: Edition = field(default_factory=Edition)

    @property
    def day(self) -> date:
        """The date that the documents bear: that of signing, in a draft the definition's 成文日期."""
        return self.edition.signed_on or self.report.signing.of(self.period)

    @property
    def letterhead(self) -> Letterhead:
        """版头 of the pack, with what the report itself states over it."""
        return self.report.letterhead.over(self.pack.letterhead)

    @property
    def letterhead_of_letters(self) -> Letterhead:
        """版头 of 整改通知书: that of the notice where 整改 states nothing else; nobody gets a copy."""
        changes = self.report.rectification
        return changes.letterhead.over(self.letterhead).model_copy(
            update={"code": changes.code or self.letterhead.code, "copies": changes.letterhead.copies}
        )


def documents(issue: Issue) -> Mapping[str, Document]:
    """Make every document of an issue, so that Word and PDF are written from the same words.

    Returns:
        File stem (通报, 整改通知书-市××局) to document, in the order of the notice.

    Raises:
        InvalidError: a template fails, no working-day calendar; all at once.
    """
    variables = _variables(issue)
    kind = TASKS if all(result.board.counts_tasks for result in issue.groups) else ""
    stems: dict[str, tuple[str, 通报变量]] = {}
    if NOTICE in issue.report.products:
        stems[NOTICE] = (f"{kind}{NOTICE}", variables)
    if RECTIFICATION in issue.report.products:
        for proposal in variables.批评:
            stems[letter_stem(proposal.单位.名称)] = (f"{kind}{RECTIFICATION}", _for_unit(variables, proposal))
    made: dict[str, Document] = {}
    findings: list[Finding] = []
    for stem, (template, each) in stems.items():
        try:
            made[stem] = _document(issue, template, each)
        except InvalidError as error:
            findings += [finding for finding in error.findings if finding not in findings]
    if findings:
        raise InvalidError(findings)
    return made


def amendment_document(issue: Issue, amendment: Amendment) -> Document:
    """Make the 更正 of an issued notice; `issue` holds the figures as they are now.

    Raises:
        InvalidError: as `documents`.
    """
    return _document(issue, AMENDMENT, amendment.told(_variables(issue), issue.groups))


def letter_stem(unit: str) -> str:
    """The file stem of a unit's 整改通知书."""
    return f"{RECTIFICATION}-{unit}"


def papers(report: Report, code: str, criticised: Sequence[str]) -> Mapping[str, str]:
    """What is numbered at 签发: file stem to 机关代字, the notice first, then a letter for every unit criticised."""
    found: dict[str, str] = {NOTICE: code} if NOTICE in report.products else {}
    if RECTIFICATION in report.products:
        found |= {letter_stem(unit): report.rectification.code or code for unit in criticised}
    return found


def _variables(issue: Issue) -> 通报变量:
    report, period = issue.report, issue.period
    views = tuple(result.view() for result in issue.groups)
    groups = tuple(view for view in views if view.参评数 > 1) or views
    before = period.shift(-1)
    compared = any(group.上期平均分 is not None for group in groups)
    high, low = report.thresholds.high, report.thresholds.low
    compare = [(result.comparison, result.group.name) for result in issue.groups]
    high_counts = [each.at_least(high, group) for each, group in compare] if high is not None else []
    low_counts = [each.below(low, group) for each, group in compare] if low is not None else []
    standing = [each for each in issue.proposals if issue.edition.stands(each)]
    proposed = _proposed(standing, groups, signed=issue.edition.signed_on is not None)
    whole = overall(issue.groups)
    words = report.period_words
    organs = organs_in_title(issue.letterhead)
    return 通报变量(
        通报名=report.name,
        期间=words or period.words,
        月份=words or f"{period.month}月",
        上期=f"{before.month}月" if compared else "",
        发文机关="、".join(organs),
        发文机关词=organs,
        事由="".join(report.subject.split()),
        事由词=tuple(report.subject.split()),
        依据=report.basis,
        评价对象数=sum(group.参评数 for group in groups),
        各组=groups,
        单列=tuple(view for view in views if view not in groups),
        指标=tuple(view for result in whole for view in result.overview),
        表扬=tuple(view for measure, view in proposed if measure == "通报表扬"),
        批评=tuple(view for measure, view in proposed if measure == "通报批评"),
        约谈=tuple(view for measure, view in proposed if measure == "约谈"),
        其他措施=tuple(each for each in proposed if each[0] not in {"通报表扬", "通报批评", "约谈"}),
        问题=tuple(problem for result in whole for problem in result.problem_views),
        高分线=high,
        高分单位数=sum(count.now for count in high_counts),
        高分增加=sum(count.change or 0 for count in high_counts) if compared and high is not None else None,
        低分线=low,
        低分单位数=sum(count.now for count in low_counts),
        工作要求=report.demand or "",
        整改期限=day_words(issue.calendar.add(issue.day, report.rectification.days)),
        申诉期限=day_words(issue.calendar.add(issue.day, report.rectification.appeal_days)),
        报送单位=report.rectification.office,
        待核=any(standing.provisional for result in issue.groups for standing in result.board.standings),
        拟=issue.edition.proposed,
    )


def _proposed(
    proposals: Sequence[Proposal], groups: Sequence[组视图], *, signed: bool
) -> tuple[tuple[str, 拟议视图], ...]:
    """Proposals as templates see them, in the order of the groups; a draft says in which cells ledger facts stand."""
    units = {unit.名称: (place, unit) for place, group in enumerate(groups) for unit in group.单位}
    known = sorted((p for p in proposals if p.unit in units), key=lambda p: units[p.unit][0])
    return tuple((p.measure, _proposal(p, units[p.unit][1], signed=signed)) for p in known)


def _proposal(proposal: Proposal, unit: 单位视图, *, signed: bool) -> 拟议视图:
    told = proposal.facts if signed else proposal.reasons
    booked = (words for words, source in zip(told, proposal.sources, strict=False) if source)
    return 拟议视图(unit, told, tuple(booked))


def _for_unit(variables: 通报变量, proposal: 拟议视图) -> 通报变量:
    """The same variables, with the unit that a 整改通知书 is written to and all that is proposed for it."""
    unit: 单位视图 = proposal.单位
    called_in = [each for each in variables.约谈 if each.单位.名称 == unit.名称]
    facts = dict.fromkeys(fact for each in (proposal, *called_in) for fact in each.事由)
    fullest = [fact for fact in facts if not any(other.startswith(f"{fact}，") for other in facts)]
    measures = ("予以通报批评", "对主要负责人进行约谈") if called_in else ("予以通报批评",)
    return replace(variables, 单位=unit, 措施=measures, 措施事由=tuple(fullest))


def _document(issue: Issue, template: str, variables: 通报变量) -> Document:
    report, pack, unit = issue.report, issue.pack, variables.单位
    name = f"{template}.html"
    whole = (variables.期间, *variables.发文机关词, *(unit.name for each in issue.groups for unit in each.group.units))
    content = compose(
        render(pack, name, variables.context()), f"{pack.folders[0][1]}/{name}", whole=whole, style=pack.style
    )
    head = issue.letterhead if unit is None else issue.letterhead_of_letters
    paper = letter_stem(unit.名称) if unit is not None else AMENDMENT if template == AMENDMENT else NOTICE
    frame = Frame(
        head,
        issue.edition.number(paper, head.code or "", issue.day),
        issue.day,
        unit.名称 if unit is not None else report.recipients,
        seal=report.seal,
        upward=report.direction == "上行" and unit is None,
        attendance=report.attendance if unit is None else None,
        watermark=issue.edition.watermark(provisional=variables.待核),
    )
    keywords = (template, variables.期间, report.jurisdiction)
    meta = Meta(content.title, head.organ or "", variables.事由, keywords, issue.day)
    return frame.around(content, meta, pack.style)
