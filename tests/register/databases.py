"""A register on either database: a SQLite file, or a PostgreSQL that the tests start and stop themselves."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg

from tongbao.errors import RefusedError
from tongbao.period import Period
from tongbao.register import consequences, notices
from tongbao.register.consequences import Decided, Verdict
from tongbao.register.database import Register
from tongbao.register.life import Act, NoticeKey
from tongbao.register.notices import Signing

USER = "tongbao"


def programs() -> Path:
    """Where initdb and postgres are; a machine without them is told what to do."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise AssertionError(
            "没有 PostgreSQL 的服务程序：请运行 tools/setup.sh test（Debian：apt-get install postgresql）"
        )
    return (found[-1] if found else Path(str(on_path))).parent


@dataclass(frozen=True)
class Server:
    """A server of our own; every test gets a database of its own in it."""

    socket_folder: Path

    def address(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.socket_folder}"

    def create(self, database: str) -> str:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"')
        return self.address(database)


@contextmanager
def server() -> Iterator[Server]:
    """Start a server in a folder of its own, without a port; stop it at the end by its own pid."""
    binaries = programs()
    folder = Path(tempfile.mkdtemp(prefix="tongbao-pg-", dir="/tmp"))  # short: a socket's path has a limit
    identity: dict[str, int] = {}
    if os.geteuid() == 0:  # the server refuses to be root
        names = {entry.pw_name for entry in pwd.getpwall()}
        person = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        identity = {"user": person.pw_uid, "group": person.pw_gid}
        os.chown(folder, person.pw_uid, person.pw_gid)
    data = folder / "data"
    common = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, **identity}
    words = ("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", f"--username={USER}")
    made = subprocess.run([binaries / "initdb", "-D", data, *words], check=False, **common)  # type: ignore[call-overload]
    assert made.returncode == 0, made.stderr.decode()
    settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off"}
    settings |= {"synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        command = [binaries / "postgres", "-D", data, *options]
        process = subprocess.Popen(command, **(common | {"stderr": log}))  # type: ignore[call-overload]
    running = Server(folder)
    try:
        _wait(running, process, folder / "log")
        yield running
    finally:
        process.send_signal(signal.SIGINT)  # “fast”: lets go of clients and stops
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(running: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        try:
            psycopg.connect(running.address("postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())


def act(by: str = "张三", comment: str = "", day: str = "2022-12-09") -> Act:
    """An act of a day in the past."""
    return Act(by, datetime.fromisoformat(f"{day}T10:00:00+08:00"), comment)


def signing(papers: Sequence[str] = ("通报",), code: str = "甲政办发", **more: Any) -> Signing:
    """A signature on 2022-12-09 of papers that nobody has anything to decide on."""
    day = more.pop("day", date(2022, 12, 9))
    return Signing(day, dict.fromkeys(papers, code), more.pop("decided", Decided()), more.pop("basis", "b"), **more)


def reviewed(register: Register, *keys: NoticeKey) -> None:
    """Take notices as far as 核稿."""
    with register.write() as connection:
        for key in keys:
            notices.draft(connection, key, None, act())
            notices.review(connection, key, act("李四"), "b")


def keys_of(report: str, count: int) -> list[NoticeKey]:
    """One notice a month, so many months."""
    return [NoticeKey(report, Period(2000, 1).shift(month)) for month in range(count)]


def sign_all(workspace: Path, environment: dict[str, str], report: str, count: int) -> list[int]:
    """What one clerk's process does: sign one notice after the other."""
    register = Register(workspace, environment)
    given = []
    for key in keys_of(report, count):
        with register.write() as connection:
            given.append(notices.sign(connection, key, act(report), signing(["通报", "整改通知书-甲局"])).numbers)
    return [number for each in given for number in each.values()]


def decide_all(workspace: Path, environment: dict[str, str], by: str, count: int) -> list[str]:
    """Decide every consequence; what one is told of those that somebody else decided first."""
    register = Register(workspace, environment)
    told = []
    for number in range(1, count + 1):
        try:
            with register.write() as connection:
                consequences.decide(connection, number, Verdict.CONFIRMED, act(by))
        except RefusedError as error:
            told.append(str(error))
    return told
