"""Finds the fonts that documents are set in, and knows of every character which of them shows it.

Fonts fail silently everywhere else: a wrong face is embedded, a rare character of a name becomes an empty box.
Here a role is a stack of named files, and nothing outside the stack is ever used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import takewhile
from pathlib import Path

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.outputs.fonts.characters import base_of
from tongbao.outputs.fonts.check import faces_used, first_told, missing_and_substituted
from tongbao.outputs.fonts.face import Face
from tongbao.outputs.fonts.find import Shelf, fonts_in, known_fonts_in, own_folders, system_folders
from tongbao.outputs.fonts.known import KNOWN, ROLES, Role
from tongbao.reports.document import Document

__all__ = ["ROLES", "Face", "FontSet", "Role", "first_told", "resolve", "standard_characters"]


@dataclass(frozen=True)
class FontSet:
    """The stack of faces for each role; the first face that has a character shows it.

    Attributes:
        roles: faces a role that may be embedded, best first; empty when none was found.
        findings: damaged font files, fonts that must not be embedded, and roles without a font.
        own: the office's own face for a role, the first of its template packs; Word files name it even when it must
            not be embedded.
    """

    roles: Mapping[Role, tuple[Face, ...]]
    findings: tuple[Finding, ...] = ()
    own: Mapping[Role, Face] = field(default_factory=dict)
    _shown: dict[tuple[Role, str], Face | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def faces(self) -> tuple[Face, ...]:
        """Every face once, in the order of the roles."""
        return tuple(dict.fromkeys(face for role in ROLES for face in self.roles[role]))

    @property
    def digests(self) -> dict[str, str]:
        """File name → sha256 of every font file that documents depend on, for the manifest."""
        faces = {*self.faces, *self.own.values()}
        return {face.source.name: face.digest for face in sorted(faces, key=lambda face: face.source.name)}

    def coverage(self, role: Role) -> frozenset[int]:
        """Every code point that the faces of a role can show together."""
        return _union(self.roles[role])

    def face(self, role: Role, cluster: str) -> Face | None:
        """The face that shows a character in a role, with all marks on it; None when no face can."""
        key = (role, cluster)
        if key not in self._shown:
            # A variant form is shown by the face that shows the character itself, or not at all: so do layout engines.
            faces = [face for face in self.roles[role] if face.shows(base_of(cluster))]
            self._shown[key] = faces[0] if faces and faces[0].shows(cluster) else None
        return self._shown[key]

    def used(self, document: Document) -> tuple[Face, ...]:
        """The faces that a document needs; all others need not be loaded for it."""
        needed = faces_used(document, self.face)
        return tuple(face for face in self.faces if face in needed)

    def check(self, document: Document) -> tuple[Finding, ...]:
        """Say of which characters of a document no font has a shape (error), and which a spare font shows (remark).

        Each character is told once a role, with the words around its first occurrence.
        """
        return missing_and_substituted(document, self.roles, self.face)


@lru_cache(maxsize=16)
def _union(faces: tuple[Face, ...]) -> frozenset[int]:
    return frozenset[int]().union(*(face.code_points for face in faces))


def resolve(workspace: Path, pack_folders: Sequence[Path], *, system: Sequence[Path] | None = None) -> FontSet:
    """Find the fonts for a jurisdiction; what is lacking is told in the set's findings, not raised.

    Args:
        workspace: whose `.fonts` folder may hold fonts of its own; the setup unpacks into the user's font folder.
        pack_folders: template packs, most specific first; the fonts in their `fonts` folders come before all others.
        system: font folders of the machine; by default the usual ones of Linux, Windows and macOS.
    """
    findings: list[Finding] = []
    packs = [Shelf(fonts_in([pack / "fonts"]), findings, own=True) for pack in pack_folders]
    office = Shelf(fonts_in(own_folders(workspace)), findings)
    shared = Shelf(known_fonts_in(system_folders() if system is None else system), findings)
    roles: dict[Role, tuple[Face, ...]] = {}
    own: dict[Role, Face] = {}
    for role in ROLES:
        stack = [face for pack in packs for face in pack.worded(role)]
        for known in KNOWN[role]:
            stack.extend(face for shelf in (*packs, office, shared) if (face := shelf.named(known.names)))
        first: dict[str, Face] = {}
        for face in stack:
            first.setdefault(face.name, face)
        roles[role] = tuple(face for face in first.values() if not face.ban)
        findings += _banned(role, first.values(), roles[role])
        if (best := next(iter(first.values()), None)) and best.own:
            own[role] = best
        if not roles[role]:
            remedy = "请运行 make run 安装字体，或把字体文件放进模板包的 fonts 文件夹"
            findings.append(
                Finding(Code.FONT_MISSING, f"没有可用作{role}的字体", Place(str(own_folders(workspace)[-1])), remedy)
            )
    return FontSet(roles, tuple(findings), own)


def _banned(role: Role, stack: Iterable[Face], allowed: tuple[Face, ...]) -> Iterator[Finding]:
    """Tell of each font that would have been taken, had its maker allowed it: PDFs are set in another one."""
    for face in takewhile(lambda face: face not in allowed[:1], stack):
        instead = f"，PDF 的{role}改用 {allowed[0].name}" if allowed else ""
        yield Finding(
            Code.FONT_NOT_EMBEDDABLE,
            f"{role}字体 {face.name} {face.ban}（fsType 0x{face.permission:04X}）{instead}",
            Place(str(face.source)),
            "Word 文件仍写明它的名称；要在 PDF 中使用，请向字体厂商取得许可嵌入的版本，换下这个文件",
            Severity.WARNING,
        )


def standard_characters() -> str:
    """The 8105 characters of 通用规范汉字表 in its order: what an office can expect to write."""
    text = files("tongbao.outputs.fonts").joinpath("data/通用规范汉字.txt").read_text("utf-8")
    return "".join(line for line in text.splitlines() if not line.startswith("#"))
