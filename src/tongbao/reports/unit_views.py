"""What templates may name of one unit: its total, place and losses, and the measures proposed for it.

Every class here is read-only and holds text or exact decimals, already rounded as they are published. The
Chinese names are the template language itself, so they are not translated into English and back; together they
are a stable, documented vocabulary in the clerk's own words (docs/variables.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tongbao.reports import wording
from tongbao.reports.context_views import 单位趋势视图, 对比视图
from tongbao.reports.task_views import 任务视图, 进展视图


@dataclass(frozen=True, slots=True)
class 失分视图:
    """One indicator on which a unit lost points, with everything the unit needs to check it.

    Attributes:
        指标: the indicator's name.
        上级: the names above it, joined by ·.
        体系: the system it belongs to.
        类型: 比率, 台账, 达标 or 评分.
        数值: the unit's figure as text (81.20%, 2次).
        组均: the group's mean as text; "" where there is none.
        满分: points that could be had; None for a deduction clause.
        得分: points had; None where nothing is scored.
        失分: points lost.
        失分与满分: the points lost, and of how many where the indicator has full marks (2.50分（满分3分）).
        评分标准: the source's own words; "" where there are none.
        依据: lines that say how the points were lost (formula with numbers, ledger rows, reference unit).
        来源: file, sheet and cell of every figure.
    """

    指标: str
    上级: str
    体系: str
    类型: str
    数值: str
    组均: str
    满分: Decimal | None
    得分: Decimal | None
    失分: Decimal
    评分标准: str
    依据: tuple[str, ...]
    来源: tuple[str, ...]

    @property
    def 失分与满分(self) -> str:
        """2.50分（满分3分）."""
        return f"{self.失分}分" + (f"（满分{self.满分:f}分）" if self.满分 else "")


@dataclass(frozen=True, slots=True)
class 单位视图:
    """One unit in its group.

    Attributes:
        名称: the unit's name.
        组: its group.
        得分: its published total.
        得分文字: the total with its name and unit (得分58.20分, 任务完成率55.56%).
        得分名称: what the total is called (得分, 任务完成率).
        得分单位: 分 or %.
        名次: its place; ties share a place.
        参评数: how many units of the group are ranked.
        上期得分: total of the last period; None where there is none.
        上期名次: place in the last period; None where there is none.
        上年得分: total of the same month of last year; None where there is none, or 同比 is not asked for.
        上年名次: its place then; None where there is none.
        同比: the change of the total in words (较上年同期提高1.35分); "" where there is nothing to compare with.
        得分变化: against the last period; None where there is none.
        位次变化: places won (positive) or lost; None where there is none.
        位次: the change in words (上升9位, 下降2位, 位次不变, —).
        箭头: ↑ ↓ → or "".
        适用分值: points that the unit could have had; less than the group's 满分 where indicators do not apply to it.
        分项得分: texts, one for each of the group's 分项; of what applies (16.20/18) where totals are scaled.
        构成得分: texts, one for each of the group's 构成.
        各月得分: texts, one for each of the group's 各月.
        重点数值: texts, one for each of the group's 重点指标.
        指标状态: √, ×, ○ (not due yet) or —, one for each of the group's 指标.
        亮点: phrases for 表扬, each a figure that stands in the annex.
        短板: phrases for 批评, each a figure that stands in the annex.
        失分: indicators on which points were lost, most first.
        进展: where the system counts tasks: how far the unit is with them; else None.
        任务: where the system counts tasks: every task of the unit.
        优势: indicators that give it most against its group's mean, at most three.
        劣势: indicators that cost it most against its group's mean, at most three.
        趋势: its last twelve months beside its group's mean; empty with less than three scores.
    """

    名称: str
    组: str
    得分: Decimal
    得分文字: str
    得分名称: str
    得分单位: str
    名次: int
    参评数: int
    上期得分: Decimal | None
    上期名次: int | None
    上年得分: Decimal | None
    上年名次: int | None
    同比: str
    适用分值: Decimal
    构成得分: tuple[str, ...]
    各月得分: tuple[str, ...]
    分项得分: tuple[str, ...]
    重点数值: tuple[str, ...]
    指标状态: tuple[str, ...]
    亮点: tuple[str, ...]
    短板: tuple[str, ...]
    失分: tuple[失分视图, ...]
    进展: 进展视图 | None
    任务: tuple[任务视图, ...]
    优势: tuple[对比视图, ...]
    劣势: tuple[对比视图, ...]
    趋势: tuple[单位趋势视图, ...]

    @property
    def 得分变化(self) -> Decimal | None:
        """Points won (positive) or lost against the last period."""
        return None if self.上期得分 is None else self.得分 - self.上期得分

    @property
    def 位次变化(self) -> int | None:
        """Places won (positive) or lost against the last period."""
        return None if self.上期名次 is None else self.上期名次 - self.名次

    @property
    def 位次(self) -> str:
        """上升9位, 下降2位, 位次不变, or — without a last period."""
        return wording.place_words(self.位次变化)

    @property
    def 箭头(self) -> str:
        """↑ ↓ → or ""."""
        return wording.arrow(self.位次变化)


@dataclass(frozen=True, slots=True)
class 拟议视图:
    """A proposed consequence; 拟 until somebody confirms it and the notice is signed.

    Attributes:
        单位: the unit.
        事由: the facts that meet the rule, as phrases.
        台账: of these the ones that a 台账 holds (被曝光2次), which the score table does not tell.
    """

    单位: 单位视图
    事由: tuple[str, ...]
    台账: tuple[str, ...] = ()
