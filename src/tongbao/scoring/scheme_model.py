"""A jurisdiction's definitions with all their revisions, and those of them that are in force in one month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongbao.definitions import Loaded
from tongbao.effective import Timeline
from tongbao.errors import Code, Finding, Severity
from tongbao.inputs.calendar import WorkCalendar
from tongbao.inputs.contract import Tables
from tongbao.inputs.corrections import Correction
from tongbao.inputs.roster import Roster
from tongbao.period import Period
from tongbao.scoring.definition import System
from tongbao.scoring.reweighting import Reweighting

_BEGINNING = Period(1, 1)


@dataclass(frozen=True)
class InForce:
    """What scores one month: the units, tables and systems as they were then.

    Attributes:
        lapsed: systems without a revision for this month, with what there is to say about it; the nearest
            revision stands in for them, so that all other mistakes can be told as well.
    """

    jurisdiction: str
    period: Period
    roster: Roster
    contracts: Tables
    systems: Mapping[str, Loaded[System]]
    lapsed: Mapping[str, Finding]

    @property
    def names(self) -> tuple[str, ...]:
        """The systems that score the month; all where none does, so that each says why."""
        return tuple(name for name in self.systems if name not in self.lapsed) or tuple(self.systems)

    def remarks(self) -> tuple[Finding, ...]:
        """源文存疑: what is inconsistent in print, and what these definitions made of it."""
        return tuple(
            Finding(
                Code.SOURCE_REMARK,
                f"“{loaded.value.name}”{remark.where}：原文“{remark.quote}”",
                loaded.positions.place("源文存疑", index),
                f"取法：{remark.choice}",
                Severity.REMARK,
            )
            for loaded in (self.systems[name] for name in self.names)
            for index, remark in enumerate(loaded.value.remarks)
        )


@dataclass(frozen=True)
class Scheme:
    """Everything that scores a jurisdiction: units, tables and systems, each with the lines it was written on.

    Attributes:
        systems: by name, every revision of each.
        notes: what the checks found that is no error, such as a month that no revision is for.
        calendar: working days as the workspace states them.
        reweightings: systems that are tried out under other weights (试算), by name; none in a notice.
        corrections: figures that granted appeals put right, of any month; laid over the tables as they are read.
    """

    jurisdiction: str
    roster: Loaded[Roster]
    contracts: Loaded[Tables]
    systems: Mapping[str, Timeline[Loaded[System]]]
    notes: tuple[Finding, ...] = ()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    reweightings: Mapping[str, Reweighting] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    _views: dict[Period, InForce] = field(default_factory=dict, init=False, repr=False, compare=False)

    def at(self, period: Period) -> InForce:
        """The definitions in force in a month; later revisions never change what this says of an earlier one (R24)."""
        if period not in self._views:
            self._views[period] = InForce(
                self.jurisdiction,
                period,
                self.roster.value.at(period),
                self.contracts.value.at(period),
                {name: timeline.nearest(period) for name, timeline in self.systems.items()},
                {
                    name: _lapse(name, timeline, period)
                    for name, timeline in self.systems.items()
                    if not timeline.at(period)
                },
            )
        return self._views[period]

    def eras(self) -> tuple[Period, ...]:
        """One month of every stretch of time in which nothing changes, so that all revisions can be looked at."""
        changes = {month for timeline in self.systems.values() for month in timeline.changes}
        changes |= {*self.contracts.value.changes, *self.roster.value.succession.changes}
        return (_BEGINNING, *sorted(changes))


def _lapse(name: str, timeline: Timeline[Loaded[System]], period: Period) -> Finding:
    loaded = timeline.nearest(period)
    effective, until = loaded.value.effective, loaded.value.until
    if effective is not None and period < effective:
        message = f"体系“{name}”自{effective.words}起生效，不能用于{period.words}"
        place, remedy = loaded.positions.place("生效"), "请改正 生效，或使用当时的体系"
    else:
        ended = until.words if until else period.words
        message = f"体系“{name}”{ended}截止，{period.words}没有生效的修订"
        place, remedy = loaded.positions.place("截止"), "请改正 截止，或补上该月起生效的修订"
    return Finding(Code.VALUE_INVALID, message, place, remedy)
