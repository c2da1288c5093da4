"""What stands inside a Word paragraph: text in its looks, breaks, fields, boxes and drawn lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from tongbao.lint.faces import role_of_font
from tongbao.lint.measured import MM_A_POINT, Run
from tongbao.lint.word.cascade import Properties, Styles, flat, is_on, laid_over
from tongbao.lint.word.package import A, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

VML: Final = "{urn:schemas-microsoft-com:vml}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_EMU_A_MM: Final = 36_000
# Half-width characters and all others: each has a font of its own.
_BY_SCRIPT: Final = re.compile("[\x00-\u1fff]+|[^\x00-\u1fff]+")
_HALF: Final = re.compile("[\x00-\u1fff]")
_HANZI: Final = re.compile("[\u2e80-\U0003ffff]")
_PASSED: Final = frozenset({"ins", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "bdo", "dir"})
_BREAK: Final = {"page": "page", "column": "page"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one script with its resolved properties."""

    text: str
    run: Run
    spacing: float = 0  # between characters, in points
    themed: bool = False

    @property
    def width(self) -> float:
        """In mm: a Hanzi as wide as high, a half-width character half of that."""
        one = self.run.size / 2 if _HALF.match(self.text) else self.run.size
        return len(self.text) * (one + self.spacing) * MM_A_POINT


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line drawn as a shape."""

    width: float
    thickness: float
    colour: str


@dataclass(slots=True)
class Inline:
    """Everything inside one paragraph.

    Attributes:
        pieces: text; line breaks and tabs are pieces of their own.
        page_break: "before" when it comes before any text, "after" when the paragraph's text ends with it.
        boxes: the contents of its text boxes.
        word_art: texts drawn as WordArt.
    """

    pieces: list[Piece] = field(default_factory=list)
    page_break: Literal["", "before", "after"] = ""
    boxes: list[Element] = field(default_factory=list)
    word_art: list[str] = field(default_factory=list)
    drawn: list[DrawnLine] = field(default_factory=list)
    has_page_field: bool = False
    pictured: bool = False

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(piece.text for piece in self.pieces)


def inline_of(paragraph: Element, base: Properties, styles: Styles) -> Inline:
    """Read a paragraph's inside; deleted and hidden text is left out, a page field counts as “1”."""
    inline = Inline()
    _Reader(inline, base, styles).read(paragraph)
    return inline


