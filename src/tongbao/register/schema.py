"""The tables of the register. A change here needs a revision in migrations/versions/; a test holds the two together.

Figures are kept as exact decimal text, moments as ISO text with the clock's offset, periods as 2022-11: every
database gives them back as they were written.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

_NAME = String(200)
_DIGEST = String(64)
_PERIOD = String(7)
_MOMENT = String(32)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


RUNS = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("report", _NAME, nullable=False),
    Column("jurisdiction", _NAME, nullable=False),
    Column("period", _PERIOD, nullable=False),
    Column("job_key", _DIGEST, nullable=False),
    Column("basis", _DIGEST, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("definitions", Text, nullable=False),
    Column("version", _NAME, nullable=False),
    Column("made_at", _MOMENT, nullable=False),
    Column("made_by", _NAME, nullable=False),
    UniqueConstraint("report", "period", "job_key"),
)
"""One making of one report; equal jobs are one row."""

STANDINGS = Table(
    "standings",
    METADATA,
    Column("run_id", Integer, ForeignKey("runs.id"), primary_key=True),
    Column("system", _NAME, primary_key=True),
    Column("unit", _NAME, primary_key=True),
    Column("unit_group", _NAME, nullable=False),
    Column("total", String(60)),
    Column("exact", Text),
    Column("place", Integer),
    Column("peers", Integer, nullable=False),
    Column("provisional", Boolean, nullable=False),
    _text("reason"),
)

SCORES = Table(
    "scores",
    METADATA,
    Column("run_id", Integer, primary_key=True),
    Column("system", _NAME, primary_key=True),
    Column("unit", _NAME, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("indicator", Text, nullable=False),
    Column("points", Text),
    Column("full_points", Text),
    Column("value", Text),
    ForeignKeyConstraint(["run_id", "system", "unit"], ["standings.run_id", "standings.system", "standings.unit"]),
)

NOTICES = Table(
    "notices",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("report", _NAME, nullable=False),
    Column("period", _PERIOD, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("step", _NAME, nullable=False),
    Column("run_id", Integer, ForeignKey("runs.id")),
    Column("basis", _DIGEST),
    Column("signed_on", String(10)),
    Column("issued_key", _DIGEST),
    Column("issued_files", Text),
    UniqueConstraint("report", "period", "edition"),
)
"""One notice (edition 0) or 更正 (1, 2, …) with where it stands; `basis` is what was read when it was proof-read."""

ACTS = Table(
    "acts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("notice_id", Integer, ForeignKey("notices.id"), nullable=False, index=True),
    Column("act", _NAME, nullable=False),
    Column("acted_by", _NAME, nullable=False),
    Column("acted_at", _MOMENT, nullable=False),
    _text("comment"),
)

SERIES = Table(
    "series",
    METADATA,
    Column("code", _NAME, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False),
)
"""One series of 发文字号 per 机关代字 and year; its row is locked while a number is given."""

NUMBERS = Table(
    "numbers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("code", _NAME, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("report", _NAME, nullable=False),
    Column("period", _PERIOD, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("paper", _NAME, nullable=False),
    Column("stated", Boolean, nullable=False),
    Column("given_at", _MOMENT, nullable=False),
    UniqueConstraint("code", "year", "number"),
    UniqueConstraint("report", "period", "edition", "paper"),
)
"""Every number that was given; `stated` ones come from the 序号 of a report definition."""

CONSEQUENCES = Table(
    "consequences",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("report", _NAME, nullable=False),
    Column("period", _PERIOD, nullable=False),
    Column("measure", _NAME, nullable=False),
    Column("unit", _NAME, nullable=False),
    Column("facts", Text, nullable=False),
    Column("proposed", Boolean, nullable=False),
    Column("state", _NAME, nullable=False),
    UniqueConstraint("report", "period", "measure", "unit"),
)
"""Measures that were proposed; `proposed` is false once the figures no longer speak for it."""

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("consequence_id", Integer, ForeignKey("consequences.id"), nullable=False, index=True),
    Column("state", _NAME, nullable=False),
    Column("decided_by", _NAME, nullable=False),
    Column("decided_at", _MOMENT, nullable=False),
    _text("reason"),
)

APPEALS = Table(
    "appeals",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("report", _NAME, nullable=False),
    Column("jurisdiction", _NAME, nullable=False),
    Column("period", _PERIOD, nullable=False),
    Column("unit", _NAME, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("filed_by", _NAME, nullable=False),
    Column("filed_at", _MOMENT, nullable=False),
    Column("state", _NAME, nullable=False),
    Column("decided_by", _NAME),
    Column("decided_at", _MOMENT),
    _text("finding"),
)

EVIDENCE = Table(
    "evidence",
    METADATA,
    Column("appeal_id", Integer, ForeignKey("appeals.id"), primary_key=True),
    Column("file", String(500), primary_key=True),
    Column("sha256", _DIGEST, nullable=False),
)

CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("appeal_id", Integer, ForeignKey("appeals.id"), nullable=False, index=True),
    Column("table_name", _NAME, nullable=False),
    Column("unit", _NAME, nullable=False),
    Column("column_name", _NAME, nullable=False),
    Column("row_number", Integer),
    Column("old_value", Text, nullable=False),
    Column("new_value", Text, nullable=False),
    Column("case_number", _NAME, nullable=False, server_default=""),
)
"""Figures that a granted appeal put right; the old value stays beside the new one."""
