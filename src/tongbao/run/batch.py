"""Makes a month's documents, on one core or several; a killed run goes on where it stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tongbao.definitions import Loaded
from tongbao.errors import Code, ExitCode, Finding, InvalidError, OutputError, Place
from tongbao.outputs.fonts import FontSet, first_told, resolve
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
from tongbao.run.plan import make_plan
from tongbao.run.prepare import Prepared, prepare
from tongbao.run.workers import Submit, Task, prefetch, workers
from tongbao.templates.pack import Look

if TYPE_CHECKING:
    from tongbao.outputs.pdf import PdfEngine

SCORE_SHEET = "得分明细"
PLACES = "排名稳定性"
WEB_PAGE = "网页"
Result = TypeVar("Result")
Pages = Sequence[tuple[str, Task]]
Together = tuple[Loaded[Report], ...]
"""The reports of one jurisdiction."""


class State(StrEnum):
    """How a report ended."""

    MADE = "已生成"
    CURRENT = "未变，跳过"
    ISSUED = "已签发，不再改动"
    INVALID = "数据有误，未生成"
    FAILED = "生成失败"


@dataclass(frozen=True)
class Outcome:
    """The end of one report: what was made, where, and all that was found."""

    name: str
    state: State
    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


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
    return _in_order(outcomes)


def check(workspace: Path, period: Period, names: tuple[str, ...] = ()) -> tuple[Outcome, ...]:
    """Do everything that a run does before it writes, and write nothing."""
    reports, broken = load_reports(workspace, names)
    outcomes = broken_reports(broken)
    for together in by_jurisdiction(reports):
        jurisdiction = Jurisdiction(workspace, together[0].value.jurisdiction)
        for report in together:
            outcomes.append(guarded(report.value.name, partial(_checked, workspace, period, report, jurisdiction)))
    return _in_order(outcomes)


def _in_order(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """By name, however many cores worked; what a font lacks is told with the first report that meets it only."""
    told: set[object] = set()
    return tuple(
        replace(outcome, findings=tuple(first_told(outcome.findings, told)))
        for outcome in sorted(outcomes, key=lambda outcome: outcome.name)
    )


def broken_reports(findings: Sequence[Finding]) -> list[Outcome]:
    """Definitions that could not be read, each with all its findings."""
    names = dict.fromkeys(Path(finding.place.file).stem for finding in findings)
    return [
        Outcome(name, State.INVALID, findings=tuple(f for f in findings if Path(f.place.file).stem == name))
        for name in names
    ]


def _checked(workspace: Path, period: Period, report: Loaded[Report], jurisdiction: Jurisdiction) -> Outcome:
    edition = Edition(corrections=corrections(workspace, report.value.jurisdiction))
    prepared = prepare(make_plan(workspace, period, report, edition, jurisdiction))
    return Outcome(report.value.name, State.MADE, tuple(prepared.documents), prepared.findings)


def exit_code(outcomes: Sequence[Outcome]) -> ExitCode:
    """0 when all is well, 3 when nothing could be made because of inputs or definitions, 1 otherwise."""
    states = {outcome.state for outcome in outcomes}
    if states <= {State.MADE, State.CURRENT, State.ISSUED}:
        return ExitCode.OK
    return ExitCode.INVALID if states == {State.INVALID} else ExitCode.FAILED


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


def guarded(name: str, work: Callable[[], Result], found: tuple[Finding, ...] = ()) -> Result | Outcome:
    """Let nothing that goes wrong with one report reach the others; `found` is what was known before."""
    try:
        return work()
    except InvalidError as error:
        return Outcome(name, State.INVALID, findings=(*found, *error.findings))
    except OutputError as error:
        return Outcome(name, State.FAILED, findings=(*found, error.finding))
    except Exception as error:  # noqa: BLE001  # one bad county never stops the batch
        return Outcome(name, State.FAILED, findings=(*found, _internal(error, name)))


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


def _internal(error: Exception, name: str) -> Finding:
    if os.environ.get("TONGBAO_DEBUG"):
        raise error
    message = f"程序出现意外（{type(error).__name__}：{error}）"
    remedy = "其余通报不受影响；请把本条信息和所用文件交给维护人员（设 TONGBAO_DEBUG=1 可看到详细经过）"
    return Finding(Code.INTERNAL, message, Place(f"reports/{name}.yaml"), remedy)
