"""Opens the register: a SQLite file beside the outputs, or the office's PostgreSQL, told apart by nothing else here.

Every act is one transaction. On SQLite it begins with BEGIN IMMEDIATE, on PostgreSQL it locks the rows it reads
(`with_for_update`), so that of two clerks who act at the same moment the second one sees what the first one did.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from tongbao.errors import Code, Finding, OutputError, Place

ADDRESS = "TONGBAO_DATABASE_URL"
FILE = "tongbao.db"
_PATIENCE_SECONDS = 60
_WRITING = "tongbao_writing"
_SCHEMES = frozenset(("postgresql", "postgres", "postgresql+psycopg"))


def exists(workspace: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a register to ask; without one nothing was ever recorded."""
    return bool(environment.get(ADDRESS)) or (workspace / "outputs" / FILE).is_file()


class Register:
    """An open register, its tables up to date.

    Args:
        workspace: the folder that holds outputs/.
        environment: where TONGBAO_DATABASE_URL is looked up.

    Raises:
        OutputError: it cannot be reached or read, or a newer tongbao wrote it; no password is ever told.
    """

    def __init__(self, workspace: Path, environment: Mapping[str, str] = os.environ) -> None:
        from tongbao.register.upgrade import ensure_current

        url = _url(workspace, environment)
        sqlite_file = url.get_backend_name() == "sqlite"
        self.place = f"outputs/{FILE}" if sqlite_file else f"PostgreSQL {url.host or '本机'} {url.database or ''}"
        with self._explained():
            if sqlite_file:
                (workspace / "outputs").mkdir(parents=True, exist_ok=True)
            self.engine = _engine(url)
            ensure_current(self)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Look something up; what is seen belongs together."""
        with self._explained(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Record an act wholly or not at all."""
        with (
            self._explained(),
            self.engine.connect().execution_options(**{_WRITING: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error, OSError) as error:
            raise OutputError(_finding(error, self.place)) from None


def insert_missing(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless an equal key is there already; tells whether it was inserted."""
    maker = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = maker(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return connection.execute(statement).first() is not None


def _url(workspace: Path, environment: Mapping[str, str]) -> URL:
    written = environment.get(ADDRESS)
    if not written:
        return URL.create("sqlite", database=str(workspace / "outputs" / FILE))
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _SCHEMES:
        raise OutputError(
            Finding(
                Code.REGISTER_UNUSABLE,
                "数据库地址看不懂（为免泄露口令，这里不重复它）",
                Place(f"环境变量 {ADDRESS}"),
                "请写成 postgresql://用户:口令@主机:端口/库名；口令中的特殊字符用 %XX 表示",
            )
        )
    return url.set(drivername="postgresql+psycopg")


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"connect_timeout": 10})
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": _PATIENCE_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _finding(error: Exception, place: str) -> Finding:
    """Say what is wrong without repeating what the driver says: it may hold the address with its password."""
    detail = str(getattr(error, "orig", None) or error).casefold()
    remedy = "请检查文件夹的权限、剩余空间和数据库服务，再运行一次"
    if "locked" in detail:
        message, remedy = "登记簿正忙，等了一分钟仍不能写入", "请等另一人办完，再运行一次"
    elif "malformed" in detail or "not a database" in detail:
        message, remedy = "登记簿文件已损坏", "请从备份恢复这个文件；不要删除它，发文字号和办理记录都在里面"
    elif "readonly" in detail or "read-only" in detail or isinstance(error, PermissionError):
        message = "登记簿不能写入"
    elif "full" in detail:
        message, remedy = "磁盘已满，登记簿没有改动", "请腾出空间，再运行一次"
    elif any(word in detail for word in ("authentication", "password")):
        message, remedy = "数据库不接受所给的用户或口令", f"请改正环境变量 {ADDRESS}"
    elif any(word in detail for word in ("connection", "could not translate", "resolve", "timeout", "does not exist")):
        message, remedy = "连不上数据库", f"请检查数据库服务是否在运行、环境变量 {ADDRESS} 是否正确"
    else:
        message = f"登记簿不可用（{type(getattr(error, 'orig', None) or error).__name__}）"
    return Finding(Code.REGISTER_UNUSABLE, message, Place(place), remedy)
