"""The same document gives the same bytes: office files are zip archives, and archives like to remember the clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date

# The earliest moment a zip can hold; what offices' own programs write too.
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Fast and within a few per cent of the smallest; part of the bytes, so never a setting.
_LEVEL = 6
_MS_DOS = 0
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def pack(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Make a zip that depends on nothing but its parts, so that two runs can be compared by their hashes.

    Args:
        parts: name and content of every part, in the order in which they shall stand.

    Returns:
        The archive, without times, users or platforms in it.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _MS_DOS
            entry.external_attr = 0
            archive.writestr(entry, content, compresslevel=_LEVEL)
    return buffer.getvalue()


def repack(content: bytes, change: Callable[[str, bytes], bytes] = lambda _, part: part) -> bytes:
    """Take the clock out of a finished .docx or .xlsx, so that the same document has the same hash every time.

    Args:
        content: an OOXML package as some library saved it.
        change: given the name and content of every part, what shall stand in its place.

    Returns:
        The same parts in the same order, without times, users or platforms.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return pack(
            (entry.filename, change(entry.filename, archive.read(entry)))
            for entry in archive.infolist()
            if not entry.is_dir()
        )


def dated(content: bytes, day: date) -> bytes:
    """Put a day of our own where a workbook's library insists on writing the time of saving.

    Args:
        content: an OOXML package as some library saved it.
        day: the day that the file shall claim to be from.

    Returns:
        The same package, the same bytes every time.
    """
    stamp = f"{day}T00:00:00Z".encode()
    return repack(content, lambda name, part: _MODIFIED.sub(rb"\g<1>" + stamp, part) if name == _CORE else part)
