"""Finds the unit that a spreadsheet means: by its exact name or an alias, never by likeness (税市务局 is no unit)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from tongbao.inputs.roster import Roster
from tongbao.inputs.succession import Elsewhen
from tongbao.inputs.text import hidden_characters, normal

_MOST_BYTES = 200  # file systems take 255 bytes; the name stands inside a longer file name
_LIKE_ENOUGH = 0.5
_MOST_SUGGESTIONS = 3


def unsafe_reason(name: str) -> str | None:
    """Say why a unit name must not become part of a file name or a document; None where it may.

    Args:
        name: the name as it was sent; line breaks and spaces are no danger, they are taken out before use.
    """
    plain = normal(name)
    hidden = hidden_characters(name)
    if hidden:
        return f"含有看不见的字符 U+{ord(hidden[0]):04X}"
    if any(separator in plain for separator in "/\\"):
        return "含有路径分隔符"
    if ".." in plain or plain == ".":
        return "含有路径记号“..”"
    size = len(unicodedata.normalize("NFKC", name).encode("utf-8", "surrogatepass"))
    if size > _MOST_BYTES:
        return f"过长（{size}字节，上限{_MOST_BYTES}字节）"
    return None


@dataclass(frozen=True)
class UnitNames:
    """All spellings of a roster in the form in which they are compared.

    Attributes:
        canonical: spelling to name.
        elsewhen: spellings of units that are not there in the month, and what to say about each.
    """

    canonical: Mapping[str, str]
    elsewhen: Mapping[str, Elsewhen] = field(default_factory=dict)

    @classmethod
    def of(cls, roster: Roster) -> UnitNames:
        """Index the roster of a month."""
        canonical = {normal(spelling): unit for spelling, unit in roster.names.items()}
        return cls(canonical, {normal(spelling): each for spelling, each in roster.elsewhen.items()})

    def absent(self, name: str) -> Elsewhen | None:
        """What there is to say about the name of a unit that exists in other months only."""
        return self.elsewhen.get(normal(name))

    def find(self, name: str) -> str | None:
        """The canonical name, when the name or one of its aliases is written."""
        return self.canonical.get(normal(name))

    def suggest(self, name: str) -> tuple[str, ...]:
        """Canonical names that look like the unknown one, most alike first; only ever words in a message."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        matches = process.extract(
            normal(name), list(self.canonical), scorer=OSA.normalized_similarity, score_cutoff=_LIKE_ENOUGH, limit=None
        )
        best = max((score for _, score, _ in matches), default=0)
        units = dict.fromkeys(self.canonical[spelling] for spelling, score, _ in matches if score == best)
        return tuple(units)[:_MOST_SUGGESTIONS]
