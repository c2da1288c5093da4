"""From spreadsheets to finished documents in memory; nothing is written before everything here is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from tongbao.errors import Code, Finding, InvalidError, Severity, has_errors
from tongbao.outputs.fonts import first_told
from tongbao.period import MONTHS, Period
from tongbao.reports.document import Document
from tongbao.reports.evaluation import GroupResult
from tongbao.reports.letterhead import check_letterhead
from tongbao.reports.notice import Issue, documents
from tongbao.reports.punctuation import check_punctuation
from tongbao.run.incidents import booked_incidents
from tongbao.run.plan import Plan
from tongbao.scoring.consequences import Proposal, missing_history, propose
from tongbao.scoring.engine import Scored
from tongbao.scoring.incidents import Incidents
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.templates.punctuation import check_templates


@dataclass(frozen=True)
class Prepared:
    """What one report becomes: documents to write, boards for the score sheet, and what was found on the way.

    Attributes:
        earlier: boards of the month before.
        past: boards of all earlier months that were looked at, latest first.
    """

    documents: Mapping[str, Document]
    boards: tuple[Scoreboard, ...]
    earlier: tuple[Scoreboard, ...]
    past: tuple[Scoreboard, ...]
    proposals: tuple[Proposal, ...]
    findings: tuple[Finding, ...]
    issue: Issue


def prepare(plan: Plan) -> Prepared:
    """Read, score and compose one report.

    Raises:
        InvalidError: with every finding of inputs, scoring, templates and glyphs, warnings too.
    """
    scorer = plan.scorer
    scored = scorer.score(plan.period, plan.systems)
    findings = [*scored.findings, *plan.scheme.notes, *plan.in_force.remarks()]
    findings += check_letterhead(plan.report, plan.pack)
    compared: dict[Period, Scored] = {}
    for period in plan.compared:
        lapsed = plan.scheme.at(period).lapsed
        before = scorer.score(period, [name for name in plan.systems if name not in lapsed])
        compared[period] = before.under_names_of(plan.period, plan.scheme.roster.value)
        findings += [finding for finding in before.findings if finding.severity is Severity.ERROR]
    findings = list(dict.fromkeys(findings))  # several months may lack the same one
    if has_errors(findings):
        raise InvalidError(findings)
    past = [compared[period] for period in plan.past]
    history = [compared[period] for period in plan.earlier]
    last_year = compared[plan.last_year] if plan.last_year else None
    findings += _revised(plan, scored, history, last_year)
    findings += _changed(plan)
    findings += _without_last_year(plan, last_year)
    groups = [
        _group(plan, index, scored, history, past, last_year) for index in range(len(plan.report.value.evaluations))
    ]
    incidents = booked_incidents(plan, scorer, findings)
    if has_errors(findings):
        raise InvalidError(list(dict.fromkeys(findings)))
    proposals = _proposals(plan, scored, history, findings, incidents)
    issue = Issue(plan.report.value, plan.pack, plan.period, groups, proposals, plan.scheme.calendar, plan.edition)
    try:
        made = documents(issue)
    except InvalidError as error:
        raise InvalidError([*findings, *error.findings]) from None
    findings += check_templates(plan.pack)
    findings += [finding for document in made.values() for finding in check_punctuation(document)]
    glyphs = [*plan.fonts.findings, *(finding for document in made.values() for finding in plan.fonts.check(document))]
    findings += first_told(dict.fromkeys(glyphs), set())
    if has_errors(findings):
        raise InvalidError(findings)
    earlier = tuple(board for before in history[:1] for board in before.boards.values())
    boards = tuple(board for before in past for board in before.boards.values())
    return Prepared(made, tuple(scored.boards.values()), earlier, boards, proposals, tuple(findings), issue)


def _group(
    plan: Plan,
    index: int,
    scored: Scored,
    history: Sequence[Scored],
    past: Sequence[Scored],
    last_year: Scored | None,
) -> GroupResult:
    evaluation = plan.report.value.evaluations[index]
    group = next(group for group in plan.in_force.roster.groups if group.name == evaluation.group)
    board = scored.boards[evaluation.system]
    parts = tuple(_parts(board, scored)) or (board,)
    known = tuple(before.boards[evaluation.system] for before in past if evaluation.system in before.boards)
    year_ago = last_year.boards.get(evaluation.system) if last_year else None
    return GroupResult(group, board, parts, _earlier(evaluation.system, history), known, plan.report.value, year_ago)


def _parts(board: Scoreboard, scored: Scored) -> Iterator[Scoreboard]:
    """The boards that a composite is made of; of one weighted over months, the latest."""
    for _, leaf in board.system.leaves():
        months = [part for part in leaf.parts(board.period) if part in scored.parts]
        if months:
            yield scored.parts[max(months, key=lambda part: part[1])]


def _earlier(system: str, history: Sequence[Scored]) -> tuple[Scoreboard, ...]:
    """The system's boards, latest first, as far back as it was in force without a gap."""
    return tuple(before.boards[system] for before in takewhile(lambda before: system in before.boards, history))


