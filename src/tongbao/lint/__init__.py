"""Measures any .docx or .pdf against GB/T 9704-2012; knows nothing of the writers that make our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tongbao.lint.report import Report

if TYPE_CHECKING:
    from tongbao.lint.measured import Measured

__all__ = ["MOST_BYTES", "Report", "lint"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024
MOST_BYTES = 200_000_000
"""A file larger than this is no official document."""


def lint(content: bytes, name: str) -> Report:
    """Measure one file and hold it against every rule that its format can show.

    Args:
        content: the file; what it is is told by its bytes, not by its name.
        name: for the report.

    Raises:
        Refused: it cannot be read; the message is for the reader.
    """
    from tongbao.lint.checks import RULES
    from tongbao.lint.elements import find_elements
    from tongbao.lint.report import observe

    measured = _measured(content)
    rules = [rule for rule in RULES if measured.format in rule.formats]
    notice = find_elements(measured)
    return Report(name, measured.format.value, notice.kind, measured.pages, len(rules), observe(rules, notice))


def _measured(content: bytes) -> Measured:
    from tongbao.lint.refusal import encrypted, foreign, oversized

    if len(content) > MOST_BYTES:
        raise oversized(f"{len(content) // 1_000_000}MB")
    if b"%PDF-" in content[:_PDF_WITHIN]:
        from tongbao.lint.pdf import measure as measure_pdf

        return measure_pdf(content)
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        from tongbao.lint.word import measure as measure_word

        return measure_word(content)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise encrypted()
        raise foreign("是旧的 .doc、.wps 或其他 Office 文件")
    raise foreign("内容是空的" if not content else "内容与扩展名不符")
