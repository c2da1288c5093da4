"""What moved the scores: two months against each other, or one month under two definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tongbao.definitions import load
from tongbao.errors import Finding, InvalidError, Severity, UsageError, has_errors
from tongbao.period import Period
from tongbao.reports.definition import load_reports
from tongbao.run.corrected import load_corrected
from tongbao.scoring.causes import Pair
from tongbao.scoring.comparison import Comparison, compare_boards
from tongbao.scoring.definition import System
from tongbao.scoring.engine import Scored, score_each
from tongbao.scoring.scheme import InForce, Scheme, load_scheme
from tongbao.scoring.scoreboard import Key
from tongbao.scoring.suggestions import did_you_mean

CURRENT = "现行定义"
CHANGED = "改后定义"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a workspace is to be looked at; everything without any choice.

    Attributes:
        jurisdictions: folders of scoring/.
        reports: names of 通报; each stands for its jurisdiction and the systems that rank its groups.
        systems: names of systems; default: those that no other builds on.
        unit: only this unit, by any of its names.
    """

    jurisdictions: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True)
class Difference:
    """One system of one jurisdiction, now and before."""

    jurisdiction: str
    before: str
    after: str
    comparison: Comparison
    unit: str | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """The units asked for, in the order of the latest board."""
        known = tuple(standing.unit for standing in self.comparison.latest.standings)
        return known if self.unit is None else tuple(unit for unit in known if unit == self.unit)

    def data(self) -> Mapping[str, object]:
        """The same for other programs: units with their causes, groups, what there is on one side only."""
        comparison, pair = self.comparison, self.comparison.pair
        return {
            "jurisdiction": self.jurisdiction,
            "system": comparison.latest.system.name,
            "before": self.before,
            "after": self.after,
            "groups": [{**_fields(change), "change": change.change} for change in comparison.groups.values()],
            "units": [
                {
                    **_fields(comparison.units[unit]),
                    "change": comparison.units[unit].change,
                    "rank_change": comparison.units[unit].rank_change,
                    "causes": comparison.causes(unit),
                }
                for unit in self.units
            ],
            "new_units": comparison.new_units,
            "gone_units": comparison.gone_units,
            "added_indicators": _names(pair.added if pair else ()),
            "dropped_indicators": _names(pair.dropped if pair else ()),
            "redefined_indicators": _names(pair.redefined if pair else ()),
        }


@dataclass
class Differences:
    """All that was compared, what was found on the way, and what could not be compared."""

    found: list[Difference] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compare_periods(workspace: Path, before: Period, after: Period, wanted: Wanted) -> Differences:
    """Compare two months.

    Raises:
        InvalidError: nothing could be compared because of inputs or definitions.
        UsageError: a name that there is not, or no jurisdiction with both months.
    """
    result = Differences()
    for jurisdiction, systems in _targets(workspace, wanted):
        absent = [period for period in (before, after) if not _inputs(workspace, period, jurisdiction).is_dir()]
        if absent:
            months = "、".join(period.words for period in absent)
            result.notes.append(f"{jurisdiction}没有{months}的数据，未作比较。")
            continue
        try:
            scheme = load_corrected(workspace, jurisdiction)
            boards = [_scored(workspace, scheme, period, result) for period in (before, after)]
        except InvalidError as error:
            result.findings += error.findings
            continue
        now = scheme.at(after)
        boards[0] = boards[0].under_names_of(after, scheme.roster.value)
        names = choose_systems(now, systems, wanted)
        result.found += differences(jurisdiction, names, boards, (before.words, after.words), now, wanted)
    return _finished(result, wanted)


def compare_definitions(workspace: Path, period: Period, files: Sequence[Path], wanted: Wanted) -> Differences:
    """Compare a month under the definitions in force and under changed copies of some of them.

    Raises:
        InvalidError: nothing could be compared because of inputs or definitions.
        UsageError: no jurisdiction has a system of that name.
    """
    result = Differences()
    names = {load(path, System, path.as_posix()).value.name for path in files}
    for jurisdiction, systems in _targets(workspace, wanted):
        try:
            scheme = load_corrected(workspace, jurisdiction)
            now = scheme.at(period)
            if not names & now.systems.keys():
                continue
            changed = replace(load_scheme(workspace, jurisdiction, files), corrections=scheme.corrections)
            boards = [_scored(workspace, each, period, result) for each in (scheme, changed)]
        except InvalidError as error:
            result.findings += error.findings
            continue
        chosen = [name for name in choose_systems(now, systems, wanted) if names & building_on(now, name)]
        result.found += differences(jurisdiction, chosen, boards, (CURRENT, CHANGED), now, wanted)
    if not result.found and not result.findings:
        raise UsageError(f"没有一个辖区有体系“{'、'.join(sorted(names))}”；改后的定义须与现行的同名")
    return _finished(result, wanted)


