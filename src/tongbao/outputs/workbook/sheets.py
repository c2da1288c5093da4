"""The sheets of 得分明细.xlsx: places, points, how each came about, and the cells it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from tongbao.ooxml.cells import sheet_name
from tongbao.outputs.workbook.cells import Column, Sheet, Shown, Value
from tongbao.scoring.definition import Indicator, Leaf
from tongbao.scoring.scoreboard import Event, Key, Score, Scoreboard, Standing

Number = TypeVar("Number", int, Decimal)

_PERCENT = "0.00%"
_FIGURE = "#,##0.######"
_NAMES = ("体系", 22), ("单位", 20), ("指标", 28)


def ranking(boards: Sequence[Scoreboard], previous: Sequence[Scoreboard]) -> Sheet:
    """排名: every unit of every system, as published, with the change since last month."""
    columns = (
        Column("体系", 28), Column("组", 14), Column("名次", 7), Column("单位", 24), Column("得分", 10, "0.00####"),
        Column("满分", 8, _FIGURE), Column("参加排名单位数", 9), Column("上期得分", 10, "0.00####"),
        Column("得分增减", 10, "+0.00####;-0.00####;0.00"), Column("上期名次", 9), Column("名次升降", 9, "+0;-0;0"),
        Column("未取整得分", 14, _FIGURE), Column("说明", 40, wrap=True),
    )  # fmt: skip
    sheet = Sheet("排名", columns, freeze="A2")
    earlier = {board.system.name: board.standing_of for board in previous}
    for board in boards:
        last = earlier.get(board.system.name, {})
        fixed = point_format(board)
        change = f"+{fixed};-{fixed};{fixed}"
        for standing in board.standings:
            before = last.get(standing.unit)
            gained = _difference(standing.total, before.total if before else None)
            # 升 is positive: from place 9 to place 3 is +6
            climbed = _difference(before.rank if before else None, standing.rank)
            sheet.row(
                (
                    board.system.name, standing.group, standing.rank, standing.unit, Shown(standing.total, fixed),
                    board.system.full, standing.peers, Shown(before.total if before else None, fixed),
                    Shown(gained, change), before.rank if before else None, climbed, standing.exact,
                    _remark(board, standing),
                )
            )  # fmt: skip
    return sheet


def points(boards: Sequence[Scoreboard]) -> list[Sheet]:
    """指标得分: one sheet a system, units down, indicators across, each group's own points (小计) first."""
    titles: set[str] = set()
    sheets: list[Sheet] = []
    for board in boards:
        keys = scored_keys(board)
        columns = (
            Column("组", 14), Column("名次", 7), Column("单位", 24), Column("总分", 10, point_format(board)),
            *(Column(key[-1], 12, point_format(board)) for key in keys),
        )  # fmt: skip
        name = "指标得分" if len(boards) == 1 else f"指标得分-{board.system.short or board.system.name}"
        levels = max((len(key) for key in board.leaf_keys), default=1)
        heads = (*_levels(keys, levels, frozenset(board.leaf_keys)), _full_row(board, keys))
        sheet = Sheet(sheet_name(name, titles), columns, freeze=f"E{levels + 2}", heads=heads)
        sheets.append(sheet)
        for standing in board.standings:
            scores = board.scores.get(standing.unit, {})
            sheet.row(
                (
                    standing.group, standing.rank, standing.unit, standing.total,
                    *(_points_or_words(scores.get(key)) for key in keys),
                )
            )  # fmt: skip
    return sheets


def evidence(boards: Sequence[Scoreboard]) -> Sheet:
    """得分依据: one row a unit and indicator (groups too: their floors and caps), from the formula to the points."""
    columns = (
        *(Column(*name) for name in _NAMES), Column("上级指标", 28), Column("公式", 36, wrap=True),
        Column("代入", 36, wrap=True), Column("数值", 12, _FIGURE), Column("缺值原因", 10),
        Column("得分率", 10, _PERCENT), Column("满分", 8, _FIGURE),
        Column("得分", 10, _FIGURE), Column("失分", 10, _FIGURE), Column("达标", 7),
        Column("参照单位", 18), Column("参照值", 12, _FIGURE), Column("处理步骤", 48, wrap=True),
        Column("评分标准", 48, wrap=True), Column("取法", 36, wrap=True),
    )  # fmt: skip
    sheet = Sheet("得分依据", columns, freeze="D2")
    for board, score, indicator in _scores(boards):
        figure = _PERCENT if isinstance(indicator, Leaf) and indicator.shown_unit == "%" else _FIGURE
        fixed = point_format(board)
        reference = score.trace.reference
        sheet.row(
            (
                board.system.name, score.unit, score.name, " / ".join(score.key[:-1]), score.trace.formula,
                score.trace.substituted, Shown(score.status or score.value, figure), score.reason and str(score.reason),
                score.rate,
                score.full, Shown(score.points, fixed), Shown(None if score.points is None else score.lost, fixed),
                _met(score), reference.unit if reference else None,
                Shown(reference.value if reference else None, figure),
                "；".join(score.trace.steps), indicator.basis if indicator else None,
                indicator.choice if indicator else None,
            )
        )  # fmt: skip
    return sheet


