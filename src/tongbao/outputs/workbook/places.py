"""排名稳定性: which places the office can lean on, and which turn when a weight moves a little."""

from __future__ import annotations

from collections.abc import Sequence

from tongbao.outputs.workbook.cells import Column, Sheet
from tongbao.scoring.decimals import show_percent
from tongbao.scoring.stability import Stability


def stability_sheet(found: Sequence[Stability]) -> Sheet:
    """One row a ranked unit; the last column says how the shares came about and what repeats them."""
    columns = (
        Column("体系", 28), Column("组", 14), Column("名次", 7), Column("单位", 24),
        Column("保持名次的比例", 10, "0.0%"), Column("最好名次", 9), Column("最差名次", 9),
        Column("算法", 60, wrap=True),
    )  # fmt: skip
    sheet = Sheet("排名稳定性", columns, freeze="A2")
    for each in found:
        for index, unit in enumerate(each.units):
            how = _how(each) if index == 0 else None
            sheet.row((each.system, unit.group, unit.rank, unit.unit, unit.kept, unit.best, unit.worst, how))
    return sheet


def _how(found: Stability) -> str:
    return (
        f"各项分值各自在±{show_percent(found.spread)}内均匀浮动，再按比例调整使满分不变"
        f"（加分不动，合成的总分连同所含体系），抽{found.draws}次，按公布的取整和排名办法重排；"
        f"种子{found.seed}，由定义和期间得出，重算结果相同。仅供内部参考。"
    )