def _targets(workspace: Path, wanted: Wanted) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Jurisdictions, with the systems that a report asks for."""
    if wanted.reports:
        reports, broken = load_reports(workspace, wanted.reports)
        if broken:
            raise InvalidError(broken)
        for report in reports:
            if not wanted.jurisdictions or report.value.jurisdiction in wanted.jurisdictions:
                yield (
                    report.value.jurisdiction,
                    tuple(dict.fromkeys(each.system for each in report.value.evaluations)),
                )
        return
    known = sorted(path.name for path in (workspace / "scoring").glob("*") if path.is_dir())
    for name in wanted.jurisdictions:
        if name not in known:
            raise UsageError(f"没有辖区“{name}”，现有：{'、'.join(known) or '无'}")
    for name in wanted.jurisdictions or known:
        yield name, ()


def choose_systems(scheme: InForce, asked: tuple[str, ...], wanted: Wanted) -> tuple[str, ...]:
    """The systems to compare: those named, those of the report, or those that no other builds on."""
    if wanted.systems:
        for name in wanted.systems:
            if name not in scheme.systems and wanted.jurisdictions:
                raise UsageError(f"{scheme.jurisdiction}没有体系“{name}”。{did_you_mean(name, scheme.systems)}")
        return tuple(name for name in wanted.systems if name in scheme.systems)
    below = {
        leaf.value.system.name
        for loaded in scheme.systems.values()
        for _, leaf in loaded.value.leaves()
        if leaf.value.system
    }
    return asked or tuple(name for name in scheme.systems if name not in below)


def building_on(scheme: InForce, name: str) -> set[str]:
    """A system with all that it builds on."""
    found, waiting = {name}, [name]
    while waiting:
        leaves = scheme.systems[waiting.pop()].value.leaves()
        parts = {leaf.value.system.name for _, leaf in leaves if leaf.value.system} - found
        found |= parts
        waiting += sorted(parts)
    return found


def _scored(workspace: Path, scheme: Scheme, period: Period, result: Differences) -> Scored:
    scored = score_each(workspace, scheme, period)
    result.left_out += scored.left_out
    result.findings += [finding for finding in scored.findings if finding.severity is Severity.WARNING]
    return scored


def differences(
    jurisdiction: str,
    names: Sequence[str],
    boards: Sequence[Scored],
    labels: tuple[str, str],
    scheme: InForce,
    wanted: Wanted,
) -> Iterator[Difference]:
    """Lay the boards of each system side by side, those that it builds on with them."""
    before, after = (each.boards for each in boards)
    parts = {name: Pair(after[name], before[name]) for name in after if name in before}
    unit = None if wanted.unit is None else scheme.roster.names.get(wanted.unit, wanted.unit)
    for name in names:
        if name in parts and (unit is None or unit in after[name].standing_of):
            yield Difference(jurisdiction, *labels, compare_boards(after[name], before[name], parts), unit)


def _finished(result: Differences, wanted: Wanted) -> Differences:
    if result.found:
        return result
    if has_errors(result.findings) or result.left_out:
        raise InvalidError(result.findings)
    missing = (
        f"单位“{wanted.unit}”" if wanted.unit else f"体系“{'、'.join(wanted.systems)}”" if wanted.systems else "结果"
    )
    raise UsageError(f"没有可以比较的{missing}。" + "".join(result.notes))


def _inputs(workspace: Path, period: Period, jurisdiction: str) -> Path:
    return workspace / "inputs" / str(period) / jurisdiction


def _names(keys: Sequence[Key]) -> list[str]:
    return ["/".join(key) for key in keys]


def _fields(change: object) -> dict[str, object]:
    from dataclasses import fields

    return {each.name: getattr(change, each.name) for each in fields(change)}  # type: ignore[arg-type]
