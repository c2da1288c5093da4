"""A system laid out flat: which indicator stands where, for which units, and on which line of the definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tongbao.definitions import KeyPath, Loaded
from tongbao.errors import Place
from tongbao.inputs.roster import Roster
from tongbao.scoring.definition import Indicator, IndicatorGroup, Leaf, Objects, Role, System
from tongbao.scoring.scoreboard import Key


@dataclass(frozen=True)
class Outline:
    """One system with its roster, as every step of scoring needs it."""

    loaded: Loaded[System]
    roster: Roster

    @property
    def system(self) -> System:
        """The definition itself."""
        return self.loaded.value

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Units that the system evaluates, in official order."""
        return units_in(self.system.objects, self.roster)

    @cached_property
    def entries(self) -> Mapping[Key, tuple[Indicator, KeyPath]]:
        """Every indicator, parents before children, with its path in the file."""
        found: dict[Key, tuple[Indicator, KeyPath]] = {}

        def walk(indicators: tuple[Indicator, ...], key: Key, path: KeyPath) -> None:
            for index, indicator in enumerate(indicators):
                own_key, own_path = (*key, indicator.name), (*path, "指标", index)
                found[own_key] = (indicator, own_path)
                if isinstance(indicator, IndicatorGroup):
                    walk(indicator.indicators, own_key, own_path)

        walk(self.system.indicators, (), ())
        return found

    @cached_property
    def leaves(self) -> Mapping[Key, Leaf]:
        """Leaves only, in the order of the definition."""
        return {key: item for key, (item, _) in self.entries.items() if isinstance(item, Leaf)}

    @cached_property
    def groups(self) -> Mapping[Key, IndicatorGroup]:
        """Groups only, parents first."""
        return {key: item for key, (item, _) in self.entries.items() if isinstance(item, IndicatorGroup)}

    @cached_property
    def bonus_keys(self) -> frozenset[Key]:
        """Indicators whose points come on top of 满分."""
        tops = {key for key, group in self.groups.items() if group.bonus}
        return frozenset(key for key in self.entries if any(key[:length] in tops for length in range(1, len(key) + 1)))

    @cached_property
    def leaf_units(self) -> Mapping[Key, frozenset[str]]:
        """For each leaf the units it is meant for."""
        everyone = frozenset(self.units)
        found: dict[Key, frozenset[str]] = {}
        for key, leaf in self.leaves.items():
            meant = (leaf.objects,) if leaf.objects is not None else tuple(leaf.roles.values())
            named = frozenset(unit for objects in meant for unit in units_in(objects, self.roster))
            found[key] = everyone & named if meant else everyone
        return found

    def roles_of(self, key: Key, unit: str) -> tuple[Role, ...]:
        """What the unit is in an indicator that tells roles: 牵头, 责任, 配合; more than one is possible."""
        return tuple(role for role, units in self._roles[key].items() if unit in units)

    @cached_property
    def _roles(self) -> Mapping[Key, Mapping[Role, frozenset[str]]]:
        return {
            key: {role: frozenset(units_in(objects, self.roster)) for role, objects in leaf.roles.items()}
            for key, leaf in self.leaves.items()
        }

    @property
    def prorated(self) -> bool:
        """Whether what does not apply is left out and the rest scaled up (R18)."""
        return self.system.aggregate == "按适用分值折算"

    @property
    def by_tasks(self) -> bool:
        """Whether units are ranked by the share of their tasks that are done (R23)."""
        return self.system.aggregate == "任务完成率"

    def place(self, key: Key, *more: str | int) -> Place:
        """The line that an indicator (or one of its keys) is written on."""
        return self.loaded.positions.place(*self.entries[key][1], *more)


def units_in(objects: Objects, roster: Roster) -> tuple[str, ...]:
    """The units that 对象 names, in official order; one that was renamed is meant by either name."""
    groups = set(objects.groups)
    include, exclude = ({roster.meant(name) for name in names} for names in (objects.include, objects.exclude))
    return tuple(
        unit
        for unit in dict.fromkeys(roster.units)
        if (roster.group_of[unit] in groups or unit in include) and unit not in exclude
    )