class _Reader:
    def __init__(self, inline: Inline, base: Properties, styles: Styles) -> None:
        self._inline, self._base, self._styles = inline, base, styles
        self._field: list[str] = []  # instructions of open fields
        self._result = False

    def read(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            name = tag.rpartition("}")[2]
            if tag == f"{W}r":
                self._run(child)
            elif tag == f"{MC}AlternateContent":
                self._drawing(child)
            elif name == "fldSimple" and "PAGE" in child.get(f"{W}instr", "").split():
                self._inline.has_page_field = True
                self.read(child)
            elif name in _PASSED:
                self.read(child)

    def _run(self, run: Element) -> None:
        own = flat(run.find(f"{W}rPr"))
        properties: Properties = self._base
        if own:
            style = own.get("rStyle/val")
            if style:
                properties = laid_over(properties, self._styles.resolved(style)[1])
            properties = laid_over(properties, own)
        if is_on(properties, "vanish"):
            return
        for child in run:
            self._part(child, properties)

    def _part(self, child: Element, properties: Properties) -> None:  # noqa: C901 - one line a kind of content
        tag = child.tag
        if not isinstance(tag, str):
            return
        match tag.rpartition("}")[2]:
            case "t":
                if not (self._field and not self._result):
                    self._add(child.text or "", properties)
            case "tab" | "ptab":
                self._add("\t", properties)
            case "br" | "cr":
                self._break(child, properties)
            case "noBreakHyphen":
                self._add("-", properties)
            case "sym":
                code = child.get(f"{W}char", "")
                self._add(chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else "", properties)
            case "instrText":
                if self._field:
                    self._field[-1] += child.text or ""
            case "fldChar":
                self._field_mark(child.get(f"{W}fldCharType", ""), properties)
            case "drawing" | "pict" | "AlternateContent" | "object":
                self._drawing(child)

    def _field_mark(self, kind: str, properties: Properties) -> None:
        match kind:
            case "begin":
                self._field.append("")
                self._result = False
            case "separate":
                self._result = True
            case "end" if self._field:
                words = self._field.pop().split()
                if words[:1] == ["PAGE"]:
                    self._inline.has_page_field = True
                    if not self._result:
                        self._add("1", properties)
                self._result = bool(self._field)

    def _break(self, child: Element, properties: Properties) -> None:
        if child.get(f"{W}type", "") in _BREAK:
            self._inline.page_break = "after" if self._inline.text.strip() else "before"
        else:
            self._add("\n", properties)

    def _add(self, text: str, properties: Properties) -> None:
        for part in _BY_SCRIPT.findall(text):
            hanzi = bool(_HANZI.search(part)) or (properties.get("rFonts/hint") == "eastAsia" and not part.isascii())
            font, themed = self._styles.font(properties, "eastAsia" if hanzi else "ascii")
            size = float(_number(properties.get("sz/val"), 20)) / 2
            colour = properties.get("color/val", "000000").upper()
            run = Run(
                part,
                font,
                role_of_font(font) if font else "其他",
                size,
                colour if re.fullmatch("[0-9A-F]{6}", colour) else "000000",
                is_on(properties, "b"),
            )
            spacing = _number(properties.get("spacing/val"), 0) / 20
            self._inline.pieces.append(Piece(part, run, spacing, themed and hanzi))

    def _drawing(self, drawing: Element) -> None:
        """Text boxes once, though Word writes each of them twice for old programs."""
        choice = drawing.find(f"{MC}Choice") if drawing.tag == f"{MC}AlternateContent" else None
        root = choice if choice is not None else drawing
        self._inline.pictured = True
        self._inline.boxes += list(root.iter(f"{W}txbxContent"))
        for path in root.iter(f"{VML}textpath"):
            shape = path.getparent()
            if shape is None or "WaterMark" not in shape.get("id", ""):
                self._inline.word_art.append(path.get("string", ""))
        self._inline.drawn += list(_drawn_lines(root))


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value) else default


def _drawn_lines(root: Element) -> Iterator[DrawnLine]:
    for holder in (*root.iter(f"{WP}anchor"), *root.iter(f"{WP}inline")):
        extent, shape = holder.find(f"{WP}extent"), holder.find(f".//{A}prstGeom")
        if extent is None or shape is None or shape.get("prst") not in ("line", "straightConnector1"):
            continue
        line = holder.find(f".//{A}ln")
        colour = line.find(f".//{A}srgbClr") if line is not None else None
        width = int(line.get("w", "9525")) if line is not None else 9525
        yield DrawnLine(
            int(extent.get("cx", "0")) / _EMU_A_MM,
            width / _EMU_A_MM,
            (colour.get("val", "000000") if colour is not None else "000000").upper(),
        )
    for line in root.iter(f"{VML}line"):
        ends = [re.sub("[a-z]+", "", line.get(name, "0,0")).split(",")[0] or "0" for name in ("from", "to")]
        points = abs(float(ends[1]) - float(ends[0])) if all(re.fullmatch(r"-?[\d.]+", end) for end in ends) else 0
        colour_name = line.get("strokecolor", "#000000").split(" ")[0].lstrip("#").upper()
        colour_hex = {"RED": "FF0000", "F00": "FF0000"}.get(colour_name, colour_name)
        weight = re.sub("[a-z]+", "", line.get("strokeweight", "0.75pt")) or "0.75"
        yield DrawnLine(
            points * MM_A_POINT,
            float(weight) * MM_A_POINT,
            colour_hex if re.fullmatch("[0-9A-F]{6}", colour_hex) else "000000",
        )
