"""What stands around a document's text, as an office writes it down once: section 版头 of 版式.yaml and of reports."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from tongbao.definitions import Abbreviated, Flag, Strict

COPY_DIGITS = 6
_SECRECY = re.compile(r"(绝密|机密|秘密)(?:★(?:([1-9]\d?)(年|个月)|长期))?")
_BRACKETS = "（）()"


def _copy_number(text: str) -> str:
    if text and not (text.isascii() and text.isdecimal() and len(text) <= COPY_DIGITS and int(text)):
        raise ValueError(f"份号“{text}”应为1至6位的正整数，如 1 或 000001")
    return text.zfill(COPY_DIGITS) if text else ""


def _secrecy(text: str) -> str:
    if text and not _SECRECY.fullmatch(text):
        raise ValueError(
            f"“{text}”应写成 机密★1年、秘密★6个月、绝密★长期 的形式（★前为密级，★后为保密期限），或只写密级"
        )
    return text


def _note(text: str) -> str:
    if text[:1] in _BRACKETS and text:
        raise ValueError(f"附注“{text}”不写括号，印出时自动加上")
    return text


class JointOrgan(Abbreviated):
    """Another organ of a joint issue; its name alone will do where the mark calls it as its 署名 does."""

    short_for: ClassVar[str] = "署名"

    name: str = Field(alias="署名")
    mark: str | None = Field(default=None, alias="标志", description="in 发文机关标志; the same as 署名 where left out")


class Letterhead(Strict):
    """Section 版头: who issues, under which mark and number, to whom copies go (GB/T 9704 §7.2, §7.4).

    None is what nobody has said yet; an empty text takes away what the pack says.
    """

    form: Literal["文件", "信函", "纪要"] | None = Field(default=None, alias="格式", description="default: 文件")
    mark: str | None = Field(default=None, alias="发文机关标志")
    organ: str | None = Field(default=None, alias="署名")
    code: str | None = Field(default=None, alias="机关代字")
    joint: tuple[JointOrgan, ...] | None = Field(default=None, alias="联合发文", description="the organs besides 署名")
    side_by_side: Flag | None = Field(
        default=None, alias="标志并列", description="whether a joint mark names every organ; default: 是"
    )
    copy_number: Annotated[str, AfterValidator(_copy_number)] | None = Field(default=None, alias="份号")
    secrecy: Annotated[str, AfterValidator(_secrecy)] | None = Field(default=None, alias="密级和保密期限")
    urgency: Literal["特急", "加急", ""] | None = Field(default=None, alias="紧急程度")
    signers: tuple[str, ...] | None = Field(default=None, alias="签发人", description="of an upward document only")
    post: str | None = Field(
        default=None, alias="签名章", description="post of whoever signs by a stamp of the name instead of the seal"
    )
    note: Annotated[str, AfterValidator(_note)] | None = Field(default=None, alias="附注")
    printer: str | None = Field(default=None, alias="印发机关")
    copies: tuple[str, ...] | None = Field(default=None, alias="抄送")
    even_page: Flag | None = Field(
        default=None, alias="版记双页", description="whether 版记 waits for an even page; default: 是"
    )

    def over(self, below: Letterhead) -> Letterhead:
        """This letterhead with what it leaves out taken from the one below."""
        stated = {key: value for key, value in self.model_dump(by_alias=True).items() if value is not None}
        return Letterhead.model_validate(below.model_dump(by_alias=True) | stated)

    @property
    def stated(self) -> tuple[str, ...]:
        """The keys that it says something about."""
        return tuple(key for key, value in self.model_dump(by_alias=True).items() if value is not None)

    @property
    def secret_for(self) -> tuple[str, float | None]:
        """密级 and 保密期限 in years: ("机密", 1.0); None for 长期 or where no term is stated."""
        match = _SECRECY.fullmatch(self.secrecy or "")
        if match is None or match[2] is None:
            return (match[1] if match else "", None)
        return match[1], int(match[2]) / (1 if match[3] == "年" else 12)
