r"""One person counted once: how a personal datum is written, before nothing but its hash is left.

A phone number comes as text with full-width digits or a no-break space, or as a figure with “.0” behind it; an
identity number ends in x or X. Python and DuckDB write it alike, so that a workbook and a parquet file agree.
"""

from __future__ import annotations

import re

_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
_NARROW = "".join(map(chr, range(0x21, 0x7F)))
_WHITE = " \t\r\n\x0b\x0c\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_TABLE = str.maketrans(_WIDE, _NARROW, _WHITE + _UNSEEN)
_WHOLE = r"[0-9]+\.0+"
_IDENTITY = r"[0-9]{17}x"
_EXACT = 2**53
"""Up to here a floating-point number holds every whole number."""


def identity(text: str) -> str:
    """The text of a personal datum as everybody who means the same person writes it; "" for white space alone."""
    plain = text.translate(_TABLE)
    if re.fullmatch(_WHOLE, plain):
        return plain.partition(".")[0]
    return plain.upper() if re.fullmatch(_IDENTITY, plain) else plain


def identity_in_sql(text: str) -> str:
    """The same for DuckDB; NULL for white space alone.

    Args:
        text: an expression for the cell's text.
    """
    odd = " OR ".join(
        [f"strlen({text}) <> length({text})", *(f"contains({text}, {_literal(sign)})" for sign in " \t\r\n\x0b\x0c.x")]
    )
    plain = f"translate({text}, {_literal(_WIDE + _WHITE + _UNSEEN)}, {_literal(_NARROW)})"
    whole = f"regexp_replace({plain}, '^([0-9]+)\\.0+$', '\\1')"
    told = f"CASE WHEN regexp_full_match({plain}, '{_IDENTITY}') THEN upper({plain}) ELSE {whole} END"
    return f"nullif(CASE WHEN {odd} THEN {told} ELSE {text} END, '')"


def is_exact(source: str) -> str:
    """Whether a floating-point number in parquet still says the whole number that it stands for."""
    return f"({source} IS NULL OR isnan({source}) OR ({source} = trunc({source}) AND abs({source}) <= {_EXACT}))"


def whole_text(source: str) -> str:
    """The text of such a number; NULL where it is blank."""
    return f"CASE WHEN NOT isnan({source}) THEN CAST(CAST({source} AS BIGINT) AS VARCHAR) END"


def _literal(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"
