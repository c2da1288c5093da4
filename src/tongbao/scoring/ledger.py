"""台账: which rows count for which clause, and which do not, each with its reason (R11, R12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tongbao.errors import Code, Finding
from tongbao.inputs.table import Row
from tongbao.period import Period
from tongbao.scoring import entries
from tongbao.scoring.decimals import show
from tongbao.scoring.definition import Leaf, LedgerValue, PerEvent
from tongbao.scoring.outline import Outline
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Event, Key

Pot = tuple[str, Key]
"""A unit and a clause."""


@dataclass(frozen=True, slots=True)
class Booked:
    """All ledger rows of a system, sorted to units and clauses."""

    events: Mapping[Pot, tuple[Event, ...]]
    findings: tuple[Finding, ...]


def book(outline: Outline, scope: Scope) -> Booked:
    """Take up every ledger row that names a clause of this system."""
    booked: dict[Pot, list[Event]] = {}
    findings: list[Finding] = []
    strict = _same_matter_keys(outline)
    for key, leaf in outline.leaves.items():
        ledger, rule = leaf.value.ledger, leaf.scoring.per_event
        if ledger is None or rule is None:
            continue
        entry = _Clause(key, leaf, ledger, rule, scope.period, matters=key in strict and rule.on is not None)
        for row in _rows(scope, ledger):
            if row.unit not in outline.leaf_units[key]:
                findings.append(_stranger(row, ledger, outline.system.name))
                continue
            event, problems = entry.event(row)
            findings.extend(problems)
            booked.setdefault((row.unit, key), []).append(event)
    findings.extend(_repeated(booked))
    events = {pot: tuple(sorted(found, key=_by_content)) for pot, found in booked.items()}
    events = {pot: _once(outline.leaves[pot[1]], found) for pot, found in events.items()}
    for key, group in outline.groups.items():
        if group.same_matter:
            events |= _highest_only(key, events, outline)
    return Booked(events, tuple(findings))


@dataclass(frozen=True, slots=True)
class _Clause:
    key: Key
    leaf: Leaf
    ledger: LedgerValue
    rule: PerEvent
    period: Period
    matters: bool

    def event(self, row: Row) -> tuple[Event, list[Finding]]:
        findings: list[Finding] = []
        clause = row.cells["条款"]
        day = self._day(row, findings)
        count, problem = entries.times(row, self.ledger.clause)
        findings += [problem] if problem else []
        if self.matters and not entries.text(row, "事项"):
            findings.append(
                Finding(
                    Code.CELL_EMPTY,
                    f"条款“{self.ledger.clause}”按同一事项取最高计分，但没有写事项",
                    entries.place(row, "事项"),
                    "请填写事项，同一事项写法须一致",
                )
            )
        if self.rule.proof and not entries.text(row, "佐证"):
            findings.append(
                Finding(
                    Code.PROOF_MISSING,
                    f"{row.unit}的“{self.ledger.clause}”没有佐证",
                    entries.place(row, "佐证"),
                    "请填写佐证材料的名称或编号，没有佐证的请删去该行",
                )
            )
        amount = self.rule.on if self.rule.on is not None else -(self.rule.off or Decimal(0))
        matter = entries.text(row, "事项") or entries.text(row, "事由")
        waits = self.leaf.waits(self.period)
        note = "年终计分，本月不计" if waits else entries.text(row, "事由") if entries.text(row, "事项") else ""
        counted = row.cells.get("次数")
        note = "；".join(filter(None, (note, counted.note if counted else "")))
        event = Event(
            clause.origin, self.ledger.clause, day, count, amount * count, matter, counted=not waits, note=note
        )
        return event, findings

    def _day(self, row: Row, findings: list[Finding]) -> date | None:
        day = entries.day(row, "日期")
        if day is None:
            findings.append(entries.unfilled(row, "日期", self.ledger.clause))
            return None
        first = date(self.period.year, 1, 1) if self.leaf.period == "年终" else self.period.first_day
        if not first <= day <= self.period.last_day:
            span = f"{self.period.year}年" if self.leaf.period == "年终" else self.period.words
            findings.append(
                Finding(
                    Code.DATE_OUTSIDE_PERIOD,
                    f"{row.unit}的“{self.ledger.clause}”日期为{day}，不在{span}内",
                    entries.place(row, "日期"),
                    "请核对日期，或把该行移到相应月份的台账",
                )
            )
        return day


def _rows(scope: Scope, ledger: LedgerValue) -> Iterable[Row]:
    table = scope.tables.get((scope.period, ledger.table))
    for row in table.rows if table else ():
        cell = row.cells.get("条款")
        if cell is not None and cell.value == ledger.clause:
            yield row


def _by_content(event: Event) -> tuple[date, str, str, Decimal]:
    return (event.day or date.min, event.matter, event.note, event.count)


def _once(leaf: Leaf, events: tuple[Event, ...]) -> tuple[Event, ...]:
    rule = leaf.scoring.per_event
    if rule is None or not rule.once:
        return events
    result: list[Event] = []
    taken = False
    amount = rule.on if rule.on is not None else -(rule.off or Decimal(0))
    for event in events:
        if taken and event.counted:
            result.append(replace(event, counted=False, note="一次性，已计过一次"))
        elif event.counted and event.count > 0:
            taken = True
            note = event.note if event.count == 1 else f"一次性，{show(event.count)}次只计一次"
            result.append(replace(event, count=Decimal(1), points=amount, note=note))
        else:
            result.append(event)
    return tuple(result)


def _highest_only(key: Key, events: Mapping[Pot, tuple[Event, ...]], outline: Outline) -> dict[Pot, tuple[Event, ...]]:
    """Of the rows below a group that praise the same matter, only the one with most points counts."""
    below = [
        (place, pot)
        for pot in events
        for place, leaf_key in enumerate(outline.leaves)
        if pot[1] == leaf_key and leaf_key[: len(key)] == key and _adds(outline.leaves[leaf_key])
    ]
    best: dict[tuple[str, str], tuple[Decimal, int, int, str]] = {}
    for place, pot in sorted(below):
        for index, event in enumerate(events[pot]):
            matter = (pot[0], event.matter)
            if event.counted and event.matter and (matter not in best or event.points > best[matter][0]):
                best[matter] = (event.points, place, index, event.clause)
    changed: dict[Pot, tuple[Event, ...]] = {}
    for place, pot in below:
        kept: list[Event] = []
        for index, event in enumerate(events[pot]):
            winner = best.get((pot[0], event.matter))
            if event.counted and winner and winner[1:3] != (place, index):
                kept.append(replace(event, counted=False, note=f"同一事项取最高，已按“{winner[3]}”计"))
            else:
                kept.append(event)
        changed[pot] = tuple(kept)
    return changed


def _adds(leaf: Leaf) -> bool:
    return leaf.scoring.per_event is not None and leaf.scoring.per_event.on is not None


def _same_matter_keys(outline: Outline) -> set[Key]:
    tops = [key for key, group in outline.groups.items() if group.same_matter]
    return {key for key in outline.leaves for top in tops if key[: len(top)] == top}


def _repeated(booked: Mapping[Pot, list[Event]]) -> Iterable[Finding]:
    for (unit, _), events in booked.items():
        seen: dict[tuple[object, ...], Event] = {}
        for event in events:
            content = (event.day, event.matter, event.note, event.count)
            if content in seen:
                yield Finding(
                    Code.ROW_REPEATED,
                    f"{unit}的“{event.clause}”与 {seen[content].origin.cell} 所在行完全相同",
                    event.origin.place,
                    "重复登记的请删去一行；确属两次的请写明不同事由，或合为一行并填次数",
                )
            seen.setdefault(content, event)


def _stranger(row: Row, ledger: LedgerValue, system: str) -> Finding:
    return Finding(
        Code.VALUE_INVALID,
        f"{row.unit}不是“{system}”中条款“{ledger.clause}”的评价对象",
        row.cells["条款"].origin.place,
        "请改正单位或条款",
    )
