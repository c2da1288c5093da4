"""Goes through a document character by character, so that no name is printed with an empty box in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.outputs.fonts.characters import UNSEEN, clusters, explained, label
from tongbao.outputs.fonts.face import Face
from tongbao.outputs.fonts.known import Role
from tongbao.outputs.fonts.passages import Passage, passages
from tongbao.reports.document import Document

_SHOWN_AROUND = 8
FaceOf = Callable[[Role, str], Face | None]


def faces_used(document: Document, face_of: FaceOf) -> frozenset[Face]:
    """The faces that the characters of a document are shown by."""
    needed: dict[Role, set[str]] = {}
    for passage in passages(document):
        needed.setdefault(passage.role, set()).update(clusters(passage.text))
    shown = {face_of(role, cluster) for role, found in needed.items() for cluster in found - UNSEEN}
    return frozenset(face for face in shown if face)


def missing_and_substituted(
    document: Document, roles: Mapping[Role, tuple[Face, ...]], face_of: FaceOf
) -> tuple[Finding, ...]:
    """The findings of `FontSet.check`."""
    findings: list[Finding] = []
    seen: dict[Role, set[str]] = {}
    for passage in passages(document):
        told = seen.setdefault(passage.role, set(UNSEEN))
        first = next(iter(roles[passage.role]), None)
        for cluster in dict.fromkeys(clusters(passage.text)):
            if cluster in told:
                continue
            told.add(cluster)
            # Some fonts hold invisible glyphs for control characters.
            face = None if unicodedata.category(cluster[0]) == "Cc" else face_of(passage.role, cluster)
            if face is None or face is not first:
                findings.append(_finding(document, passage, cluster, first, face))
    return tuple(findings)


def first_told(findings: Iterable[Finding], told: set[object]) -> Iterator[Finding]:
    """Leave out what has been told before: of a font file, and of a character's spare face wherever that was met.

    Args:
        findings: of any kind; all that is not about fonts comes through.
        told: what was told so far; grows.
    """
    for finding in findings:
        match finding.code:
            case Code.GLYPH_SUBSTITUTED:
                key: object = finding.message
            case Code.FONT_NOT_EMBEDDABLE:
                key = finding
            case _:
                key = None
        if key is None or key not in told:
            told.add(key)
            yield finding


def _finding(document: Document, passage: Passage, cluster: str, first: Face | None, face: Face | None) -> Finding:
    at = passage.text.index(cluster)
    around = passage.text[max(0, at - _SHOWN_AROUND) : at + _SHOWN_AROUND + 1].strip()
    place = Place(f"《{document.meta.title}》", cell=f"{passage.where}“{around}”")
    if face is None:
        what, remedy = explained(cluster)
        return Finding(Code.GLYPH_MISSING, f"{passage.role}的所有字体都没有{label(cluster)}{what}", place, remedy)
    message = f"{passage.role}字体 {first.name if first else ''} 没有{label(cluster)}，改由 {face.name} 显示"
    remedy = "如要字形一致，请把含有该字的字体放进模板包的 fonts 文件夹"
    return Finding(Code.GLYPH_SUBSTITUTED, message, place, remedy, Severity.REMARK)
