"""The register opens on either database, is brought up to date once, and never tells a password."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from tongbao.errors import OutputError
from tongbao.register.database import ADDRESS, Register
from tongbao.register.schema import METADATA
from tongbao.register.upgrade import HEAD, MIGRATIONS


def test_the_migrations_make_exactly_the_tables_that_the_code_reads(register: Register) -> None:
    with register.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_many_may_open_a_new_register_at_the_same_time(tmp_path: Path, environment: dict[str, str]) -> None:
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: Register(tmp_path, environment), range(6)))
    with opened[0].read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]


def test_a_register_of_a_newer_version_is_refused_and_left_alone(
    tmp_path: Path, register: Register, environment: dict[str, str]
) -> None:
    with register.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(OutputError, match="由更新版本的 tongbao 写成"):
        Register(tmp_path, environment)
    with register.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_an_act_that_fails_half_way_leaves_nothing(register: Register) -> None:
    def half() -> None:
        with register.write() as connection:
            connection.execute(text("INSERT INTO series (code, year, first) VALUES ('甲政办发', 2022, 1)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with register.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM series")).scalar() == 0


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://clerk:geheim@127.0.0.1:1/office",
        "postgresql://clerk:geheim@nirgends.invalid/office?connect_timeout=1",
        "mysql://clerk:geheim@127.0.0.1/office",
        "postgresql+asyncpg://clerk:geheim@127.0.0.1/office",
        "clerk:geheim@127.0.0.1:x/office",
        "postgresql://clerk:geheim@127.0.0.1:notaport/office",
        "postgresql://clerk@127.0.0.1:1/office?password=geheim",
    ],
)
def test_no_message_holds_the_password(tmp_path: Path, address: str) -> None:
    program = "import sys; from pathlib import Path; from tongbao.register.database import Register\n"
    program += "from tongbao.errors import OutputError\ntry: Register(Path(sys.argv[1]))\n"
    program += "except OutputError as error: print(error)"
    command = [sys.executable, "-c", program, str(tmp_path)]
    told = subprocess.run(command, env={ADDRESS: address}, capture_output=True, text=True, check=True)
    assert "登记簿不可用" in told.stdout
    assert "geheim" not in told.stdout + told.stderr


def test_a_damaged_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs/tongbao.db").write_bytes(b"not a database at all " * 100)
    with pytest.raises(OutputError, match="登记簿文件已损坏"):
        Register(tmp_path, {})
