"""What a granted appeal put right: one cell of a table, one cell of a case, or a case that no longer counts.

The files stay as they were sent; the old value stays here and in the note that the trace carries into `explain`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tongbao.period import Period

TAKEN_OUT = "申诉撤销"
"""The exclusion under which a case is told that an appeal took out."""
COUNTED = "计入"
"""The old value of such a case."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure of one table and month.

    Attributes:
        unit: canonical name; "" in a table that speaks of all units.
        column: of the table, or of the case; "" for a case that is taken out.
        row: the row as the clerk sees it, where a unit has several; None where it has one.
        old: the cell as it was sent, or the counted figure; held against the table every time.
        new: what stands in its place, written as in a cell.
        basis: which appeal, decided by whom and when.
        case: the case number, where it is about one record of a 案卷表; "" for a cell of the table itself.
    """

    period: Period
    table: str
    unit: str
    column: str
    row: int | None
    old: str
    new: str
    basis: str
    case: str = ""

    @property
    def field(self) -> str:
        """What was put right, inside its table: 评价数; 案卷A1的核实结果; 案卷A1."""
        if not self.case:
            return self.column
        return f"案卷{self.case}的{self.column}" if self.column else f"案卷{self.case}"

    @property
    def before(self) -> str:
        """The old value in words."""
        return self.old or _BLANK

    @property
    def after(self) -> str:
        """The new value in words."""
        return (self.new or _BLANK) if self.column else f"不计入（{self.new}）"

    @property
    def note(self) -> str:
        """更正：原值12，现值15，依据申诉第3号…."""
        case = f"{self.field}" if self.case else ""
        return f"更正：{case}原值{self.before}，现值{self.after}，依据{self.basis}"


_BLANK = "空白"
