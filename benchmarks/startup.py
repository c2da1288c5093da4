"""Whether the command answers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.rows import Row, median_time, within


def measure() -> list[Row]:
    """Time `tongbao --help` from a cold process, as a shell starts it."""
    command = [str(Path(sys.executable).with_name("tongbao")), "--help"]

    def ask() -> None:
        subprocess.run(command, check=True, capture_output=True)

    ask()
    return [within("tongbao --help", median_time([ask] * 9), at_most=0.3, note="9 次中位数，新进程")]
