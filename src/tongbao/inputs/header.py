"""Finds the header of a table wherever the office put it: below titles and notes, in several rows, merged or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tongbao.inputs.grid import Raw, Sheet, Span
from tongbao.inputs.text import normal

_ROWS_SEARCHED = 25
_MOST_LEVELS = 4
_JOINT = "/"


@dataclass(frozen=True)
class Header:
    """Where the columns of a table are.

    Attributes:
        top: first row of the header, from 0.
        data: first row below it.
        columns: for every header that was asked for and found, its column.
        doubtful: headers that several columns bear, with those columns.
        missing: headers that no column bears.
        found: the headers that the sheet has, for the message.
    """

    top: int
    data: int
    columns: Mapping[str, int]
    doubtful: Mapping[str, tuple[int, ...]]
    missing: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Every header stands in exactly one column."""
        return not self.missing and not self.doubtful


def find_header(sheet: Sheet, wanted: Sequence[str]) -> Header:
    """Find the rows and columns that bear the wanted headers.

    A header is met by its whole path (考核得分/办结率) or by the end of it (办结率) where only one column ends so.
    Among all blocks of one to four rows at the top of the sheet, the one that meets most headers wins; of equals the
    one with fewest rows, then the upper one.
    """
    words = _words(sheet)
    best: tuple[tuple[int, int, int, int], Header] | None = None
    for levels in range(1, _MOST_LEVELS + 1):
        for bottom in range(levels - 1, len(words)):
            header = _match(sheet, words, bottom - levels + 1, bottom, wanted)
            merit = (len(header.columns), -len(header.missing), -levels, -bottom)
            if best is None or merit > best[0]:
                best = merit, header
    if best is None or not (best[1].columns or best[1].doubtful):
        fullest = max(words, key=lambda row: sum(map(bool, row)), default=[])
        return Header(0, 0, {}, {}, tuple(wanted), tuple(word for word in dict.fromkeys(fullest) if word))
    return best[1]


def _words(sheet: Sheet) -> list[list[str]]:
    """The text of the topmost rows, with merged cells filled."""
    words = [[_word(value) for value in row] for row in sheet.rows[:_ROWS_SEARCHED]]
    width = max(map(len, words), default=0)
    for row in words:
        row.extend("" for _ in range(width - len(row)))
    for span in sheet.merged:
        if span.top < len(words) and span.left < width:
            text = words[span.top][span.left]
            for row in words[span.top : span.bottom + 1]:
                for column in range(span.left, min(span.right + 1, width)):
                    row[column] = text
    return words


def _word(value: Raw) -> str:
    return normal(value) if isinstance(value, str) else ""


def _match(sheet: Sheet, words: list[list[str]], top: int, bottom: int, wanted: Sequence[str]) -> Header:
    paths = _paths(sheet.merged, words, top, bottom)
    whole: dict[str, list[int]] = {}
    ends: dict[str, list[int]] = {}
    for column, path in enumerate(paths):
        if path:
            whole.setdefault(_JOINT.join(path), []).append(column)
            for start in range(len(path)):
                ends.setdefault(_JOINT.join(path[start:]), []).append(column)
    columns: dict[str, int] = {}
    doubtful: dict[str, tuple[int, ...]] = {}
    missing: list[str] = []
    for header in wanted:
        key = normal(header)
        candidates = whole.get(key) or ends.get(key) or []
        if len(candidates) == 1:
            columns[header] = candidates[0]
        elif candidates:
            doubtful[header] = tuple(candidates)
        else:
            missing.append(header)
    reach = _reach(
        sheet.merged, top, bottom, {*columns.values(), *(each for some in doubtful.values() for each in some)}
    )
    return Header(top, reach + 1, columns, doubtful, tuple(missing), tuple(whole))


def _paths(merged: Iterable[Span], words: list[list[str]], top: int, bottom: int) -> list[list[str]]:
    """The levels over each column, repeated and empty ones left out.

    A row of the block without merged cells (CSV has none) speaks for the columns to its right until the next word, but
    only over columns that have a word of their own further down.
    """
    block = [list(row) for row in words[top : bottom + 1]]
    spans = list(merged)
    for level, row in enumerate(block[:-1]):
        if any(span.top <= top + level <= span.bottom for span in spans):
            continue
        for column in range(1, len(row)):
            if not row[column] and any(below[column] for below in block[level + 1 :]):
                row[column] = row[column - 1]
    paths: list[list[str]] = []
    for levels in zip(*block, strict=True):
        path: list[str] = []
        for word in levels:
            if word and path[-1:] != [word]:
                path.append(word)
        paths.append(path)
    return paths


def _reach(merged: Iterable[Span], top: int, bottom: int, columns: set[int]) -> int:
    """The last header row: a header cell merged downwards takes the rows below into the header."""
    ends = (
        span.bottom
        for span in merged
        if top <= span.top <= bottom and any(span.left <= column <= span.right for column in columns)
    )
    return max((bottom, *ends))
