"""The fonts that offices have, by the names that word processors and browsers know, and what stands in for each.

A Word file or a page is set anew on every machine, in fonts of its own: all that a file can do is to name fonts that
have the characters, and after each name those that come nearest to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from tongbao.outputs.fonts.face import Face
from tongbao.outputs.fonts.known import ROLES, Role

FANG: Final = "仿宋_GB2312"
KAI: Final = "楷体_GB2312"
HEI: Final = "黑体"
SONG: Final = "宋体"
TITLE: Final = "方正小标宋简体"

_PLAIN: Final = re.compile(r"[\w .()-]+")  # whoever made a font file wrote its names; lists and markup are no name
_ALIKE: Final = frozenset("—·")  # fonts after GB 2312 have these at A1AA and A1A4, whatever a codec takes those for


@dataclass(frozen=True, slots=True)
class OfficeFont:
    """A font by the name that word processors know.

    Attributes:
        name: its family.
        alternates: what to take where it is not installed, nearest first.
        kind: family and pitch as fontTable.xml has them.
        panose: its ten classes, as twenty hexadecimal digits; "" where not known.
        signature: usb0 to usb3 and csb0, csb1 of its OS/2 table; () where not known.
        charset: the Chinese character set that it certainly has whole: gb2312, gbk, windows (GB 18030-2005 in the
            first plane) or "" for whatever the others lack.
        face: an office's own file, whose characters are known.
    """

    name: str
    alternates: tuple[str, ...]
    kind: tuple[str, str] = ("modern", "fixed")
    panose: str = ""
    signature: tuple[str, ...] = ()
    charset: str = ""
    face: Face | None = None

    def covers(self, character: str) -> bool:
        """Whether it has a shape for a character, wherever it is installed."""
        if self.face:
            return ord(character) in self.face.code_points
        if not self.charset:
            return True
        if self.charset == "windows" and ("\u3400" <= character <= "\u4db5" or "\u9fa6" <= character <= "\u9fbb"):
            return True
        return character in _ALIKE or _encodes(character, "gb2312" if self.charset == "gb2312" else "gbk")


_GB2312: Final = ("00000001", "080E0000", "00000000", "00000000", "00040000", "00000000")
_WINDOWS: Final = ("800002BF", "38CF7CFA", "00000016", "00000000", "00040001", "00000000")
_FREE_SERIF: Final = ("Noto Serif CJK SC", "思源宋体", "Source Han Serif SC")

_FANGSONG: Final = OfficeFont(
    "仿宋",
    ("FangSong", "华文仿宋", "STFangsong", "朱雀仿宋", "LXGW WenKai Light", *_FREE_SERIF),
    panose="02010609060101010101",
    signature=_WINDOWS,
    charset="windows",
)
_KAITI: Final = OfficeFont(
    "楷体",
    ("KaiTi", "华文楷体", "STKaiti", "LXGW WenKai", "霞鹜文楷", *_FREE_SERIF),
    panose="02010609060101010101",
    signature=_WINDOWS,
    charset="windows",
)
_XIAOBIAOSONG: Final = OfficeFont(
    "方正小标宋_GBK", ("华文中宋", "STZhongsong", "宋体", *_FREE_SERIF), ("script", "fixed"), charset="gbk"
)
_SIMSUN: Final = OfficeFont(
    SONG,
    ("SimSun", "新宋体", "华文宋体", *_FREE_SERIF),
    ("auto", "variable"),
    "02010600030101010101",
    ("00000203", "288F0000", "00000016", "00000000", "00040001", "00000000"),
    "windows",
)
_SIMHEI: Final = OfficeFont(
    HEI,
    ("SimHei", "华文黑体", "Noto Sans CJK SC", "思源黑体"),
    panose="02010609060101010101",
    signature=_WINDOWS,
    charset="windows",
)
_EXT_B: Final = OfficeFont(
    "SimSun-ExtB",
    ("宋体-ExtB", "HanaMinB", "LXGW WenKai", *_FREE_SERIF, "遍黑体 P2", "Plangothic P2"),
    panose="02010609060101010101",
)
_EXT_G: Final = OfficeFont("SimSun-ExtG", ("宋体-ExtG", "遍黑体 P2", "Plangothic P2", "BabelStone Han"))
_YAHEI: Final = OfficeFont("微软雅黑", ("Microsoft YaHei", "Noto Sans CJK SC", "思源黑体"), ("swiss", "variable"))
_BEYOND_B: Final = 0x30000
_FIRST_PLANE: Final = 0x10000


def _gb2312(name: str, larger: OfficeFont, *free: str) -> OfficeFont:
    """The font that the standard's users have; `larger` is its design with more characters."""
    same, *others = larger.alternates
    return replace(
        larger, name=name, alternates=(larger.name, same, *free, *others), charset="gb2312", signature=_GB2312
    )


