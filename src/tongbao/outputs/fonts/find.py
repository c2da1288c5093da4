"""Looks for font files where offices and systems keep them, without fontconfig, which guesses when a font is absent."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.outputs.fonts.face import Face
from tongbao.outputs.fonts.known import KNOWN, WORDS, Role, plain

_SINGLE = frozenset({".otf", ".ttf"})
_COLLECTION = frozenset({".ttc", ".otc"})
_FAMILY = 1
_WINDOWS, _CHINESE = 3, 0x804
_NAME_IDS = frozenset({4, 6})  # full name and PostScript name: a family name does not tell the weight


def own_folders(workspace: Path) -> tuple[Path, ...]:
    """Folders that hold only what somebody laid there for us: every font in them is looked into.

    The workspace's own come first, then what the setup unpacked for every workspace of this user.
    """
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return (workspace / ".fonts", data / "tongbao" / "fonts")


def system_folders() -> tuple[Path, ...]:
    """The font folders of Linux, TeX Live, Windows and macOS that exist on this machine."""
    home = Path.home()
    windows, local = os.environ.get("WINDIR"), os.environ.get("LOCALAPPDATA")
    candidates = (
        Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        *(
            Path(f"/usr/share/{tree}/fonts/opentype/public/fandol")
            for tree in ("texlive/texmf-dist", "texmf-dist", "texmf")
        ),
        *((Path(windows) / "Fonts",) if windows else ()),
        *((Path(local) / "Microsoft" / "Windows" / "Fonts",) if local else ()),
        home / "Library" / "Fonts",
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
    )
    return tuple(folder for folder in candidates if folder.is_dir())


def fonts_in(folders: Iterable[Path]) -> list[Path]:
    """Every font file below the folders, in a stable order."""
    return [path for folder in folders for path in sorted(_walk(folder))]


def known_fonts_in(folders: Iterable[Path]) -> list[Path]:
    """The font files below the folders that are named like a known font; the others are not opened."""
    stems = {stem for known in KNOWN.values() for face in known for stem in face.files}
    return [path for path in fonts_in(folders) if plain(path.stem) in stems]


def _walk(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if path.suffix.lower() in _SINGLE | _COLLECTION and not name.startswith("."):
                yield path


class Shelf:
    """The faces in some font files, opened when first asked for.

    A file that cannot be read is told as a finding: otherwise a spare font would take its place unnoticed.
    """

    def __init__(self, paths: Iterable[Path], findings: list[Finding], *, own: bool = False) -> None:
        """Remember the files; `own` when they are of the office's template pack."""
        self._paths = tuple(paths)
        self._findings = findings
        self._own = own

    def named(self, names: frozenset[str]) -> Face | None:
        """The first face that bears one of the names."""
        return next((face for face, own in self._faces if own & names), None)

    def worded(self, role: Role) -> tuple[Face, ...]:
        """The faces whose file or name says their role, as 县政府小标宋.ttf does."""
        word = next(word for word, served in WORDS.items() if served == role)
        return tuple(face for face, own in self._faces if word in face.source.stem or any(word in name for name in own))

    @cached_property
    def _faces(self) -> list[tuple[Face, frozenset[str]]]:
        return [entry for path in self._paths for entry in self._read(path)]

    def _read(self, path: Path) -> list[tuple[Face, frozenset[str]]]:
        from fontTools.ttLib import TTCollection, TTFont, TTLibError

        try:
            if path.suffix.lower() in _SINGLE:
                with TTFont(path, lazy=True) as font:
                    return [self._entry(font, path, None)]
            with TTCollection(path, lazy=True) as collection:
                return [self._entry(font, path, index) for index, font in enumerate(collection.fonts)]
        except (TTLibError, OSError, ValueError, KeyError, AssertionError, IndexError) as error:
            self._findings.append(
                Finding(
                    Code.FILE_DAMAGED,
                    f"字体文件无法读取（{error}）",
                    Place(str(path)),
                    "请换上完好的字体文件，或删去它",
                    Severity.ERROR,
                )
            )
            return []

    def _entry(self, font: Any, path: Path, index: int | None) -> tuple[Face, frozenset[str]]:
        if max(table.offset + table.length for table in font.reader.tables.values()) > path.stat().st_size:
            raise ValueError("文件不完整")
        records = font["name"]
        read = [(record, record.toUnicode(errors="replace")) for record in records.names]
        own = frozenset(plain(words) for record, words in read if record.nameID in _NAME_IDS)
        families = sorted(
            (record.langID != _CHINESE, words)
            for record, words in read
            if record.nameID == _FAMILY and record.platformID == _WINDOWS
        )
        face = Face(
            records.getDebugName(6) or path.stem,
            path,
            index,
            tuple(dict.fromkeys(words for _, words in families)),
            font["OS/2"].fsType if "OS/2" in font else 0,
            self._own,
        )
        return face, own
