"""Corrections may be about a single case of a 案卷表.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Give corrections a case number; those that there are speak of cells of a table."""
    op.add_column("corrections", sa.Column("case_number", sa.String(length=200), server_default="", nullable=False))
