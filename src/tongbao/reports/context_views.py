"""What templates may name of a unit in its context: its group's mean, and the months before.

See `unit_views` for the names; these are read-only and already rounded as they are published.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


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
