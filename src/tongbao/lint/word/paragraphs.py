"""Measures one Word paragraph by itself: its text in its looks, its indents, its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tongbao.lint.measured import BODY_SIZE, MM_A_POINT, Run
from tongbao.lint.word.cascade import Properties, flat, laid_over
from tongbao.lint.word.inline import Inline, Piece, inline_of
from tongbao.lint.word.package import W
from tongbao.lint.word.setting import Setting, after_leading_tabs, setting_of, tab_stops, without_small_tabs
from tongbao.lint.word.walk import Walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLANKS: Final = " \u3000\xa0"


@dataclass(frozen=True, slots=True)
class Measure:
    """A paragraph measured by itself: its text, runs and setting."""

    text: str
    pieces: tuple[Piece, ...]
    setting: Setting
    indent: float
    inset: float
    hang: float | None
    style: str
    properties: Properties
    inline: Inline


def measure(walk: Walk, paragraph: Element, width: float, defaults: Properties | None = None) -> Measure:
    """Measure one paragraph in a column of `width` mm."""
    direct = flat(paragraph.find(f"{W}pPr"))
    identifier = direct.get("pStyle/val", walk.styles.default)
    style_p, style_r = walk.styles.resolved(identifier)
    below = laid_over(laid_over(walk.styles.paragraph_defaults, defaults or {}), style_p)
    label, level = walk.numbering.label({**style_p, **direct})
    properties = {**below, **level, **direct}
    base = laid_over(walk.styles.character_defaults, style_r)
    inline = inline_of(paragraph, base, walk.styles)
    pieces = inline.pieces
    if label:
        model = pieces[0] if pieces else Piece("", Run("", "", "其他", BODY_SIZE))
        run = Run(label, model.run.font, model.run.role, model.run.size, model.run.colour, model.run.bold)
        pieces = [Piece(label, run, model.spacing), *pieces]
    blank, pieces = _stripped(pieces)
    size = max((piece.run.size for piece in pieces if piece.text.strip()), default=_mark_size(paragraph, base))
    one = next((piece.run.size + piece.spacing for piece in pieces if piece.text.strip()), size)
    setting = setting_of(properties, size, walk.here, one)
    stops = tab_stops(paragraph, setting.left if setting.first < 0 else None)
    start = setting.left + setting.first + blank
    jump, pieces = after_leading_tabs(pieces, start, stops)
    blank += jump
    kept, extent = without_small_tabs(pieces, start + jump, stops)
    indent, inset, hang = _edges(setting, kept, extent, width, blank)
    text = "".join(piece.text for piece in kept)
    return Measure(text, tuple(kept), setting, indent, inset, hang, walk.styles.name(identifier), properties, inline)


def _mark_size(paragraph: Element, base: Properties) -> float:
    """The size of an empty paragraph is that of its end mark."""
    mark = laid_over(base, flat(paragraph.find(f"{W}pPr/{W}rPr")))
    value = mark.get("sz/val", "20")
    return int(value) / 2 if value.isdecimal() else BODY_SIZE


def _stripped(pieces: list[Piece]) -> tuple[float, list[Piece]]:
    """Leave blanks at both ends out; those at the beginning count as indent."""
    blank = 0.0
    left = list(pieces)
    while left and left[0].text and not left[0].text.strip(_BLANKS):
        blank += left.pop(0).width
    if left and (bare := left[0].text.lstrip(_BLANKS)) != left[0].text:
        head = left[0].text[: len(left[0].text) - len(bare)]
        blank += Piece(head, left[0].run, left[0].spacing).width
        left[0] = Piece(bare, _with(left[0].run, bare), left[0].spacing, left[0].themed)
    while left and not left[-1].text.strip():
        left.pop()
    if left and (bare := left[-1].text.rstrip()) != left[-1].text:
        left[-1] = Piece(bare, _with(left[-1].run, bare), left[-1].spacing, left[-1].themed)
    return blank, left


def _with(run: Run, text: str) -> Run:
    return Run(text, run.font, run.role, run.size, run.colour, run.bold)


def _edges(
    setting: Setting, pieces: list[Piece], extent: float, width: float, blank: float
) -> tuple[float, float, float | None]:
    """Indent of the first line, white after a single line, and indent of further lines where there are any."""
    room = width - setting.left - setting.right
    if any(piece.text == "\n" for piece in pieces):
        lines = broken(pieces)
        extent = max(sum(piece.width for piece in line) for line in lines)
    start = setting.left + setting.first + blank
    match setting.align:
        case "center":
            if extent > room + 0.5:
                return setting.left, setting.right, setting.left
            start = setting.left + (room - extent) / 2 + (setting.first + blank) / 2
            return start, max(0.0, width - start - extent), None
        case "right":
            return max(0.0, width - setting.right - extent), setting.right, None
    wraps = extent > width - start - setting.right + 0.5
    return start, setting.right if wraps else width - start - extent, setting.left if wraps else None


def broken(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces between line breaks."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if "\n" in piece.text:
            lines.append([])
        else:
            lines[-1].append(piece)
    return lines


def advance(pieces: tuple[Piece, ...]) -> float | None:
    """From Hanzi to Hanzi in most of a text, in mm."""
    widest = max(
        (piece for piece in pieces if piece.text[:1] >= "\u3400"), key=lambda each: len(each.text), default=None
    )
    return (widest.run.size + widest.spacing) * MM_A_POINT if widest else None
