"""Which fonts a finished PDF really holds: the last word on whether the chosen ones were used."""

from __future__ import annotations

import re
import zlib

_OBJECT_STREAM = re.compile(rb"/ObjStm[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_BASE_FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")


def embedded_families(content: bytes) -> set[str]:
    """The names of the fonts inside a PDF as our engines write it, without the prefixes of their subsets."""
    # The end of packed bytes may look like a line's end and is then cut off; what it stands for is a check sum only.
    packed = (zlib.decompressobj().decompress(found[1]) for found in _OBJECT_STREAM.finditer(content))
    names = {name.decode() for part in (content, *packed) for name in _BASE_FONT.findall(part)}
    return {name.removesuffix("-Identity-H") for name in names}
