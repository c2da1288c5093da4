"""How the elements of an official document are worded, as patterns that find them even when they are set wrongly."""

from __future__ import annotations

import re
from typing import Final

_YEAR: Final = r"[〔\[【［（(「〈<{]?\s*(?:19|20)\d{2}\s*年?\s*[〕\]】］）)」〉>}]?"

NUMBER: Final = re.compile(rf"(?P<code>[\u4e00-\u9fff]{{0,20}})\s*(?P<year>{_YEAR})\s*(?P<serial>第?\s*\d{{0,5}}\s*号)")
"""发文字号 in any form."""
NUMBER_FORM: Final = re.compile(r"[\u4e00-\u9fff]{0,20}〔(?:19|20)\d{2}〕(?:[1-9]\d*|\s*)号")
"""发文字号 as it should be; a draft waits for its number."""
COPY_NUMBER: Final = re.compile(r"(?:No\.?|份号[：:]?)?\s*\d{1,8}")
SECRECY: Final = re.compile(r"(?:绝密|机密|秘密)\s*(?:[★☆*]?\s*\S{0,8})?")
URGENCY: Final = re.compile(r"(?:特\s*急|加\s*急|急\s*件|平\s*急|特\s*提)")
SIGNER: Final = re.compile(r"签\s*发\s*人\s*[：:]")
MARK: Final = re.compile(r".{2,40}(?:文件|纪要|通报|简报|公报|命令|令)$")
MINUTES: Final = re.compile(r".{2,40}纪要$")
DAY: Final = re.compile(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
DAY_FORM: Final = re.compile(r"(?:19|20)\d{2}年[1-9]\d?月[1-9]\d?日")
LOOSE_DAY: Final = re.compile(
    r"(?:[二〇○零一]{2,4}[〇○零一二三四五六七八九]{0,2}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|\d{2,4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?)"
)
"""A day in any way of writing, alone in its line."""
NOTE: Final = re.compile(r"附\s*件\s*[：:]\s*\S")
"""The first line of 附件说明."""
NOTE_ITEM: Final = re.compile(r"(?P<number>\d{1,2})\s*(?P<mark>[.．、])\s*(?P<name>.+)")
ATTACHMENT: Final = re.compile(r"附\s*件\s*(?P<number>[0-9０-９一二三四五六七八九十]{0,3})\s*[：:]?")
"""The label of an attachment, alone in its line."""
REMARK: Final = re.compile(r"[（(].{2,60}[）)]")
COPIES: Final = re.compile(r"(?:抄\s*送|抄\s*报)\s*[：:]")
MOVED_RECIPIENTS: Final = re.compile(r"主\s*送\s*[：:]")
PRINTED: Final = re.compile(rf"(?P<organ>[^\t]*?)\s*(?P<day>{DAY.pattern}|{LOOSE_DAY.pattern})\s*印\s*发?\s*$")
ATTENDANCE: Final = re.compile(r"(?P<word>出席|请假|列席)\s*(?P<colon>[：:])?")
EMPTY_PAGE: Final = re.compile(r"[（(]?\s*此\s*页\s*无\s*正\s*文\s*[）)]?")
CAPTION: Final = re.compile(r"(?:[图表]\s*\d|续表|注\s*[：:\d]|说明[：:]|单位[：:]|数据来源|资料来源)")
TITLE_END: Final = "。，、；：,.;:!！?？"

_CHINESE: Final = "一二三四五六七八九十百"
HEADINGS: Final = (
    (1, re.compile(rf"(?P<number>[{_CHINESE}]{{1,4}})(?P<mark>[、.．，：:]|\s)")),
    (2, re.compile(rf"[（(](?P<number>[{_CHINESE}]{{1,4}})[）)](?P<mark>[、.．，：:]?)")),
    (3, re.compile(r"(?P<number>\d{1,2})(?P<mark>[.．、])(?!\d)")),
    (4, re.compile(r"[（(](?P<number>\d{1,2})[）)](?P<mark>[、.．，：:]?)")),
)
"""The number of a heading at the start of a paragraph, by level."""


def bare(text: str) -> str:
    """A text without blanks, which people put anywhere."""
    return re.sub(r"\s", "", text)
