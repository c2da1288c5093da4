"""Which typefaces may stand for which role of a document, best first (GB/T 9704-2012 names the roles, not the files).

A licensed font of the office comes before the free ones, and the free ones are ordered by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["小标宋", "仿宋", "楷体", "黑体", "宋体"]
ROLES: tuple[Role, ...] = ("小标宋", "仿宋", "楷体", "黑体", "宋体")


def plain(name: str) -> str:
    """A font's name without what people write differently: case, blanks, hyphens, underscores."""
    return re.sub(r"[\s_\-]+", "", name).casefold()


@dataclass(frozen=True, slots=True)
class Known:
    """One typeface that is known by name.

    Attributes:
        names: full or PostScript names inside the font, as `plain` leaves them.
        files: stems of the files it is shipped in, as `plain` leaves them.
    """

    names: frozenset[str]
    files: frozenset[str]


def _known(names: str, files: str) -> Known:
    return Known(
        frozenset(plain(name) for name in names.split("|")),
        frozenset(plain(stem) for stem in files.split("|")),
    )


def _noto(style: str, weight: str) -> tuple[Known, ...]:
    """Noto and Source Han, which are one design under two names, as collections and as single files."""
    noto, han = f"Noto{style}", f"SourceHan{style}"
    return (
        _known(f"{noto}CJKsc-{weight}", f"{noto}CJK-{weight}|{noto}CJKsc-{weight}"),
        _known(f"{noto}SC-{weight}", f"{noto}SC-{weight}"),
        _known(f"{han}SC-{weight}", f"{han}SC-{weight}|{han}-{weight}"),
        _known(f"{han}CN-{weight}", f"{han}CN-{weight}"),
    )


_WENKAI_LIGHT = _known("LXGWWenKai-Light", "LXGWWenKai-Light")
_WENKAI = _known("LXGWWenKai-Regular", "LXGWWenKai-Regular")
_SERIF = _noto("Serif", "Regular")
_SERIF_BOLD = _noto("Serif", "Bold")
_SANS = _noto("Sans", "Regular")
_EXTENSIONS = (
    _known("SimSun-ExtB", "simsunb|SimSun-ExtB"),
    _known("SimSun-ExtG", "SimSunExtG|SimSun-ExtG"),
    _known("HanaMinA", "HanaMinA"),
    _known("HanaMinB", "HanaMinB"),
    _known("PlangothicP1-Regular|Plangothic P1", "PlangothicP1-Regular"),
    _known("PlangothicP2-Regular|Plangothic P2", "PlangothicP2-Regular"),
)
"""The rare characters of GB 18030-2022 level 3 (CJK extensions B to H), for every role: better than none."""

KNOWN: Mapping[Role, tuple[Known, ...]] = {
    "小标宋": (
        _known("方正小标宋简体|方正小标宋_GBK|FZXiaoBiaoSong-B05S|FZXiaoBiaoSong-B05|FZXBSJW--GB1-0|FZXBSK--GBK1-0",
               "方正小标宋简体|方正小标宋_GBK|方正小标宋|小标宋|FZXBSJW|FZXBSK"),
        _known("华文中宋|STZhongsong", "华文中宋|STZhongsong|STZHONGS"),
        *_SERIF_BOLD,
        _known("FandolSong-Bold", "FandolSong-Bold"),
        *_SERIF,
        *_EXTENSIONS,
    ),
    "仿宋": (
        _known("仿宋_GB2312|FangSong_GB2312", "仿宋_GB2312|FangSong_GB2312|simfang_GB2312"),
        _known("方正仿宋_GB2312|方正仿宋简体|方正仿宋_GBK|FZFSJW--GB1-0|FZFSK--GBK1-0",
               "方正仿宋_GB2312|方正仿宋简体|方正仿宋_GBK|FZFSJW|FZFSK"),
        _known("仿宋|FangSong", "仿宋|FangSong|simfang"),
        _known("朱雀仿宋|ZhuqueFangsong-Regular|Zhuque Fangsong (technical preview)",
               "朱雀仿宋|ZhuqueFangsong|ZhuqueFangsong-Regular"),
        _known("华文仿宋|STFangsong", "华文仿宋|STFangsong|STFANGSO"),
        _known("FandolFang-Regular", "FandolFang-Regular"),
        _WENKAI_LIGHT,
        _WENKAI,
        *_SERIF,
        *_EXTENSIONS,
    ),
    "楷体": (
        _known("楷体_GB2312|KaiTi_GB2312", "楷体_GB2312|KaiTi_GB2312|simkai_GB2312"),
        _known("方正楷体_GB2312|方正楷体简体|方正楷体_GBK|FZKTJW--GB1-0|FZKTK--GBK1-0",
               "方正楷体_GB2312|方正楷体简体|方正楷体_GBK|FZKTJW|FZKTK"),
        _known("楷体|KaiTi", "楷体|KaiTi|simkai"),
        _known("华文楷体|STKaiti", "华文楷体|STKaiti"),
        _known("FandolKai-Regular", "FandolKai-Regular"),
        _WENKAI,
        *_SERIF,
        *_EXTENSIONS,
    ),
    "黑体": (
        _known("方正黑体简体|方正黑体_GBK|FZHTJW--GB1-0|FZHTK--GBK1-0", "方正黑体简体|方正黑体_GBK|FZHTJW|FZHTK"),
        _known("黑体|SimHei", "黑体|SimHei"),
        _known("华文黑体|STHeiti", "华文黑体|STHeiti"),
        *_SANS,
        _known("FandolHei-Regular", "FandolHei-Regular"),
        *_EXTENSIONS,
    ),
    "宋体": (
        _known("宋体|SimSun", "宋体|SimSun"),
        _known("方正书宋简体|方正书宋_GBK|FZSSJW--GB1-0|FZSSK--GBK1-0", "方正书宋简体|方正书宋_GBK|FZSSJW|FZSSK"),
        _known("华文宋体|STSong", "华文宋体|STSong"),
        _known("FandolSong-Regular", "FandolSong-Regular"),  # its digits are exactly half as wide as a Hanzi
        *_SERIF,
        *_EXTENSIONS,
    ),
}  # fmt: skip

WORDS: Mapping[str, Role] = {"小标宋": "小标宋", "仿宋": "仿宋", "楷体": "楷体", "黑体": "黑体", "宋体": "宋体"}
"""A font that the office lays into its pack serves the role whose word its name holds, known or not."""
