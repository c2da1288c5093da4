"""PDF alone: how long a notice takes once everything is loaded, and the first one before."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import time
from functools import partial

from benchmarks.notices import ROOT, notice
from benchmarks.rows import Row, below, median_time, within
from tongbao.outputs.pdf.embedded import embedded_families
from tongbao.outputs.typst import TypstEngine
from tongbao.reports.document import Document

_ROUNDS = 15
_WARM = 0.3
_COLD = 2.0
_GROWTH = 5.5


def seven_pages(number: int) -> Document:
    """Seven to eight pages with about 2,500 characters, one 60×8 table and a chart, as the design measured by."""
    document = notice(number=number, paragraphs=12)
    return dataclasses.replace(document, attachments=document.attachments[:1])


def measure() -> list[Row]:
    """Time distinct documents on one engine, and the first document of a process."""
    from tongbao.outputs.fonts import resolve

    engine = TypstEngine(resolve(ROOT, []))
    engine.render(seven_pages(1))
    warm = median_time([partial(embedded, engine, seven_pages(number)) for number in range(2, 2 + _ROUNDS)])
    cold = float(_other_process())
    few, many = (
        median_time([partial(embedded, engine, long_table(rows, number)) for number in range(3)])
        for rows in (1000, 5000)
    )
    return [
        within("一份通报（8页，60×8表，图）写为 .pdf", warm, at_most=_WARM, note=f"{_ROUNDS} 份各不相同的中位数"),
        within("一个进程的第一份 .pdf", cold, at_most=_COLD, note="含载入 Typst 和字体，字体缓存已有"),
        below("5000 行的表对 1000 行的 .pdf 用时", many / few, at_most=_GROWTH, unit="倍", note="3 份各不相同的中位数"),
    ]


def embedded(engine: TypstEngine, document: Document) -> None:
    """Make a PDF and make sure that it holds the fonts that were chosen."""
    found = embedded_families(engine.render(document))
    if not {"FandolFang-Regular", "NotoSerifCJKsc-Bold", "FandolSong-Regular"} <= found:
        raise RuntimeError(f"other fonts were embedded: {found}")


def long_table(rows: int, number: int) -> Document:
    """A short text with one table of so many rows."""
    document = notice(rows=rows, number=number, paragraphs=2)
    return dataclasses.replace(document, attachments=document.attachments[:1])


def _other_process() -> str:
    command = [sys.executable, "-m", "benchmarks.pdf_speed"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _first() -> None:
    start = time.perf_counter()
    from tongbao.outputs.fonts import resolve
    from tongbao.outputs.typst import TypstEngine

    TypstEngine(resolve(ROOT, [])).render(seven_pages(1))
    print(time.perf_counter() - start)


if __name__ == "__main__":
    _first()
