"""Empty workbooks for the units to fill in: the heads that the contract asks for, and nothing else to get wrong."""

from __future__ import annotations

from tongbao.inputs.blank.workbook import BlankFile, blank_files

__all__ = ["BlankFile", "blank_files"]
