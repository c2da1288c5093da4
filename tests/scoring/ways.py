"""Every way of scoring that has a better and a worse direction, each as a system with one indicator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from offices import NOVEMBER, Office, Value

from tongbao.inputs.table import Missing, Table
from tongbao.period import Period
from tongbao.scoring.engine import score_tables
from tongbao.scoring.scheme import Scheme
from tongbao.scoring.scoreboard import Scoreboard

UNITS = ("甲局", "乙局", "丙局")
MOST = 20
"""Figures run from 0 to this; a figure is how well a unit does."""
FULL = 7
Rows = list[tuple[str | None, Mapping[str, Value]]]


@dataclass(frozen=True)
class Way:
    """One way of scoring.

    Attributes:
        indicator: in YAML, without 名称 and 分值.
        table: what the figures are written to.
        rows: the rows of a unit that does so well.
    """

    indicator: str
    table: str
    rows: Callable[[str, int], Rows]


def _figure(unit: str, good: int) -> Rows:
    return [(unit, {"a": good})]


def _less_is_better(unit: str, good: int) -> Rows:
    return [(unit, {"a": MOST - good})]


def _deductions(unit: str, good: int) -> Rows:
    rows: Rows = [
        (unit, {"条款": "迟", "日期": NOVEMBER.first_day, "次数": 1, "事由": f"第{number}件"})
        for number in range(MOST - good)
    ]
    return rows


def _bonuses(unit: str, good: int) -> Rows:
    return [
        (unit, {"条款": "奖", "日期": NOVEMBER.first_day, "次数": 1, "事由": f"第{number}件"}) for number in range(good)
    ]


def _answers(unit: str, good: int) -> Rows:
    """The first ones in time, the others a month late."""
    start = date(2022, 11, 1)
    ends = [start if number < good else start + timedelta(days=30) for number in range(MOST)]
    return [(unit, {"收到日期": start, "反馈日期": end, "事项": f"第{number}件"}) for number, end in enumerate(ends)]


def _trainings(unit: str, good: int) -> Rows:
    days = [NOVEMBER.first_day + timedelta(days=number) for number in range(good)]
    return [(unit, {"条款": "训", "日期": day, "次数": 1}) for day in days]


def _tasks(unit: str, good: int) -> Rows:
    rows: Rows = []
    for number in range(MOST):
        done: Value = date(2022, 10, 1) if number < good else Missing.BLANK
        status = "已完成" if number < good else "未完成"
        rows.append((unit, {"条款": f"任务{number}", "状态": status, "完成日期": done}))
    return rows


_SHARE = f'取值: {{公式: "[表.a]/{MOST}"}}, 单位: ""'
_PLAIN = '取值: {公式: "[表.a]"}'
_REPLIES = "取值: {时限: {表: 差评, 起: 收到日期, 止: 反馈日期, 限: 5工作日"
WAYS: Mapping[str, Way] = {
    "按比例": Way(f"{_SHARE}, 计分: 按比例", "表", _figure),
    "按比例参照": Way(f"{_PLAIN}, 计分: {{按比例: {{参照: 组内最高}}}}, 分母为零: 零分", "表", _figure),
    "达标≥": Way(f'{_PLAIN}, 计分: {{达标: {{比较: ">=", 目标: 9}}}}', "表", _figure),
    "达标≥按完成比例": Way(f'{_PLAIN}, 计分: {{达标: {{比较: ">=", 目标: 9, 未达: 按完成比例}}}}', "表", _figure),
    "达标>": Way(f'{_PLAIN}, 计分: {{达标: {{比较: ">", 目标: 9}}}}', "表", _figure),
    "达标≤": Way(f'{_PLAIN}, 计分: {{达标: {{比较: "<=", 目标: 9}}}}', "表", _less_is_better),
    "达标≤按完成比例": Way(
        f'{_PLAIN}, 计分: {{达标: {{比较: "<=", 目标: 9, 未达: 按完成比例}}}}', "表", _less_is_better
    ),
    "达标<": Way(f'{_PLAIN}, 计分: {{达标: {{比较: "<", 目标: 9}}}}', "表", _less_is_better),
    **{
        f"差距{stepping}": Way(f"{_SHARE}, 计分: {{差距扣分: {{每: 8%, 扣: 1, 步进: {stepping}}}}}", "表", _figure)
        for stepping in ("连续", "满步", "不足一步按一步")
    },
    "分档": Way(
        f"{_PLAIN}, 计分: {{分档: [{{不低于: 15, 得分: 7}}, {{不低于: 5, 得分: 4}}, {{不低于: 0, 得分: 1}}]}}",
        "表",
        _figure,
    ),
    "直接": Way(f"{_PLAIN}, 计分: 直接, 上限: 7", "表", _figure),
    "逐次扣": Way("取值: {台账: {表: 台账, 条款: 迟}}, 计分: {逐次: {扣: 1.5}}", "台账", _deductions),
    "逐次加": Way("取值: {台账: {表: 台账, 条款: 奖}}, 计分: {逐次: {加: 1.5}}", "台账", _bonuses),
    "时限按期率": Way(f"{_REPLIES}}}}}, 计分: 按比例", "差评", _answers),
    "时限差距": Way(f"{_REPLIES}}}}}, 计分: {{差距扣分: {{每: 8%, 扣: 1, 步进: 连续}}}}", "差评", _answers),
    "时限超期数": Way(f"{_REPLIES}, 计: 超期数}}}}, 计分: {{逐次: {{扣: 1.5}}}}", "差评", _answers),
    "频次": Way("取值: {频次: {表: 台账, 条款: 训, 每: 月, 至少: 12}}, 计分: {逐次: {扣: 1.5}}", "台账", _trainings),
    "任务": Way("取值: {任务: {表: 任务, 截止: 2022-10-20, 逾期完成: 计为完成}}, 计分: 按比例", "任务", _tasks),
}


@dataclass(frozen=True)
class Bench:
    """A way of scoring, ready to be fed with figures."""

    way: Way
    scheme: Scheme

    @classmethod
    def of(cls, name: str) -> Bench:
        """Read the one-indicator system of a way."""
        way = WAYS[name]
        with TemporaryDirectory() as folder:
            office = Office(Path(folder))
            office.system(f"- {{名称: 指标, 分值: {FULL}, {way.indicator}}}", full=str(FULL))
            return cls(way, office.load())

    def board(self, figures: Sequence[int], order: Callable[[Rows], Rows] = lambda rows: rows) -> Scoreboard:
        """Score units that do so well; `order` may shuffle the rows of the table."""
        rows = [row for unit, good in zip(UNITS, figures, strict=True) for row in self.way.rows(unit, good)]
        tables: dict[tuple[Period, str], Table] = dict([_OFFICE.table(self.way.table, order(rows))])
        return score_tables(self.scheme, NOVEMBER, tables, ["体系"])["体系"]


class _Desk(Office):
    """Only makes tables; writes nothing."""

    def __init__(self) -> None:  # an office without a folder
        self.folder = Path()


_OFFICE = _Desk()
