"""Comments as a clerk sees them in the column 批注: one a line, each saying what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tongbao.scoring.exchange.comments import Comment

_ABOVE = "（上）"
_BESIDE = "行末"
_LINE = re.compile(r"(?P<where>[^#（\s]*)(?P<above>（上）)?#(?P<words>.*)")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment and the key inside the row that it is about; "" for the row itself."""

    where: str
    comment: Comment


def write_remark(remarks: Iterable[Remark]) -> str:
    """What stands in 批注: “# …” above the row, “行末# …” behind it, “对象# …” behind a key of it, “对象（上）# …”."""
    return "\n".join(line for remark in remarks for line in _lines(remark))


def _lines(remark: Remark) -> Iterator[str]:
    for words in remark.comment.above:
        yield f"{remark.where}{_ABOVE if remark.where else ''}#{words}"
    if remark.comment.beside is not None:
        yield f"{remark.where or _BESIDE}#{remark.comment.beside}"


def read_remark(text: str) -> tuple[Remark, ...]:
    """The comments that a cell of 批注 holds; a line without # is a comment above the row."""
    found: dict[str, Comment] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        where = match["where"] if match else ""
        words = match["words"] if match else f" {line.strip()}"
        above = not match or match["above"] is not None or not where
        where = "" if where == _BESIDE else where
        known = found.get(where, Comment())
        if above or known.beside is not None:
            found[where] = Comment((*known.above, words.rstrip()), known.beside)
        else:
            found[where] = Comment(known.above, words.rstrip())
    return tuple(Remark(where, comment) for where, comment in found.items())
