"""A document as the data that the forms are filled with: plain JSON, in which every text stays a text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from tongbao.outputs.fonts import Role
from tongbao.outputs.fonts.passages import HEADING_ROLES
from tongbao.outputs.html import chart
from tongbao.outputs.html.measures import TYPE_AREA, WIDE_TYPE_AREA
from tongbao.outputs.html.table import columns, text_size
from tongbao.outputs.typst.adjust import Adjusted
from tongbao.reports.document import (
    Attachment,
    Block,
    Document,
    Figure,
    Form,
    Heading,
    Imprint,
    Letterhead,
    Paragraph,
    Run,
    Signature,
    Table,
    TableCell,
)

_LONG_WORD = 24  # letters: what is longer may break anywhere
_ZERO_WIDTH_SPACE = "\u200b"  # the forms break there and print nothing
_WORD = re.compile(rf"[!-~]{{{_LONG_WORD + 1},}}")
_LATIN = 0.6  # em, of most letters
_WIDEST = dict.fromkeys("0123456789.,-−", 0.65)  # em, in any face; every other character is taken as a whole em
_INSET = 0.45  # em, beside the text of a cell


def filled(document: Document, faces: Mapping[Role, Sequence[str]], adjusted: Adjusted, *, bare: bool = False) -> str:
    """Write the data of a document for the forms.

    Args:
        document: the notice.
        faces: the families of each role as Typst calls them, best first.
        adjusted: what the last layout asked for.
        bare: leave the attachments out, when only the layout of the text before them counts.
    """
    style, meta = document.style, document.meta
    blocks = _Blocks(style.table_size, style.bar, ", ".join(f'"{name}"' for name in faces["黑体"]))
    created = meta.created
    data = {
        "fonts": faces,
        "style": {
            "mark": style.mark_size,
            "title": style.title_size,
            "body": style.body_size,
            "rule": style.rule_pt,
            "red": style.red,
        },
        "meta": {
            "title": meta.title,
            "organ": meta.organ,
            "subject": meta.subject,
            "keywords": list(meta.keywords),
            "created": [created.year, created.month, created.day],
        },
        "adjusted": asdict(adjusted),
        "form": document.form,
        "watermark": document.watermark,
        "letterhead": _letterhead(document.letterhead),
        "title": list(document.title_lines),
        "recipients": document.recipients and _breakable(f"{document.recipients}："),
        "blocks": list(blocks.written(document.blocks, TYPE_AREA)),
        "attendance": [list(entry) for entry in document.attendance],
        "annexes": [_annex(lead, name) for lead, name in document.attachment_lines],
        "signature": document.signature and _signature(document.signature),
        "note": f"（{document.note}）" if document.note else "",
        "attachments": [] if bare else [blocks.attachment(attachment) for attachment in document.attachments],
        "imprint": _imprint(document.imprint, document.form) if document.imprint else None,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _letterhead(letterhead: Letterhead) -> Mapping[str, Any]:
    return {
        "mark": letterhead.mark,
        "number": letterhead.number,
        "organs": list(letterhead.organs),
        "copy": letterhead.copy_number,
        "secrecy": letterhead.secrecy,
        "urgency": letterhead.urgency,
        "signers": list(letterhead.signers),
    }


def _annex(lead: str, name: str) -> tuple[str, str, str]:
    label = "附件：" if lead.startswith("附件：") else ""
    return label, lead.removeprefix("附件："), _breakable(name)


def _signature(signature: Signature) -> Mapping[str, Any]:
    return {
        "organs": list(signature.organs),
        "day": signature.day_text,
        "seal": signature.seal,
        "post": signature.post,
    }


def _imprint(imprint: Imprint, form: Form) -> Mapping[str, Any] | None:
    """版记; of 信函 it holds neither rules nor 印发机关 (§10.1), so that it may be missing altogether."""
    if form == "信函" and not imprint.recipients and not imprint.copies:
        return None
    return {
        "recipients": _listed(imprint.recipients_text),
        "copies": _listed(imprint.copies_text),
        "printer": imprint.printer,
        "day": imprint.day_text,
        "even-page": imprint.even_page,
    }


def _listed(text: str) -> tuple[str, str] | None:
    """“抄送：” and what stands after it, so that wraps go on after the colon."""
    label, colon, names = text.partition("：")
    return (label + colon, _breakable(names)) if text else None


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Writes blocks with the tokens of one document."""

    table_size: float
    bar: str
    labels: str

    def written(self, blocks: Iterable[Block], width: float) -> Iterator[Mapping[str, Any]]:
        for block in blocks:
            match block:
                case Heading():
                    yield _heading(block)
                case Paragraph():
                    yield {
                        "kind": "paragraph",
                        "runs": _runs(block.runs),
                        "flush": block.flush,
                        "align": block.align,
                    }
                case Table():
                    yield _table(block, self.table_size, width)
                case Figure():
                    yield {
                        "kind": "figure",
                        "caption": block.caption,
                        "alt": block.alt,
                        "height": chart.height(block.chart),
                        "svg": chart.svg(block, fill=self.bar, family=self.labels),
                    }

    def attachment(self, attachment: Attachment) -> Mapping[str, Any]:
        width = WIDE_TYPE_AREA if attachment.landscape else TYPE_AREA
        return {
            "label": attachment.label,
            "title": list(attachment.title_lines),
            "landscape": attachment.landscape,
            "blocks": list(self.written(attachment.blocks, width)),
        }


