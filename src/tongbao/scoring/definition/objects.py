"""对象: which units a system or an indicator is about."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tongbao.definitions import Strict


class Objects(Strict):
    """Which units something applies to: groups, then single units added or left out."""

    groups: tuple[str, ...] = Field(default=(), alias="组")
    include: tuple[str, ...] = Field(default=(), alias="包括")
    exclude: tuple[str, ...] = Field(default=(), alias="不包括")


Role = Literal["牵头", "责任", "配合"]
"""What a unit is in a task."""