STANDARD: Final[Mapping[Role, OfficeFont]] = {
    "仿宋": replace(
        _FANGSONG, name=FANG, alternates=("仿宋", *_FANGSONG.alternates), charset="gb2312", signature=_GB2312
    ),
    "楷体": replace(_KAITI, name=KAI, alternates=("楷体", *_KAITI.alternates), charset="gb2312", signature=_GB2312),
    "黑体": _SIMHEI,
    "宋体": _SIMSUN,
    "小标宋": replace(
        _XIAOBIAOSONG,
        name=TITLE,
        alternates=(_XIAOBIAOSONG.name, *_XIAOBIAOSONG.alternates),
        signature=_GB2312,
        charset="gb2312",
    ),
}
"""What official documents are set in; every reader's machine is asked for these first."""

_SPARE: Final[Mapping[Role, tuple[OfficeFont, ...]]] = {
    "仿宋": (_FANGSONG,),
    "楷体": (_KAITI,),
    "黑体": (),
    "宋体": (),
    "小标宋": (_XIAOBIAOSONG, _SIMSUN),
}


@dataclass(frozen=True)
class Faces:
    """The fonts of one county's Word files: the office's own where it has some, the standard's elsewhere.

    Attributes:
        own: role and font of each of its own.
    """

    own: tuple[tuple[Role, OfficeFont], ...] = ()

    @cached_property
    def roles(self) -> Mapping[Role, OfficeFont]:
        """The font that each role is set in."""
        return {**STANDARD, **dict(self.own)}

    @cached_property
    def by_name(self) -> Mapping[str, Role]:
        """The role of each named font."""
        return {font.name: role for role, font in self.roles.items()}

    @cached_property
    def usual(self) -> frozenset[str]:
        """Characters that every role's own font has, so that nothing need be done about them."""
        return frozenset(each for each in _common() if all(font.covers(each) for _, font in self.own))

    def spare(self, role: Role, character: str) -> OfficeFont | None:
        """The font that shows a character which the role's own lacks; None where that one has it."""
        chosen = self.roles[role]
        if chosen.covers(character):
            return None
        named: tuple[OfficeFont, ...] = (STANDARD[role],) if chosen.face else ()
        for font in (*named, *_SPARE[role]):
            if font.covers(character):
                return font
        place = ord(character)
        return _YAHEI if place < _FIRST_PLANE else _EXT_B if place < _BEYOND_B else _EXT_G

    @property
    def spares(self) -> tuple[OfficeFont, ...]:
        """Every font that `spare` may name."""
        return (*STANDARD.values(), *(font for role in ROLES for font in _SPARE[role]), _EXT_B, _EXT_G, _YAHEI)


def browser_names(role: Role) -> tuple[str, ...]:
    """What a browser is asked for, one after the other, character by character."""
    fonts = (STANDARD[role], *_SPARE[role], _EXT_B, _EXT_G)
    return tuple(dict.fromkeys(name for font in fonts for name in (font.name, *font.alternates)))


def faces_of(own: Mapping[Role, Face]) -> Faces:
    """Name the office's own faces first, and the standard's after them for whoever does not have those.

    Args:
        own: as `FontSet.own` has them.
    """
    return _faces_of(tuple(own.items()))


@lru_cache(maxsize=8)
def _faces_of(own: tuple[tuple[Role, Face], ...]) -> Faces:
    named: list[tuple[Role, OfficeFont]] = []
    for role, face in own:
        standard = STANDARD[role]
        families = [family for family in face.families if _PLAIN.fullmatch(family)]
        if families and standard.name not in families:
            alternates = dict.fromkeys((*families[1:], standard.name, *standard.alternates))
            named.append((role, OfficeFont(families[0], tuple(alternates), standard.kind, face=face)))
    return Faces(tuple(named))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """ASCII and GB 2312, the least that a font for official documents has."""
    rows, cells = range(0xA1, 0xF8), range(0xA1, 0xFF)
    read = (bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    return frozenset({*map(chr, range(0x80)), *filter(None, read), *_ALIKE})


def _encodes(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
