"""The 单位名录: which units there are in which months, in which groups, and by which other names offices call them."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field, PrivateAttr

from tongbao.definitions import Strict
from tongbao.effective import Effective
from tongbao.inputs.succession import Elsewhen, Succession
from tongbao.period import Period


class Unit(Effective):
    """One unit under evaluation; names match exactly or through the aliases, never by likeness.

    A unit that is renamed or changes its group has a second line with its own 生效.
    """

    name: str = Field(alias="名称")
    full_name: str | None = Field(default=None, alias="全称")
    aliases: tuple[str, ...] = Field(default=(), alias="别名")
    renamed_from: str | None = Field(
        default=None, alias="更名自", description="the name until 生效; it is the same unit, its history goes on"
    )
    merged_into: str | None = Field(
        default=None, alias="并入", description="the unit that took it over after 截止; that one's history is its own"
    )

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way in which the unit may be written."""
        return tuple(dict.fromkeys(each for each in (self.name, self.full_name, *self.aliases) if each))


class Group(Strict):
    """Units that are ranked against each other."""

    name: str = Field(alias="名称")
    short: str | None = Field(default=None, alias="简称")
    units: tuple[Unit, ...] = Field(alias="单位")


class Roster(Strict):
    """All units of a jurisdiction; the order is the order of official lists.

    As it is read it holds the units of all times; `at` gives those of one month, which is what scoring works with.
    """

    jurisdiction: str = Field(alias="辖区")
    source: str | None = Field(default=None, alias="来源")
    groups: tuple[Group, ...] = Field(alias="组")
    _known_as: dict[str, str] = PrivateAttr(default_factory=dict)
    _elsewhen: dict[str, Elsewhen] = PrivateAttr(default_factory=dict)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Canonical names in roster order."""
        return tuple(unit.name for group in self.groups for unit in group.units)

    @cached_property
    def names(self) -> dict[str, str]:
        """Every accepted spelling (name, full name, alias) to the canonical name."""
        return {spelling: unit.name for group in self.groups for unit in group.units for spelling in unit.spellings}

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Canonical name to the name of its group."""
        return {unit.name: group.name for group in self.groups for unit in group.units}

    @cached_property
    def succession(self) -> Succession:
        """Who follows whom."""
        return Succession(self.groups)

    def at(self, period: Period) -> Roster:
        """The units that there are in a month, under the names and in the groups of that month."""
        succession = self.succession
        if not succession.changes:
            return self
        there = {line.path for line in succession.at(period)}
        groups = tuple(
            group.model_copy(
                update={"units": tuple(unit for index, unit in enumerate(group.units) if (number, index) in there)}
            )
            for number, group in enumerate(self.groups)
        )
        roster = Roster.model_construct(jurisdiction=self.jurisdiction, source=self.source, groups=groups)
        roster._known_as = succession.known_as(period)  # noqa: SLF001 - of the same class
        roster._elsewhen = succession.elsewhen(period)  # noqa: SLF001
        return roster

    def successor(self, unit: str, since: Period, until: Period) -> str | None:
        """The name under which the unit of one month has its history in another, see `Succession.successor`.

        Ask the roster of all times, as it is read, not that of a month.
        """
        return self.succession.successor(unit, since, until)

    def names_of(self, spelling: str) -> tuple[str, ...]:
        """Every name of a unit through time, whichever of its spellings is given; none where there is no such unit.

        Ask the roster of all times, as it is read, not that of a month.
        """
        return self.succession.names_of(self.names.get(spelling, spelling))

    def meant(self, name: str) -> str:
        """The name in this month of the unit that a definition names, by whichever of its names of all times."""
        return self._known_as.get(name, name)

    @property
    def elsewhen(self) -> dict[str, Elsewhen]:
        """Spellings of units that are not there in this month, and what to say to whoever uses one."""
        return self._elsewhen
