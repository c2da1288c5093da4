"""All rules, in the order of the standard."""

from __future__ import annotations

from typing import Final

from tongbao.lint.checks import (
    attachments,
    body,
    characters,
    files,
    folios,
    headings,
    imprint,
    letter,
    letterhead,
    margins,
    signature,
    title,
    top_left,
)
from tongbao.lint.rule import Rule

RULES: Final[tuple[Rule, ...]] = (
    *margins.RULES,
    *top_left.RULES,
    *letterhead.RULES,
    *title.RULES,
    *body.RULES,
    *headings.RULES,
    *attachments.RULES,
    *signature.RULES,
    *imprint.RULES,
    *folios.RULES,
    *letter.RULES,
    *characters.RULES,
    *files.RULES,
)
"""Every rule that lint knows."""
