"""Units through time: which were there in a month, what became of them, and whose history is whose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tongbao.effective import Span, Timeline
from tongbao.period import Period

if TYPE_CHECKING:
    from tongbao.inputs.roster import Group, Unit


@dataclass(frozen=True, slots=True)
class Membership:
    """One line of the 单位名录: a unit under one name in one group, and the months in which that was so.

    Attributes:
        path: number of the group and of the line in it.
    """

    unit: Unit
    group: str
    span: Span
    path: tuple[int, int]

    @property
    def name(self) -> str:
        """The name that the unit bears in these months."""
        return self.unit.name


@dataclass(frozen=True, slots=True)
class Elsewhen:
    """What to tell whoever uses the name of a unit that is not there in a month.

    Attributes:
        words: since when, and what it is called: “自2022年7月起更名为“市数据局””.
        remedy: what to do about it.
    """

    words: str
    remedy: str


@dataclass(frozen=True)
class Succession:
    """The units of all times. A renamed unit is the same unit; a merged one ends, its successor has its own history."""

    groups: Sequence[Group]

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """Every line of the roster in its order, each with both ends of its time.

        A line without 截止 ends when the same name begins in another group, or when another name takes its place.
        """
        lines = [
            Membership(unit, group.name, Span(unit.effective, unit.until), (number, index))
            for number, group in enumerate(self.groups)
            for index, unit in enumerate(group.units)
        ]
        timelines = (Timeline.of(same, lambda line: line.unit) for same in _by_name(lines).values())
        closed = {line.path: replace(line, span=span) for each in timelines for span, line in each.revisions}
        for line in lines:
            old = _renamed(line, closed.values())
            if old is not None and old.unit.until is None and line.span.first is not None:
                closed[old.path] = replace(old, span=Span(old.span.first, line.span.first.shift(-1)))
        return tuple(closed[line.path] for line in lines)

    @cached_property
    def changes(self) -> frozenset[Period]:
        """Every month from which the roster reads differently than in the month before."""
        firsts = {line.span.first for line in self.memberships if line.span.first is not None}
        return frozenset(firsts | {line.span.last.shift(1) for line in self.memberships if line.span.last is not None})

    @cached_property
    def before(self) -> dict[tuple[int, int], Membership]:
        """By path the line that a line goes on from: the name before, or the same name in the group before."""
        found: dict[tuple[int, int], Membership] = {}
        for line in self.memberships:
            if (old := _renamed(line, self.memberships)) is not None:
                found[line.path] = old
        left = {old.path for old in found.values()}
        for same in _by_name(self.memberships).values():
            for line in same:
                last = max((each for each in same if _follows(line, each)), key=_order, default=None)
                if line.path in found or last is None or last.path in left or last.unit.merged_into is not None:
                    continue
                found[line.path] = last
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Membership]]:
        return _by_name(self.memberships)

    @cached_property
    def _after(self) -> dict[tuple[int, int], Membership]:
        lines = {line.path: line for line in self.memberships}
        return {old.path: lines[path] for path, old in self.before.items()}

    @cached_property
    def _threads(self) -> dict[tuple[int, int], tuple[int, int]]:
        """By path the path of the first line of the same unit."""
        found = {}
        for line in self.memberships:
            first, seen = line, {line.path}
            while (old := self.before.get(first.path)) is not None and old.path not in seen:
                first = old
                seen.add(old.path)
            found[line.path] = first.path
        return found

    def at(self, period: Period) -> tuple[Membership, ...]:
        """The units that there are in a month."""
        return tuple(line for line in self.memberships if period in line.span)

    def successor(self, unit: str, since: Period, until: Period) -> str | None:
        """The name under which the unit of a month goes on in another month, later or earlier.

        Args:
            unit: its name in the month `since`.
            since: the month whose unit is meant.
            until: the month whose name is asked for.

        Returns:
            The same name where nothing happened, another one where it was renamed in between; None where it did not
            exist then: newly set up, abolished, or merged into a unit that has a history of its own.
        """
        if not self.changes:
            return unit
        line = next((line for line in self._by_name.get(unit, ()) if since in line.span), None)
        return None if line is None else self._same(line, until)

    def same_unit(self, one: Membership, other: Membership) -> bool:
        """Whether two lines are one unit under two names or in two groups."""
        return self._threads[one.path] == self._threads[other.path]

    def names_of(self, unit: str) -> tuple[str, ...]:
        """Every name that the unit of this name ever bore or will bear, in the order of the roster."""
        units = {self._threads[line.path] for line in self._by_name.get(unit, ())}
        return tuple(dict.fromkeys(line.name for line in self.memberships if self._threads[line.path] in units))

    def known_as(self, period: Period) -> dict[str, str]:
        """Every name that a unit of the month ever bore, or will bear, with its name in the month."""
        known = {line.name: name for line in self.memberships if (name := self._same(line, period)) is not None}
        return known | {line.name: line.name for line in self.at(period)}

    def elsewhen(self, period: Period) -> dict[str, Elsewhen]:
        """Every spelling that no unit has in a month but one has in another, and what to say about it."""
        now = {spelling for line in self.at(period) for spelling in line.unit.spellings}
        return {
            spelling: self._told(line, period)
            for line in self.memberships
            if period not in line.span
            for spelling in line.unit.spellings
            if spelling not in now
        }

    def events(self, since: Period, until: Period) -> Iterator[str]:
        """What happened to units after a month and up to another: “2022年7月“甲局”更名为“乙局””."""
        for line in self.memberships:
            first, last, old = line.span.first, line.span.last, self.before.get(line.path)
            if first is not None and since < first <= until:
                if old is None:
                    yield f"{first.words}新设“{line.name}”"
                elif old.name != line.name:
                    yield f"{first.words}“{old.name}”更名为“{line.name}”"
                elif old.group != line.group:
                    yield f"{first.words}“{line.name}”由{old.group}转入{line.group}"
            if last is not None and since <= last < until and line.path not in self._after:
                ended = f"并入“{line.unit.merged_into}”" if line.unit.merged_into else "撤销"
                yield f"{last.shift(1).words}“{line.name}”{ended}"

    @cached_property
    def _units(self) -> dict[tuple[int, int], list[Membership]]:
        """All lines of a unit by the path of the first one."""
        found: dict[tuple[int, int], list[Membership]] = {}
        for line in self.memberships:
            found.setdefault(self._threads[line.path], []).append(line)
        return found

    def _same(self, line: Membership, period: Period) -> str | None:
        lines = self._units[self._threads[line.path]]
        return next((each.name for each in lines if period in each.span), None)

    def _told(self, line: Membership, period: Period) -> Elsewhen:
        first = line.span.first
        if first is not None and period < first:
            name = self._same(line, period)
            if name is not None:
                return Elsewhen(f"自{first.words}起才用这个名称，{period.words}叫“{name}”", f"请写当时的名称“{name}”")
            return Elsewhen(f"{first.words}才设立", "请删去该行，或核对 单位名录 的 生效")
        return self._ended(line, period)

    def _ended(self, line: Membership, period: Period) -> Elsewhen:
        """Follow a unit through renamings and mergers to the month."""
        parts: list[str] = []
        remedy = "请删去该行，或核对 单位名录 的 截止"
        reached: Membership | None = line
        while reached is not None and reached.span.last is not None and reached.span.last < period:
            since, following = reached.span.last.shift(1), self._after.get(reached.path)
            if following is not None:
                parts += [f"自{since.words}起更名为“{following.name}”"] if following.name != reached.name else []
                remedy = f"请改写为“{following.name}”"
            elif reached.unit.merged_into:
                into = reached.unit.merged_into
                parts.append(f"自{since.words}起并入“{into}”")
                remedy = f"请把数字并入“{into}”那一行，不要另填一行"
                following = next((each for each in self.at(since) if each.name == into), None)
            else:
                parts.append(f"自{since.words}起撤销")
                remedy = "请删去该行，或核对 单位名录 的 截止"
            reached = following
        return Elsewhen("，又".join(parts) or f"在{period.words}不在名录", remedy)


def _by_name(lines: Iterable[Membership]) -> dict[str, list[Membership]]:
    found: dict[str, list[Membership]] = {}
    for line in lines:
        found.setdefault(line.name, []).append(line)
    return found


def _renamed(line: Membership, others: Iterable[Membership]) -> Membership | None:
    """The line whose name this one took over from."""
    if line.unit.renamed_from is None:
        return None
    earlier = [each for each in others if each.name == line.unit.renamed_from and _follows(line, each)]
    return max(earlier, key=_order) if earlier else None


def _follows(line: Membership, earlier: Membership) -> bool:
    """Whether a line begins after another one began."""
    return line.span.first is not None and (earlier.span.first is None or earlier.span.first < line.span.first)


def _order(line: Membership) -> tuple[int, int]:
    first = line.span.first
    return (first.year, first.month) if first else (0, 0)
