"""`make bench`: every claim about speed and size, measured on this machine, in one table.

python -m benchmarks.run [module …] measures only these modules.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.rows import Row, unmeasured

MODULES = (
    "startup",
    "read_workbook",
    "cases",
    "score_system",
    "score_county",
    "word_speed",
    "pdf_speed",
    "lint_speed",
    "clerk",
    "batch",
)
_WIDTH = 160  # of the table in a file or a log
PEERS = ("docxtpl", "openpyxl", "weasyprint", "python-docx")


def main(names: list[str]) -> int:
    """Measure, print, and say how many promises are not kept."""
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        print(f"没有名为 {'、'.join(unknown)} 的测量，可用：{'、'.join(MODULES)}", file=sys.stderr)
        return 2
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    console.print(machine(), highlight=False)
    table = Table("项目", "本项目", "对照", "倍数", "要求", "结论", "说明", title="速度与占用", show_lines=True)
    rows: list[Row] = []
    for name in names or MODULES:
        with console.status(f"测量 {name} …"):
            measured = collect(name)
        rows += measured
        for row in measured:
            colour = {"达到": "green", "未达到": "red", "未测": "yellow"}[row.verdict]
            verdict = f"[{colour}]{row.verdict}[/]"
            table.add_row(row.name, row.ours, row.peer, row.ratio, row.target, verdict, row.note)
    console.print(table)
    missed = [row for row in rows if row.verdict == "未达到"]
    skipped = [row for row in rows if row.verdict == "未测"]
    print(f"共 {len(rows)} 项，未达到 {len(missed)} 项，未测 {len(skipped)} 项。")
    return 0


def collect(name: str) -> list[Row]:
    """The rows of one module; a module that fails becomes a row that says so, and the others go on."""
    try:
        return list(importlib.import_module(f"benchmarks.{name}").measure())
    except Exception as error:  # noqa: BLE001  # whatever it is, the other measurements still count
        return [unmeasured(name, "", f"{type(error).__name__}：{error}")]


def machine() -> str:
    """What the figures were measured on; without it they mean nothing."""
    versions = "，".join(f"{name} {importlib.metadata.version(name)}" for name in PEERS)
    return (
        f"{processor()}，{os.cpu_count()} 个处理器，负载 {os.getloadavg()[0]:.1f}；{platform.platform(terse=True)}；"
        f"Python {platform.python_version()}；tongbao {importlib.metadata.version('tongbao')}，{versions}，{office()}"
    )


def processor() -> str:
    """The processor's name as the system knows it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def office() -> str:
    """The version of LibreOffice, or that there is none."""
    found = shutil.which("soffice")
    if found is None:
        return "无 LibreOffice"
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False, timeout=60)
    return " ".join(answer.stdout.split()[:2]) or "LibreOffice"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
