"""Brings a register that an older version wrote up to date; Alembic reads these files."""
