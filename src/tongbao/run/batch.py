"""Makes a month's documents, on one core or several; a killed run goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from tongbao.definitions import Loaded
from tongbao.errors import Finding
from tongbao.outputs.fonts import FontSet, resolve
from tongbao.outputs.manifest import current_files
from tongbao.outputs.storage import OutputFolder, clean_stale
from tongbao.period import Period
from tongbao.register.life import NoticeKey
from tongbao.register.results import Results
from tongbao.reports.definition import Report, load_reports
from tongbao.reports.document import Document
from tongbao.reports.edition import Edition
from tongbao.reports.notice import NOTICE
from tongbao.run.corrected import corrections
from tongbao.run.jurisdiction import Jurisdiction, by_jurisdiction
from tongbao.run.on_record import Made, OnRecord, Records, changed_papers, orphaned
from tongbao.run.outcomes import Outcome, State, broken_reports, guarded, in_order
from tongbao.run.plan import make_plan
from tongbao.run.prepare import Prepared, prepare
from tongbao.run.workers import Submit, Task, prefetch, workers
from tongbao.templates.pack import Look

if TYPE_CHECKING:
    from tongbao.outputs.pdf import PdfEngine

SCORE_SHEET = "得分明细"
PLACES = "排名稳定性"
WEB_PAGE = "网页"
Pages = Sequence[tuple[str, Task]]
Together = tuple[Loaded[Report], ...]
"""The reports of one jurisdiction."""


Watch = Callable[[str, int, int], None]
"""Called with a report's name, how many of its documents are done, and how many there are."""


def run(
    workspace: Path,
    period: Period,
    *,
    names: tuple[str, ...] = (),
    jobs: int = 1,
    force: bool = False,
    by: str = "",
    watch: Watch | None = None,
) -> tuple[Outcome, ...]:
    """Make the documents of a period.

    Args:
        workspace: the folder that holds inputs/, scoring/, templates/, reports/ and outputs/.
        period: the month.
        names: only these reports; all without any.
        jobs: worker processes; 1 works in this process.
        force: make unchanged documents again; what has been issued never is.
        by: who runs, for the register.
        watch: told of progress.

    Returns:
        One outcome a report, in the order of their names.

    Raises:
        InvalidError: there is no report definition.
        UsageError: a name that no definition bears.
    """
    reports, broken = load_reports(workspace, names)
    outputs = workspace / "outputs"
    clean_stale(outputs / str(period))
    outcomes = broken_reports(broken)
    ahead = jobs if jobs > 1 else 0
    records = Records(workspace, by)
    with _engines_closed(), workers(jobs) as submit:

        def start(together: Together) -> tuple[Together, Task]:
            keys = [(NoticeKey(report.value.name, period), report.value.jurisdiction) for report in together]
            on_record = [records.of(*key) for key in keys]
            prepare_all = _prepared_at_once if jobs > 1 else _prepared
            return together, submit(prepare_all, workspace, period, together, on_record, force=force)

        def go_on(ready: _Ready | Outcome) -> tuple[_Ready | Outcome, Pages]:
            return _start_rendering(workspace, ready, submit)

        started = prefetch(by_jurisdiction(reports), start, ahead)
        ended = (ready for together, task in started for ready in _results(together, task))
        for ready, pages in prefetch(ended, go_on, min(ahead, 1)):
            outcomes.append(ready if isinstance(ready, Outcome) else _write(outputs, ready, pages, records, watch))
    outcomes = [replace(outcome, findings=(*outcome.findings, *records.findings)) for outcome in outcomes]
    return in_order(outcomes)


def check(workspace: Path, period: Period, names: tuple[str, ...] = ()) -> tuple[Outcome, ...]:
    """Do everything that a run does before it writes, and write nothing."""
    reports, broken = load_reports(workspace, names)
    outcomes = broken_reports(broken)
    for together in by_jurisdiction(reports):
        jurisdiction = Jurisdiction(workspace, together[0].value.jurisdiction)
        for report in together:
            outcomes.append(guarded(report.value.name, partial(_checked, workspace, period, report, jurisdiction)))
    return in_order(outcomes)


def _checked(workspace: Path, period: Period, report: Loaded[Report], jurisdiction: Jurisdiction) -> Outcome:
    edition = Edition(corrections=corrections(workspace, report.value.jurisdiction))
    prepared = prepare(make_plan(workspace, period, report, edition, jurisdiction))
    return Outcome(report.value.name, State.MADE, tuple(prepared.documents), prepared.findings)


@dataclass(frozen=True)
class _Ready:
    """A report ready to be laid out: only what the next step needs, since it travels between processes."""

    name: str
    period: Period
    made: Made
    look: Look
    documents: Mapping[str, Document]
    sheet: bytes | None
    findings: tuple[Finding, ...]
    web: bool = False  # whether the notice goes to a government site too
    there: Mapping[str, str] = field(default_factory=dict)  # files that only the register does not know yet


def _prepared(
    workspace: Path, period: Period, together: Together, on_record: Sequence[OnRecord], *, force: bool
) -> Iterator[_Ready | Outcome]:
    """The reports of one jurisdiction, one after the other."""
    jurisdiction = Jurisdiction(workspace, together[0].value.jurisdiction)
    for report, known in zip(together, on_record, strict=True):
        yield _prepare(workspace, period, report, known, jurisdiction, force=force)