def sources(boards: Sequence[Scoreboard]) -> Sheet:
    """数据来源: every figure that went into a score, and the cell where the office wrote it."""
    columns = (
        *(Column(*name) for name in _NAMES), Column("数据项", 26), Column("取值", 14, _FIGURE), Column("缺值原因", 10),
        Column("原文", 14), Column("文件", 44), Column("工作表", 16), Column("单元格", 9), Column("说明", 24),
        Column("文件sha256", 20),
    )  # fmt: skip
    sheet = Sheet("数据来源", columns, freeze="D2")
    for board, score, _ in _scores(boards):
        digests = {source.path: source.sha256 for source in board.sources}
        for item in score.trace.inputs:
            origin = item.origin
            sheet.row(
                (
                    board.system.name, score.unit, score.name, item.name, item.value,
                    item.missing and str(item.missing),
                    *((origin.raw, origin.file, origin.sheet, origin.cell) if origin else (None,) * 4),
                    item.note,
                    digests.get(origin.file) if origin else None,
                )
            )  # fmt: skip
    return sheet


def events(boards: Sequence[Scoreboard]) -> Sheet:
    """台账: every ledger row and judge's entry that was taken up, counted or not."""
    columns = (
        *(Column(*name) for name in _NAMES), Column("条款", 28), Column("日期", 12), Column("次数", 7, _FIGURE),
        Column("加减分", 9, _FIGURE), Column("事由", 44, wrap=True), Column("计入", 7), Column("说明", 36, wrap=True),
        Column("文件", 44), Column("工作表", 16), Column("单元格", 9),
    )  # fmt: skip
    sheet = Sheet("台账", columns, freeze="D2")
    for board, score, _ in _scores(boards):
        for event in score.trace.events:
            sheet.row(
                (
                    board.system.name, score.unit, score.name, event.clause, event.day, event.count, event.points,
                    event.matter, "是" if event.counted else "否", _event_note(event), event.origin.file,
                    event.origin.sheet, event.origin.cell,
                )
            )  # fmt: skip
    return sheet


def point_format(board: Scoreboard) -> str:
    """Points as the system publishes them; where only the total is rounded, leaves show what they really are."""
    rounding = board.system.rounding
    fixed = "0" + ("." + "0" * rounding.digits if rounding.digits else "")
    return fixed if rounding.place == "指标" else f"{fixed if rounding.digits else '0.'}####"


def scored_keys(board: Scoreboard) -> tuple[Key, ...]:
    """Leaves, and those groups that have points of their own, in the order of the definition."""
    leaves = frozenset(board.leaf_keys)
    found = frozenset(
        key for scores in board.scores.values() for key, score in scores.items() if score.points is not None
    )
    return tuple(key for key in board.order if key in leaves or key in found)


def _scores(boards: Sequence[Scoreboard]) -> Iterator[tuple[Scoreboard, Score, Indicator | None]]:
    """Every score with its board and definition: by system, then unit in rank order, then definition order."""
    for board in boards:
        known, keys = board.indicator_of, scored_keys(board)
        for standing in board.standings:
            scores = board.scores.get(standing.unit, {})
            for key in keys:
                if key in scores:
                    yield board, scores[key], known.get(key)


def _levels(keys: Sequence[Key], levels: int, leaves: frozenset[Key]) -> Iterator[list[Value]]:
    """The header rows over the indicators: each level's name where it begins, the leaf's own name lowest."""
    for level in range(levels):
        lowest = level == levels - 1
        row: list[Value] = ["组", "名次", "单位", "总分"] if lowest else [None] * 4
        shown: Key = ()
        for key in keys:
            above = key[:-1] if key in leaves else key
            if lowest:
                row.append(key[-1] if key in leaves else "小计")
            elif level < len(above) and above[: level + 1] != shown:
                row.append(above[level])
            else:
                row.append(None)
            shown = above[: level + 1]
        yield row


def _full_row(board: Scoreboard, keys: Sequence[Key]) -> list[Value]:
    known = board.indicator_of
    return [None, None, "满分", board.system.full, *(known[key].points if key in known else None for key in keys)]


def _points_or_words(score: Score | None) -> Value | Shown:
    if score is None:
        return None
    if not score.applicable and score.points is None:
        return "不适用"
    if score.points is not None:
        return score.points
    if score.reason is not None or score.status:
        return score.status or str(score.reason)
    if score.met is not None or score.pending:
        return "未到期" if score.pending else "达标" if score.met else "未达标"
    return Shown(score.value, _FIGURE)


def _event_note(event: Event) -> str:
    limit = f"期限{event.due}" if event.due is not None else ""
    return "，".join(part for part in (limit, event.outcome, event.note) if part)


def _met(score: Score) -> str | None:
    if score.pending:
        return "未到期"
    return None if score.met is None else "是" if score.met else "否"


def _remark(board: Scoreboard, standing: Standing) -> str:
    tasks = standing.progress.tally if standing.progress is not None and board.counts_tasks else ""
    return "；".join(
        part
        for part in (tasks, standing.reason, "含待核或尚未产生的数据，仅供初步通报" if standing.provisional else "")
        if part
    )


def _difference(left: Number | None, right: Number | None) -> Number | None:
    return None if left is None or right is None else left - right
