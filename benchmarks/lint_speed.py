"""Checking a notice against GB/T 9704 against making it: both files, distinct documents, everything loaded."""

from __future__ import annotations

from functools import partial

from benchmarks.notices import ROOT
from benchmarks.pdf_speed import seven_pages
from benchmarks.rows import Row, faster, median_time

_ROUNDS = 9


def measure() -> list[Row]:
    """Make and check the same documents by turns."""
    from tongbao.lint import lint
    from tongbao.outputs import word
    from tongbao.outputs.fonts import resolve
    from tongbao.outputs.typst import TypstEngine
    from tongbao.reports.document import Document

    engine = TypstEngine(resolve(ROOT, []))

    def make(document: Document) -> tuple[bytes, bytes]:
        return word.write(document), engine.render(document)

    def check(files: tuple[bytes, bytes]) -> None:
        if fails := sum(lint(content, "通报").fails for content in files):
            raise RuntimeError(f"{fails} rules are broken")

    documents = [seven_pages(number) for number in range(1, 2 + _ROUNDS)]
    made = [make(document) for document in documents]
    check(made[0])
    making = median_time([partial(make, document) for document in documents[1:]])
    checking = median_time([partial(check, files) for files in made[1:]])
    note = f"{_ROUNDS} 份各不相同的中位数；对照为生成这两个文件（默认引擎）"
    return [faster("检查一份通报（8页，.docx 和 .pdf）", checking, making, at_least=1, note=note)]
