"""Which of several revisions holds in a month, so that an old month is always scored as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import Field, model_validator

from tongbao.definitions import Month, Strict
from tongbao.period import Period

Item = TypeVar("Item")


class Effective(Strict):
    """Base of everything that may change in mid-year: it holds from 生效 to 截止, both months included."""

    effective: Month | None = Field(default=None, alias="生效", description="first month; default: from the beginning")
    until: Month | None = Field(
        default=None, alias="截止", description="last month; default: until the next revision takes effect"
    )

    @model_validator(mode="after")
    def _forward(self) -> Effective:
        if self.effective is not None and self.until is not None and self.until < self.effective:
            raise ValueError(f"截止 {self.until} 早于 生效 {self.effective}")
        return self


@dataclass(frozen=True, slots=True)
class Span:
    """Months from the first to the last, both included; None: without end on that side."""

    first: Period | None
    last: Period | None

    def __contains__(self, period: Period) -> bool:
        return (self.first is None or self.first <= period) and (self.last is None or period <= self.last)

    def months(self) -> Iterator[Period]:
        """Every month of a span that has both ends."""
        period = self.first
        while period is not None and self.last is not None and period <= self.last:
            yield period
            period = period.shift(1)

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read “2021-12至2022-10” or a single month.

        Raises:
            ValueError: it is neither, or ends before it begins.
        """
        first, _, last = (part.strip() for part in text.partition("至"))
        span = cls(Period.parse(first), Period.parse(last or first))
        if not any(span.months()):
            raise ValueError(f"期间“{text}”的止月早于起月")
        return span

    @property
    def words(self) -> str:
        """“2022年7月”, “2022年7月至2022年12月”, “2022年7月起”, “2022年6月止”."""
        if self.first is None:
            return f"{self.last.words}止" if self.last else "始终"
        if self.last is None:
            return f"{self.first.words}起"
        return self.first.words if self.first == self.last else f"{self.first.words}至{self.last.words}"


@dataclass(frozen=True, slots=True)
class Timeline(Generic[Item]):
    """All revisions of one thing, the earliest first, each with the months in which it holds."""

    revisions: tuple[tuple[Span, Item], ...]

    @classmethod
    def of(cls, items: Iterable[Item], terms: Callable[[Item], Effective]) -> Timeline[Item]:
        """Order revisions; one without 截止 ends when the next begins, so that the old file need not be touched."""
        ordered = sorted(((_span(terms(item)), item) for item in items), key=lambda each: _order(each[0].first))
        following = [span.first for span, _ in ordered[1:]]
        closed = [
            (Span(span.first, after.shift(-1)) if span.last is None and after is not None else span, item)
            for (span, item), after in zip(ordered, [*following, None], strict=True)
        ]
        return cls(tuple(closed))

    @classmethod
    def always(cls, item: Item) -> Timeline[Item]:
        """The one thing that holds in every month."""
        return cls(((Span(None, None), item),))

    def at(self, period: Period) -> Item | None:
        """The revision in force; None where there is none."""
        return next((item for span, item in self.revisions if period in span), None)

    def nearest(self, period: Period) -> Item:
        """The revision in force, else the last one before, else the first one: something to speak of in a message."""
        before = [item for span, item in self.revisions if span.first is None or span.first <= period]
        found = self.at(period)
        return found if found is not None else before[-1] if before else self.revisions[0][1]

    def overlaps(self) -> Iterator[tuple[Item, Item]]:
        """Neighbours that both claim a month, the earlier one first."""
        for (span, item), (following, later) in zip(self.revisions, self.revisions[1:], strict=False):
            if following.first is None or following.first == span.first or following.first in span:
                yield item, later

    def gaps(self) -> Iterator[tuple[Span, Item, Item]]:
        """Months between two revisions in which none holds, with the one before and the one after."""
        for (span, item), (following, later) in zip(self.revisions, self.revisions[1:], strict=False):
            if span.last is not None and following.first is not None and span.last.shift(1) < following.first:
                yield Span(span.last.shift(1), following.first.shift(-1)), item, later

    @property
    def changes(self) -> Iterator[Period]:
        """Every month from which something else holds than in the month before."""
        for span, _ in self.revisions:
            if span.first is not None:
                yield span.first
            if span.last is not None:
                yield span.last.shift(1)


def _span(terms: Effective) -> Span:
    return Span(terms.effective, terms.until)


def _order(first: Period | None) -> tuple[int, int]:
    return (first.year, first.month) if first else (0, 0)
