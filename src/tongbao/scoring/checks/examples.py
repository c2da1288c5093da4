"""算例: works every example of a definition through, with the very engine that scores a month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tongbao.definitions import Loaded, Positions
from tongbao.effective import Timeline
from tongbao.errors import Code, Finding
from tongbao.inputs.contract import Tables
from tongbao.inputs.roster import Roster
from tongbao.period import Period
from tongbao.scoring.checks.example_tables import ExampleTables, UnusableExampleError
from tongbao.scoring.decimals import show
from tongbao.scoring.definition import Example, Indicator, IndicatorGroup, System
from tongbao.scoring.engine import score_tables
from tongbao.scoring.outline import Outline
from tongbao.scoring.scheme_model import InForce, Scheme
from tongbao.scoring.scoreboard import Key, Score
from tongbao.scoring.suggestions import did_you_mean

DECEMBER = 12
_ANY_MONTH = Period(2022, DECEMBER)


def check_examples(scheme: Scheme) -> Iterator[Finding]:
    """Every 算例 that comes to something else than it says."""
    for timeline in scheme.systems.values():
        for span, loaded in timeline.revisions:
            yield from _revision(scheme.at(span.first or span.last or _ANY_MONTH), loaded, scheme.contracts.value)


def _revision(now: InForce, loaded: Loaded[System], contracts: Tables) -> Iterator[Finding]:
    """The examples of one revision, worked through in the month in which it takes effect."""
    outline = Outline(loaded, now.roster)
    tables = tuple(timeline.nearest(now.period) for timeline in contracts.timelines.values())
    now = replace(now, contracts=Tables.model_construct(tables=tables))
    for index, example in enumerate(loaded.value.examples):
        place = loaded.positions.place("算例", index)
        try:
            got, words = _worked(now, outline, example, place.file)
        except UnusableExampleError as error:
            yield Finding(Code.EXAMPLE_FAILED, f"算例“{example.indicator}”{error}", place, "请改正算例")
            continue
        for wanted, found in _differences(example, got):
            message = f"算例“{example.indicator}”应{wanted}，算得的结果是{found}（{words}）"
            yield Finding(Code.EXAMPLE_FAILED, message, place, "请改正算例或指标")


def _differences(example: Example, score: Score) -> Iterator[tuple[str, str]]:
    if example.points is not None and score.points != example.points:
        shown = "没有得分" if score.points is None else f"得{show(score.points)}分"
        yield f"得{show(example.points)}分", shown
    status = score.progress.words.split("（")[0] if score.progress is not None else "没有状态"
    if example.status is not None and status != example.status:
        yield f"为“{example.status}”", f"“{status}”"


def _worked(now: InForce, outline: Outline, example: Example, file: str) -> tuple[Score, str]:
    """The score of the example's unit and, for the message, how it came about."""
    key = _key(outline, example.indicator)
    wanted = 1 + len(example.peers)
    units = _units(outline, key, wanted)
    period = example.period or Period(now.period.year, DECEMBER)
    leaf = outline.leaves.get(key)
    if leaf is not None and leaf.value.system is not None:
        raise UnusableExampleError("：取值来自另一体系，不能写算例")
    tables = ExampleTables(now.contracts, leaf, period, file)
    for unit, figures in zip(units, (example.inputs, *example.peers), strict=True):
        for name, text in figures.items():
            tables.put(unit, name, text)
    for name, rows in example.rows.items():
        for row in rows:
            tables.add(units[0], name, row)
    trial = _cut_down(now, outline.loaded, key, units)
    board = score_tables(trial, period, tables.built(), [outline.system.name])[outline.system.name]
    score = board.scores[units[0]][key]
    errors = [finding.message for finding in board.findings if units[0] in finding.message]
    words = "；".join((*score.trace.steps, *errors)) or score.trace.substituted
    return score, words


def _key(outline: Outline, name: str) -> Key:
    found = [key for key in outline.leaves if key[-1] == name or "/".join(key) == name]
    found = found or [key for key in outline.groups if key[-1] == name or "/".join(key) == name]
    if not found:
        known = [key[-1] for key in outline.entries]
        raise UnusableExampleError(f"：没有这个指标。{did_you_mean(name, known)}")
    if len(found) > 1:
        raise UnusableExampleError(f"：有{len(found)}个指标叫这个名字，请写全路径，如 {'/'.join(found[0])}")
    return found[0]


def _units(outline: Outline, key: Key, wanted: int) -> tuple[str, ...]:
    """Real units of one group stand in for those of the example."""
    meant = outline.leaf_units.get(key, frozenset(outline.units))
    groups: dict[str, list[str]] = {}
    for unit in outline.units:
        if unit in meant:
            groups.setdefault(outline.roster.group_of[unit], []).append(unit)
    for units in groups.values():
        if len(units) >= wanted:
            return tuple(units[:wanted])
    raise UnusableExampleError(f"：用到{wanted}个单位，没有一个组有这么多评价对象")


def _cut_down(now: InForce, loaded: Loaded[System], key: Key, units: tuple[str, ...]) -> Scheme:
    """Only the example's indicator and units, in force at all times, so that nothing else can be missing."""
    indicators = _narrowed(loaded.value.indicators, key)
    trial = replace(loaded, value=loaded.value.model_copy(update={"indicators": indicators}))
    groups = [
        {"名称": group.name, "单位": [{"名称": unit.name} for unit in group.units if unit.name in units]}
        for group in now.roster.groups
    ]
    roster = Roster.model_validate({"辖区": now.jurisdiction, "组": groups})
    always = {"effective": None, "until": None}
    tables = Tables.model_validate({"数据表": [table.model_copy(update=always) for table in now.contracts.tables]})
    nowhere = Positions(loaded.positions.file)
    return Scheme(
        now.jurisdiction,
        Loaded(roster, nowhere, b""),
        Loaded(tables, nowhere, b""),
        {name: Timeline.always(each) for name, each in {**now.systems, trial.value.name: trial}.items()},
    )


def _narrowed(indicators: tuple[Indicator, ...], key: Key) -> tuple[Indicator, ...]:
    chosen = next(indicator for indicator in indicators if indicator.name == key[0])
    if len(key) > 1 and isinstance(chosen, IndicatorGroup):
        chosen = chosen.model_copy(update={"indicators": _narrowed(chosen.indicators, key[1:])})
    return (chosen,)
