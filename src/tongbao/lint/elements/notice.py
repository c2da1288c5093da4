"""The elements of an official document as they were found, whatever their form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tongbao.lint.measured import Measured, Passage, Stroke

Kind = Literal["文件", "信函", "纪要", "无版头"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: its level (1 to 4), its number as written, the mark behind it, and its paragraph."""

    level: int
    number: str
    mark: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: the line 附件1, the lines of its title, and what follows."""

    label: Passage
    number: str
    title: tuple[Passage, ...]

    @property
    def title_text(self) -> str:
        """Its title in one line."""
        return "".join(passage.text for passage in self.title)


@dataclass(frozen=True, slots=True)
class NoteItem:
    """One line of 附件说明: its number as written, the mark behind it, the name."""

    passage: Passage
    number: str
    mark: str
    name: str
    name_indent: float | None


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: its lines, the one of 抄送, the one of 印发, and its rules."""

    passages: tuple[Passage, ...]
    copies: Passage | None
    printed: Passage | None
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class Notice:
    """A document taken apart.

    Attributes:
        marks: the lines of 发文机关标志, several for a joint issue.
        number: the line of 发文字号.
        signers: lines of 签发人; the first may be that of the number.
        rules: the red rules.
        title: the paragraphs of the title; a Word paragraph may hold several lines.
        body: everything from after 主送 to the closing elements.
        organs: the lines of 署名.
        asides: numbers of captions and of notes under tables, which are no text of the body.
    """

    measured: Measured
    kind: Kind
    marks: tuple[Passage, ...] = ()
    number: Passage | None = None
    copy_number: Passage | None = None
    secrecy: Passage | None = None
    urgency: Passage | None = None
    signers: tuple[Passage, ...] = ()
    rules: tuple[Stroke, ...] = ()
    title: tuple[Passage, ...] = ()
    recipients: Passage | None = None
    body: tuple[Passage, ...] = ()
    notes: tuple[NoteItem, ...] = ()
    organs: tuple[Passage, ...] = ()
    day: Passage | None = None
    remark: Passage | None = None
    attachments: tuple[Attachment, ...] = ()
    imprint: Imprint | None = None
    attendance: tuple[Passage, ...] = ()
    headings: tuple[Heading, ...] = ()
    asides: frozenset[int] = frozenset()

    @cached_property
    def title_lines(self) -> tuple[str, ...]:
        """The lines of the title as printed."""
        return tuple(line.text.strip() for passage in self.title for line in passage.lines if line.text.strip())

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        """Paragraphs of the body that are running text: no captions, notes or scraps."""
        return tuple(passage for passage in self.body if passage.number not in self.asides and _runs_on(passage))

    @property
    def has_letterhead(self) -> bool:
        """Whether anything of a 版头 is there."""
        return self.kind != "无版头"


_SCRAP = 12


def _runs_on(passage: Passage) -> bool:
    text = passage.text
    if passage.align == "center" or text.count("\t") > 1:  # labels of a picture stand in a row
        return False
    return len(text) > _SCRAP or text[-1:] in "。！？；："
