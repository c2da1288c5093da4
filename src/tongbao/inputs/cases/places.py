"""Where a record stands in the office's own file, as Excel or an editor counts its rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from tongbao.errors import Place
from tongbao.inputs.cases.files import Layout, RecordFile
from tongbao.inputs.cases.session import Session


def places_of(session: Session, records: Sequence[tuple[int, int]]) -> list[Place]:
    """The places of records, given by file and position (`file`, `at`), in the same order.

    A text file is gone through once more for them: an empty line or a line break inside a cell moves everything below.
    """
    asked: dict[int, list[int]] = {}
    for number, at in records:
        asked.setdefault(number, []).append(at)
    found: dict[tuple[int, int], Place] = {}
    for number, positions in asked.items():
        file = session.prepared.files[number]
        rows = _rows(session, number, file, positions)
        for at, row in zip(positions, rows, strict=True):
            found[number, at] = Place(file.name, file.sheet or None, line=row)
    return [found[record] for record in records]


def _rows(session: Session, number: int, file: RecordFile, positions: Sequence[int]) -> list[int | None]:
    layout = file.layout
    if layout is None or layout.first_row == 0:
        return list(positions)  # parquet and sheets number their rows themselves
    ((first,),) = session.database.rows('SELECT min(rowid) FROM laid WHERE "file" = $file', {"file": number})
    lines = _lines(file, layout, {at - first for at in positions})
    return [lines.get(at - first) for at in positions]


def _lines(file: RecordFile, layout: Layout, wanted: Iterable[int]) -> dict[int, int]:
    """The line on which each of some records begins; DuckDB passes over empty lines, so they are not counted."""
    left = set(wanted)
    lines: dict[int, int] = {}
    with file.readable.open("r", encoding="utf-8-sig", newline="") as stream:
        for _ in range(layout.skip):
            stream.readline()
        reader = csv.reader(stream, delimiter=layout.delimiter)
        line, index = layout.skip + 1, 0
        try:
            for cells in reader:
                if index in left and cells:
                    lines[index] = line
                    left.discard(index)
                if not left:
                    break
                index += bool(cells)
                line = layout.skip + reader.line_num + 1
        except csv.Error:
            return lines  # a cell beyond any measure: the file is named without the line
    return lines
