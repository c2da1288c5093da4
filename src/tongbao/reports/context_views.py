"""What templates may name of a unit in its context: its group's mean, and the months before.

See `unit_views` for the names; these are read-only and already rounded as they are published.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class 占比段视图:
    """One part of every unit's whole.

    Attributes:
        名称: the indicator, as the picture's key calls it.
        数值: texts, one for each of the group's 单位; "" where there is no figure.
    """

    名称: str
    数值: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class 占比视图:
    """A picture of shares.

    Attributes:
        标题: what it shows (评价等级构成).
        计量: what is counted.
        各段: the parts, in the order in which they stand in a bar.
    """

    标题: str
    计量: str
    各段: tuple[占比段视图, ...]


@dataclass(frozen=True, slots=True)
class 对比视图:
    """One indicator on which a unit stands above or below its group's mean.

    Attributes:
        指标: the indicator's name.
        体系: the system it belongs to.
        数值: the unit's figure as text.
        组均: the group's mean figure as text; "" where there is none.
        得分: points had.
        组均得分: the group's mean points.
        差: points above (positive) or below the mean.
        在附件: whether the figure stands in the notice's table of 重点指标.
        高低: the difference in words (高0.30分, 低1.20分).
    """

    指标: str
    体系: str
    数值: str
    组均: str
    得分: Decimal
    组均得分: Decimal
    差: Decimal
    在附件: bool

    @property
    def 高低(self) -> str:
        """高0.30分, 低1.20分."""
        return f"{'高' if self.差 > 0 else '低'}{abs(self.差)}分"


@dataclass(frozen=True, slots=True)
class 单位趋势视图:
    """One month of a unit beside its group.

    Attributes:
        期间: 2022年9月.
        得分: its total; None where it has none.
        平均分: the mean of its group; None where there is none.
        名次: its place; None where it has none.
    """

    期间: str
    得分: Decimal | None
    平均分: Decimal | None
    名次: int | None


@dataclass(frozen=True, slots=True)
class 组趋势视图:
    """One month of a group.

    Attributes:
        期间: 2022年9月.
        平均分: mean of the totals; None where nobody has one.
        最高分: the best total.
        最低分: the worst.
    """

    期间: str
    平均分: Decimal | None
    最高分: Decimal | None
    最低分: Decimal | None
