"""A county's month from its spreadsheets to its places, and a region of counties on one core and on two."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.rows import Row, below, faster, median_time, seconds, unmeasured, within
from tongbao.period import Period
from tongbao.scoring.engine import Scored, score
from tongbao.scoring.scheme import load_scheme

ROOT = Path(__file__).parents[1]
COUNTY = "昌吉市"
REPORT = "昌吉市政务服务月度通报"
NOVEMBER = Period(2022, 11)
MANY = int(os.environ.get("TONGBAO_COUNTIES", "100"))
ROUNDS = 5
_RACES = 3


def measure() -> list[Row]:
    """One county's month with every trace; many counties against a quarter of them; two processes against one."""
    return [_county(), *_region()]


def _county() -> Row:
    _scored()  # modules are imported once a process
    taken = median_time([_scored] * ROUNDS)
    boards = _scored().boards.values()
    units = len({standing.unit for board in boards for standing in board.standings})
    leaves = sum(len(board.leaf_keys) for board in boards)
    note = (
        f"{units}个单位、{len(boards)}个体系、{leaves}项指标，从读定义、读表到名次，每项带完整依据；{ROUNDS}轮取中位数"
    )
    return within("一个县市一个月", taken, at_most=3, note=note)


def _scored() -> Scored:
    return score(ROOT, load_scheme(ROOT, COUNTY), NOVEMBER)


def _region() -> Iterator[Row]:
    few = max(MANY // 4, 1)
    with _counties(few) as small, _counties(MANY) as large:
        less, more = (statistics.median(_worked(folder) for _ in range(_rounds())) for folder in (small, large))
        growth = more / less / (MANY / few)
        note = (
            f"{few}个{seconds(less)}，{MANY}个{seconds(more)}，处理器时间，每个县市一份月度通报；"
            f"各{_rounds()}轮取中位数；1 为正好成比例"
        )
        yield below(f"{MANY}个县市与{few}个，每个所用时间之比", growth, at_most=1.15, unit="倍", note=note)
        if (os.cpu_count() or 1) < 2:  # noqa: PLR2004  # two workers need two cores
            yield unmeasured("两个进程对一个", "≥ 1.7 倍", "本机只有一个处理器")
            return
        races = [(_timed(large, 1), _timed(large, 2)) for _ in range(_rounds())]
        one, two = (statistics.median(times) for times in zip(*races, strict=True))
        note = f"{MANY}个县市，tongbao score -j；{_rounds()}轮取中位数；对照为一个进程；都从启动命令算起"
        yield faster("两个进程对一个，计分", two, one, at_least=1.7, note=note)


def _rounds() -> int:
    return 1 if MANY > 40 else _RACES  # noqa: PLR2004  # a hundred counties take minutes


def _worked(folder: Path) -> float:
    """Time of the processor, which other programs on the machine do not change."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(folder, 1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _timed(folder: Path, jobs: int) -> float:
    return median_time([partial(_run, folder, jobs)])


def _run(folder: Path, jobs: int) -> None:
    command = [
        sys.executable,
        "-m",
        "tongbao",
        "score",
        str(NOVEMBER),
        "-C",
        str(folder),
        "--jobs",
        str(jobs),
        "--json",
    ]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def _counties(count: int) -> Iterator[Path]:
    """A workspace of so many counties, each with definitions, spreadsheets and a report of its own."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        shutil.copytree(ROOT / "templates", workspace / "templates")
        report = (ROOT / "reports" / f"{REPORT}.yaml").read_text(encoding="utf-8")
        (workspace / "reports").mkdir()
        for number in range(1, count + 1):
            name = f"第{number}县"
            shutil.copytree(ROOT / "scoring" / COUNTY, workspace / "scoring" / name)
            roster = workspace / "scoring" / name / "单位名录.yaml"
            roster.write_text(roster.read_text("utf-8").replace(f"辖区: {COUNTY}", f"辖区: {name}"), encoding="utf-8")
            for month in sorted(ROOT.glob(f"inputs/*/{COUNTY}")):
                shutil.copytree(month, workspace / "inputs" / month.parent.name / name)
            text = report.replace(f"名称: {REPORT}", f"名称: {name}").replace(f"辖区: {COUNTY}", f"辖区: {name}")
            (workspace / "reports" / f"{name}.yaml").write_text(text, encoding="utf-8")
        yield workspace


if __name__ == "__main__":
    started = time.perf_counter()
    for row in measure():
        print(row)
    print(seconds(time.perf_counter() - started))
