"""Definitions as workbooks, for those who do not write YAML: out of the YAML and back, and nothing lost on the way."""

from __future__ import annotations

from tongbao.scoring.exchange.kinds import KINDS, SYSTEM, DefinitionKind
from tongbao.scoring.exchange.transfer import Imported, export_definition, import_definition

__all__ = ["KINDS", "SYSTEM", "DefinitionKind", "Imported", "export_definition", "import_definition"]