def _prepared_at_once(
    workspace: Path, period: Period, together: Together, on_record: Sequence[OnRecord], *, force: bool
) -> list[_Ready | Outcome]:
    """The same for another process, which hands over what is finished."""
    return list(_prepared(workspace, period, together, on_record, force=force))


def _results(together: Together, task: Task) -> Iterator[_Ready | Outcome]:
    """How the preparing of a jurisdiction's reports ended, even where the worker itself has died."""
    ended = guarded(together[0].value.name, task.result)
    if isinstance(ended, Outcome):
        yield from (guarded(report.value.name, task.result) for report in together)
    else:
        yield from ended


def _prepare(
    workspace: Path,
    period: Period,
    report: Loaded[Report],
    on_record: OnRecord,
    jurisdiction: Jurisdiction,
    *,
    force: bool,
) -> _Ready | Outcome:
    name = report.value.name
    folder = workspace / "outputs" / str(period) / name

    def work() -> _Ready | Outcome:
        if on_record.issued:
            return Outcome(name, State.ISSUED, findings=changed_papers(folder, on_record.issued))
        if refusal := orphaned(folder, on_record):
            return Outcome(name, State.FAILED, findings=(refusal,))
        plan = make_plan(workspace, period, report, on_record.edition, jurisdiction)
        job = plan.job  # before anything is read: a file changed meanwhile makes the next run do it again
        there = {} if force else current_files(folder, job.key)
        if there and on_record.knows(job.key):
            return Outcome(name, State.CURRENT)
        prepared = prepare(plan)
        sheet = _score_sheet(prepared, report.value, period) if SCORE_SHEET in report.value.products else None
        made = Made(
            NoticeKey(name, period), plan.scheme.jurisdiction, job, Results.of(prepared.boards), prepared.proposals
        )
        if there:  # a run was killed between its documents and the register
            return _Ready(name, period, made, Look(), {}, None, prepared.findings, there=there)
        web = WEB_PAGE in report.value.products
        return _Ready(name, period, made, plan.pack.look, prepared.documents, sheet, prepared.findings, web)

    return guarded(report.value.name, work)


def _start_rendering(workspace: Path, ready: _Ready | Outcome, submit: Submit) -> tuple[_Ready | Outcome, Pages]:
    if isinstance(ready, Outcome):
        return ready, ()
    return ready, [
        (stem, submit(_render, workspace, ready.look, document, web=ready.web and stem == NOTICE))
        for stem, document in ready.documents.items()
    ]


def _write(outputs: Path, ready: _Ready, pages: Pages, records: Records, watch: Watch | None) -> Outcome:
    def work() -> Outcome:
        if ready.there:
            return Outcome(ready.name, State.CURRENT, findings=records.add(ready.made, ready.there))
        with OutputFolder(outputs, str(ready.period), ready.name) as folder:
            if ready.sheet is not None:
                folder.add(f"{SCORE_SHEET}.xlsx", ready.sheet)
            for done, (stem, task) in enumerate(pages, start=1):
                for suffix, content in task.result().items():
                    folder.add(f"{stem}{suffix}", content)
                if watch:
                    watch(ready.name, done, len(pages))
            manifest = folder.publish(ready.made.job)
            told = records.add(ready.made, {name: record.sha256 for name, record in manifest.outputs.items()})
            return Outcome(ready.name, State.MADE, tuple(folder.files), (*ready.findings, *told))

    return guarded(ready.name, work, ready.findings)


def _render(workspace: Path, look: Look, document: Document, *, web: bool) -> dict[str, bytes]:
    from tongbao.outputs import html, word

    own = _fonts(workspace, look.font_folders).own
    written = {".docx": word.write(document, own), ".pdf": _engine(workspace, look).render(document)}
    return written | ({".html": html.page(document, sheets=look.sheets).encode()} if web else {})


def render_alone(workspace: Path, look: Look, document: Document, *, web: bool = False) -> dict[str, bytes]:
    """Write one document outside a batch, as a web page too where asked: suffix to content."""
    try:
        return _render(workspace, look, document, web=web)
    finally:
        _fonts.cache_clear()
        _engine.cache_clear()  # Pango objects must go before the interpreter does


@lru_cache(maxsize=4)
def _engine(workspace: Path, look: Look) -> PdfEngine:
    """One engine a process for all packs that look alike; a pack's style sheet can only be followed by CSS."""
    fonts = _fonts(workspace, look.font_folders)
    if look.sheets:
        from tongbao.outputs.weasyprint import WeasyPrintEngine

        return WeasyPrintEngine(fonts, look.sheets)
    from tongbao.outputs.typst import TypstEngine

    return TypstEngine(fonts)


@lru_cache(maxsize=4)
def _fonts(workspace: Path, font_folders: tuple[Path, ...]) -> FontSet:
    return resolve(workspace, font_folders)


@contextmanager
def _engines_closed() -> Iterator[None]:
    """Pango objects must go before the interpreter does."""
    try:
        yield
    finally:
        _engine.cache_clear()
        _fonts.cache_clear()


def _score_sheet(prepared: Prepared, report: Report, period: Period) -> bytes:
    from tongbao.outputs import workbook
    from tongbao.scoring.stability import stability

    boards = {board.system.name: board for board in prepared.boards}
    drawn = (stability(board, boards) for board in boards.values() if PLACES in report.products)
    places = [found for found in drawn if found is not None]
    return workbook.write(
        prepared.boards,
        prepared.earlier,
        title=report.name,
        created=period.last_day,
        stability=places,
        past=prepared.past,
    )
