"""The top-level names of a template, and the list of all names for the template lint and the documentation."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

from tongbao.reports.amendment_views import 得分更正视图, 指标更正视图, 数据更正视图
from tongbao.reports.context_views import 单位趋势视图, 占比段视图, 占比视图, 对比视图, 组趋势视图
from tongbao.reports.group_views import 指标视图, 组视图, 问题单位视图, 问题视图
from tongbao.reports.task_views import 任务视图, 进展视图
from tongbao.reports.unit_views import 单位视图, 失分视图, 拟议视图
from tongbao.templates.lint import Vocabulary


@dataclass(frozen=True, slots=True)
class 通报变量:
    """All top-level names of a template.

    Attributes:
        通报名: the definition's name.
        期间: 2022年11月, or the definition's 期间表述.
        月份: 11月, or the same as 期间 where the definition has 期间表述.
        上期: 10月; "" where there is nothing to compare with.
        发文机关: the issuing organ (署名); of a joint issue all, joined by 、, or the host and their number.
        发文机关词: the same in pieces, for titles.
        事由: what the notice is about.
        事由词: the same in pieces between which a title may break.
        依据: what the evaluation is based on.
        评价对象数: how many units are evaluated.
        各组: the groups that are ranked.
        单列: groups of a single unit, which has nobody to be ranked against.
        指标: every indicator over all units, for overviews of tasks.
        表扬: proposals to praise.
        批评: proposals to criticise.
        约谈: proposals to call in.
        其他措施: all other proposals as (measure, proposal) pairs.
        问题: the problems of all groups; groups that one system scores are taken together.
        高分线: the score that counts as high; None without one.
        高分单位数: units at or above it.
        高分增加: how many more than last period (negative: fewer); None where there is nothing to compare with.
        低分线: the score that counts as low; None without one.
        低分单位数: units below it.
        工作要求: what the notice demands besides mending; "" where the definition says nothing.
        整改期限: the day by which criticised units report.
        申诉期限: the day until which a unit may appeal.
        报送单位: the office to report to.
        待核: whether some value is still to be verified, so that the notice can only be 初步.
        拟: “拟” in a draft; "" in an issued notice, which only holds measures that were confirmed.
        单位: in 整改通知书: the unit; None in the notice itself.
        措施: in 整改通知书: the measures proposed for the unit (批评, 约谈).
        措施事由: in 整改通知书: the facts behind them.
        原文号: in 更正通知: the 发文字号 of the notice that it corrects.
        更正数据: in 更正通知: the figures that were put right.
        更正得分: in 更正通知: units whose total or place is another.
        更正指标: in 更正通知: indicators that came out otherwise.
        更正措施: in 更正通知: issued measures without grounds now, as (measure, unit) pairs.
    """

    通报名: str
    期间: str
    月份: str
    上期: str
    发文机关: str
    发文机关词: tuple[str, ...]
    事由: str
    事由词: tuple[str, ...]
    依据: str
    评价对象数: int
    各组: tuple[组视图, ...]
    单列: tuple[组视图, ...]
    指标: tuple[指标视图, ...]
    表扬: tuple[拟议视图, ...]
    批评: tuple[拟议视图, ...]
    约谈: tuple[拟议视图, ...]
    其他措施: tuple[tuple[str, 拟议视图], ...]
    问题: tuple[问题视图, ...]
    高分线: Decimal | None
    高分单位数: int
    高分增加: int | None
    低分线: Decimal | None
    低分单位数: int
    工作要求: str
    整改期限: str
    申诉期限: str
    报送单位: str
    待核: bool
    拟: str
    单位: 单位视图 | None = None
    措施: tuple[str, ...] = ()
    措施事由: tuple[str, ...] = ()
    原文号: str = ""
    更正数据: tuple[数据更正视图, ...] = ()
    更正得分: tuple[得分更正视图, ...] = ()
    更正指标: tuple[指标更正视图, ...] = ()
    更正措施: tuple[tuple[str, str], ...] = ()

    def context(self) -> dict[str, object]:
        """The names as the template sees them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


VIEWS = (
    通报变量, 组视图, 组趋势视图, 单位视图, 单位趋势视图, 对比视图, 失分视图, 指标视图, 问题视图, 问题单位视图,
    占比视图, 占比段视图, 拟议视图, 进展视图, 任务视图, 数据更正视图, 得分更正视图, 指标更正视图)  # fmt: skip
"""Every class of the vocabulary, in the order of the documentation."""


def members(view: type) -> tuple[str, ...]:
    """The names that a template may use on a view: its fields and its public properties."""
    own = [field.name for field in fields(view)]
    own += [name for name, each in vars(view).items() if isinstance(each, property)]
    return tuple(own)


def vocabulary() -> Vocabulary:
    """The documented names, for the template lint."""
    return Vocabulary(
        frozenset(field.name for field in fields(通报变量)),
        frozenset(name for view in VIEWS for name in members(view)),
    )
