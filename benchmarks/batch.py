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

_REPORT = "昌吉市政务服务月度通报"
_DOCUMENTS = 40
_ROUNDS = 3
_MANY = 200
_PERIOD = "2022-11"


def measure() -> list[Row]:
    """Two workers against one, and the memory of one."""
    return [_workers(), _memory()]


def _workers() -> Row:
    name = f"两个进程对一个，{_DOCUMENTS} 份文件以上的一批（读表、计分、Word、PDF、明细）"
    if (os.cpu_count() or 1) < 2:  # noqa: PLR2004  # two workers need two cores
        return unmeasured(name, "≥ 1.7 倍", "本机只有一个处理器")
    from tongbao.period import Period
    from tongbao.run import batch
    from tongbao.starter import copy_starter

    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        copy_starter(workspace)
        (workspace / ".fonts").symlink_to(ROOT / ".fonts")
        count = _multiply(workspace)
        times: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(_ROUNDS):
            for jobs, taken in times.items():
                start = time.perf_counter()
                outcomes = batch.run(workspace, Period.parse(_PERIOD), jobs=jobs, force=True)
                taken.append(time.perf_counter() - start)
                if any(outcome.state is not batch.State.MADE for outcome in outcomes):
                    raise RuntimeError(f"the batch was not made: {[str(f) for o in outcomes for f in o.findings][:3]}")
        made = sum(len([file for file in outcome.files if file.endswith(".docx")]) for outcome in outcomes)
    one, two = (statistics.median(taken) for taken in times.values())
    return faster(
        name, two, one, at_least=1.7, note=f"{count} 个通报、{made} 份文件，{_ROUNDS} 轮中位数；“同行”为一个进程"
    )


def _multiply(workspace: Path) -> int:
    """Make as many reports out of one sample report as give forty documents, each with a name of its own."""
    for other in (workspace / "reports").glob("*.yaml"):
        if other.stem != _REPORT:
            other.unlink()
    original = workspace / "reports" / f"{_REPORT}.yaml"
    text = original.read_text(encoding="utf-8")
    copies = _copies(workspace)
    for index in range(1, copies):
        name = f"{_REPORT}{index}"
        copy, changed = re.subn(rf"(?m)^(名称:\s*){_REPORT}\s*$", rf"\g<1>{name}", text)
        if changed != 1:
            raise RuntimeError(f"{original} does not name itself once")
        (workspace / "reports" / f"{name}.yaml").write_text(copy, encoding="utf-8")
    return copies


def _copies(workspace: Path) -> int:
    from tongbao.period import Period
    from tongbao.run import batch

    (outcome,) = batch.check(workspace, Period.parse(_PERIOD))
    return -(-_DOCUMENTS // max(len(outcome.files), 1))


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
