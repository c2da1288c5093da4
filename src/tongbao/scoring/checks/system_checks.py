"""指标体系 held against itself: names, weights, rules that fit their figures, edge cases that were left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from tongbao.definitions import KeyPath, Loaded
from tongbao.errors import Code, Finding, Place
from tongbao.inputs.roster import Roster
from tongbao.scoring.checks.formula_checks import FormulaChecks
from tongbao.scoring.checks.leaf_checks import leaf_problems
from tongbao.scoring.checks.roster_checks import unknown_objects
from tongbao.scoring.checks.row_checks import RowChecks
from tongbao.scoring.decimals import show
from tongbao.scoring.definition import Indicator, IndicatorGroup, Leaf, Objects, System, SystemValue
from tongbao.scoring.outline import Outline, units_in
from tongbao.scoring.scheme_model import InForce, Scheme
from tongbao.scoring.scoreboard import Key
from tongbao.scoring.suggestions import did_you_mean

ZERO = Decimal(0)


def check_system(loaded: Loaded[System], scheme: Scheme, now: InForce) -> Iterator[Finding]:
    """Everything that can be told wrong about a system without figures.

    Args:
        loaded: one revision.
        scheme: the definitions of all times, for base periods.
        now: the definitions of a month in which the revision is in force.
    """
    system, place = loaded.value, loaded.positions.place
    roster = scheme.roster.value
    for name, message, remedy in unknown_objects(system.objects, roster):
        yield Finding(Code.REFERENCE_UNKNOWN, message, place("对象", name), remedy)
    outline = Outline(loaded, now.roster)
    if not units_in(system.objects, roster):
        yield Finding(Code.VALUE_INVALID, "对象中没有一个单位", place("对象"), "请写明评价哪些组或单位")
    if outline.prorated and system.full is not None and system.rounding.place != "总分":
        message = "按适用分值折算时，各指标取整后再折算会取整两次"
        yield Finding(Code.VALUE_INVALID, message, place("取整"), "请写 取整: {位置: 总分, 位数: 2}")
    yield from _duplicates(outline, system.indicators, ())
    yield from _clauses(outline)
    yield from _totals(loaded)
    formulas = FormulaChecks(loaded, scheme.contracts.value, now.period)
    ledgers = RowChecks(loaded, scheme.contracts.value, now.period)
    for key, leaf in outline.leaves.items():
        path = outline.entries[key][1]
        parents = [outline.groups[key[:length]] for length in range(1, len(key))]
        for keys, code, message, remedy in leaf_problems(leaf, system, parents):
            yield Finding(code, f"指标“{leaf.name}”{message}", place(*path, *keys), remedy)
        matters = any(parent.same_matter for parent in parents)
        yield from formulas.leaf(leaf, path)
        yield from ledgers.leaf(leaf, path, matters=matters)
        yield from _objects(loaded, leaf, path, roster)
        if leaf.value.system is not None:
            yield from _part(leaf.value.system, system, scheme, place(*path, "取值", "体系"))
    for key, group in outline.groups.items():
        yield from _group(outline, key, group, outline.entries[key][1])


def _objects(loaded: Loaded[System], leaf: Leaf, path: KeyPath, roster: Roster) -> Iterator[Finding]:
    named: dict[tuple[str, ...], Objects] = {("角色", role): objects for role, objects in leaf.roles.items()}
    if leaf.objects is not None:
        named["对象",] = leaf.objects
    for keys, objects in named.items():
        for name, message, remedy in unknown_objects(objects, roster):
            yield Finding(Code.REFERENCE_UNKNOWN, message, loaded.positions.place(*path, *keys, name), remedy)


def _part(part: SystemValue, system: System, scheme: Scheme, place: Place) -> Iterator[Finding]:
    """A system that another one builds on: it is there, in every month that is asked of it."""
    if part.name not in scheme.systems:
        remedy = did_you_mean(part.name, [name for name in scheme.systems if name != system.name])
        yield Finding(Code.REFERENCE_UNKNOWN, f"没有体系“{part.name}”", place, remedy)
        return
    lapsed = [month.words for month in part.months() if part.name in scheme.at(month).lapsed]
    if lapsed:
        message = f"体系“{part.name}”在{'、'.join(lapsed)}没有生效的修订，时间加权缺这些月"
        yield Finding(Code.REFERENCE_UNKNOWN, message, place, "请改正 时间加权 的期间，或该体系的 生效、截止")


def check_cycles(systems: Mapping[str, Loaded[System]]) -> Iterator[Finding]:
    """Systems that build on themselves."""
    below = {
        name: {leaf.value.system.name for _, leaf in loaded.value.leaves() if leaf.value.system}
        for name, loaded in systems.items()
    }
    for name, loaded in systems.items():
        reached: set[str] = set()
        waiting = [part for part in below[name] if part in below]
        while waiting:
            part = waiting.pop()
            if part not in reached:
                reached.add(part)
                waiting.extend(deeper for deeper in below[part] if deeper in below)
        if name in reached:
            place = loaded.positions.place("指标")
            yield Finding(Code.REFERENCE_UNKNOWN, f"体系“{name}”取值时又回到自己", place, "请改正 取值: {体系: …}")


def _duplicates(outline: Outline, indicators: tuple[Indicator, ...], parent: Key) -> Iterator[Finding]:
    for name, times in Counter(indicator.name for indicator in indicators).items():
        if times > 1:
            place = outline.place((*parent, name))
            yield Finding(Code.VALUE_INVALID, f"指标“{name}”在同一级写了{times}次", place, "请改名")
    for indicator in indicators:
        if isinstance(indicator, IndicatorGroup):
            yield from _duplicates(outline, indicator.indicators, (*parent, indicator.name))


def _clauses(outline: Outline) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Key] = {}
    for key, leaf in outline.leaves.items():
        asked = leaf.value.clause
        if asked is None:
            continue
        pot = asked
        if pot in seen:
            message = f"表“{pot[0]}”的条款“{pot[1]}”已由指标“{seen[pot][-1]}”使用，会重复计分"
            yield Finding(Code.VALUE_INVALID, message, outline.place(key, "取值"), "请改正条款")
        seen.setdefault(pot, key)


def weight(indicator: Indicator) -> Decimal | None:
    """What an indicator brings into 满分; None where it brings nothing."""
    if isinstance(indicator, Leaf):
        return indicator.points
    if indicator.bonus:
        return None
    if indicator.points is not None:
        return indicator.points
    below = [found for child in indicator.indicators if (found := weight(child)) is not None]
    return sum(below, ZERO) if below else None


def _totals(loaded: Loaded[System]) -> Iterator[Finding]:
    system, place = loaded.value, loaded.positions.place
    weights = [found for indicator in system.indicators if (found := weight(indicator)) is not None]
    if system.aggregate == "任务完成率":
        yield from _tasks_only(loaded, weighted=bool(weights))
        return
    if system.full is None and weights:
        yield Finding(Code.WEIGHTS, "指标有分值，但没有写 满分", place("名称"), "请写 满分，或删去各指标的分值")
    if system.full is not None and sum(weights, ZERO) != system.full:
        message = f"满分写作{show(system.full)}，各指标分值合计{show(sum(weights, ZERO))}"
        yield Finding(Code.WEIGHTS, message, place("满分"), "请改正满分或分值")


def _tasks_only(loaded: Loaded[System], *, weighted: bool) -> Iterator[Finding]:
    place = loaded.positions.place
    if loaded.value.full is None:
        message = "按任务完成率排名，没有写 满分"
        yield Finding(Code.KEY_MISSING, message, place("汇总"), "请写全部完成时的得分，如 满分: 100")
    if weighted:
        message = "按任务完成率排名，每项任务同等对待，指标不能有分值"
        yield Finding(Code.WEIGHTS, message, place("指标"), "请删去分值，或把 汇总 改为 求和")
    if not any(leaf.value.task or leaf.scoring.target for _, leaf in loaded.value.leaves()):
        message = "按任务完成率排名，却没有一项任务或达标指标"
        yield Finding(Code.VALUE_INVALID, message, place("汇总"), "请改正 汇总")


def _group(outline: Outline, key: Key, group: IndicatorGroup, path: KeyPath) -> Iterator[Finding]:
    place = outline.loaded.positions.place
    weights = [found for child in group.indicators if (found := weight(child)) is not None]
    bonus = key in outline.bonus_keys
    if not group.indicators:
        yield Finding(Code.VALUE_INVALID, f"“{group.name}”下面没有指标", place(*path, "指标"), "请写指标，或删去该组")
    if group.bonus and not bonus:
        raise AssertionError(key)
    if group.bonus and len(key) > 1 and key[:-1] not in outline.bonus_keys:
        message = f"加分组“{group.name}”写在不是加分的组里"
        yield Finding(Code.VALUE_INVALID, message, place(*path, "加分"), "请把加分组放在最上一级")
    if group.aggregate == "求和" and not bonus and group.points is not None and sum(weights, ZERO) != group.points:
        message = f"“{group.name}”分值{show(group.points)}，下级分值合计{show(sum(weights, ZERO))}"
        yield Finding(Code.WEIGHTS, message, place(*path, "分值"), "请改正分值")
    if group.aggregate == "基础分扣减":
        if group.points is None:
            message = f"“{group.name}”按基础分扣减，缺少 分值"
            yield Finding(Code.KEY_MISSING, message, place(*path), "请写明基础分")
        if weights:
            message = f"“{group.name}”按基础分扣减，下级不能再有分值"
            yield Finding(Code.WEIGHTS, message, place(*path, "指标"), "请删去下级的分值，单款的限额用 下限 写")
    if group.aggregate == "全部达标":
        yield from _all_met(group, path, outline, weights)
    if group.cap is not None and group.floor is not None and group.cap < group.floor:
        message = f"“{group.name}”上限低于下限"
        yield Finding(Code.VALUE_INVALID, message, place(*path, "上限"), "请改正上限或下限")


def _all_met(group: IndicatorGroup, path: KeyPath, outline: Outline, weights: list[Decimal]) -> Iterator[Finding]:
    place = outline.loaded.positions.place
    judged = (
        child.scoring.target is not None if isinstance(child, Leaf) else child.aggregate == "全部达标"
        for child in group.indicators
    )
    if not all(judged):
        message = f"“{group.name}”按全部达标计分，下级须都是达标指标"
        yield Finding(Code.VALUE_INVALID, message, place(*path, "汇总"), "请把下级的计分改为 达标")
    if group.points is not None and weights:
        if len(weights) != len(group.indicators):
            message = f"“{group.name}”的下级有的有分值、有的没有"
            yield Finding(
                Code.WEIGHTS, message, place(*path, "指标"), "请都写（未全部达标时按各项之和计）或都不写（零分）"
            )
        elif sum(weights, ZERO) > group.points:
            message = f"“{group.name}”分值{show(group.points)}，下级分值合计{show(sum(weights, ZERO))}"
            yield Finding(Code.WEIGHTS, message, place(*path, "分值"), "请改正分值")
