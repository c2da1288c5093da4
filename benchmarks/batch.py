"""A prefecture's month: whether a second worker pays, and whether a worker stays small."""

from __future__ import annotations

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.notices import ROOT, notice
from benchmarks.pdf_speed import long_table
from benchmarks.rows import Row, below, faster, unmeasured

_COPIES = 2
_DOCUMENTS = 50  # each copy of the sample month's reports makes twenty-five
_ROUNDS = 3
_MANY = 200
_EARLY = 50
_PERIOD = "2022-11"


def measure() -> list[Row]:
    """The memory of one worker, and two workers against one."""
    return [*_memory(), _workers()]


def _workers() -> Row:
    name = f"两个进程对一个，{_DOCUMENTS} 份文件的一批（读表、计分、Word、PDF、明细）"
    if (os.cpu_count() or 1) < 2:  # noqa: PLR2004  # two workers need two cores
        return unmeasured(name, "≥ 1.7 倍", "本机只有一个处理器")
    from tongbao.starter import copy_starter

    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        copy_starter(workspace)
        _multiply(workspace)
        times: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(_ROUNDS):
            for jobs, taken in times.items():
                shutil.rmtree(workspace / "outputs")
                command = [sys.executable, "-m", "tongbao", "run", _PERIOD, "-C", str(workspace), "--jobs", str(jobs)]
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                taken.append(time.perf_counter() - start)
                made = len(list(workspace.glob("outputs/*/*/*.pdf")))
                if made != _DOCUMENTS:
                    raise RuntimeError(f"{made} documents were made, not {_DOCUMENTS}")
    one, two = (statistics.median(taken) for taken in times.values())
    return faster(name, two, one, at_least=1.7, note=f"{_ROUNDS} 轮中位数；对照为一个进程；都从启动命令算起")


def _multiply(workspace: Path) -> None:
    """Give every sample report copies with names of their own."""
    for original in sorted((workspace / "reports").glob("*.yaml")):
        text = original.read_text(encoding="utf-8")
        for index in range(1, _COPIES):
            name = f"{original.stem}{index}"
            copy, changed = re.subn(rf"(?m)^(名称:\s*){original.stem}\s*$", rf"\g<1>{name}", text)
            if changed != 1:
                raise RuntimeError(f"{original} does not name itself once")
            (workspace / "reports" / f"{name}.yaml").write_text(copy, encoding="utf-8")


def _memory() -> list[Row]:
    """Let one process make two hundred notices and a very large one, and ask the system what it holds."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.batch"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    early, late, after = (float(figure) for figure in run.stdout.split())
    note = f"第 {_EARLY} 份后 {early:.0f} MB，第 {_MANY} 份后 {late:.0f} MB；各不相同的 .docx 和 .pdf"
    large = f"5000 行的一份之后 {after:.0f} MB"
    return [
        below("一个进程的内存", late, at_most=600, unit="MB", note=note),
        below(f"第 {_EARLY} 份到第 {_MANY} 份之间的内存增长", 100 * (late / early - 1), at_most=5, unit="%", note=note),
        below("很大的一份之后没有归还的内存", 100 * (after / late - 1), at_most=15, unit="%", note=large),
    ]


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _make_many() -> None:
    from tongbao.outputs import word
    from tongbao.outputs.fonts import resolve
    from tongbao.outputs.typst import TypstEngine

    engine = TypstEngine(resolve(ROOT, []))
    held = []
    for number in range(1, _MANY + 1):
        document = notice(number=number)
        word.write(document)
        engine.render(document)
        if number in {_EARLY, _MANY}:
            held.append(_megabytes())
    engine.render(long_table(5000, 1))
    print(*held, _megabytes())


if __name__ == "__main__":
    _make_many()
