"""Definitions together with the corrections that granted appeals made, as every score is worked out from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tongbao.inputs.corrections import Correction
from tongbao.scoring.scheme import Scheme, load_scheme


def load_corrected(workspace: Path, jurisdiction: str, until: datetime | None = None) -> Scheme:
    """Read a jurisdiction's definitions and what the register corrects; without a register nothing is corrected.

    Args:
        workspace: the folder that holds everything.
        jurisdiction: 辖区.
        until: only what had been decided by then, for what was issued at that moment.

    Raises:
        UsageError: there is no such jurisdiction.
        InvalidError: with all findings of all definitions.
        OutputError: the register cannot be read.
    """
    scheme = load_scheme(workspace, jurisdiction)
    return replace(scheme, corrections=corrections(workspace, jurisdiction, until))


def corrections(workspace: Path, jurisdiction: str, until: datetime | None = None) -> tuple[Correction, ...]:
    """What the register corrects in a jurisdiction; the database is only loaded where there is one."""
    from tongbao.register.database import Register, exists

    if not exists(workspace):
        return ()
    from tongbao.register.appeals import corrections_for

    with Register(workspace).read() as connection:
        return corrections_for(connection, jurisdiction, until)
