"""What a clerk would use otherwise: a docxtpl template, turned into PDF by LibreOffice, one notice at a time."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.notices import ROOT, lines, notice, tables
from benchmarks.rows import Row, faster, median_time, unmeasured
from tongbao.reports.document import Block, Document, Figure, Paragraph, Run, Table, TableCell

_NAME = "一份通报（60行表）写为 .docx 和 .pdf，对 docxtpl + LibreOffice"
_TIMES = 2.5
_ROUNDS = 5


def measure() -> list[Row]:
    """Race the whole way from a document to both files."""
    office = shutil.which("soffice")
    if office is None:
        return [unmeasured(_NAME, f"≥ {_TIMES:g} 倍", "本机没有 soffice（make test 会安装 LibreOffice）")]
    from tongbao.outputs import word
    from tongbao.outputs.fonts import resolve
    from tongbao.outputs.weasyprint import WeasyPrintEngine

    engine = WeasyPrintEngine(resolve(ROOT, []))

    def both(document: Document) -> None:
        word.write(document)
        engine.render(document)

    template = make_template()
    # numbers 1…: warm-up, ours, the peer's; no document is seen twice
    both(usual(1))
    render_docxtpl(template, usual(1))
    ours = median_time(partial(both, usual(number)) for number in range(2, 2 + _ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        convert(office, Path(folder), render_docxtpl(template, usual(1)))
        peer = median_time(
            partial(
                lambda document: convert(office, Path(folder), render_docxtpl(template, document)),
                usual(number),
            )
            for number in range(20, 20 + _ROUNDS)
        )
    return [faster(_NAME, ours, peer, at_least=_TIMES, note=f"{_ROUNDS} 轮中位数，每轮另一份，七页；两边都不含图")]


def usual(number: int, rows: int = 60) -> Document:
    """A notice with one table (seven pages with 60 rows), and no chart, since the peer has none."""
    document = notice(rows, number=number)
    blocks = tuple(block for block in document.blocks if not isinstance(block, Figure))
    return replace(document, blocks=blocks, attachments=document.attachments[:1])


def make_template() -> bytes:
    """A template that gives the same document: letterhead, styles, page numbers, imprint, with loops for the rest."""
    from tongbao.outputs import word

    model = usual(1)
    lines = ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}")
    return word.write(
        replace(
            model,
            title_lines=("{{ title }}",),
            recipients="{{ recipients }}",
            blocks=tuple(Paragraph((Run(line),)) for line in lines),
            attachments=tuple(
                replace(attachment, blocks=tuple(_looped(block, index) for block in attachment.blocks))
                for index, attachment in enumerate(model.attachments)
            ),
        )
    )


def _looped(block: Block, index: int) -> Block:
    if not isinstance(block, Table):
        return block
    empty = (TableCell(""),) * (len(block.widths) - 1)
    row = tuple(TableCell(f"{{{{ row[{column}] }}}}", align=cell.align) for column, cell in enumerate(block.body[0]))
    opening = (TableCell(f"{{%tr for row in tables[{index}] %}}"), *empty)
    return replace(block, body=(opening, row, (TableCell("{%tr endfor %}"), *empty)))


def render_docxtpl(template: bytes, document: Document) -> bytes:
    """Fill the template with the document's text and tables."""
    from docxtpl import DocxTemplate

    filled = DocxTemplate(io.BytesIO(template))
    found = tables(document)
    filled.render(
        {
            "title": document.title,
            "recipients": document.recipients,
            "lines": lines(document),
            "organ": document.signature.organ,
            "day": document.signature.day_text,
            "titles": [title for title, _ in found],
            "tables": [rows for _, rows in found],
        }
    )
    stream = io.BytesIO()
    filled.save(stream)
    return stream.getvalue()


def convert(office: str, folder: Path, content: bytes) -> None:
    """Turn a Word file into PDF with LibreOffice, the way a script or a clerk does it."""
    source = folder / "通报.docx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    source.with_suffix(".pdf").unlink()