def _heading(heading: Heading) -> Mapping[str, Any]:
    return {
        "kind": "heading",
        "level": heading.level,
        "text": _breakable(heading.number + heading.text),
        "role": HEADING_ROLES[heading.level],
        "tail": _runs(heading.tail),
    }


def _runs(runs: Iterable[Run]) -> list[tuple[str, str]]:
    return [(_breakable(run.text), run.role or ("黑体" if run.strong else "仿宋")) for run in runs]


def _table(table: Table, size: float, width: float) -> Mapping[str, Any]:
    fits = text_size(table, size, width)
    total = sum(table.widths)
    em = width / total / fits
    placed = columns(table)
    heads = sum(map(len, table.head))
    usual = _usual_sides(table, placed[heads:])

    def written(cell: TableCell, column: int, side: str | None) -> str | Mapping[str, Any]:
        return _cell(cell, max(1, int(sum(table.widths[column : column + cell.colspan]) * em / _LATIN) - 1), side)

    return {
        "kind": "table",
        "caption": table.caption,
        "size": fits,
        "widths": list(table.widths),
        "sides": [side[0] for side in usual],
        "head": [written(cell, column, None) for cell, column in placed[:heads]],
        "head-rows": len(table.head),
        "body": [written(cell, column, usual[column]) for cell, column in placed[heads:]],
        "body-rows": len(table.body),
        "single": _single_lines(table, placed, em),
        "notes": [_breakable(note) for note in table.notes],
        "bindings": _bindings(table),
    }


def _single_lines(table: Table, placed: Sequence[tuple[TableCell, int]], em: float) -> list[bool]:
    """Which rows surely hold one line in every cell: Typst need not lay those out twice to learn their height."""
    rows = (*table.head, *table.body)
    single = [True] * len(rows)
    cells = iter(placed)
    for place, row in enumerate(rows):
        for _ in row:
            cell, column = next(cells)
            room = sum(table.widths[column : column + cell.colspan]) * em - _INSET
            if sum(_WIDEST.get(character, 1.0) for character in cell.text + cell.tail) > room:
                single[place : place + cell.rowspan] = [False] * len(single[place : place + cell.rowspan])
    return single


def _usual_sides(table: Table, placed: Sequence[tuple[TableCell, int]]) -> list[str]:
    """How most cells of each column are aligned: Typst lays out a table faster when few cells say it themselves."""
    counts = [Counter[str]() for _ in table.widths]
    for cell, column in placed:
        counts[column][cell.align] += 1
    return [count.most_common(1)[0][0] if count else "center" for count in counts]


def _cell(cell: TableCell, letters: int, side: str | None) -> str | Mapping[str, Any]:
    """A cell with all that it says of itself; only its text when it is like most of its column."""
    text = cell.text if len(cell.text) <= letters else _torn(cell.text, letters)
    if cell.align == side and not (cell.strong or cell.tail) and cell.colspan == cell.rowspan == 1:
        return text
    return {
        "text": text,
        "across": cell.colspan,
        "down": cell.rowspan,
        "side": cell.align[0],
        "strong": cell.strong,
        "tail": cell.tail,
    }


def _bindings(table: Table) -> list[tuple[int, int, bool]]:
    """All body rows and the notes as runs: start, count, and whether they stay on one page; the last row has the notes.

    Empty when nothing need be held, as then no column is needed to hold it.
    """
    last = len(table.body) - 1
    held = table.held | ({last} if table.notes and last >= 0 else set())
    if not held:
        return []
    rows = last + (2 if table.notes else 1)
    runs: list[tuple[int, int, bool]] = []
    start = 0
    while start < rows:
        bound = start in held
        end = start
        while end < rows - 1 and (end in held) == bound and (bound or end + 1 not in held):
            end += 1
        runs.append((start, end - start + 1, bound))
        start = end + 1
    return runs


def _breakable(text: str) -> str:
    """Let words that no line can hold break anywhere, as a reader would break them."""
    return text if len(text) <= _LONG_WORD else _WORD.sub(lambda word: _ZERO_WIDTH_SPACE.join(word[0]), text)


def _torn(text: str, letters: int) -> str:
    pattern = _unbroken(letters)
    return pattern.sub(lambda word: _ZERO_WIDTH_SPACE.join(word[0]), text)


@lru_cache(maxsize=256)
def _unbroken(letters: int) -> re.Pattern[str]:
    return re.compile(rf"[!-~]{{{letters + 1},}}")
