"""A DuckDB that can reach nothing but the files it was given: no network, no extension, no other path, no leftovers."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongbao.errors import Code
from tongbao.ooxml.archive import Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1200MB"
"""What DuckDB may hold; the rest goes to the private folder. With Python and the readers it stays below 2 GB."""
_MOST_THREADS = 4
_PLACEHOLDER = re.compile(r"\$(\w+)")


@dataclass
class Params:
    """Values bound to a statement; texts of definitions and files only ever reach DuckDB this way."""

    values: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: Any) -> str:
        """Take up a value and return the placeholder for it."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def bind_all(self, values: Sequence[Any]) -> str:
        """A list of placeholders between brackets, for IN."""
        return f"({', '.join(map(self.bind, values))})"


def quoted(name: str) -> str:
    """A column name of a file as an identifier: whatever stands in it, it stays one name."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Database:
    """An open, locked connection and the private folder that it lives in."""

    connection: DuckDBPyConnection
    folder: Path
    key: str

    def rows(self, sql: str, params: Params | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one of our statements.

        Raises:
            Refused: a file turns out to be damaged or too big while it is read.
        """
        import duckdb

        values = params.values if isinstance(params, Params) else dict(params or {})
        spare = values.keys() - set(_PLACEHOLDER.findall(sql))
        assert not spare, f"bound, but not asked for: {spare}"  # noqa: S101  # DuckDB would blame the file for it

        try:
            return self.connection.execute(sql, values or None).fetchall()
        except duckdb.OutOfMemoryException:
            raise Refused(
                Code.FILE_OVERSIZED, f"案卷数据超出可用的内存（{MEMORY}）", "请核对文件；确属正常数据的，请分期报送"
            ) from None
        except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException):
            raise  # our statement is wrong, not the file
        except duckdb.Error as error:
            raise Refused(Code.FILE_DAMAGED, f"案卷文件已损坏或不完整（{_kind(error)}）", "请重新导出该文件") from None


def _kind(error: Exception) -> str:
    """What DuckDB calls the fault; its whole message would quote the record, and with it the rater."""
    return str(error).partition(":")[0][:_LONGEST]


_LONGEST = 60


@contextmanager
def open_database(folder: Path, files: Sequence[Path], key: str) -> Iterator[Database]:
    """Open a database that may read these files only.

    Args:
        folder: private; everything that has to be laid down for a while goes there.
        files: what may be read.
        key: of the hashes of personal data; gone with the database.
    """
    import duckdb

    connection = duckdb.connect(
        str(folder / "案卷.duckdb"),
        config={
            "threads": str(min(os.cpu_count() or 1, _MOST_THREADS)),
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "暂存"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "preserve_insertion_order": "true",
        },
    )
    try:
        connection.execute("SET allowed_paths = $paths", {"paths": [str(path) for path in files]})
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield Database(connection, folder, key)
    finally:
        connection.close()


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only this user can read and that is gone afterwards, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="tongbao-", ignore_cleanup_errors=True) as name:
        yield Path(name)
