"""Puts mark, number, signature and imprint around a document's text, in the layout that the office chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tongbao.reports.compose import Content
from tongbao.reports.definition import Attendance
from tongbao.reports.document import Document, Form, Imprint, Letterhead, Meta, Signature
from tongbao.reports.first_page import with_body_on_page_1
from tongbao.reports.letterhead import FILE_WORD
from tongbao.templates.letterhead import Letterhead as Stated
from tongbao.templates.style import Style

NAMED_ORGANS = 3
"""Up to so many organs of a joint issue are named in its title; of more, the host and their number."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document has around its text.

    Attributes:
        head: 版头 as the office states it, complete.
        number: 发文字号.
        day: 成文日期.
        recipients: 主送 without the colon.
        seal: whether the organs seal it.
        upward: whether it goes to a higher organ, and so bears 签发人.
        attendance: of 纪要.
        watermark: across every page, or "".
    """

    head: Stated
    number: str
    day: date
    recipients: str
    seal: bool = True
    upward: bool = False
    attendance: Attendance | None = None
    watermark: str = ""

    @property
    def form(self) -> Form:
        """Which of the standard's layouts."""
        return self.head.form or "文件"

    def around(self, content: Content, meta: Meta, style: Style) -> Document:
        """The whole document."""
        minutes = self.form == "纪要"
        document = Document(
            letterhead=self._letterhead(),
            title_lines=content.title_lines,
            recipients="" if minutes else self.recipients,
            blocks=content.blocks,
            attachments=content.attachments,
            signature=None if minutes else self._signature(),
            imprint=self._imprint(self.recipients if minutes else ""),
            meta=meta,
            style=style,
            watermark=self.watermark,
            form=self.form,
            note=self.head.note or "",
            attendance=self.attendance.lines if minutes and self.attendance else (),
        )
        return with_body_on_page_1(document)

    def _letterhead(self) -> Letterhead:
        """The mark of a joint issue names every organ beside 文件; that of 信函 only the host (§7.2.4, §10.1)."""
        head = self.head
        mark = head.mark or ""
        organs: tuple[str, ...] = ()
        if head.joint and head.side_by_side is not False and self.form == "文件":
            word = FILE_WORD if mark.endswith(FILE_WORD) else ""
            organs = (mark.removesuffix(word), *(each.mark or each.name for each in head.joint))
            mark = word
        return Letterhead(
            mark,
            self.number,
            organs=organs,
            copy_number=head.copy_number or "",
            secrecy=head.secrecy or "",
            urgency=head.urgency or "",
            signers=head.signers or () if self.upward else (),
        )

    def _signature(self) -> Signature:
        head = self.head
        joint = tuple(each.name for each in head.joint or ())
        return Signature(
            head.organ or "", self.day, seal=self.seal and not head.post, joint=joint, post=head.post or ""
        )

    def _imprint(self, recipients: str) -> Imprint:
        head = self.head
        printer = head.printer or head.organ or ""
        return Imprint(head.copies or (), printer, self.day, recipients, even_page=head.even_page is not False)


def organs_in_title(head: Stated) -> tuple[str, ...]:
    """Who issues, as pieces between which a title may break: all of two or three organs, else 某某等5部门."""
    host, joint = head.organ or "", tuple(each.name for each in head.joint or ())
    if len(joint) >= NAMED_ORGANS:
        return (f"{host}等{len(joint) + 1}部门",)
    return (host, *joint)
