"""A small office: two groups, a few tables, one system; figures are put in by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from textwrap import dedent, indent

from tongbao.inputs.table import Cell, Missing, Origin, Row, SourceFile, Table
from tongbao.period import Period
from tongbao.scoring.engine import score_tables
from tongbao.scoring.scheme import Scheme, load_scheme
from tongbao.scoring.scoreboard import Score, Scoreboard

NOVEMBER = Period(2022, 11)
ROSTER = """
辖区: 示范市
组:
  - 名称: 部门
    单位: [{名称: 甲局, 别名: [市甲局]}, {名称: 乙局}, {名称: 丙局}]
  - 名称: 乡镇
    单位: [{名称: 丁镇}, {名称: 戊镇}]
"""
TABLES = """
数据表:
  - 名称: 表
    文件: 表.xlsx
    单位列: 单位
    列:
      - {名称: a, 类型: 小数}
      - {名称: b, 类型: 小数}
      - {名称: 率, 类型: 百分数}
      - {名称: 是否, 类型: 是否}
      - {名称: 角色, 类型: 文本}
      - {名称: 日, 类型: 日期}
  - 名称: 全局
    文件: 全局.xlsx
    形式: 单值
    列: [{名称: 总数, 类型: 小数}]
  - 名称: 台账
    文件: 台账.xlsx
    形式: 台账
    单位列: 单位
    列:
      - {名称: 条款, 类型: 文本}
      - {名称: 日期, 类型: 日期}
      - {名称: 次数}
      - {名称: 事由, 类型: 文本, 必填: 否}
      - {名称: 事项, 类型: 文本, 必填: 否}
      - {名称: 佐证, 类型: 文本, 必填: 否}
  - 名称: 评审
    文件: 评审.xlsx
    形式: 台账
    单位列: 单位
    列:
      - {名称: 条款, 类型: 文本}
      - {名称: 评委, 类型: 文本}
      - {名称: 得分, 类型: 小数}
      - {名称: 理由, 类型: 文本, 必填: 否}
  - 名称: 任务
    文件: 任务.xlsx
    形式: 台账
    单位列: 单位
    列:
      - {名称: 条款, 类型: 文本}
      - {名称: 状态, 类型: 文本}
      - {名称: 完成日期, 类型: 日期, 必填: 否}
      - {名称: 截止日期, 类型: 日期, 必填: 否}
      - {名称: 角色, 类型: 文本, 必填: 否}
      - {名称: 事项, 类型: 文本, 必填: 否}
  - 名称: 差评
    文件: 差评.xlsx
    形式: 台账
    单位列: 单位
    列:
      - {名称: 收到日期, 类型: 日期}
      - {名称: 反馈日期, 类型: 日期, 必填: 否}
      - {名称: 收到时间, 类型: 时刻, 必填: 否}
      - {名称: 反馈时间, 类型: 时刻, 必填: 否}
      - {名称: 类别, 类型: 文本, 必填: 否}
      - {名称: 核实结果, 类型: 文本, 必填: 否, 可选值: [属实, 误评, 恶意差评]}
      - {名称: 事项, 类型: 文本, 必填: 否}
  - 名称: 进展
    文件: 进展.xlsx
    形式: 台账
    单位列: 单位
    列:
      - {名称: 条款, 类型: 文本}
      - {名称: 完成日期, 类型: 日期, 必填: 否}
"""
Value = Decimal | str | int | date | Missing


class Office:
    """Writes definitions, makes tables, scores them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("单位名录.yaml", ROSTER)
        self.write("数据表.yaml", TABLES)

    def write(self, name: str, text: str) -> None:
        path = self.folder / "scoring" / "示范市" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")

    def system(
        self, indicators: str, *, full: str | None = "3", name: str = "体系", groups: str = "部门", more: str = ""
    ) -> None:
        head = f"名称: {name}\n来源: 示例\n对象: {{组: [{groups}]}}\n"
        head += f"满分: {full}\n" if full is not None else ""
        self.write(
            f"{name}.yaml",
            head + (dedent(more).strip() + "\n" if more else "") + "指标:\n" + indent(dedent(indicators), "  "),
        )

    def load(self) -> Scheme:
        return load_scheme(self.folder, "示范市")

    def table(
        self, name: str, rows: list[tuple[str | None, Mapping[str, Value]]], period: Period = NOVEMBER
    ) -> tuple[tuple[Period, str], Table]:
        """One table; the columns stand from B on, the rows from 2 on."""
        file = f"inputs/{period}/示范市/{name}.xlsx"
        made = []
        for number, (unit, cells) in enumerate(rows, start=2):
            made.append(
                Row(
                    unit,
                    {
                        column: self._cell(value, Origin(file, name, f"{chr(66 + place)}{number}", str(value)))
                        for place, (column, value) in enumerate(cells.items())
                    },
                    number,
                )
            )
        by_unit = {row.unit: row for row in made if row.unit is not None}
        return (period, name), Table(name, tuple(made), SourceFile(file, "0" * 64), by_unit)

    def _cell(self, value: Value, origin: Origin) -> Cell:
        if isinstance(value, Missing):
            return Cell(None, value, origin)
        return Cell(Decimal(value) if isinstance(value, int) else value, None, origin)

    def board(
        self, *tables: tuple[tuple[Period, str], Table], period: Period = NOVEMBER, name: str = "体系"
    ) -> Scoreboard:
        return score_tables(self.load(), period, dict(tables), [name])[name]

    def figures(self, **units: Mapping[str, Value]) -> tuple[tuple[Period, str], Table]:
        """表 with one row a unit."""
        return self.table("表", list(units.items()))

    def ledger(self, *rows: tuple[str, str, str, int, str]) -> tuple[tuple[Period, str], Table]:
        """台账: unit, clause, day of November 2022 or whole date, times, matter."""
        made: list[tuple[str | None, Mapping[str, Value]]] = []
        for number, (unit, clause, day, times, matter) in enumerate(rows):
            when = date.fromisoformat(day) if "-" in day else date(2022, 11, int(day))
            made.append(
                (
                    unit,
                    {
                        "条款": clause,
                        "日期": when,
                        "次数": times,
                        "事由": f"第{number}件",
                        "事项": matter,
                        "佐证": "文号",
                    },
                )
            )
        return self.table("台账", made)

    def points(self, board: Scoreboard, *key: str) -> dict[str, str | None]:
        """Points of every unit for one indicator, as text so that 2.740 and 2.74 differ."""
        found: dict[str, Score] = {unit: scores[key] for unit, scores in board.scores.items()}
        return {unit: None if score.points is None else str(score.points) for unit, score in found.items()}
