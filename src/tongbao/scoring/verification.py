"""核验: conditions that the figures of a unit must fulfil, and ledger rows that no clause asks for."""

from __future__ import annotations

from collections.abc import Iterable

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.table import Missing
from tongbao.scoring import entries
from tongbao.scoring.definition import Leaf
from tongbao.scoring.evaluate import evaluate
from tongbao.scoring.formula import parse
from tongbao.scoring.outline import Outline
from tongbao.scoring.scheme_model import InForce
from tongbao.scoring.scope import Scope
from tongbao.scoring.suggestions import did_you_mean


def verify(leaf: Leaf, unit: str, scope: Scope, place: Place) -> Iterable[Finding]:
    """Every 核验 of the indicator that the unit's own figures do not pass."""
    for check in leaf.checks:
        if not parse(check.condition).individual:
            continue
        result = evaluate(parse(check.condition), unit, scope)
        if result.value == "是" or result.missing is Missing.NOT_APPLICABLE:
            continue
        origin = result.blame or next((item.origin for item in result.inputs if item.origin), None)
        shown = f"（{result.words}，无法核验）" if result.missing else f"（{result.substituted}）"
        yield Finding(
            Code.CHECK_FAILED,
            f"{unit}“{leaf.name}”{check.message}{shown}",
            origin.place if origin else place,
            f"请核对，使“{check.condition}”成立",
            Severity(check.severity),
        )


def verify_all(leaf: Leaf, scope: Scope, place: Place) -> Iterable[Finding]:
    """Every 核验 that speaks of all units together, such as a total; told once."""
    for check in leaf.checks:
        if parse(check.condition).individual or not scope.units:
            continue
        result = evaluate(parse(check.condition), scope.units[0], scope)
        if result.value != "是":
            shown = f"（{result.words}，无法核验）" if result.missing else f"（{result.substituted}）"
            notes = "；".join(item.note for item in result.inputs if item.note)
            yield Finding(
                Code.CHECK_FAILED,
                f"“{leaf.name}”{check.message}{shown}",
                result.blame.place if result.blame else place,
                f"请核对，使“{check.condition}”成立" + (f"（{notes}）" if notes else ""),
                Severity(check.severity),
            )


def stray_clauses(scheme: InForce, outline: Outline, scope: Scope) -> Iterable[Finding]:
    """Rows of ledgers, judges' tables and tasks whose 条款 no indicator knows; they would count for nothing."""
    known: dict[str, set[str]] = {}
    whole: set[str] = set()  # tables that are read whatever their 条款
    for loaded in scheme.systems.values():
        for _, leaf in loaded.value.leaves():
            if leaf.value.clause is not None:
                known.setdefault(leaf.value.clause[0], set()).add(leaf.value.clause[1])
            else:
                whole.update(leaf.value.tables)
    mine = {table for leaf in outline.leaves.values() for table in leaf.value.tables} - whole
    for name in sorted(mine):
        table = scope.tables.get((scope.period, name))
        for row in table.rows if table else ():
            cell = row.cells.get("条款")
            if cell is not None and cell.value is not None and cell.value not in known[name]:
                yield Finding(
                    Code.REFERENCE_UNKNOWN,
                    f"表“{name}”的条款“{cell.value}”在定义中没有",
                    cell.origin.place,
                    f"请改正条款。{did_you_mean(str(cell.value), sorted(known[name]))}",
                )
            elif cell is not None and cell.value is None:
                yield Finding(Code.CELL_EMPTY, f"表“{name}”没有写条款", cell.origin.place, "请填写条款")


def stray_units(scheme: InForce, outline: Outline, scope: Scope) -> Iterable[Finding]:
    """Rows of units that are not evaluated: an error where a clause is asked for, else told and left out."""
    for key, leaf in outline.leaves.items():
        if leaf.value.clause is None or leaf.value.ledger is not None:  # booking a ledger tells its own
            continue
        table, clause = leaf.value.clause
        for unit, rows in scope.entries(table, clause).items():
            if unit not in outline.leaf_units[key]:
                yield Finding(
                    Code.VALUE_INVALID,
                    f"{unit}不是“{outline.system.name}”中条款“{clause}”的评价对象",
                    entries.place(rows[0], "条款"),
                    "请改正单位或条款",
                )
    for table, meant in _readers(scheme, outline).items():
        for unit, rows in scope.entries(table).items():
            if unit not in meant:
                yield Finding(
                    Code.VALUE_INVALID,
                    f"表“{table}”有{unit}的{len(rows)}行，没有体系用它评价该单位，未计入",
                    next(iter(rows[0].cells.values())).origin.place,
                    "请核对单位；不评价该单位的可以不管",
                    Severity.WARNING,
                )


def _readers(scheme: InForce, outline: Outline) -> dict[str, set[str]]:
    """For each table that this system reads whatever its 条款, the units that any system reads it for."""
    mine = {table for leaf in outline.leaves.values() if leaf.value.clause is None for table in leaf.value.tables}
    meant: dict[str, set[str]] = {table: set() for table in mine}
    for loaded in scheme.systems.values() if mine else ():
        other = outline if loaded is outline.loaded else Outline(loaded, scheme.roster)
        for key, leaf in other.leaves.items():
            for table in leaf.value.tables:
                if table in meant:
                    meant[table] |= other.leaf_units[key]
    return meant
