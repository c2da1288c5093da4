"""How words of spreadsheets are compared and shown, so that a space or a full-width digit changes nothing."""

from __future__ import annotations

import unicodedata

_LONGEST_SHOWN = 60
_LAST_TWO = 0xFFFE
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def normal(text: str) -> str:
    """The form in which headers, names and choices are compared: compatibility characters plain, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def trimmed(text: str) -> str:
    """The text without white space around it, full-width characters plain; for numbers and dates."""
    return unicodedata.normalize("NFKC", text).strip()


def hidden_characters(text: str) -> tuple[str, ...]:
    """Characters that nobody sees but that change what is read or printed: control, direction, zero width."""
    return tuple(character for character in text if _kind(character) in {"Cc", "Cf", "Cs", "non-character"})


def harmful_characters(text: str) -> tuple[str, ...]:
    """Characters that must not reach a document: they turn the direction of reading or have no place in Word's XML."""
    if text.isprintable() and _DIRECTIONS.isdisjoint(text):  # none of them is printable, and most texts are
        return ()
    return tuple(
        character for character in text if character in _DIRECTIONS or _kind(character) in {"Cc", "Cs", "non-character"}
    )


def _kind(character: str) -> str:
    """Unicode's category; breaks and tabs count as white space, they are taken out or kept as such."""
    if character in "\n\r\t":
        return "Zs"
    is_none = ord(character) & _LAST_TWO == _LAST_TWO  # the last two of every plane are none
    return "non-character" if is_none else unicodedata.category(character)


def shown(text: str) -> str:
    """The text as a message may quote it: on one line, invisible characters spelt out, cut when very long."""
    line = " ".join(text.split("\n")).replace("\r", "").replace("\t", " ")
    visible = "".join(f"\\u{ord(character):04x}" if hidden_characters(character) else character for character in line)
    return visible if len(visible) <= _LONGEST_SHOWN else f"{visible[:_LONGEST_SHOWN]}…（共{len(visible)}字）"
