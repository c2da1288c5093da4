"""Fixtures of the batch tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import county


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return county(tmp_path)
