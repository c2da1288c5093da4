"""What lint tells of one file: every broken rule once, with all its places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tongbao.lint.elements.notice import Notice
from tongbao.lint.rule import Fault, Rule, Weight

_WORDS = 16


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to look: page and line of a PDF, paragraph of a Word file, and its first words."""

    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    words: str = ""

    def __str__(self) -> str:
        parts = []
        if self.page is not None:
            parts.append(f"第{self.page}页" + (f"第{self.line}行" if self.line is not None else ""))
        elif self.paragraph is not None:
            parts.append(f"第{self.paragraph}段")
        if self.words:
            parts.append(f"“{self.words}”")
        return "".join(parts) or "全文"


@dataclass(frozen=True, slots=True)
class Observation:
    """One rule broken in one way, wherever in the file.

    Attributes:
        rule: its id.
        measured: what was found.
        right: what the standard wants.
        places: every place where it was found so.
    """

    rule: str
    clause: str
    severity: Weight
    measured: str
    right: str
    places: tuple[Spot, ...]
    remedy: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about one file.

    Attributes:
        kind: 文件, 信函, 纪要 or 无版头.
        checked: how many rules could be measured.
    """

    file: str
    format: str
    kind: str
    pages: int | None
    checked: int
    observations: tuple[Observation, ...]

    @property
    def fails(self) -> int:
        """How many plain statements of the standard are broken."""
        return sum(each.severity is Weight.FAIL for each in self.observations)

    @property
    def warnings(self) -> int:
        """How many recommendations are not followed."""
        return len(self.observations) - self.fails


def observe(rules: Iterable[Rule], notice: Notice) -> tuple[Observation, ...]:
    """Apply rules to a document; faults of one rule with the same measurement come together."""
    found: list[Observation] = []
    for rule in rules:
        grouped: dict[str, list[Spot]] = {}
        for fault in rule.check(notice):
            grouped.setdefault(fault.measured, []).append(_spot(fault))
        found += [
            Observation(
                rule.id, rule.clause, rule.weight, measured, rule.title, tuple(dict.fromkeys(spots)), rule.remedy
            )
            for measured, spots in grouped.items()
        ]
    return tuple(found)


def _spot(fault: Fault) -> Spot:
    passage, line = fault.passage, fault.line
    if passage is None:
        return Spot(fault.page)
    line = line or (passage.lines[0] if passage.lines else None)
    text = fault.line.text if fault.line else passage.text
    words = text.strip().replace("\t", " ")[:_WORDS]
    if line is not None and line.page is not None:
        return Spot(line.page, line.number, passage.number, words)
    return Spot(None, None, passage.number, words)