def _changed(plan: Plan) -> Iterator[Finding]:
    """Tell what became of units since the earliest month that the text compares with."""
    roster = plan.scheme.roster
    since = min((*plan.earlier, *((plan.last_year,) if plan.last_year else ())), default=plan.period)
    events = tuple(roster.value.succession.events(since, plan.period)) if since < plan.period else ()
    if events:
        yield Finding(
            Code.UNIT_CHANGED,
            f"{since.words}以来单位有变动：{'；'.join(events)}",
            roster.positions.place("组"),
            "更名的按同一单位比较；并入的不计入新单位的历史，新设的没有历史。核稿时请确认环比、同比、连续的说法",
            Severity.WARNING,
        )


def _revised(plan: Plan, scored: Scored, history: Sequence[Scored], last_year: Scored | None) -> Iterator[Finding]:
    """Tell that two months which the text compares are not measured by the same rule."""
    comparisons = (
        (
            history[0] if history else None,
            "环比",
            "请在核稿时确认环比、连续的说法；不宜比较的，把通报定义的 历史 写作 0",
        ),
        (last_year, "同比", "请在核稿时确认同比的说法；不宜比较的，把通报定义的 同比 写作 否"),
    )
    for name, board in scored.boards.items():
        for before, comparison, remedy in comparisons:
            if before and name in before.boards and before.boards[name].digest != board.digest:
                months = f"{before.boards[name].period.words}与{board.period.words}"
                yield Finding(
                    Code.REVISED,
                    f"“{name}”{months}按不同的修订计分，{comparison}不是同一口径",
                    plan.in_force.systems[name].positions.place("生效"),
                    remedy,
                    Severity.WARNING,
                )


def _without_last_year(plan: Plan, last_year: Scored | None) -> Iterator[Finding]:
    """Tell that 同比 is asked for and there is nothing to compare with; the text leaves it out."""
    absent = [name for name in plan.systems if last_year is None or name not in last_year.boards]
    if plan.report.value.year_on_year and absent:
        month = plan.period.shift(-MONTHS).words
        lacking = f"{month}的数据" if last_year is None else f"“{'、'.join(absent)}”{month}的得分"
        yield Finding(
            Code.VALUE_MISSING,
            f"没有{lacking}，通报不写同比",
            plan.report.positions.place("同比"),
            "请把该月的数据放进 inputs；确无数据的不必处理",
            Severity.REMARK,
        )


def _proposals(
    plan: Plan, scored: Scored, history: list[Scored], findings: list[Finding], incidents: Incidents
) -> tuple[Proposal, ...]:
    """The report's rules, held against each ranking system and its earlier months."""
    place = plan.report.positions.place("拟议")
    found: list[Proposal] = []
    for system in plan.systems:
        boards = [scored.boards[system], *_earlier(system, history)]
        found += propose(plan.report.value.rules, boards, place, incidents)
        findings += missing_history(plan.report.value.rules, boards, place)
    return tuple(dict.fromkeys(found))
