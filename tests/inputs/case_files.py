"""Ratings as an export of the 好差评 system has them, laid on a desk as CSV, workbook or parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desks import Desk

from tongbao.definitions import Positions
from tongbao.errors import Finding
from tongbao.inputs.calendar import WorkCalendar
from tongbao.inputs.cases.checks import check_case_tables
from tongbao.inputs.cases.definition import CaseTable
from tongbao.inputs.cases.reader import Counted, read_case_table
from tongbao.inputs.cases.session import Office
from tongbao.inputs.files import Folder
from tongbao.inputs.table import Table
from tongbao.period import Period

HEAD = ("评价编号", "单位", "评价等级", "渠道", "办结时间", "评价时间", "反馈时间", "处理方式", "核实结果", "手机号")
Rating = Sequence[str]

DEFINITION: dict[str, Any] = {
    "名称": "评价",
    "文件": "评价*",
    "单位列": "单位",
    "编号列": "评价编号",
    "归期": "评价时间",
    "案卷列": [
        {"名称": "评价等级", "可选值": ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]},
        {"名称": "渠道"},
        {"名称": "办结时间", "类型": "时刻"},
        {"名称": "评价时间", "类型": "时刻"},
        {"名称": "反馈时间", "类型": "时刻", "必填": "否"},
        {"名称": "处理方式", "可选值": ["立行立改", "建立台账"], "必填": "否"},
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
            "限": {"立行立改": "5工作日", "建立台账": "15工作日", "其他": "5工作日"},
        },
    ],
    "排除": [
        {"名称": "误评", "条件": '[核实结果] = "误评"'},
        {"名称": "超期补评", "条件": "逾期(补评)"},
    ],
    "列": [
        {"名称": "评价数"},
        {"名称": "差评数", "条件": '[评价等级] 在 ("不满意", "非常不满意")'},
        {"名称": "差评按期反馈数", "条件": '[评价等级] 在 ("不满意", "非常不满意") 且 按期(整改)'},
        {"名称": "实名差评数", "条件": '[评价等级] 在 ("不满意", "非常不满意") 且 [手机号] 不为空'},
        {"名称": "渠道数", "计算": "去重计数([渠道])"},
        {"名称": "评价人数", "计算": "去重计数([手机号])"},
    ],
}


def rating(number: str, unit: str = "市公安局", level: str = "满意", **cells: str) -> list[str]:
    """One row; finished and rated on 2022-11-03 unless the test says otherwise."""
    row = {
        "评价编号": number,
        "单位": unit,
        "评价等级": level,
        "渠道": "窗口",
        "办结时间": "2022-11-03 10:00:00",
        "评价时间": "2022-11-03 10:05:00",
        "反馈时间": "",
        "处理方式": "",
        "核实结果": "",
        "手机号": "",
        **cells,
    }
    return [row[name] for name in HEAD]


def as_csv(rows: Sequence[Rating], head: Sequence[str] = HEAD, encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([head, *rows])
    return stream.getvalue().encode(encoding)


def put_parquet(desk: Desk, rows: Sequence[Rating], name: str, columns: str | None = None) -> Path:
    """Write rows as parquet, times as timestamps unless `columns` says how."""
    import duckdb

    path = desk.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    chosen = columns or (
        "评价编号, 单位, 评价等级, 渠道, 办结时间::TIMESTAMP AS 办结时间, 评价时间::TIMESTAMP AS 评价时间, "
        "nullif(反馈时间, '')::TIMESTAMP AS 反馈时间, nullif(处理方式, '') AS 处理方式, "
        "nullif(核实结果, '') AS 核实结果, nullif(手机号, '') AS 手机号"
    )
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({', '.join(f'{column} VARCHAR' for column in HEAD)})")
        for row in rows:
            connection.execute(f"INSERT INTO t VALUES ({', '.join('?' * len(HEAD))})", list(row))  # noqa: S608
        connection.execute(f"COPY (SELECT {chosen} FROM t) TO '{path}' (FORMAT parquet)")  # noqa: S608
    return path


def definition(**keys: Any) -> CaseTable:
    return CaseTable.model_validate({**DEFINITION, **keys})


def wrong(**keys: Any) -> list[Finding]:
    """What the static checks say."""
    return list(check_case_tables([definition(**keys)], Positions("scoring/昌吉市/数据表.yaml")))


NOVEMBER = Period(2022, 11)


def office(desk: Desk, period: Period = NOVEMBER) -> Office:
    return Office(Folder.of(desk.workspace, period, "昌吉市"), period, desk.roster, WorkCalendar())


def counted(desk: Desk, **keys: Any) -> Counted:
    table = definition(**keys)
    assert list(check_case_tables([table], Positions("数据表.yaml"))) == []
    return read_case_table(table, office(desk))


def table_of(desk: Desk, **keys: Any) -> Table:
    result = counted(desk, **keys)
    assert result.table is not None, "\n".join(map(str, result.findings))
    return result.table


def figures(table: Table, unit: str = "市公安局") -> dict[str, str]:
    """The unit's figures as text."""
    cells = table.by_unit[unit].cells
    return {name: str(cell.value if cell.missing is None else cell.missing) for name, cell in cells.items()}
