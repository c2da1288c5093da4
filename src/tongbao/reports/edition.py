"""Draft or issued: what a notice bears before and after 签发 — watermark, number, date, and which measures stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tongbao.inputs.corrections import Correction
from tongbao.scoring.consequences import Proposal

DRAFT_MARK = "征求意见稿"
PROVISIONAL_MARK = "初步"
PROPOSED = "拟"


@dataclass(frozen=True, slots=True)
class Edition:
    """What the register says of a notice, as far as its documents show it.

    Attributes:
        signed_on: the date of signing; None: a draft, with the definition's 成文日期 and room for the number.
        numbers: paper (通报, 整改通知书-市××局) to the number in its 发文字号.
        dropped: measures that somebody decided against, as (measure, unit); they stand in no document.
        corrections: figures that granted appeals put right before it was made.
    """

    signed_on: date | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    dropped: Sequence[tuple[str, str]] = ()
    corrections: tuple[Correction, ...] = ()

    def stands(self, proposal: Proposal) -> bool:
        """Whether a measure is still spoken of."""
        return (proposal.measure, proposal.unit) not in self.dropped

    @property
    def proposed(self) -> str:
        """拟 in a draft; nothing in an issued notice, which only holds what was confirmed."""
        return PROPOSED if self.signed_on is None else ""

    def number(self, paper: str, code: str, day: date) -> str:
        """发文字号 (§7.2.5): 昌市政办发〔2022〕87号, or room for the number before 签发."""
        return f"{code}〔{day.year}〕{self.numbers.get(paper, '　　')}号"

    def watermark(self, *, provisional: bool) -> str:
        """征求意见稿 on drafts; 初步 on whatever holds figures that are still to be verified, issued or not."""
        if provisional:
            return PROVISIONAL_MARK
        return DRAFT_MARK if self.signed_on is None else ""

    @property
    def settings(self) -> Mapping[str, str]:
        """What of it decides about the bytes of the documents, for the job key."""
        found = {"不采纳": "；".join(f"{unit}{measure}" for measure, unit in sorted(self.dropped))}
        found["更正"] = "；".join(
            f"{each.period}{each.unit}{each.table}.{each.column}@{each.row or ''}={each.new}（{each.note}）"
            for each in self.corrections
        )
        if self.signed_on is not None:
            found["签发"] = self.signed_on.isoformat()
            found["发文字号"] = "；".join(f"{paper}{number}" for paper, number in sorted(self.numbers.items()))
        return {name: words for name, words in found.items() if words}
