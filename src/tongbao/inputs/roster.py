"""The 单位名录: which units there are, in which groups, and by which other names offices call them."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from tongbao.definitions import Strict


class Unit(Strict):
    """One unit under evaluation; names match exactly or through the aliases, never by likeness."""

    name: str = Field(alias="名称")
    full_name: str | None = Field(default=None, alias="全称")
    aliases: tuple[str, ...] = Field(default=(), alias="别名")


class Group(Strict):
    """Units that are ranked against each other."""

    name: str = Field(alias="名称")
    short: str | None = Field(default=None, alias="简称")
    units: tuple[Unit, ...] = Field(alias="单位")


class Roster(Strict):
    """All units of a jurisdiction; the order is the order of official lists."""

    jurisdiction: str = Field(alias="辖区")
    source: str | None = Field(default=None, alias="来源")
    groups: tuple[Group, ...] = Field(alias="组")

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Canonical names in roster order."""
        return tuple(unit.name for group in self.groups for unit in group.units)

    @cached_property
    def names(self) -> dict[str, str]:
        """Every accepted spelling (name, full name, alias) to the canonical name."""
        spellings: dict[str, str] = {}
        for group in self.groups:
            for unit in group.units:
                for spelling in (unit.name, unit.full_name, *unit.aliases):
                    if spelling:
                        spellings[spelling] = unit.name
        return spellings

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Canonical name to the name of its group."""
        return {unit.name: group.name for group in self.groups for unit in group.units}
