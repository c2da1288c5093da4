"""docs/systems.md says of every ready system what its definition says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tongbao.definitions import load
from tongbao.reports.definition import Report
from tongbao.scoring.definition import IndicatorGroup, System
from tongbao.scoring.scheme import ROSTER_FILE, TABLES_FILE

ROOT = Path(__file__).parents[2]
SCORING = ("按比例", "达标", "差距扣分", "分档", "逐次", "直接", "仅状态")
VALUES = ("台账", "时限", "频次", "任务", "人工", "体系")
AGGREGATES = ("按适用分值折算", "任务完成率", "基础分扣减", "全部达标")


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    letter: str
    definition: str
    source: str
    leaves: str
    full: str
    objects: str
    ways: str
    samples: str
    report: str


def lines() -> list[Line]:
    text = (ROOT / "docs" / "systems.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in text.splitlines() if line[:3] != "|--"]
    return [Line(*row) for row in rows if len(row) == 9 and row[1].startswith("[")]


def target(cell: str) -> Path:
    found = re.search(r"\]\(\.\./([^)]+)\)", cell)
    assert found, cell
    return ROOT / found[1]


def ways(system: System) -> Iterator[str]:
    """Everything by which the system scores and adds up, in the words of docs/definitions.md."""
    leaves = [leaf for _, leaf in system.leaves()]
    kinds = {name for leaf in leaves for name in leaf.scoring.model_dump(by_alias=True, exclude_none=True)}
    yield from (name for name in SCORING if name in kinds)
    groups = {group.aggregate for group in walk(system.indicators)} | {system.aggregate}
    yield from (name for name in AGGREGATES if name in groups)
    values = {name for leaf in leaves for name in leaf.value.model_dump(by_alias=True, exclude_none=True)}
    yield from (name for name in VALUES if name in values)
    if any(leaf.value.system and leaf.value.system.weighted for leaf in leaves):
        yield "时间加权"


def walk(indicators: tuple[object, ...]) -> Iterator[IndicatorGroup]:
    for indicator in indicators:
        if isinstance(indicator, IndicatorGroup):
            yield indicator
            yield from walk(indicator.indicators)


@pytest.mark.parametrize("line", lines(), ids=lambda line: target(line.definition).stem)
def test_a_line_says_what_the_definition_says(line: Line) -> None:
    path = target(line.definition)
    system = load(path, System, path.name).value
    assert line.definition.startswith(f"[{system.name}]")
    assert line.leaves == str(sum(1 for _ in system.leaves()))
    assert line.full == ("—" if system.full is None else f"{system.full:f}")
    named = [f"{len(system.objects.include)}个单位"] if system.objects.include else []
    assert line.objects == "、".join((*system.objects.groups, *named))
    assert line.ways == "、".join(ways(system))
    for sample in re.findall(r"`([^`]+)`", line.samples):
        assert list((ROOT / "inputs").glob(f"*/{path.parent.name}/{sample}")), sample
    if line.report != "—":
        report = load(target(line.report), Report, line.report).value
        assert report.jurisdiction == path.parent.name


def test_every_system_has_its_line_and_only_one() -> None:
    paths = [path for path in (ROOT / "scoring").glob("*/*.yaml") if path.name not in {ROSTER_FILE, TABLES_FILE}]
    assert sorted(target(line.definition) for line in lines()) == sorted(p for p in paths if "@" not in p.stem)
    assert set("ABCDEFGHIJ") <= {letter for line in lines() for letter in line.letter}
