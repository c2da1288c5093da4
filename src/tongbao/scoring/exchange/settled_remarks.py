"""Puts every comment of the column 批注 where it says; one about a key that is gone goes to its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tongbao.definitions import KeyPath
from tongbao.scoring.exchange.book import JOINT
from tongbao.scoring.exchange.comments import Comment
from tongbao.scoring.exchange.remarks import read_remark


@dataclass(frozen=True, slots=True)
class Remarked:
    """What a row remarks.

    Attributes:
        text: the cell.
        own: what the row itself is.
        path: of the piece of the definition that the row fills.
        data: that piece, whose keys a remark may name; looked at once all rows are read.
    """

    text: str
    own: KeyPath
    path: KeyPath
    data: Mapping[str, Any]


def settled(rows: Iterable[Remarked]) -> dict[KeyPath, Comment]:
    """The comments by the key or item that they are about."""
    comments: dict[KeyPath, Comment] = {}
    for row in rows:
        for remark in read_remark(row.text):
            inside = _known(remark.where, row.data) if remark.where else ()
            path = (*row.path, *inside) if inside else row.own
            known = comments.get(path, Comment())
            above = (*known.above, *remark.comment.above)
            beside = remark.comment.beside
            if known.beside is not None and beside is not None:
                above = (*above, beside)
            comments[path] = Comment(above, beside if known.beside is None else known.beside)
    return comments


def _known(where: str, data: Any) -> KeyPath:
    """The keys that a remark names, as far as the row has them."""
    found: list[str] = []
    for key in where.split(JOINT):
        if not isinstance(data, Mapping) or key not in data:
            break
        found.append(key)
        data = data[key]
    return tuple(found)
