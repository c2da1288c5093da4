"""The kinds of definition that there are, by the names that docs/definitions.md gives them."""

from __future__ import annotations

from dataclasses import dataclass

from tongbao.definitions import Strict
from tongbao.inputs.contract import Tables
from tongbao.inputs.roster import Roster
from tongbao.scoring.definition import System
from tongbao.scoring.scheme import ROSTER_FILE, TABLES_FILE


@dataclass(frozen=True, slots=True)
class DefinitionKind:
    """One kind of file.

    Attributes:
        name: what the office calls it; its section in docs/definitions.md too.
        model: what such a file says.
        file: the name that such a file always has; None for any.
    """

    name: str
    model: type[Strict]
    file: str | None = None


SYSTEM = DefinitionKind("指标体系", System)
ROSTER = DefinitionKind("单位名录", Roster, ROSTER_FILE)
TABLES = DefinitionKind("数据表", Tables, TABLES_FILE)
KINDS = (ROSTER, TABLES, SYSTEM)
"""Those of scoring/."""
