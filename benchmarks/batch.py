"""A prefecture's month: whether a second worker pays, and whether a worker stays small."""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.notices import ROOT, notice
from benchmarks.rows import Row, below, faster, unmeasured

_REPORT = "盘锦市12345热线通报"  # one document a report: what is measured is the batch, not one long report
_DOCUMENTS = 40
_ROUNDS = 3
_MANY = 200
_PERIOD = "2022-11"


def measure() -> list[Row]:
    """The memory of one worker, and two workers against one."""
    return [_memory(), _workers()]


def _workers() -> Row:
    name = f"两个进程对一个，{_DOCUMENTS} 份通报的一批（读表、计分、Word、PDF、明细）"
    if (os.cpu_count() or 1) < 2:  # noqa: PLR2004  # two workers need two cores
        return unmeasured(name, "≥ 1.7 倍", "本机只有一个处理器")
    from tongbao.period import Period
    from tongbao.run import batch
    from tongbao.starter import copy_starter

    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        copy_starter(workspace)
        (workspace / ".fonts").symlink_to(ROOT / ".fonts")
        _multiply(workspace)
        times: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(_ROUNDS):
            for jobs, taken in times.items():
                start = time.perf_counter()
                outcomes = batch.run(workspace, Period.parse(_PERIOD), jobs=jobs, force=True)
                taken.append(time.perf_counter() - start)
                if any(outcome.state is not batch.State.MADE for outcome in outcomes):
                    raise RuntimeError(f"the batch was not made: {[str(f) for o in outcomes for f in o.findings][:3]}")
    one, two = (statistics.median(taken) for taken in times.values())
    note = f"{_ROUNDS} 轮中位数；对照为一个进程；含启动进程的时间"
    return faster(name, two, one, at_least=1.7, note=note)


def _multiply(workspace: Path) -> None:
    """Make forty reports out of one sample report, each with a name of its own."""
    for other in (workspace / "reports").glob("*.yaml"):
        if other.stem != _REPORT:
            other.unlink()
    original = workspace / "reports" / f"{_REPORT}.yaml"
    text = original.read_text(encoding="utf-8")
    for index in range(1, _DOCUMENTS):
        name = f"{_REPORT}{index}"
        copy, changed = re.subn(rf"(?m)^(名称:\s*){_REPORT}\s*$", rf"\g<1>{name}", text)
        if changed != 1:
            raise RuntimeError(f"{original} does not name itself once")
        (workspace / "reports" / f"{name}.yaml").write_text(copy, encoding="utf-8")


def _memory() -> Row:
    """Let one process make two hundred notices and ask the system for its peak."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.batch"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    peak, early = (float(figure) for figure in run.stdout.split())
    note = f"{_MANY} 份各不相同的通报（.docx 和 .pdf）；前 20 份后为 {early:.0f} MB"
    return below("一个进程的内存峰值", peak, at_most=600, unit="MB", note=note)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _make_many() -> None:
    from tongbao.outputs import word
    from tongbao.outputs.fonts import resolve
    from tongbao.outputs.pdf import WeasyPrintEngine

    engine = WeasyPrintEngine(resolve(ROOT, []))
    early = 0.0
    for number in range(1, _MANY + 1):
        document = notice(number=number)
        word.write(document)
        engine.render(document)
        if number == 20:  # noqa: PLR2004  # once warm
            early = _megabytes()
    print(_megabytes(), early)


if __name__ == "__main__":
    _make_many()
