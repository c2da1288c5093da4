"""What stands where: every notice of a month with what has to be done next; a unit's history over the months."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tongbao.definitions import load
from tongbao.errors import Finding, UsageError
from tongbao.inputs.roster import Roster
from tongbao.period import Period
from tongbao.register import appeals, consequences, notices, runs
from tongbao.register.appeals import Appeal
from tongbao.register.consequences import Consequence, Verdict
from tongbao.register.database import Register, exists
from tongbao.register.history import Line, Month, course
from tongbao.register.life import Notice, Step
from tongbao.reports.definition import Thresholds, load_reports
from tongbao.scoring.scheme import ROSTER_FILE
from tongbao.scoring.suggestions import did_you_mean


@dataclass(frozen=True)
class Status:
    """A notice, what has been proposed in it, and what has to be done next."""

    notice: Notice
    consequences: tuple[Consequence, ...]

    @property
    def undecided(self) -> tuple[Consequence, ...]:
        """Proposals that nobody has decided on."""
        return tuple(each for each in self.consequences if each.verdict is Verdict.PROPOSED)

    @property
    def next_words(self) -> str:
        """What to type next, or that all is done."""
        notice = self.notice
        report, period = notice.key.report, notice.key.period
        if notice.next_step is None:
            return "已办完"
        if self.undecided and not notice.signed and not notice.key.edition:
            return f"{len(self.undecided)}项措施待定：tongbao decide --period {period}"
        if notice.step is Step.SIGNED and not notice.files:
            remade = f"appeal notice {report} {period}" if notice.key.edition else f"run {period} --report {report}"
            return f"印发件未生成：tongbao {remade}"
        words = f"tongbao approve {report} {period} --step {notice.next_step}"
        return f"{words} --correction {notice.key.edition}" if notice.key.edition else words


@dataclass(frozen=True)
class History:
    """All that the register holds of one unit, oldest first.

    Attributes:
        months: its standings, each beside the month before and the same month of last year.
        bases: what the standings were worked out from.
        findings: of report definitions that cannot be read, so that their score lines are not told.
    """

    unit: str
    months: tuple[Month, ...]
    bases: tuple[runs.RunBasis, ...]
    consequences: tuple[Consequence, ...]
    appeals: tuple[Appeal, ...]
    findings: tuple[Finding, ...]

    @property
    def standings(self) -> tuple[runs.Standing, ...]:
        """Totals and places alone."""
        return tuple(month.standing for month in self.months)


def status(workspace: Path, period: Period | None = None) -> tuple[Status, ...]:
    """Every notice of a period, or of all, with its proposals; none where nothing was ever recorded."""
    if not exists(workspace):
        return ()
    with Register(workspace).read() as connection:
        proposed = consequences.listed(connection, period=period)
        return tuple(
            Status(
                notice,
                tuple(
                    each
                    for each in proposed
                    if (each.report, each.period, 0) == (notice.key.report, notice.key.period, notice.key.edition)
                ),
            )
            for notice in notices.all_of(connection, period)
        )


def history(workspace: Path, unit: str, jurisdiction: str | None = None) -> History:
    """A unit's places and totals over the months, and what was proposed, decided and appealed.

    A renamed unit is followed under all its names, as the 单位名录 has them.

    Args:
        workspace: the folder that holds everything.
        unit: by any of its names.
        jurisdiction: needed where units of several bear the name.

    Raises:
        UsageError: the register knows no such unit, or more than one.
    """
    if not exists(workspace):
        raise UsageError("登记簿里还没有任何记录，请先运行 tongbao run 期间")
    with Register(workspace).read() as connection:
        known = runs.units(connection)
        names = {each: _names(workspace, each, unit) for each in known if jurisdiction in {None, each}}
        having = [each for each, own in names.items() if set(own) & set(known[each])]
        if not having:
            every = {name for own in known.values() for name in own}
            raise UsageError(f"登记簿里没有单位“{unit}”。{did_you_mean(unit, every)}")
        if len(having) > 1:
            raise UsageError(f"{'、'.join(having)}都有“{unit}”，请用 --jurisdiction 写明哪一个")
        own = names[having[0]]
        standings = runs.history(connection, having[0], own)
        reports = {each.report for each in standings}
        lines, findings = _score_lines(workspace, reports)
        return History(
            unit,
            course(standings, lines),
            runs.bases(connection, sorted({each.run for each in standings})),
            tuple(each for each in consequences.of_unit(connection, own) if each.report in reports),
            tuple(each for each in appeals.listed(connection, units=own) if each.claim.report in reports),
            findings,
        )


def _score_lines(workspace: Path, reports: Collection[str]) -> tuple[dict[Line, Thresholds], tuple[Finding, ...]]:
    """The 分数线 of the reports that are still there, as they are defined now, for the systems that they rank by."""
    defined = tuple(sorted(name for name in reports if (workspace / "reports" / f"{name}.yaml").is_file()))
    loaded, findings = load_reports(workspace, defined) if defined else ((), ())
    found = (each.value for each in loaded)
    return {(one.name, each.system): one.thresholds for one in found for each in one.evaluations}, findings


def _names(workspace: Path, jurisdiction: str, unit: str) -> tuple[str, ...]:
    """Every name that the roster has for a unit; its own where the roster does not know it, or is gone."""
    file = f"scoring/{jurisdiction}/{ROSTER_FILE}"
    if not (workspace / file).is_file():
        return (unit,)
    return load(workspace / file, Roster, file).value.names_of(unit) or (unit,)
