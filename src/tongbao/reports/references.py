"""Holds the names that a 通报 definition uses against the roster and the systems, so that none points at nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.definitions import KeyPath, Loaded
from tongbao.errors import Code, Finding
from tongbao.inputs.contract import Shape
from tongbao.reports.definition import Report
from tongbao.scoring.definition import System
from tongbao.scoring.scheme import Scheme
from tongbao.scoring.suggestions import did_you_mean


def check_references(report: Loaded[Report], scheme: Scheme) -> tuple[Finding, ...]:
    """Name every group, system and indicator of a report that its jurisdiction never has, with its line.

    What only some revisions have is known: the same report is made for old months and new ones.
    """
    groups = {group.name for group in scheme.roster.value.groups}
    leaves = {
        leaf.name for name in scheme.systems for system in _revisions(scheme, name) for _, leaf in system.leaves()
    }
    known = {"组": groups, "体系": set(scheme.systems), "指标": leaves}
    unknown = tuple(
        Finding(
            Code.REFERENCE_UNKNOWN,
            f"没有名为“{name}”的{kind}",
            report.positions.place(*path),
            f"{did_you_mean(name, known[kind])}请改成{scheme.jurisdiction}已有的{kind}",
        )
        for kind, name, path in _used(report.value)
        if name not in known[kind]
    )
    unknown += tuple(_ledgers(report, scheme))
    return unknown or tuple(_uncovered(report, scheme))


def _ledgers(report: Loaded[Report], scheme: Scheme) -> Iterator[Finding]:
    """Ledgers that 拟议 name and that are none, and clauses that neither an indicator nor the ledger itself knows."""
    tables = scheme.contracts.value.tables
    leaves = [leaf for name in scheme.systems for system in _revisions(scheme, name) for _, leaf in system.leaves()]
    for index, rule in enumerate(report.value.rules):
        if rule.ledger is None:
            continue
        path: KeyPath = ("拟议", index, "台账")
        asked = rule.ledger.table
        place = report.positions.place(*path, "表")
        meant = [table for table in tables if table.name == asked]
        if not meant:
            ledgers = {table.name for table in tables if table.shape is Shape.LEDGER}
            remedy = f"{did_you_mean(asked, ledgers)}请改成{scheme.jurisdiction}已有的台账"
            yield Finding(Code.REFERENCE_UNKNOWN, f"没有名为“{asked}”的台账", place, remedy)
            continue
        if any(table.shape is not Shape.LEDGER for table in meant):
            remedy = "请换成 形式 为 台账 的数据表"
            yield Finding(Code.VALUE_INVALID, f"数据表“{asked}”不是台账，一个单位只有一行", place, remedy)
            continue
        columns = [column for table in meant for column in table.columns if column.name == "条款"]
        known = {choice for column in columns for choice in column.choices}
        known |= {leaf.value.clause[1] for leaf in leaves if leaf.value.clause and leaf.value.clause[0] == asked}
        for number, clause in enumerate(rule.ledger.clauses):
            if clause not in known:
                place = report.positions.place(*path, "条款", number)
                words = f"台账“{asked}”没有条款“{clause}”" if columns else f"台账“{asked}”没有“条款”列"
                remedy = f"{did_you_mean(clause, known)}请改正；不计分的条款写进数据表该列的 可选值"
                yield Finding(Code.REFERENCE_UNKNOWN, words, place, remedy)


def _uncovered(report: Loaded[Report], scheme: Scheme) -> Iterator[Finding]:
    """Groups that are to be ranked by a system that does not score them."""
    group_of = scheme.roster.value.group_of
    for index, evaluation in enumerate(report.value.evaluations):
        covered: set[str | None] = set()
        for system in _revisions(scheme, evaluation.system):
            covered |= {*system.objects.groups, *(group_of.get(unit) for unit in system.objects.include)}
        if evaluation.group not in covered:
            yield Finding(
                Code.REFERENCE_UNKNOWN,
                f"体系“{evaluation.system}”的对象不含组“{evaluation.group}”",
                report.positions.place("评价", index),
                "请换成评价这个组的体系，或在体系的 对象 中加上这个组",
            )


def _revisions(scheme: Scheme, name: str) -> Iterator[System]:
    return (loaded.value for _, loaded in scheme.systems[name].revisions)


def _used(report: Report) -> Iterator[tuple[str, str, KeyPath]]:
    for index, evaluation in enumerate(report.evaluations):
        yield "组", evaluation.group, ("评价", index, "组")
        yield "体系", evaluation.system, ("评价", index, "体系")
    for index, name in enumerate(report.key_indicators):
        yield "指标", name, ("重点指标", index)
    for index, picture in enumerate(report.share_pictures):
        for place, name in enumerate(picture.parts):
            yield "指标", name, ("占比图", index, "指标", place)
    for index, rule in enumerate(report.rules):
        for place, name in enumerate(rule.groups):
            yield "组", name, ("拟议", index, "组", place)
