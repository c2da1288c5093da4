"""Web pages of a month's documents for whoever writes templates: made at once, looked at in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tongbao.errors import Finding, InvalidError
from tongbao.outputs import html
from tongbao.outputs.storage import OutputFolder
from tongbao.period import Period
from tongbao.reports.definition import load_reports
from tongbao.reports.edition import Edition
from tongbao.run.corrected import corrections
from tongbao.run.plan import make_plan
from tongbao.run.prepare import prepare

FOLDER = "预览"


@dataclass(frozen=True)
class Preview:
    """What was written, and what a run would tell.

    Attributes:
        folder: outputs/<期间>/预览/<通报名>.
        pages: one file a document, the notice first.
        findings: warnings and remarks.
    """

    folder: Path
    pages: tuple[str, ...]
    findings: tuple[Finding, ...]


def preview(workspace: Path, period: Period, name: str) -> Preview:
    """Write every document of a report as a web page; papers, scores and the register stay untouched.

    Args:
        workspace: the folder that holds inputs/, scoring/, templates/, reports/ and outputs/.
        period: the month.
        name: the report.

    Raises:
        InvalidError: with every finding of definition, inputs and templates.
        OutputError: the pages cannot be written.
        UsageError: no definition bears the name.
    """
    reports, broken = load_reports(workspace, (name,))
    if broken:
        raise InvalidError(broken)
    edition = Edition(corrections=corrections(workspace, reports[0].value.jurisdiction))
    plan = make_plan(workspace, period, reports[0], edition)
    prepared = prepare(plan)
    with OutputFolder(workspace / "outputs", str(period), FOLDER, name) as folder:
        for stem, document in prepared.documents.items():
            folder.add(f"{stem}.html", html.page(document, sheets=plan.pack.sheets).encode())
        folder.publish(plan.job)
        return Preview(folder.path, tuple(folder.files), prepared.findings)
