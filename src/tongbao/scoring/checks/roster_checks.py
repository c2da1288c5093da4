"""单位名录 and 数据表 held against themselves and each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tongbao.definitions import Loaded
from tongbao.errors import Code, Finding
from tongbao.file_names import problem
from tongbao.inputs.cases.checks import check_case_tables
from tongbao.inputs.cases.sample_checks import check_samples
from tongbao.inputs.contract import Shape, TableContract, Tables
from tongbao.inputs.roster import Roster
from tongbao.scoring.checks.succession_checks import check_succession
from tongbao.scoring.definition import Objects
from tongbao.scoring.suggestions import did_you_mean


def check_roster(roster: Loaded[Roster], jurisdiction: str) -> Iterator[Finding]:
    """Names that are unsafe, or stand for two units; changes that do not fit together."""
    place = roster.positions.place
    if roster.value.jurisdiction != jurisdiction:
        yield Finding(
            Code.VALUE_INVALID,
            f"辖区写作“{roster.value.jurisdiction}”，文件夹是“{jurisdiction}”",
            place("辖区"),
            "请使两者一致",
        )
    groups: set[str] = set()
    for number, group in enumerate(roster.value.groups):
        if group.name in groups:
            yield Finding(Code.VALUE_INVALID, f"组“{group.name}”写了两次", place("组", number, "名称"), "请合并或改名")
        groups.add(group.name)
        for index, unit in enumerate(group.units):
            where = place("组", number, "单位", index)
            if reason := problem(unit.name):
                message = f"单位名称“{unit.name}”不能用作文件名：{reason}"
                yield Finding(Code.UNIT_UNSAFE, message, where, "请改用别的名称")
    yield from check_succession(roster)


def check_contracts(contracts: Loaded[Tables], roster: Roster | None) -> Iterator[Finding]:
    """Names that formulas cannot use, unknown groups (where there is a roster), files outside the inputs folder."""
    groups = {group.name for group in roster.groups} if roster else None
    cases = contracts.value.cases
    keyed = [
        *(("数据表", index, table.name, table.units) for index, table in enumerate(contracts.value.tables)),
        *(("案卷表", index, table.name, table.groups) for index, table in enumerate(cases)),
        *(("抽查表", index, sample.name, ()) for index, sample in enumerate(contracts.value.samples)),
    ]
    for key, index, name, units in keyed:
        place = contracts.positions.place(key, index)
        if not name or set(name) & set(".[]@"):
            message = f"表名“{name}”为空，或含有 . [ ] @"
            yield Finding(Code.VALUE_INVALID, message, place, "请改名，公式要用 [表.列] 称呼它")
        for group in units:
            if groups is not None and group not in groups:
                yield Finding(
                    Code.REFERENCE_UNKNOWN,
                    f"单位名录中没有组“{group}”",
                    contracts.positions.place(key, index, "填报组"),
                    did_you_mean(group, groups),
                )
    for index, table in enumerate(contracts.value.tables):
        yield from _check_table(contracts, index, table)
    yield from check_case_tables(cases, contracts.positions)
    yield from check_samples(contracts.value.samples, cases, contracts.value.tables, contracts.positions)


def _check_table(contracts: Loaded[Tables], index: int, table: TableContract) -> Iterator[Finding]:
    place = contracts.positions.place
    parts = table.file.replace("\\", "/").split("/")
    if ".." in parts or table.file.startswith(("/", "\\", "~")) or ":" in table.file:
        yield Finding(
            Code.FILE_UNSAFE,
            f"文件“{table.file}”不在当月的文件夹内",
            place("数据表", index, "文件"),
            "只写文件名",
        )
    if table.units and table.shape is not Shape.SUMMARY:
        yield Finding(
            Code.VALUE_INVALID,
            f"表“{table.name}”的形式是{table.shape}，不能写 填报组",
            place("数据表", index, "填报组"),
            "请删去 填报组",
        )
    for number, column in enumerate(table.columns):
        if not column.name or set(column.name) & set("[]@"):
            yield Finding(
                Code.VALUE_INVALID,
                f"列名“{column.name}”为空，或含有 [ ] @",
                place("数据表", index, "列", number),
                "请改名，公式要用 [表.列] 称呼它",
            )


def unknown_objects(objects: Objects, roster: Roster) -> Iterable[tuple[str, str, str]]:
    """Names in 对象 that the roster does not have: key, what is wrong, remedy."""
    groups = [group.name for group in roster.groups]
    for name in objects.groups:
        if name not in groups:
            yield "组", f"单位名录中没有组“{name}”", did_you_mean(name, groups)
    for key, names in (("包括", objects.include), ("不包括", objects.exclude)):
        for name in names:
            if name not in roster.group_of:
                meant = roster.names.get(name)
                remedy = f"请写名录中的名称“{meant}”" if meant else did_you_mean(name, roster.units)
                yield key, f"单位名录中没有“{name}”", remedy
