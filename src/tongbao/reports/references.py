"""Holds the names that a 通报 definition uses against the roster and the systems, so that none points at nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.definitions import KeyPath, Loaded
from tongbao.errors import Code, Finding
from tongbao.reports.definition import Report
from tongbao.scoring.scheme import Scheme
from tongbao.scoring.suggestions import did_you_mean


def check_references(report: Loaded[Report], scheme: Scheme) -> tuple[Finding, ...]:
    """Name every group, system and indicator of a report that its jurisdiction does not have, with its line."""
    groups = {group.name for group in scheme.roster.value.groups}
    leaves = {leaf.name for loaded in scheme.systems.values() for _, leaf in loaded.value.leaves()}
    known = {"组": groups, "体系": set(scheme.systems), "指标": leaves}
    return tuple(
        Finding(
            Code.REFERENCE_UNKNOWN,
            f"没有名为“{name}”的{kind}",
            report.positions.place(*path),
            f"{did_you_mean(name, known[kind])}请改成{scheme.jurisdiction}已有的{kind}",
        )
        for kind, name, path in _used(report.value)
        if name not in known[kind]
    )


def _used(report: Report) -> Iterator[tuple[str, str, KeyPath]]:
    for index, evaluation in enumerate(report.evaluations):
        yield "组", evaluation.group, ("评价", index, "组")
        yield "体系", evaluation.system, ("评价", index, "体系")
    for index, name in enumerate(report.key_indicators):
        yield "指标", name, ("重点指标", index)
    for index, rule in enumerate(report.rules):
        for place, name in enumerate(rule.groups):
            yield "组", name, ("拟议", index, "组", place)
