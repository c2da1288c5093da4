"""The month that a notice speaks of, so that “上月” and “连续3个月” mean the same everywhere."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = 12
_FORM = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One calendar month, written 2022-11 on the command line and in folder names."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read “2022-11”.

        Raises:
            ValueError: the text is not a year and a month from 01 to 12.
        """
        match = _FORM.fullmatch(text)
        if not match or not 1 <= int(match[2]) <= MONTHS:
            raise ValueError(f"期间“{text}”应写成 2022-11 的形式")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def words(self) -> str:
        """“2022年11月”, as running text has it (GB/T 9704 §7.3.5.4: no leading zero)."""
        return f"{self.year}年{self.month}月"

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def shift(self, months: int) -> Period:
        """The month so many months later (negative: earlier)."""
        index = self.year * MONTHS + self.month - 1 + months
        return Period(index // MONTHS, index % MONTHS + 1)

    def back(self) -> Iterator[Period]:
        """The months before this one, latest first, without end."""
        period = self
        while period.year > 1:
            period = period.shift(-1)
            yield period
