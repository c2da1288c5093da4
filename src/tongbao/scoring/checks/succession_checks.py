"""名录变动: whether renamings and mergers fit together, so that a unit's history can be followed without a guess."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.definitions import Loaded
from tongbao.errors import Code, Finding, Place
from tongbao.inputs.roster import Roster
from tongbao.inputs.succession import Membership
from tongbao.scoring.suggestions import did_you_mean


def check_succession(roster: Loaded[Roster]) -> Iterator[Finding]:
    """Two units of one name in a month, renamings that do not join, mergers into nothing; both lines are told."""
    lines = roster.value.succession.memberships
    yield from _shared_spellings(roster, lines)
    taken: dict[tuple[int, int], Membership] = {}
    for line in lines:
        if line.unit.renamed_from is not None:
            yield from _renaming(roster, line, taken)
        if line.unit.merged_into is not None:
            yield from _merger(roster, line)


def _shared_spellings(roster: Loaded[Roster], lines: tuple[Membership, ...]) -> Iterator[Finding]:
    known: dict[str, list[Membership]] = {}
    for line in lines:
        for spelling in line.unit.spellings:
            for other in known.get(spelling, ()):
                if _overlap(line, other):
                    both = f"（{_at(roster, other)}）" if line.span != other.span else ""
                    message = f"“{spelling}”既指{other.name}{both}又指{line.name}"
                    remedy = "同一个月同一写法只能指一个单位，请改正名称、别名，或 生效、截止"
                    yield Finding(Code.UNIT_REPEATED, message, _at(roster, line), remedy)
                    break
            known.setdefault(spelling, []).append(line)


def _renaming(roster: Loaded[Roster], line: Membership, taken: dict[tuple[int, int], Membership]) -> Iterator[Finding]:
    place, name = _at(roster, line, "更名自"), line.unit.renamed_from or ""
    succession = roster.value.succession
    if line.span.first is None:
        yield Finding(Code.KEY_MISSING, f"“{line.name}”写了 更名自，没有写 生效", place, "请写明自哪个月起用新名称")
        return
    named = [each for each in succession.memberships if each.name == name]
    old = succession.before.get(line.path)
    if not named or name == line.name or old is None:
        remedy = did_you_mean(name, sorted(set(roster.value.units) - {line.name})) or "原名称也要在名录中另有一行"
        yield Finding(Code.REFERENCE_UNKNOWN, f"{line.span.first.words}以前名录中没有“{name}”", place, remedy)
        return
    if old.path in taken:
        message = f"“{name}”已更名为“{taken[old.path].name}”（{_at(roster, taken[old.path], '更名自')}）"
        yield Finding(Code.VALUE_INVALID, message, place, "一个单位只能更名为一个；析出的新单位不写 更名自")
    taken.setdefault(old.path, line)
    if old.span.last is None or old.span.last.shift(1) != line.span.first:
        message = f"“{name}”到{old.span.last.words if old.span.last else '以后'}为止（{_at(roster, old, '截止')}），"
        message += f"“{line.name}”自{line.span.first.words}起，不相接"
        yield Finding(
            Code.VALUE_INVALID, message, place, "更名前后须紧接：请改正 截止 或 生效，也可以不写原名称的 截止"
        )
    if old.unit.merged_into is not None:
        message = f"“{name}”已写并入“{old.unit.merged_into}”（{_at(roster, old, '并入')}），又更名为“{line.name}”"
        yield Finding(Code.VALUE_INVALID, message, place, "请只留一种")
    earlier = next(
        (
            each
            for each in succession.memberships
            if each.name == line.name
            and each.span.last is not None
            and each.span.last < line.span.first
            and not succession.same_unit(each, line)
        ),
        None,
    )
    if earlier is not None:
        message = f"名称“{line.name}”以前另有单位用过（{_at(roster, earlier)}），更名后两个单位的历史会混在一起"
        yield Finding(Code.VALUE_INVALID, message, place, "请给以前的单位另写一个名称，如加上“（原）”")


def _merger(roster: Loaded[Roster], line: Membership) -> Iterator[Finding]:
    place, into = _at(roster, line, "并入"), line.unit.merged_into or ""
    if line.unit.until is None:
        yield Finding(Code.KEY_MISSING, f"“{line.name}”写了 并入，没有写 截止", place, "请写明到哪个月为止")
        return
    names = {each.name for each in roster.value.succession.at(line.unit.until.shift(1))}
    if into not in names or into == line.name:
        message = f"“{line.name}”并入“{into}”，{line.unit.until.shift(1).words}名录中没有这个单位"
        meant = roster.value.names.get(into)
        remedy = f"请写名录中的名称“{meant}”" if meant and meant != into else did_you_mean(into, sorted(names))
        yield Finding(Code.REFERENCE_UNKNOWN, message, place, remedy or "请改正名称，或补上新单位")


def _overlap(one: Membership, other: Membership) -> bool:
    first, last = one.span, other.span
    return not (
        (first.last is not None and last.first is not None and first.last < last.first)
        or (last.last is not None and first.first is not None and last.last < first.first)
    )


def _at(roster: Loaded[Roster], line: Membership, *key: str) -> Place:
    return roster.positions.place("组", line.path[0], "单位", line.path[1], *key)
