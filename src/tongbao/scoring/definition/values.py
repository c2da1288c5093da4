"""取值: the closed list of ways to get the figure of an indicator."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from tongbao.definitions import OneOf, Strict


class LedgerValue(Strict):
    """Rows of a ledger that name this clause; columns 条款, 日期, 次数, 事由 (事项, 佐证 for bonuses)."""

    table: str = Field(alias="表")
    clause: str = Field(alias="条款")


class JudgedValue(Strict):
    """Points entered by judges. The table has columns 条款, 评委, 得分, 理由; below full marks a reason is required."""

    table: str = Field(alias="表")
    clause: str = Field(alias="条款")
    judges: Literal["平均", "最低", "唯一"] = Field(default="平均", alias="多评委")


class Value(OneOf):
    """How the figure of an indicator is obtained; exactly one way."""

    called: ClassVar[str] = "取值"

    formula: str | None = Field(default=None, alias="公式")
    ledger: LedgerValue | None = Field(default=None, alias="台账")
    judged: JudgedValue | None = Field(default=None, alias="人工")
    system: str | None = Field(
        default=None, alias="体系", description="share of full marks that the unit has in another system (R21)"
    )
