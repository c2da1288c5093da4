"""A jurisdiction's definitions, read and held against each other before a single figure is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tongbao.definitions import Loaded
from tongbao.errors import Code, Finding, Severity
from tongbao.inputs.contract import Tables
from tongbao.inputs.roster import Roster
from tongbao.scoring.definition import System


@dataclass(frozen=True)
class Scheme:
    """Everything that scores a jurisdiction: units, tables and systems, each with the lines it was written on."""

    jurisdiction: str
    roster: Loaded[Roster]
    contracts: Loaded[Tables]
    systems: Mapping[str, Loaded[System]]

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
            for loaded in self.systems.values()
            for index, remark in enumerate(loaded.value.remarks)
        )
