"""What each unit's whole consists of, for a picture: the figures of a few indicators side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tongbao.reports.column import Column
from tongbao.reports.context_views import 占比段视图, 占比视图
from tongbao.reports.definition import SharePicture


def share_views(
    pictures: Sequence[SharePicture], columns: Sequence[Column], units: Sequence[str]
) -> Iterator[占比视图]:
    """The pictures of a group: those of whose indicators it has every one, and any figure at all."""
    of_name = {column.leaf.name: column for column in columns}
    for picture in pictures:
        if not all(name in of_name for name in picture.parts):
            continue
        parts = tuple(
            占比段视图(of_name[name].name, tuple(_figure(of_name[name], unit) for unit in units))
            for name in picture.parts
        )
        if any(figure not in {"", "0"} for part in parts for figure in part.数值):
            yield 占比视图(picture.title, picture.measure, parts)


def _figure(column: Column, unit: str) -> str:
    score = column.of(unit)
    if score is None or not score.applicable or not isinstance(score.value, Decimal):
        return ""
    return f"{score.value.normalize():f}"
