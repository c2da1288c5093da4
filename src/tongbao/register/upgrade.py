"""Brings the tables of a register up to date: once, however many open it at the same time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from tongbao.errors import Code, Finding, OutputError, Place

if TYPE_CHECKING:
    from tongbao.register.database import Register

HEAD = "0002"
"""The revision that this version of tongbao reads and writes; the last one in migrations/versions/."""

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x746F6E67  # any number that no other program takes: “tong”


def ensure_current(register: Register) -> None:
    """Migrate an older register; Alembic is only loaded when there is something to do.

    Raises:
        OutputError: a newer tongbao wrote the register.
    """
    with register.read() as connection:
        found = _revision(connection)
    if found == HEAD:
        return
    with register.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = _revision(connection)
        if found != HEAD:
            _migrate(connection, found, register.place)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection, found: str | None, place: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise OutputError(
            Finding(
                Code.REGISTER_UNUSABLE,
                f"登记簿由更新版本的 tongbao 写成（{found}，本版到{HEAD}），本版不能读写",
                Place(place),
                "请升级 tongbao 后再运行；登记簿没有改动",
            )
        )
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
