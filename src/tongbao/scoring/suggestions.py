"""“您是不是要写……”: a likely name, offered in the message and never used in its stead."""

from __future__ import annotations

from collections.abc import Iterable

_LIKELY = 50


def likely(word: str, known: Iterable[str]) -> str | None:
    """The known name most like the word; None where nothing is near."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, tuple(known), scorer=fuzz.WRatio, score_cutoff=_LIKELY)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A whole sentence for the remedy of a message."""
    names = tuple(known)
    found = likely(word, names)
    if found is not None:
        return f"是不是“{found}”？"
    return f"可用的有：{'、'.join(names)}" if 0 < len(names) <= _LISTED else "请核对名称"


_LISTED = 12
