"""§7.4: 版记."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongbao.lint.checks.letterhead import text_width
from tongbao.lint.elements.forms import COPIES, DAY_FORM, PRINTED, bare
from tongbao.lint.elements.notice import Imprint, Notice
from tongbao.lint.measured import CHARACTER, MM_A_POINT, Passage, Sheet
from tongbao.lint.rule import ONLY_PDF, Fault, fail, mm, near, points, warn

_SIZE = 14.0
_OUTER, _INNER, _THICKNESS = 0.35, 0.25, 0.06
_ONE = (3.5, 7.0)  # 一字 in 4号 or 3号, with what programs add


def _sheet(notice: Notice) -> Sheet | None:
    imprint = notice.imprint
    page = imprint.passages[0].page if imprint else None
    sheets = notice.measured.sheets
    if page is None:
        return sheets[-1] if sheets else None
    return next((sheet for sheet in sheets if sheet.number == page), None)


def _wanted(imprint: Imprint) -> int:
    """How many rules a 版记 has: above, below, and between its elements."""
    return 2 + (imprint.copies is not None and imprint.printed is not None)


def _first(notice: Notice) -> Passage | None:
    return notice.imprint.passages[0] if notice.imprint else None


@fail(
    "GW-7.4.1-1", "7.4.1", "版记有首条、末条分隔线（信函格式不加）", "请在版记第一个要素之上和最后一个要素之下加分隔线"
)
def rules_present(notice: Notice) -> Iterator[Fault]:
    """Over the first element, below the last, and between."""
    imprint = notice.imprint
    if imprint is None or notice.kind == "信函":
        return
    right = _wanted(imprint)
    if len(imprint.strokes) < right:
        yield Fault(f"有{len(imprint.strokes)}条分隔线，应有{right}条", imprint.passages[0])


@warn("GW-7.4.1-2", "7.4.1", "首条和末条分隔线推荐0.35mm，中间的推荐0.25mm", "请改正分隔线的粗细")
def rules_thickness(notice: Notice) -> Iterator[Fault]:
    """粗 outside, 细 inside."""
    strokes = notice.imprint.strokes if notice.imprint else ()
    if notice.imprint is None or len(strokes) < _wanted(notice.imprint):
        return
    for index, stroke in enumerate(strokes):
        outer = index in (0, len(strokes) - 1)
        if not near(stroke.thickness, _OUTER if outer else _INNER, _THICKNESS):
            yield Fault(f"第{index + 1}条{stroke.thickness:.2f}mm", _first(notice))


@fail("GW-7.4.1-3", "7.4.1", "版记分隔线与版心等宽", "请使分隔线与版心等宽")
def rules_width(notice: Notice) -> Iterator[Fault]:
    """156 mm, on a turned page 225 mm."""
    sheet = _sheet(notice)
    right = 225 if sheet and sheet.landscape else text_width(notice)
    for stroke in notice.imprint.strokes if notice.imprint else ():
        if not near(stroke.width, right, 2):
            yield Fault(f"长{mm(stroke.width)}", _first(notice))


@fail("GW-7.4.1-4", "7.4.1", "末条分隔线与公文最后一面的版心下边缘重合", "请把版记移到最后一面的版心最下方", ONLY_PDF)
def at_bottom(notice: Notice) -> Iterator[Fault]:
    """On the last page, on the last line."""
    imprint, sheet = notice.imprint, _sheet(notice)
    if imprint is None or sheet is None or not imprint.strokes:
        return
    last = imprint.passages[-1]
    if last.page != notice.measured.pages:
        yield Fault(f"版记在第{last.page}页，全文{notice.measured.pages}页", last)
        return
    bottom = sheet.height - (26 if sheet.landscape else 35)
    lowest = imprint.strokes[-1].top
    if lowest is not None and not near(lowest, bottom, 1.5):
        yield Fault(f"末条分隔线距版心下边缘{mm(abs(bottom - lowest))}", last)


@warn("GW-7.4-1", "7.4", "版记在偶数页（双面印刷的最后一面）", "请在版记之前留空白页，使版记落在偶数页", ONLY_PDF)
def even_page(notice: Notice) -> Iterator[Fault]:
    """Follows from printing on both sides, is not the standard's own word."""
    imprint = notice.imprint
    if imprint and imprint.passages[0].page is not None and imprint.passages[0].page % 2:
        yield Fault(f"在第{imprint.passages[0].page}页", imprint.passages[0])


@warn("GW-7.4.2-1", "7.4.2、7.4.3", "版记一般用4号仿宋体字", "请改为四号仿宋体")
def face(notice: Notice) -> Iterator[Fault]:
    """四号仿宋."""
    for passage in notice.imprint.passages if notice.imprint else ():
        if passage.role != "仿宋" or not near(passage.size, _SIZE, 0.3):
            yield Fault(f"{points(passage.size)}{passage.role}", passage)


@fail("GW-7.4.2-2", "7.4.2、7.4.3", "抄送、印发左右各空一字", "请把左、右缩进设为一字")
def insets(notice: Notice) -> Iterator[Fault]:
    """One character on both sides."""
    if notice.imprint is None:
        return
    for passage in notice.imprint.passages:
        if not _ONE[0] <= passage.indent <= _ONE[1]:
            yield Fault(f"左空{mm(passage.indent)}", passage)
        elif passage is notice.imprint.printed and not _ONE[0] <= passage.inset <= _ONE[1]:
            yield Fault(f"右空{mm(passage.inset)}", passage)


@fail(
    "GW-7.4.2-3",
    "7.4.2",
    "“抄送”后加全角冒号，最后一个抄送机关后标句号，回行与冒号后的首字对齐",
    "请改成“抄送：×××，×××。”的写法",
)
def copies(notice: Notice) -> Iterator[Fault]:
    """抄送：a，b。 and its wraps."""
    passage = notice.imprint.copies if notice.imprint else None
    if passage is None:
        return
    text = bare(passage.text)
    if not re.match(r"抄[送报]：", text):
        yield Fault("“抄送”后不是全角冒号", passage)
    if not text.endswith("。"):
        yield Fault(f"末尾为“{text[-1]}”", passage)
    label = COPIES.match(passage.text)
    start = passage.indent + len(label[0] if label else "抄送：") * passage.size * MM_A_POINT
    if passage.hang is not None and not near(passage.hang, start, 0.6 * CHARACTER):
        yield Fault(f"回行与冒号后的首字相差{mm(abs(passage.hang - start))}", passage)


@fail(
    "GW-7.4.3-1",
    "7.4.3",
    "印发机关居左，日期标全、不编虚位，后加“印发”二字",
    "请改成“××办公室　2022年12月9日印发”的写法",
)
def printed(notice: Notice) -> Iterator[Fault]:
    """机关 … 2022年12月9日印发."""
    passage = notice.imprint.printed if notice.imprint else None
    found = PRINTED.search(passage.text) if passage else None
    if passage is None or found is None:
        return
    if not DAY_FORM.fullmatch(bare(found["day"])):
        yield Fault(f"日期为“{found['day']}”", passage)
    if not bare(passage.text).endswith("印发"):
        yield Fault("日期后没有“印发”", passage)


RULES = (
    even_page, rules_present, rules_thickness, rules_width, at_bottom, face, insets, copies, printed,
)  # fmt: skip
