"""Opens a .docx without trusting it: checked archive, no entities, nothing fetched from anywhere."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tongbao.errors import Code
from tongbao.lint.refusal import damaged, encrypted, foreign, oversized
from tongbao.ooxml.archive import Archive, Refused, open_archive

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STRICT: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_MOST: Final = 60_000_000  # bytes of one part
_OPENING: Final = 2_000


@dataclass(frozen=True)
class Package:
    """The parts of a .docx that lint reads."""

    archive: Archive
    main: str

    def part(self, name: str) -> Element | None:
        """One part as XML; None when the file has no such part.

        Raises:
            Refused: it is there, but broken or far too big.
        """
        if name not in self.archive:
            return None
        pieces, size = [], 0
        for chunk in self.archive.chunks(name):
            pieces.append(chunk)
            size += len(chunk)
            if size > _MOST:
                raise oversized(f"{name} 展开后过大")
        return _parsed(name, b"".join(pieces))

    @cached_property
    def targets(self) -> dict[str, str]:
        """The parts that the main part names, by relationship id; those outside of the file are left out."""
        return self._targets(self.main)

    def _targets(self, name: str) -> dict[str, str]:
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for each in root if root is not None else ():
            if each.get("TargetMode") != "External":
                target = each.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found[each.get("Id", "")] = posixpath.normpath(whole)
        return found

    def beside(self, name: str) -> Element | None:
        """A part in the main part's folder: styles.xml, settings.xml, numbering.xml."""
        return self.part(posixpath.join(posixpath.dirname(self.main), name))


def open_package(content: bytes) -> Package:
    """Open a .docx.

    Raises:
        Refused: it is damaged, encrypted, a bomb, or no Word file.
    """
    try:
        archive = open_archive(content)
    except Refused as verdict:
        match verdict.code:
            case Code.FILE_ENCRYPTED:
                raise encrypted() from None
            case Code.FILE_OVERSIZED:
                raise oversized(verdict.message.partition("（")[2].partition("）")[0]) from None
            case _:
                raise damaged(verdict.message.partition("（")[2].rpartition("）")[0]) from None
    main = _main_part(archive)
    if main not in archive:
        raise foreign("压缩包里没有 Word 正文")
    return Package(archive, main)


def _main_part(archive: Archive) -> str:
    package = Package(archive, "")
    root = package.part("_rels/.rels")
    for each in root if root is not None else ():
        if each.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(each.get("Target", "").lstrip("/"))
    return "word/document.xml"


def _parsed(name: str, content: bytes) -> Element:
    from lxml import etree

    if b"purl.oclc.org" in content[:_OPENING]:
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise damaged(f"{name} 不是完整的 XML") from None
    return root
