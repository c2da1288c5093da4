"""Every register test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import Server, server

from tongbao.register.database import ADDRESS, Register


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def environment(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment variables that lead to the database."""
    if request.param == "sqlite":
        return {}
    running: Server = request.getfixturevalue("postgresql")
    return {ADDRESS: running.create(f"t{uuid.uuid4().hex}")}


@pytest.fixture
def register(tmp_path: Path, environment: dict[str, str]) -> Register:
    return Register(tmp_path, environment)
