"""Finds the fonts that documents are set in, and knows of every character which of them shows it.

Fonts fail silently everywhere else: a wrong face is embedded, a rare character of a name becomes an empty box.
Here a role is a stack of named files, and nothing outside the stack is ever used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from tongbao.errors import Code, Finding, Place
from tongbao.outputs.fonts.check import faces_used, missing_and_substituted
from tongbao.outputs.fonts.face import Face
from tongbao.outputs.fonts.find import Shelf, fonts_in, known_fonts_in, own_folders, system_folders
from tongbao.outputs.fonts.known import KNOWN, ROLES, Role
from tongbao.reports.document import Document

__all__ = ["ROLES", "Face", "FontSet", "Role", "resolve", "standard_characters"]


@dataclass(frozen=True)
class FontSet:
    """The stack of faces for each role; the first face that has a character shows it.

    Attributes:
        roles: faces a role, best first; empty when none was found.
        findings: damaged font files and roles without a font.
    """

    roles: Mapping[Role, tuple[Face, ...]]
    findings: tuple[Finding, ...] = ()

    @property
    def faces(self) -> tuple[Face, ...]:
        """Every face once, in the order of the roles."""
        return tuple(dict.fromkeys(face for role in ROLES for face in self.roles[role]))

    @property
    def digests(self) -> dict[str, str]:
        """File name → sha256 of every font file in the set, for the manifest."""
        return {face.source.name: face.digest for face in sorted(self.faces, key=lambda face: face.source.name)}

    def coverage(self, role: Role) -> frozenset[int]:
        """Every code point that the faces of a role can show together."""
        return _union(self.roles[role])

    def face(self, role: Role, character: str) -> Face | None:
        """The face that shows a character in a role; None when no face has it."""
        return next((face for face in self.roles[role] if ord(character) in face.code_points), None)

    def used(self, document: Document) -> tuple[Face, ...]:
        """The faces that a document needs; all others need not be loaded for it."""
        needed = faces_used(document, self.roles)
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
    packs = [Shelf(fonts_in([pack / "fonts"]), findings) for pack in pack_folders]
    office = Shelf(fonts_in(own_folders(workspace)), findings)
    shared = Shelf(known_fonts_in(system_folders() if system is None else system), findings)
    roles: dict[Role, tuple[Face, ...]] = {}
    for role in ROLES:
        stack = [face for pack in packs for face in pack.worded(role)]
        for known in KNOWN[role]:
            stack.extend(face for shelf in (*packs, office, shared) if (face := shelf.named(known.names)))
        first: dict[str, Face] = {}
        for face in stack:
            first.setdefault(face.name, face)
        roles[role] = tuple(first.values())
        if not stack:
            remedy = "请运行 make run 安装字体，或把字体文件放进模板包的 fonts 文件夹"
            findings.append(
                Finding(Code.FONT_MISSING, f"没有可用作{role}的字体", Place(str(own_folders(workspace)[-1])), remedy)
            )
    return FontSet(roles, tuple(findings))


def standard_characters() -> str:
    """The 8105 characters of 通用规范汉字表 in its order: what an office can expect to write."""
    text = files("tongbao.outputs.fonts").joinpath("data/通用规范汉字.txt").read_text("utf-8")
    return "".join(line for line in text.splitlines() if not line.startswith("#"))
