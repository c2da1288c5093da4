"""§5: paper, margins, 版心, lines and characters a page, colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import LEADING, Format, Sheet
from tongbao.lint.rule import Fault, fail, mm, near, warn

_PAGE = "请在页面设置中改正：A4 纸，上 37mm、下 35mm、左 28mm、右 26mm"
_SLACK = 1.0
_WIDTH, _HEIGHT = 156.0, 225.0
_PDF_SLACK = 0.3
_DARK = 0x50
_ROUNDING = 0.02


def _upright(notice: Notice) -> Iterator[Sheet]:
    return (sheet for sheet in notice.measured.sheets if not sheet.landscape)


def _place(notice: Notice, sheet: Sheet) -> int | None:
    return sheet.number if notice.measured.format is Format.PDF else None


@fail("GW-5.1-1", "5.1", "用纸为 A4（210mm×297mm）", "请把纸张改为 A4")
def paper(notice: Notice) -> Iterator[Fault]:
    """A4, upright or turned."""
    for sheet in notice.measured.sheets:
        short, long = sorted((sheet.width, sheet.height))
        if not (near(short, 210, _SLACK) and near(long, 297, _SLACK)):
            yield Fault(f"{sheet.width:.0f}mm×{sheet.height:.0f}mm", page=_place(notice, sheet))


@fail("GW-5.2.1-1", "5.2.1", "天头（上白边）37mm±1mm", _PAGE)
def top_margin(notice: Notice) -> Iterator[Fault]:
    """In a PDF the white over the characters of the first line may count to the margin or to the line."""
    slack = LEADING / 2 + _PDF_SLACK if notice.measured.format is Format.PDF else 0
    tops = [(sheet.top, sheet) for sheet in _upright(notice) if sheet.top is not None]
    if tops:
        top, sheet = min(tops, key=lambda each: each[0])
        if not 37 - _SLACK - 0.05 <= top <= 37 + _SLACK + slack:
            yield Fault(f"天头{mm(top)}", page=_place(notice, sheet))


@fail("GW-5.2.1-2", "5.2.1", "订口（左白边）28mm±1mm", _PAGE)
def binding_margin(notice: Notice) -> Iterator[Fault]:
    """The left margin of upright pages."""
    lefts = [(sheet.left, sheet) for sheet in _upright(notice) if sheet.left is not None]
    if lefts:
        left, sheet = min(lefts, key=lambda each: each[0])
        if not near(left, 28, _SLACK + 0.05):
            yield Fault(f"订口{mm(left)}", page=_place(notice, sheet))


@fail("GW-5.2.1-3", "5.2.1", "版心 156mm×225mm（横排页 225mm×156mm）", _PAGE)
def text_area(notice: Notice) -> Iterator[Fault]:
    """Width from the printed lines or the margins; height only where margins are stated."""
    slack = 1.5
    for sheet in notice.measured.sheets:
        if sheet.left is None or sheet.right is None:
            continue
        width = sheet.width - sheet.left - sheet.right
        right_width, right_height = (_HEIGHT, _WIDTH) if sheet.landscape else (_WIDTH, _HEIGHT)
        stated = notice.measured.format is Format.WORD and sheet.top is not None and sheet.bottom is not None
        height = sheet.height - (sheet.top or 0) - (sheet.bottom or 0)
        if not near(width, right_width, slack) or (stated and not near(height, right_height, slack)):
            shown = f"版心{width:.1f}mm×{height:.1f}mm" if stated else f"版心宽{mm(width)}"
            yield Fault(shown, page=_place(notice, sheet))
            return


@warn("GW-5.2.3-1", "5.2.3", "一般每面排22行", "请把正文行距设为固定值28.95磅")
def lines(notice: Notice) -> Iterator[Fault]:
    """By the pitch of the body's lines."""
    counts = [sheet.lines for sheet in _upright(notice) if sheet.lines]
    if pitch := _usual((each.pitch, len(each.text)) for each in notice.sentences):
        sheet = next(_upright(notice))
        height = sheet.height - (sheet.top or 0) - (sheet.bottom or 0)
        counts = [int(height / pitch + _ROUNDING)]
    if counts and 22 not in counts:  # noqa: PLR2004
        yield Fault(f"按正文行距，每面{max(set(counts), key=counts.count)}行")


@warn("GW-5.2.3-2", "5.2.3", "一般每行排28个字", "请把正文设为三号字、字符间距紧缩0.25磅")
def characters(notice: Notice) -> Iterator[Fault]:
    """By the pitch of the body's characters where they are not stretched."""
    counts = [sheet.characters for sheet in _upright(notice) if sheet.characters]
    if advance := _usual((each.advance, len(each.text)) for each in notice.sentences):
        sheet = next(_upright(notice))
        counts = [int((sheet.width - (sheet.left or 0) - (sheet.right or 0)) / advance + _ROUNDING)]
    if counts and max(counts) != 28:  # noqa: PLR2004
        yield Fault(f"按正文字距，每行{max(counts)}个字")


def _usual(counted: Iterable[tuple[float | None, int]]) -> float | None:
    """The value under which most characters stand."""
    totals: dict[float | None, int] = {}
    for value, count in counted:
        totals[value] = totals.get(value, 0) + count
    return max(totals, key=lambda value: totals[value]) if totals else None


@fail("GW-5.2.4-1", "5.2.4", "文字颜色均为黑色（发文机关标志、分隔线、印章除外）", "请把文字颜色改为黑色")
def black(notice: Notice) -> Iterator[Fault]:
    """Everything from the title on."""
    marks = {passage.number for passage in notice.marks}
    for passage in notice.measured.flow:
        if passage.number in marks or (notice.number and passage.number < notice.number.number):
            continue
        for run in passage.runs:
            brightest = max(int(run.colour[at : at + 2], 16) for at in (0, 2, 4))
            if run.text.strip() and brightest > _DARK:
                yield Fault(f"文字颜色#{run.colour}", passage)
                break


RULES = (paper, top_margin, binding_margin, text_area, lines, characters, black)
