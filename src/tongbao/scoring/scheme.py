"""Reads all definitions of a jurisdiction and says everything that is wrong with them, each mistake with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from tongbao.definitions import Loaded, Strict, load
from tongbao.effective import Timeline
from tongbao.errors import Code, Finding, InvalidError, Place, UsageError, has_errors
from tongbao.file_names import problem
from tongbao.inputs.calendar import CALENDAR_FILE, WorkCalendar
from tongbao.inputs.contract import Tables
from tongbao.inputs.roster import Roster
from tongbao.scoring.checks.examples import check_examples
from tongbao.scoring.checks.revision_checks import check_revisions
from tongbao.scoring.checks.roster_checks import check_contracts, check_roster
from tongbao.scoring.checks.system_checks import check_cycles, check_system
from tongbao.scoring.definition import System
from tongbao.scoring.scheme_model import InForce, Scheme
from tongbao.scoring.suggestions import did_you_mean

__all__ = ["ROSTER_FILE", "TABLES_FILE", "InForce", "Scheme", "load_scheme"]

ROSTER_FILE = "单位名录.yaml"
TABLES_FILE = "数据表.yaml"
_Definition = TypeVar("_Definition", bound=Strict)


def load_scheme(
    workspace: Path,
    jurisdiction: str,
    instead: Sequence[Path] = (),
    edited: Mapping[str, Loaded[Any]] = MappingProxyType({}),
) -> Scheme:
    """Read and check scoring/<辖区>/: 单位名录, 数据表 and every revision of every system.

    Args:
        workspace: the folder that holds scoring/.
        jurisdiction: the folder's name below it.
        instead: definitions to try out, each in the place of every revision of the system of the same 名称.
        edited: definitions that are about to be written, by the file's name: read instead of the file, or added.

    Raises:
        UsageError: there is no such jurisdiction.
        InvalidError: with all findings of all files, each with its line.
    """
    folder = workspace / "scoring" / jurisdiction
    if problem(jurisdiction) or not folder.is_dir():
        raise UsageError(f"scoring/ 下没有辖区“{jurisdiction}”的定义")
    reader = _Reader(jurisdiction, edited)
    roster = reader.read(folder / ROSTER_FILE, Roster)
    contracts = reader.read(folder / TABLES_FILE, Tables)
    found = {*folder.glob("*.yaml"), *(folder / name for name in edited)}
    paths = sorted(path for path in found if path.name not in {ROSTER_FILE, TABLES_FILE})
    systems = reader.systems([loaded for path in paths if (loaded := reader.read(path, System))])
    systems = reader.replaced(systems, instead)
    calendar = reader.calendar(workspace / CALENDAR_FILE)
    if not paths:
        place = Place(f"scoring/{jurisdiction}")
        reader.findings.append(Finding(Code.FILE_MISSING, "没有指标体系", place, "请放入至少一个体系的 YAML 文件"))
    if roster is None or contracts is None:
        about_roster = check_roster(roster, jurisdiction) if roster else ()
        about_tables = check_contracts(contracts, None) if contracts else ()
        raise InvalidError([*reader.findings, *about_roster, *about_tables])
    scheme = Scheme(jurisdiction, roster, contracts, systems, calendar=calendar)
    findings = [*reader.findings, *_checked(scheme, whole=not reader.findings)]
    if has_errors(findings):
        raise InvalidError(findings)
    return replace(scheme, notes=tuple(findings))


class _Reader:
    """Reads file after file and keeps what is wrong with them."""

    def __init__(self, jurisdiction: str, edited: Mapping[str, Loaded[Any]]) -> None:
        self.jurisdiction = jurisdiction
        self.edited = edited
        self.findings: list[Finding] = []

    def read(self, path: Path, model: type[_Definition], file: str | None = None) -> Loaded[_Definition] | None:
        if file is None and path.name in self.edited:
            return self.edited[path.name]
        try:
            return load(path, model, file or f"scoring/{self.jurisdiction}/{path.name}")
        except InvalidError as error:
            self.findings.extend(error.findings)
            return None

    def calendar(self, path: Path) -> WorkCalendar:
        """The workspace's own years, where it states any."""
        try:
            return WorkCalendar.load(path if path.is_file() else None)
        except InvalidError as error:
            self.findings.extend(error.findings)
            return WorkCalendar()

    def systems(self, found: list[Loaded[System]]) -> Mapping[str, Timeline[Loaded[System]]]:
        """Files of the same 名称 are revisions of one system."""
        revisions: dict[str, list[Loaded[System]]] = {}
        for loaded in found:
            name = loaded.value.name
            if problem(name):
                message = f"体系名称“{name}”含有不能用作文件名的字符"
                place = loaded.positions.place("名称")
                self.findings.append(Finding(Code.VALUE_INVALID, message, place, "请改名"))
            revisions.setdefault(name, []).append(loaded)
        return {name: Timeline.of(files, lambda loaded: loaded.value) for name, files in revisions.items()}

    def replaced(
        self, systems: Mapping[str, Timeline[Loaded[System]]], instead: Sequence[Path]
    ) -> Mapping[str, Timeline[Loaded[System]]]:
        tried = [loaded for path in instead if (loaded := self.read(path, System, path.as_posix()))]
        for loaded in tried:
            if loaded.value.name not in systems:
                message = f"{self.jurisdiction}没有体系“{loaded.value.name}”，不知道要与哪个比较"
                remedy = did_you_mean(loaded.value.name, systems) or "请把 名称 写成要代替的体系"
                place = loaded.positions.place("名称")
                self.findings.append(Finding(Code.REFERENCE_UNKNOWN, message, place, remedy))
        known = [loaded for loaded in tried if loaded.value.name in systems]
        return {**systems, **{loaded.value.name: Timeline.always(loaded) for loaded in known}}


def _checked(scheme: Scheme, *, whole: bool) -> list[Finding]:
    """Everything wrong with the definitions, at whatever time they are in force; each thing once."""
    findings = [
        *check_roster(scheme.roster, scheme.jurisdiction),
        *check_contracts(scheme.contracts, scheme.roster.value),
        *check_revisions(scheme),
    ]
    seen = set()
    for period in scheme.eras():
        now = scheme.at(period)
        around = (now.roster.units, *map(id, (*now.contracts.tables, *now.contracts.cases)))
        for name, loaded in now.systems.items():
            sight = (loaded.positions.file, around)  # what changes elsewhere is no reason to look again
            if name not in now.lapsed and sight not in seen:
                seen.add(sight)
                findings.extend(check_system(loaded, scheme, now))
        findings.extend(check_cycles(now.systems) if whole else ())
    if whole and not has_errors(findings):  # examples only make sense where the rules do
        findings.extend(check_examples(scheme))
    return list(dict.fromkeys(findings))
