"""A unit's months beside each other: 环比, 同比 and how long it has stood first, last or under a score line.

Only months that the register holds are compared; a month without a record ends what is told as 连续.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from tongbao.period import MONTHS, Period
from tongbao.register.runs import Standing
from tongbao.reports import wording
from tongbao.reports.definition import Thresholds

Line = tuple[str, str]
"""A report and one of its systems: what is compared over the months."""
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Change:
    """What a month brought against another one.

    Attributes:
        points: won (positive) or lost, of published totals; None where one of the months has none.
        places: the same; None where one month has no place, or the unit was in another group.
    """

    points: Decimal | None
    places: int | None

    @property
    def words(self) -> str:
        """提高1.35，上升2位."""
        told = [] if self.points is None else [wording.moved_words(self.points)]
        told += [] if self.places is None else [wording.place_words(self.places)]
        return "，".join(told) or NOTHING


@dataclass(frozen=True, slots=True)
class Spell:
    """How many months on end, this one included, something has held: 第一, 末位, 低于60, 不低于90."""

    what: str
    months: int


@dataclass(frozen=True, slots=True)
class Month:
    """One standing with what it is compared with.

    Attributes:
        month_on_month: 环比, against the month before; None where the register has none.
        year_on_year: 同比, against the same month of last year; None where the register has none.
        spells: 连续, what has held for two months or more.
    """

    standing: Standing
    month_on_month: Change | None
    year_on_year: Change | None
    spells: tuple[Spell, ...]

    @property
    def spell_words(self) -> str:
        """连续3个月第一."""
        return "、".join(f"连续{spell.months}个月{spell.what}" for spell in self.spells) or NOTHING

    @property
    def since_issued(self) -> str:
        """签发时82.30（第3位），现82.95（第2位）; "" where what was published still holds, or nothing was."""
        now = self.standing
        if now.issued_total is None or (now.issued_total, now.issued_place) == (now.total, now.place):
            return ""
        return f"签发时{_told(now.issued_total, now.issued_place)}，现{_told(now.total, now.place)}"


def course(standings: Sequence[Standing], lines: Mapping[Line, Thresholds]) -> tuple[Month, ...]:
    """Set every standing beside the month before and the same month of last year.

    Args:
        standings: of one unit, one a period, report and system.
        lines: the score lines by report and system; nothing is told of the lines of others.
    """
    known = {(each.report, each.system, each.period): each for each in standings}
    return tuple(_month(each, known, lines.get((each.report, each.system), Thresholds())) for each in standings)


def _month(now: Standing, known: Mapping[tuple[str, str, Period], Standing], lines: Thresholds) -> Month:
    def at(months: int) -> Standing | None:
        return known.get((now.report, now.system, now.period.shift(-months)))

    def back() -> Iterator[Standing]:
        months = 0
        while (standing := at(months)) is not None:
            yield standing
            months += 1

    counted = (Spell(what, sum(1 for _ in takewhile(holds, back()))) for what, holds in _tests(now, lines))
    return Month(now, _change(now, at(1)), _change(now, at(MONTHS)), tuple(each for each in counted if each.months > 1))


def _tests(now: Standing, lines: Thresholds) -> Iterator[tuple[str, Callable[[Standing], bool]]]:
    """Places are only compared within a group; where all stand level nobody is first or last."""
    yield "第一", lambda each: each.group == now.group and each.place == 1 != each.lowest
    yield "末位", lambda each: each.group == now.group and each.place is not None and each.place == each.lowest != 1
    if (low := lines.low) is not None:
        yield f"低于{low:f}", lambda each: each.total is not None and each.total < low
    if (high := lines.high) is not None:
        yield f"不低于{high:f}", lambda each: each.total is not None and each.total >= high


def _change(now: Standing, before: Standing | None) -> Change | None:
    if before is None:
        return None
    points = None if now.total is None or before.total is None else now.total - before.total
    same = now.group == before.group and now.place is not None and before.place is not None
    return Change(points, (before.place or 0) - (now.place or 0) if same else None)


def _told(total: Decimal | None, place: int | None) -> str:
    return ("没有得分" if total is None else f"{total:f}") + ("" if place is None else f"（第{place}位）")
