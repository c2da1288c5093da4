"""How words of spreadsheets are compared and shown, so that a space or a full-width digit changes nothing."""

from __future__ import annotations

import unicodedata

_LONGEST_SHOWN = 60


def normal(text: str) -> str:
    """The form in which headers, names and choices are compared: compatibility characters plain, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def trimmed(text: str) -> str:
    """The text without white space around it, full-width characters plain; for numbers and dates."""
    return unicodedata.normalize("NFKC", text).strip()


def hidden_characters(text: str) -> tuple[str, ...]:
    """Characters that nobody sees but that change what is read or printed: control, direction, zero width."""
    return tuple(
        character
        for character in text
        if unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character not in "\n\r\t"
    )


def shown(text: str) -> str:
    """The text as a message may quote it: on one line, invisible characters spelt out, cut when very long."""
    line = " ".join(text.split("\n")).replace("\r", "").replace("\t", " ")
    visible = "".join(f"\\u{ord(character):04x}" if hidden_characters(character) else character for character in line)
    return visible if len(visible) <= _LONGEST_SHOWN else f"{visible[:_LONGEST_SHOWN]}…（共{len(visible)}字）"
