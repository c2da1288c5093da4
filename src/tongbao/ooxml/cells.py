"""What a cell of a workbook can hold, whoever fills it: no text may become a formula or keep the file from opening."""

from __future__ import annotations

import re

FORMULA_LIKE = tuple("=+-@\t\r＝＋－＠")
"""What Excel, WPS and LibreOffice may take for a formula when the text is edited or saved as CSV."""

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold; a workbook with one of them does not open."""

LONGEST = 32_767
"""Characters of a cell, Excel's limit."""

A4 = 9
"""The paper, in the numbering of printers."""

_SHEET_NAME = 31  # characters, Excel's limit
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'"))


def sheet_name(wished: str, taken: set[str]) -> str:
    """A name that Excel takes: 31 characters, no brackets or slashes, unlike all others.

    Args:
        wished: what the sheet would best be called.
        taken: names given so far, case folded; the new one is added.
    """
    plain = wished.translate(_NOT_IN_SHEET_NAMES).strip()
    name, number = plain[:_SHEET_NAME], 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _SHEET_NAME - 3]}-{number}"
    taken.add(name.casefold())
    return name
