"""What a clerk would use otherwise: a docxtpl template, turned into PDF by LibreOffice, one notice at a time."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.notices import ROOT, lines, notice, tables
from benchmarks.rows import Row, faster, median_time, unmeasured
from tongbao.outputs.pdf.embedded import embedded_families
from tongbao.reports.document import Block, Document, Figure, Paragraph, Run, Table, TableCell

_NOTICE = "一份通报（60行表）写为 .docx 和 .pdf，对 docxtpl + LibreOffice"
_LETTER = "一份两页的整改通知书写为 .docx 和 .pdf，对 docxtpl + LibreOffice"
_BATCHES = {_NOTICE: 6.0, _LETTER: 10.0}
_ONE_BY_ONE = 15.0
_ROUNDS = 5
_BATCH = 20
CHOSEN = {"FandolFang-Regular", "NotoSerifCJKsc-Bold", "FandolSong-Regular"}
Make = Callable[[int], Document]


def measure() -> list[Row]:
    """Race the whole way from a document to both files."""
    office = shutil.which("soffice")
    if office is None:
        return [unmeasured(_NOTICE, "≥ 6 倍", "本机没有 soffice（make test 会安装 LibreOffice）")]
    from tongbao.outputs import word
    from tongbao.outputs.fonts import resolve
    from tongbao.outputs.typst import TypstEngine

    engine = TypstEngine(resolve(ROOT, []))

    def both(document: Document) -> None:
        word.write(document)
        if not embedded_families(engine.render(document)) >= CHOSEN:
            raise RuntimeError("other fonts were embedded")

    rows = []
    for name, make, one_by_one in ((_NOTICE, usual, _ONE_BY_ONE), (_LETTER, two_pages, None)):
        template = make_template(make(1))
        # numbers 1…: warm-up, ours, the peer's; no document is seen twice
        both(make(1))
        ours = median_time(partial(both, make(number)) for number in range(2, 2 + _ROUNDS))
        with tempfile.TemporaryDirectory() as folder:
            away = Path(folder)
            convert(office, away, [render_docxtpl(template, make(1))])

            def race(numbers: range, template: bytes = template, make: Make = make, away: Path = away) -> None:
                convert(office, away, [render_docxtpl(template, make(number)) for number in numbers])

            batch = median_time([partial(race, range(100, 100 + _BATCH))]) / _BATCH
            note = f"我方 {_ROUNDS} 轮中位数，每轮另一份；对照每批 {_BATCH} 份；两边都不含图"
            rows.append(faster(f"{name}，对一批 {_BATCH} 份的", ours, batch, at_least=_BATCHES[name], note=note))
            if one_by_one:
                single = median_time(partial(race, range(number, number + 1)) for number in range(20, 20 + _ROUNDS))
                rows.append(faster(f"{name}，对逐份转换的", ours, single, at_least=one_by_one, note="两边都是中位数"))
    return rows


def two_pages(number: int) -> Document:
    """A 整改通知书: two pages, text only."""
    document = usual(number)
    return replace(document, blocks=document.blocks[:5], attachments=())


def usual(number: int, rows: int = 60) -> Document:
    """A notice with one table (seven pages with 60 rows), and no chart, since the peer has none."""
    document = notice(rows, number=number)
    blocks = tuple(block for block in document.blocks if not isinstance(block, Figure))
    return replace(document, blocks=blocks, attachments=document.attachments[:1])


def make_template(model: Document) -> bytes:
    """A template that gives the same document: letterhead, styles, page numbers, imprint, with loops for the rest."""
    from tongbao.outputs import word

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


def convert(office: str, folder: Path, contents: list[bytes]) -> None:
    """Turn Word files into PDF with one start of LibreOffice, the way a script or a clerk does it."""
    sources = [folder / f"通报{index}.docx" for index in range(len(contents))]
    for source, content in zip(sources, contents, strict=True):
        source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for source in sources:
        source.with_suffix(".pdf").unlink()
