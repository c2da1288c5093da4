"""What 更正通知.html may name: the figures put right, and what they changed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class 数据更正视图:
    """One figure that was put right.

    Attributes:
        单位: whose figure it is.
        表: the table that it stands in.
        列: the column; of a single case with its number (案卷A1的核实结果), or the case alone.
        原值: as it was sent.
        现值: as it is now.
        依据: the appeal (申诉第3号).
    """

    单位: str
    表: str
    列: str
    原值: str
    现值: str
    依据: str


@dataclass(frozen=True, slots=True)
class 得分更正视图:
    """One unit whose total or place is another.

    Attributes:
        单位: the unit.
        组: its group.
        原得分: the total as issued; None where it had none.
        现得分: the total now.
        原名次: the place as issued.
        现名次: the place now.
    """

    单位: str
    组: str
    原得分: Decimal | None
    现得分: Decimal | None
    原名次: int | None
    现名次: int | None


@dataclass(frozen=True, slots=True)
class 指标更正视图:
    """One indicator of one unit that came out otherwise.

    Attributes:
        单位: the unit.
        指标: the indicator.
        原数值: its figure as issued, as text.
        现数值: its figure now.
        原得分: its points as issued, as text.
        现得分: its points now.
    """

    单位: str
    指标: str
    原数值: str
    现数值: str
    原得分: str
    现得分: str
