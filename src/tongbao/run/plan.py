"""Everything that has to be right before a single figure is read: definitions, templates, fonts, and their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from tongbao.definitions import Loaded
from tongbao.errors import Code, Finding, InvalidError, Place, Severity
from tongbao.inputs.calendar import CALENDAR_FILE
from tongbao.outputs.fonts import FontSet, resolve
from tongbao.outputs.manifest import Job
from tongbao.period import MONTHS, Period
from tongbao.reports.definition import Report
from tongbao.reports.edition import Edition
from tongbao.reports.letterhead import check_letterhead
from tongbao.reports.references import check_references
from tongbao.reports.variables import vocabulary
from tongbao.run.jurisdiction import Jurisdiction
from tongbao.scoring.engine import Scorer
from tongbao.scoring.known import Known
from tongbao.scoring.scheme import InForce, Scheme
from tongbao.scoring.tables import needed_tables
from tongbao.templates.lint import lint
from tongbao.templates.pack import Pack, load_pack


@dataclass(frozen=True)
class Plan:
    """One report of one period with all that it is defined by.

    Attributes:
        known: the jurisdiction's definitions, and what has been read and scored by them.
    """

    period: Period
    report: Loaded[Report]
    known: Known
    pack: Pack
    edition: Edition = field(default_factory=Edition)

    @property
    def workspace(self) -> Path:
        """The folder that holds everything."""
        return self.known.workspace

    @property
    def scheme(self) -> Scheme:
        """The jurisdiction's definitions."""
        return self.known.scheme

    @property
    def scorer(self) -> Scorer:
        """Scores the months that the report asks for."""
        return Scorer(self.workspace, self.scheme, self.known)

    @property
    def name(self) -> str:
        """The report's name, which is also its output folder's."""
        return self.report.value.name

    @property
    def in_force(self) -> InForce:
        """The definitions that score the period itself."""
        return self.scheme.at(self.period)

    @cached_property
    def past(self) -> tuple[Period, ...]:
        """Months before the period that there are inputs for, latest first, as far back as 历史 asks for."""
        months = zip(self.period.back(), range(self.report.value.history), strict=False)
        return tuple(period for period, _ in months if self._inputs(period).is_dir())

    @property
    def earlier(self) -> tuple[Period, ...]:
        """Of these the months without a gap: 环比 and 连续 end where a month is missing."""
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(self.past, self.period.back(), strict=False))
        return tuple(past for past, _ in pairs)

    @cached_property
    def last_year(self) -> Period | None:
        """The same month of last year, where 同比 asks for it and there are inputs for it."""
        month = self.period.shift(-MONTHS)
        return month if self.report.value.year_on_year and self._inputs(month).is_dir() else None

    @property
    def compared(self) -> tuple[Period, ...]:
        """Every month that is scored beside the period itself, latest first."""
        months = {*self.past} | ({self.last_year} if self.last_year else set())
        return tuple(sorted(months, reverse=True))

    @cached_property
    def systems(self) -> tuple[str, ...]:
        """The systems whose totals rank a group."""
        return tuple(dict.fromkeys(evaluation.system for evaluation in self.report.value.evaluations))

    @property
    def code(self) -> str:
        """The 机关代字 of the notice's 发文字号."""
        return self.report.value.letterhead.over(self.pack.letterhead).code or ""

    @cached_property
    def fonts(self) -> FontSet:
        """The faces that this report's documents are shown in."""
        return resolve(self.workspace, self.pack.font_folders)

    def _inputs(self, period: Period) -> Path:
        return self.workspace / "inputs" / str(period) / self.report.value.jurisdiction

    @cached_property
    def job(self) -> Job:
        """The digests of all that decides about the bytes; equal jobs need not be done twice."""
        scored = (self.period, *self.compared)
        periods = {base for period in scored for base, _ in needed_tables(self.scheme, period, self.systems)} | {
            *scored
        }
        return Job(
            inputs=dict(self._digests(self._inputs(period) for period in sorted(periods))),
            definitions=dict(self._digests(self._definition_paths(periods))),
            templates={name: hashlib.sha256(content).hexdigest() for name, content in self.pack.files.items()},
            fonts=self.fonts.digests,
            settings={"通报": self.name, "期间": str(self.period), **self.edition.settings},
        )

    def _definition_paths(self, periods: Iterable[Period]) -> Iterator[Path]:
        """Of a revised system only the files in force then: a later revision leaves an old month as it is."""
        systems = self.scheme.systems.values()
        every = {loaded.positions.file for timeline in systems for _, loaded in timeline.revisions}
        wanted = {loaded.positions.file for month in periods for loaded in self.scheme.at(month).systems.values()}
        folder = self.workspace / "scoring" / self.report.value.jurisdiction
        unwanted = {self.workspace / file for file in every - wanted}
        yield from (path for path in sorted(folder.rglob("*")) if path not in unwanted and not path.is_dir())
        yield self.workspace / "reports" / f"{self.name}.yaml"
        yield self.workspace / CALENDAR_FILE

    def _digests(self, paths: Iterator[Path]) -> Iterator[tuple[str, str]]:
        for path in paths:
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if file.is_file() and not file.name.startswith((".", "~$")):
                    with file.open("rb") as stream:
                        yield (
                            file.relative_to(self.workspace).as_posix(),
                            hashlib.file_digest(stream, "sha256").hexdigest(),
                        )


def make_plan(
    workspace: Path,
    period: Period,
    report: Loaded[Report],
    edition: Edition | None = None,
    jurisdiction: Jurisdiction | None = None,
) -> Plan:
    """Read all definitions of a report, so that every slip in them is told at once.

    Args:
        workspace: the folder that holds everything.
        period: the month.
        report: its definition.
        edition: what the register says its documents bear; a draft without it.
        jurisdiction: the report's, as other reports of the same command have read it.

    Raises:
        InvalidError: with the findings of the systems, the roster, the tables, the template pack and the report.
    """
    findings: list[Finding] = []
    known: Known | None = None
    pack: Pack | None = None
    try:
        jurisdiction = jurisdiction or Jurisdiction(workspace, report.value.jurisdiction)
        known = jurisdiction.known(edition.corrections if edition else ())
        findings += check_references(report, known.scheme)
    except InvalidError as error:
        findings += error.findings
    try:
        pack = load_pack(workspace, report.value.pack)
        findings += [finding for finding in check_letterhead(report, pack) if finding.severity is Severity.ERROR]
        findings += lint(pack, vocabulary())
    except InvalidError as error:
        findings += error.findings
    if not (workspace / "inputs" / str(period) / report.value.jurisdiction).is_dir():
        place = Place(f"inputs/{period}/{report.value.jurisdiction}")
        remedy = "请把该期各单位报来的表格放进这个文件夹，或改正期间"
        findings.append(
            Finding(Code.FILE_MISSING, f"没有{report.value.jurisdiction}{period.words}的数据文件夹", place, remedy)
        )
    if findings or known is None or pack is None:
        raise InvalidError(findings)
    return Plan(period, report, known, pack, edition or Edition())
