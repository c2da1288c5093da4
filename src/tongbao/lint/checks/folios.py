"""§7.5 and §8: page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import CHARACTER, Folio, Format
from tongbao.lint.rule import ONLY_PDF, Fault, fail, mm, near, points, warn

_FORM = re.compile(r"—\s?\d+\s?—")
_SIZE = 14.0
_DROP = 7.0


def _shown(notice: Notice) -> Iterator[Folio]:
    """A 信函 shows none on its first page, and Word has a footer of its own for it."""
    return (folio for folio in notice.measured.folios if folio.text.strip())


def _name(folio: Folio) -> str:
    return {"odd": "单页码", "even": "双页码", "first": "首页页码", "all": "页码"}[folio.side]


@fail("GW-7.5-1", "7.5", "页码左右各放一条一字线：— 1 —", "请改成“— 1 —”的写法")
def form(notice: Notice) -> Iterator[Fault]:
    """— 1 —."""
    for folio in _shown(notice):
        if not _FORM.fullmatch(re.sub(r"[\s\t]+", " ", folio.text.strip())):
            written = re.sub(r"\d+", "1", folio.text.strip())
            yield Fault(f"写成“{written}”", page=folio.page)


@warn("GW-7.5-2", "7.5", "页码一般用4号半角宋体阿拉伯数字", "请改为四号宋体")
def face(notice: Notice) -> Iterator[Fault]:
    """四号宋体."""
    for folio in _shown(notice):
        digits = next((run for run in folio.runs if re.search(r"\d", run.text)), None)
        if digits and (digits.role != "宋体" or not near(digits.size, _SIZE, 0.3)):
            yield Fault(f"{points(digits.size)}{digits.role}", page=folio.page)


@fail("GW-7.5-3", "7.5", "一字线上距版心下边缘7mm", "请调整页脚距边界的距离")
def height(notice: Notice) -> Iterator[Fault]:
    """From the bottom of 版心 to the dashes."""
    for folio in _shown(notice):
        if folio.drop is not None and not near(folio.drop, _DROP, 1.2):
            yield Fault(f"距版心下边缘{mm(folio.drop)}", page=folio.page)


@fail("GW-7.5-4", "7.5", "单页码居右，双页码居左", "请设奇偶页不同的页脚：单页居右、双页居左")
def side(notice: Notice) -> Iterator[Fault]:
    """Outside, on both sides of the leaf."""
    for folio in _shown(notice):
        right = {"odd": "right", "even": "left"}.get(folio.side)
        if folio.side == "all" and notice.measured.format is Format.WORD:
            yield Fault("单双页页脚相同", page=folio.page)
        elif right and folio.align != right:
            where = {"left": "居左", "right": "居右", "center": "居中", "justify": "居左"}[folio.align]
            yield Fault(f"{_name(folio)}{where}", page=folio.page)


@fail("GW-7.5-5", "7.5", "单页码右空一字，双页码左空一字", "请把页码一行的缩进设为一字")
def edge(notice: Notice) -> Iterator[Fault]:
    """One character from the edge of 版心."""
    for folio in _shown(notice):
        if folio.align in ("left", "right") and folio.side != "all" and not near(folio.edge, CHARACTER, 1.6):
            yield Fault(f"{_name(folio)}距版心边缘{mm(folio.edge)}", page=folio.page)


@fail("GW-7.5-6", "7.5", "页码连续编排；空白页和其后的版记页不编页码", "请补上页码，从1起连续编号")
def counting(notice: Notice) -> Iterator[Fault]:
    """Each page its own number, none where nothing or only 版记 stands; in Word a footer has the field."""
    measured = notice.measured
    if measured.format is Format.WORD:
        if not measured.folios and measured.flow:
            yield Fault("未见页码")
        return
    numbers = {folio.page: folio.number for folio in measured.folios}
    filled = {line.page for passage in measured.passages for line in passage.lines if line.text.strip()}
    blank = [page for page in range(1, (measured.pages or 0) + 1) if page not in filled]
    for page in range(1, (measured.pages or 0) + 1):
        number = numbers.get(page)
        if number is None:
            if (page == 1 and notice.kind == "信函") or page in blank or _only_imprint(notice, page):
                continue
            yield Fault("没有页码", page=page)
        elif number != page:
            yield Fault(f"页码与面数不符（第{page}面编为{number}）", page=page)


def _only_imprint(notice: Notice, page: int) -> bool:
    """A page that would be blank without 版记."""
    imprint = {passage.number for passage in notice.imprint.passages} if notice.imprint else set()
    here = {passage.number for passage in notice.measured.passages if page in {line.page for line in passage.lines}}
    return here <= imprint


@fail(
    "GW-8-1",
    "8",
    "横排表格页的页码位置与公文其他页码一致（横转）",
    "请把横排页的页码转90度放在装订后的页脚位置",
    ONLY_PDF,
)
def turned(notice: Notice) -> Iterator[Fault]:
    """On a turned sheet the number is turned with it."""
    wide = {sheet.number for sheet in notice.measured.sheets if sheet.landscape}
    for folio in notice.measured.folios:
        if folio.page in wide and not folio.turned:
            yield Fault("页码在横排页的下方", page=folio.page)


RULES = (form, face, height, side, edge, counting, turned)
