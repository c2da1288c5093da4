"""What the small languages of definitions have in common: how figures, words and comparisons are written.

A text of a definition is parsed by a grammar of ours into nodes; nothing in it can run. Where understanding ends is
told with the character.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

MAX_LENGTH = 2000
MAX_DEPTH = 60

TERMINALS = r"""
    COMPARE: ">=" | "<=" | "==" | "!=" | "<>" | ">" | "<" | "=" | "≥" | "≤" | "≠" | "＝" | "＞" | "＜"
    PLUS: "+" | "＋"
    MINUS: "-" | "−" | "－"
    TIMES: "*" | "×" | "＊" | "/" | "÷" | "／"
    PERCENT.2: /[0-9]+(\.[0-9]+)?[ ]*[%％]/
    NUMBER: /[0-9]+(\.[0-9]+)?/
    TEXT: /"[^"]*"|“[^”]*”|'[^']*'/
    REFERENCE: /\[[^\[\]]*\]/
    NAME: /[^\W\d]\w*/
    _OPEN: "(" | "（"
    _CLOSE: ")" | "）"
    _COMMA: "," | "，"
    %ignore /\s+/
"""
"""Terminals of every grammar, in Lark's notation."""

COMPARISONS: Mapping[str, str] = {
    "==": "=",
    "＝": "=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "<>": "!=",
    "＞": ">",
    "＜": "<",
}
"""Other ways to write a comparison, to the one that nodes hold."""

Understood = TypeVar("Understood")


class FormulaError(ValueError):
    """A formula that cannot be understood, with the character where understanding ends (1 is the first)."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


def understand(text: str, parse: Callable[[str], Understood], *, what: str = "公式") -> Understood:
    """Let a Lark parser read a text, or say at which character it stops making sense.

    Args:
        text: as the definition has it.
        parse: makes nodes of it.
        what: what the text is, for messages.

    Raises:
        FormulaError: it is too long, nested too deep, or not in the language.
    """
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken, VisitError

    if len(text) > MAX_LENGTH:
        raise FormulaError(f"{what}超过{MAX_LENGTH}个字符", MAX_LENGTH + 1)
    try:
        return parse(text)
    except UnexpectedCharacters as error:
        position = error.pos_in_stream or 0
        raise FormulaError(f"“{text[position]}”不能用在{what}里", position + 1) from None
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise FormulaError(f"{what}没有写完", len(text) + 1) from None
        raise FormulaError(f"“{error.token}”的位置不对", (error.token.start_pos or 0) + 1) from None
    except UnexpectedEOF:
        raise FormulaError(f"{what}没有写完", len(text) + 1) from None
    except VisitError as error:
        if isinstance(error.orig_exc, FormulaError):
            raise error.orig_exc from None
        raise


def percent(token: str) -> tuple[Decimal, str]:
    """“98 %” as 0.98 and as it is shown."""
    digits = token.rstrip("%％").rstrip()
    return Decimal(digits).scaleb(-2), f"{digits}%"
