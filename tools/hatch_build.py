"""Puts the starter workspace into the wheel, so that `tongbao init` works without the repository.

Only into real wheels: an editable install reads the repository itself, and a copy would go stale unnoticed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STARTER = ("inputs", "scoring", "templates", "reports")
HANDBOOK = "docs/definitions.md"
"""The explanation of every key: workbooks made from definitions show it beside the key."""


class StarterHook(BuildHookInterface[Any]):
    """Adds the office's folders below tongbao/workspace."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Tell hatchling which folders to add."""
        if version == "editable":
            return
        for folder in STARTER:
            if (Path(self.root) / folder).is_dir():
                build_data["force_include"][folder] = f"tongbao/workspace/{folder}"
        build_data["force_include"][HANDBOOK] = f"tongbao/workspace/{HANDBOOK}"
