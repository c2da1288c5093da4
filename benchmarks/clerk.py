"""What a clerk would use otherwise: a docxtpl template, turned into PDF by LibreOffice, one notice at a time."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.notices import ROOT, lines, notice, tables
from benchmarks.rows import Row, faster, median_time, unmeasured
from tongbao.reports.document import Document

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
    from tongbao.outputs.pdf import WeasyPrintEngine

    engine = WeasyPrintEngine(resolve(ROOT, []))

    def both(document: Document) -> None:
        word.write(document)
        engine.render(document)

    template = make_template()
    # numbers 1…: warm-up, ours, the peer's; no document is seen twice
    both(notice(number=1))
    render_docxtpl(template, notice(number=1))
    ours = median_time(partial(both, notice(number=number)) for number in range(2, 2 + _ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        convert(office, Path(folder), render_docxtpl(template, notice(number=1)))
        peer = median_time(
            partial(
                lambda document: convert(office, Path(folder), render_docxtpl(template, document)),
                notice(number=number),
            )
            for number in range(20, 20 + _ROUNDS)
        )
    return [faster(_NAME, ours, peer, at_least=_TIMES, note=f"{_ROUNDS} 轮中位数，每轮另一份；同行不含图")]


def make_template() -> bytes:
    """A template as clerks make it in Word: loops over paragraphs, tables and rows."""
    import docx

    template = docx.Document()
    template.add_heading("{{ title }}")
    template.add_paragraph("{{ recipients }}：")
    template.add_paragraph("{%p for line in lines %}")
    template.add_paragraph("{{ line }}")
    template.add_paragraph("{%p endfor %}")
    template.add_paragraph("{{ organ }}　{{ day }}")
    for index, columns in enumerate((8, 14)):
        template.add_page_break()
        template.add_heading(f"{{{{ titles[{index}] }}}}", 2)
        table = template.add_table(rows=3, cols=columns, style="Table Grid")
        table.rows[0].cells[0].text = f"{{%tr for row in tables[{index}] %}}"
        for column, cell in enumerate(table.rows[1].cells):
            cell.text = f"{{{{ row[{column}] }}}}"
        table.rows[2].cells[0].text = "{%tr endfor %}"
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


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
