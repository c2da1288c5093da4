"""Which fonts a finished PDF really holds: the last word on whether the chosen ones were used."""

from __future__ import annotations

import re

_OBJECT_STREAM = re.compile(rb"/ObjStm[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_BASE_FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")


def embedded_families(content: bytes) -> set[str]:
    """The names of the fonts inside a PDF as our engines write it, without the prefixes of their subsets."""
    names = {name.decode() for part in (content, *packed) for name in _BASE_FONT.findall(part)}
    return {name.removesuffix("-Identity-H") for name in names}
