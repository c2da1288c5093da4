"""Fixtures of the scoring tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from offices import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)
