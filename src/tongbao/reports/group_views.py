"""What templates may name of a group of units: its ranking, its indicators and its problems.

See `unit_views` for the names; these are read-only and already rounded as they are published.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tongbao.reports import wording
from tongbao.reports.context_views import 占比视图, 组趋势视图
from tongbao.reports.task_views import 进展视图
from tongbao.reports.unit_views import 单位视图

PODIUM = 3
"""How many places are named at either end of a ranking."""


@dataclass(frozen=True, slots=True)
class 问题单位视图:
    """A unit that lost points on a problem indicator.

    Attributes:
        名称: the unit's name.
        失分: points lost.
        数值: its figure as text.
    """

    名称: str
    失分: Decimal
    数值: str


@dataclass(frozen=True, slots=True)
class 问题视图:
    """An indicator on which a group lost most.

    Attributes:
        指标: the indicator's name in the words of the definition.
        组: the group's short name.
        平均: the group's mean as text; "" where values are no figures.
        类型: 比率, 台账, 达标 or 评分: how the indicator is scored, so that the text can speak accordingly.
        失分单位数: how many units lost points on it.
        失分合计: points lost in the whole group.
        失分最多: the units that lost most, most first.
        目标: for 达标: the target in words; else "".
    """

    指标: str
    组: str
    平均: str
    类型: str
    失分单位数: int
    失分合计: Decimal
    失分最多: tuple[问题单位视图, ...]
    目标: str


@dataclass(frozen=True, slots=True)
class 指标视图:
    """One indicator over the whole group, for overviews of tasks and targets.

    Attributes:
        编号: its number in the source; "" where there is none.
        名称: its name.
        目标: the target in words (不低于98%); "" where there is none.
        平均: the group's mean as text; — where values are no figures.
        应达标数: how many units have met it or should have by now.
        达标数: how many of them meet the target.
        未达标: the names of those that do not.
        未到期: the names of those that do not meet it yet while its deadline has not come.
        未到期数: how many they are.
        截止: the day by which it has to be met (2022年12月31日); "" where the source sets none.
        进展: of a task: how far its units are; else None.
    """

    编号: str
    名称: str
    目标: str
    平均: str
    应达标数: int
    达标数: int
    未达标: tuple[str, ...]
    未到期: tuple[str, ...]
    截止: str
    进展: 进展视图 | None

    @property
    def 未到期数(self) -> int:
        """How many units do not meet it yet."""
        return len(self.未到期)


@dataclass(frozen=True, slots=True)
class 组视图:
    """A group of units that are ranked against each other.

    Attributes:
        名称: the group's name.
        简称: how running text calls it (乡镇（街道）).
        得分名称: what the total is called (得分, 任务完成率).
        得分单位: 分 or %.
        计量: 分 or 个百分点, for differences.
        满分: full marks of the system; None where nothing is scored.
        折算: whether totals are scaled to the indicators that apply to a unit (R18).
        单位: ranked units, best first.
        未排名: names of the units without a total.
        参评数: how many units are evaluated, ranked or not.
        平均分: mean of the published totals.
        上期平均分: mean of the last period; None where there is none.
        环比: the change in words (较10月提高1.35分); "" where there is nothing to compare with.
        上年平均分: mean of the same month of last year; None where there is none, or 同比 is not asked for.
        同比: the change in words (较上年同期提高1.35分); "" where there is nothing to compare with.
        箭头: ↑ ↓ → or "".
        首: the units of the first three places (all of a tie).
        末: the units of the last three places; empty where the group is too small to single them out.
        升幅最大: the units that won most places; empty where none did.
        降幅最大: the units that lost most places; empty where none did.
        构成: names of the systems that the total is made of, with their full marks; empty for a simple system.
        各月: the months that a part is weighted over (时间加权), in words; empty without one.
        分项: names of the parts in the score table, with their full marks.
        重点指标: names of the indicators in the table of figures.
        指标: every indicator of the group's systems.
        问题: indicators on which the group lost most.
        进展: where the system counts tasks: those of all its units together; else None.
        趋势: its last twelve months; empty with less than three.
        占比图: pictures of what each unit's whole consists of; empty where the definition asks for none.
    """

    名称: str
    简称: str
    得分名称: str
    得分单位: str
    满分: Decimal | None
    折算: bool
    单位: tuple[单位视图, ...]
    未排名: tuple[str, ...]
    平均分: Decimal | None
    上期平均分: Decimal | None
    环比: str
    上年平均分: Decimal | None
    同比: str
    构成: tuple[str, ...]
    各月: tuple[str, ...]
    分项: tuple[str, ...]
    重点指标: tuple[str, ...]
    指标: tuple[指标视图, ...]
    问题: tuple[问题视图, ...]
    进展: 进展视图 | None
    趋势: tuple[组趋势视图, ...]
    占比图: tuple[占比视图, ...]

    @property
    def 参评数(self) -> int:
        """How many units are evaluated, ranked or not."""
        return len(self.单位) + len(self.未排名)

    @property
    def 计量(self) -> str:
        """How a difference of totals is measured."""
        return "个百分点" if self.得分单位 == "%" else self.得分单位

    @property
    def 箭头(self) -> str:
        """Of the mean, against the last period."""
        return wording.arrow(None if self.上期平均分 is None or self.平均分 is None else self.平均分 - self.上期平均分)

    @property
    def 首(self) -> tuple[单位视图, ...]:
        """First three places."""
        return tuple(unit for unit in self.单位 if unit.名次 <= PODIUM)

    @property
    def 末(self) -> tuple[单位视图, ...]:
        """Last three places, best first; empty in a group of six or fewer, or when a tie reaches the first three."""
        last = self.单位[-PODIUM:]
        chosen = tuple(unit for unit in self.单位 if last and unit.名次 >= last[0].名次)
        return chosen if len(self.单位) > 2 * PODIUM and all(unit.名次 > PODIUM for unit in chosen) else ()

    @property
    def 升幅最大(self) -> tuple[单位视图, ...]:
        """Units that won most places."""
        return self._movers(1)

    @property
    def 降幅最大(self) -> tuple[单位视图, ...]:
        """Units that lost most places."""
        return self._movers(-1)

    def _movers(self, sign: int) -> tuple[单位视图, ...]:
        changes = [(unit.位次变化 or 0) * sign for unit in self.单位]
        most = max(changes, default=0)
        return tuple(unit for unit, change in zip(self.单位, changes, strict=True) if most > 0 and change == most)
