"""How long it takes to count ratings: 10 million of them for 47 units, from one parquet file and from 100 CSV files.

The records are made by DuckDB from their running number alone, so that every machine counts the same ones. Each
measurement runs in a process of its own, which also tells its peak memory.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row, below, within
from tongbao.definitions import load
from tongbao.inputs.calendar import WorkCalendar
from tongbao.inputs.cases.definition import CaseTable
from tongbao.inputs.cases.session import Office
from tongbao.inputs.files import Folder
from tongbao.inputs.roster import Roster
from tongbao.period import Period

ROOT = Path(__file__).parents[1]
MILLION = 1_000_000
SIZES = (MILLION, 10 * MILLION)
CSV_FILES = 100
ROUNDS = 3
PARQUET_SECONDS, CSV_SECONDS = 10, 60
MEGABYTES = 2000
GROWTH = 12.0  # ten times as many in no more than twelve times the time
NOVEMBER = Period(2022, 11)
JURISDICTION = "昌吉市"
BAD = '[评价等级] 在 ("不满意", "非常不满意")'
DEFINITION = {
    "名称": "评价",
    "文件": "评价*",
    "单位列": "单位",
    "编号列": "评价编号",
    "归期": "评价时间",
    "案卷列": [
        {"名称": "评价等级", "可选值": ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]},
        {"名称": "渠道", "可选值": ["窗口", "网站", "APP", "热线", "小程序"]},
        {"名称": "事项编码"},
        {"名称": "工号"},
        {"名称": "办结时间", "类型": "时刻"},
        {"名称": "评价时间", "类型": "时刻"},
        {"名称": "反馈时间", "类型": "时刻", "必填": "否"},
        {"名称": "处理方式", "必填": "否"},
        {"名称": "核实结果", "必填": "否"},
        {"名称": "手机号", "个人信息": "是", "必填": "否"},
    ],
    "期限": [
        {"名称": "补评", "起": "办结时间", "止": "评价时间", "限": "5工作日"},
        {
            "名称": "整改",
            "起": "评价时间",
            "止": "反馈时间",
            "类别": "处理方式",
            "限": {"立行立改": "5工作日", "建立台账": "15工作日"},
        },
    ],
    "排除": [
        {"名称": "误评", "条件": '[核实结果] = "误评"'},
        {"名称": "超期补评", "条件": "逾期(补评)"},
    ],
    "列": [
        {"名称": "评价数"},
        {"名称": "差评数", "条件": BAD},
        {"名称": "满意数", "条件": f"非 {BAD}"},
        {"名称": "差评按期整改数", "条件": f"{BAD} 且 按期(整改)"},
        {"名称": "网上评价数", "条件": '[渠道] 在 ("网站", "APP", "小程序")'},
        {"名称": "渠道数", "计算": "去重计数([渠道])"},
        {"名称": "事项数", "计算": "去重计数([事项编码])"},
        {"名称": "人员数", "计算": "去重计数([工号])"},
    ],
}


def measure() -> Iterator[Row]:
    """Lay the records down, count them, and hold time, memory and growth against what was promised."""
    with tempfile.TemporaryDirectory(prefix="tongbao-bench-") as name:
        folder = Path(name)
        small, large = (_measured(_parquet(folder, size)) for size in SIZES)
        seconds, memory, processor = large
        note = (
            f"47个单位、8列、2个期限、2种排除，2个线程，{ROUNDS}轮取中位数；含校验和查重；处理器时间{processor:.0f} s"
        )
        yield within("案卷：1000万件评价，1个 parquet", seconds, at_most=PARQUET_SECONDS, note=note)
        yield below("案卷：同上，内存峰值", memory, at_most=MEGABYTES, unit="MB")
        yield below("案卷：100万到1000万件，用时增至", seconds / small[0], at_most=GROWTH, unit="倍")
        seconds, memory, processor = _measured(_csv(folder, SIZES[-1]))
        note = f"同一批记录；处理器时间{processor:.0f} s"
        yield within(f"案卷：1000万件评价，{CSV_FILES}个 CSV", seconds, at_most=CSV_SECONDS, note=note)
        yield below("案卷：同上，内存峰值", memory, at_most=MEGABYTES, unit="MB")


def _records(first: int, last: int) -> str:
    """The records of some running numbers as a query."""
    roster = load(ROOT / "scoring" / JURISDICTION / "单位名录.yaml", Roster, "单位名录").value
    units = ", ".join(f"'{unit}'" for unit in roster.units)
    return f"""
        SELECT 'PJ' || lpad(i::VARCHAR, 12, '0') AS 评价编号,
            [{units}][1 + (i * 7919 // 13) % {len(roster.units)}] AS 单位,
            ['非常满意', '满意', '基本满意', '不满意', '非常不满意']
                [1 + CASE WHEN i % 97 < 88 THEN i % 3 ELSE 3 + i % 2 END] AS 评价等级,
            ['窗口', '网站', 'APP', '热线', '小程序'][1 + (i * 31 // 7) % 5] AS 渠道,
            'SX' || (i * 104729 // 17) % 500 AS 事项编码,
            'G' || (i * 1299709 // 19) % 2000 AS 工号,
            (i * 15485863 % 90000000000)::VARCHAR AS 手机号,
            TIMESTAMP '2022-11-01' + to_seconds((i * 611953) % 2160000) AS 办结时间,
            TIMESTAMP '2022-11-01' + to_seconds((i * 611953) % 2160000 + (i * 7907) % 400000) AS 评价时间,
            CASE WHEN i % 97 >= 88 THEN TIMESTAMP '2022-11-01'
                + to_seconds((i * 611953) % 2160000 + (i * 7907) % 400000 + (i * 48611) % 1000000) END AS 反馈时间,
            CASE WHEN i % 97 >= 88 THEN ['立行立改', '建立台账'][1 + i % 2] END AS 处理方式,
            CASE WHEN i % 1009 = 0 THEN '误评' END AS 核实结果
        FROM range({first}, {last}) numbers(i)
    """  # noqa: S608 - every part is a constant or the shipped roster


def _folder(parent: Path, name: str) -> Path:
    path = parent / name / "inputs" / str(NOVEMBER) / JURISDICTION
    path.mkdir(parents=True)
    return path


def _parquet(parent: Path, size: int) -> Path:
    import duckdb

    target = _folder(parent, f"parquet{size}") / "评价.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({_records(0, size)}) TO '{target}' (FORMAT parquet)")
    return parent / f"parquet{size}"


def _csv(parent: Path, size: int) -> Path:
    import duckdb

    folder = _folder(parent, "csv")
    each = size // CSV_FILES
    with duckdb.connect() as connection:
        for number in range(CSV_FILES):
            target = folder / f"评价{number:03}.csv"
            query = _records(number * each, (number + 1) * each)
            connection.execute(f"COPY ({query}) TO '{target}' (FORMAT csv, HEADER true)")
    return parent / "csv"


def _measured(workspace: Path) -> tuple[float, float, float]:
    """Seconds, megabytes at the peak and seconds of the processors, each the median of some processes."""
    runs = []
    for _ in range(ROUNDS):
        command = [sys.executable, "-m", "benchmarks.cases", str(workspace)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        runs.append(json.loads(answer.stdout))
    seconds, megabytes, processor = (
        statistics.median(run[name] for run in runs) for name in ("seconds", "megabytes", "processor")
    )
    return seconds, megabytes, processor


def count(workspace: Path) -> None:
    """Count the records of a workspace on two processors and tell time and memory as JSON."""
    import resource

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))
    begin = time.perf_counter()
    from tongbao.inputs.cases.reader import read_case_table

    roster = load(ROOT / "scoring" / JURISDICTION / "单位名录.yaml", Roster, "单位名录").value
    office = Office(Folder.of(workspace, NOVEMBER, JURISDICTION), NOVEMBER, roster, WorkCalendar())
    result = read_case_table(CaseTable.model_validate(DEFINITION), office)
    seconds = time.perf_counter() - begin
    if result.table is None:
        raise SystemExit("\n".join(map(str, result.findings)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = used.ru_utime + used.ru_stime
    print(json.dumps({"seconds": seconds, "megabytes": peak, "processor": processor}))


if __name__ == "__main__":
    count(Path(sys.argv[1]))
