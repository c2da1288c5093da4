"""Lists the cases behind a score, figure by figure, so that a unit can look up each of them; nobody's personal data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tongbao.errors import UsageError
from tongbao.period import Period
from tongbao.run.corrected import load_corrected
from tongbao.run.scores import canonical_unit
from tongbao.scoring.explain import is_called
from tongbao.scoring.formula import references
from tongbao.scoring.known import case_office
from tongbao.scoring.tables import case_tables_for, formulas

if TYPE_CHECKING:
    from tongbao.inputs.cases.listing import Case, Listed


def case_rows(
    workspace: Path, period: Period, jurisdiction: str, unit: str, indicator: str, limit: int
) -> tuple[Listed, ...]:
    """The cases behind every column counted from cases that an indicator's formulas name.

    Args:
        workspace: the office's folder.
        period: the month.
        jurisdiction: the folder below scoring/.
        unit: a name or alias.
        indicator: its name, number or path, as for `explain`.
        limit: how many to name for each column.

    Raises:
        InvalidError: the definitions or the records are wrong.
        UsageError: the indicator rests on no case records.
    """
    from tongbao.inputs.cases.reader import read_cases

    scheme = load_corrected(workspace, jurisdiction)
    now = scheme.at(period)
    canonical = canonical_unit(now, unit)
    asked: dict[tuple[Period, str], dict[str, None]] = {}
    for name in now.names:
        for key, leaf in now.systems[name].value.leaves():
            texts = formulas(leaf) if is_called(indicator, key, leaf.code) else ()
            for column in (column for text in texts for column in references(text)):
                asked.setdefault((column.period(period), column.table), {})[column.column] = None
    found: list[Listed] = []
    for (month, name), columns in asked.items():
        for table in case_tables_for(scheme.at(month), {name}):
            found += read_cases(table, tuple(columns), canonical, case_office(workspace, scheme, month), limit)
    if not found:
        raise UsageError(f"指标“{indicator}”不是由案卷计数而来的，没有可列的案卷")
    return tuple(found)


def case_lines(listed: tuple[Listed, ...]) -> Iterator[str]:
    """The same in lines of text: numerator and denominator each under its own head."""
    for column in listed:
        yield f"案卷：{column.column}（{column.words}），共{column.total}件"
        for case in column.cases:
            yield _line(case)
        if column.total > len(column.cases):
            yield f"　　另有{column.total - len(column.cases)}件，用 --limit 可多列"
        if column.left_out:
            yield f"　　更正过而未计入的{len(column.left_out)}件："
        for case in column.left_out:
            yield _line(case)


def _line(case: Case) -> str:
    return f"　　{case.number}，见 {case.place}" + (f"（{case.note}）" if case.note else "")
