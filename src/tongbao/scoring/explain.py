"""Tells how a score came about, down to the cell: the answer to “why did we lose these points?”."""

from __future__ import annotations

from decimal import Decimal

from tongbao.errors import UsageError
from tongbao.scoring.decimals import show, show_percent
from tongbao.scoring.definition import Indicator, Leaf
from tongbao.scoring.scoreboard import Event, Input, Key, Score, Scoreboard
from tongbao.scoring.suggestions import did_you_mean


def explain(board: Scoreboard, unit: str, indicator: str | None = None) -> list[str]:
    """Explain a unit's score in lines of Chinese text.

    Args:
        board: the scoreboard.
        unit: canonical name.
        indicator: its name, its 编号, or names joined by /; without it the whole tree of points is shown.

    Raises:
        UsageError: there is no such unit or indicator here; the message suggests the likely one.
    """
    if unit not in board.scores:
        raise UsageError(f"“{board.system.name}”没有评价单位“{unit}”。{did_you_mean(unit, board.scores)}")
    if indicator is None:
        return _tree(board, unit)
    key = find_key(board, indicator)
    score = board.scores[unit][key]
    return [f"{unit}　{board.period.words}　{' / '.join(key)}", *_points(score), *_indicator(board, key, score)]


def show_value(leaf: Leaf, value: Decimal | str) -> str:
    """A figure in the indicator's own unit: 97.35%, 3次, 牵头."""
    if isinstance(value, str):
        return value
    return show_percent(value) if leaf.shown_unit == "%" else f"{show(value)}{leaf.shown_unit}"


def show_figure(leaf: Leaf, score: Score) -> str:
    """The unit's figure, or how far its tasks are; "" without either."""
    return score.status or ("" if score.value is None else show_value(leaf, score.value))


def find_key(board: Scoreboard, name: str) -> Key:
    """The one indicator that a name, a 编号 or names joined by / mean.

    Raises:
        UsageError: none, or more than one.
    """
    found = _named(board, name)
    leaves = [key for key in found if key in board.leaf_keys]
    found = leaves or found
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"有{len(found)}个指标叫“{name}”，请写全路径：{'；'.join('/'.join(key) for key in found)}")
    known = [key[-1] for key in board.order]
    raise UsageError(f"“{board.system.name}”没有指标“{name}”。{did_you_mean(name, known)}")


def has_indicator(board: Scoreboard, name: str) -> bool:
    """Whether the system has an indicator of this name, 编号 or path."""
    return bool(_named(board, name))


def _named(board: Scoreboard, name: str) -> list[Key]:
    entries = board.indicator_of
    return [key for key in board.order if is_called(name, key, entries[key].code)]


def is_called(name: str, key: Key, code: str | None) -> bool:
    """Whether a name means an indicator: its own name, its 编号, or its whole path."""
    return name in {key[-1], "/".join(key), code}


def _tree(board: Scoreboard, unit: str) -> list[str]:
    system, standing = board.system, board.standing_of[unit]
    lines = [f"{unit}　{board.period.words}　{system.name}"]
    if standing.total is None:
        lines.append(f"{system.label}：无（{standing.reason}）")
    else:
        exact = standing.exact
        rounded = "" if exact is None or exact == standing.total else f"（取整前{show(exact)}）"
        lines.append(f"{system.label}：{standing.total}{system.measure}{rounded}")
        lines.append(f"位次：{standing.group}第{standing.rank}位，共{standing.peers}个单位参加排名")
    if standing.progress is not None and board.counts_tasks:
        lines.append(f"任务：{standing.progress.tally}")
    if standing.provisional:
        lines.append("含待核或尚未产生的数据，得分为初步结果")
    entries = board.indicator_of
    for key in board.order:
        score = board.scores[unit][key]
        code = f"{entries[key].code} " if entries[key].code else ""
        lines.append(f"{'　' * len(key)}{code}{key[-1]}：{_brief(score, entries[key])}")
    return lines


def _brief(score: Score, indicator: Indicator) -> str:
    full = "" if score.full is None else f"／{show(score.full)}"
    if score.pending:
        words = f"未到期{full}"
    elif score.points is not None:
        words = f"{show(score.points)}{full}"
    elif score.status:
        return score.status
    elif score.met is not None:
        words = "达标" if score.met else "未达标"
    elif isinstance(indicator, Leaf) and indicator.scoring.status is not None:
        words = "只列状态"
    else:
        words = "不计分"
    figure = ""
    if isinstance(indicator, Leaf):
        if (shown := show_figure(indicator, score)) and indicator.value.ledger is None:
            figure = f"（{shown}）"
        elif score.reason is not None:
            figure = f"（{score.reason}）"
    return words + figure


def _points(score: Score) -> list[str]:
    full = "" if score.full is None else f"，分值{show(score.full)}"
    if score.points is not None:
        rate = "" if score.rate is None else f"，得分率{show_percent(score.rate)}"
        lines = [f"得分：{show(score.points)}{full}{rate}"]
    else:
        lines = [f"得分：不计分{full}"]
    if score.met is not None and not score.status:
        lines.append(f"是否达标：{'达标' if score.met else '未达标'}")
    elif score.pending:
        lines.append("是否达标：未到期，尚未达标")
    if not score.applicable:
        lines.append("本指标不适用于该单位")
    return lines


def _indicator(board: Scoreboard, key: Key, score: Score) -> list[str]:
    indicator = board.indicator_of[key]
    trace = score.trace
    lines: list[str] = []
    if isinstance(indicator, Leaf):
        if shown := show_figure(indicator, score):
            lines.append(f"{'状态' if score.status else '数值'}：{shown}")
        elif score.reason is not None:
            lines.append(f"数值：无（{score.reason}）")
    if trace.formula:
        lines.append(f"公式：{trace.formula}")
    if trace.substituted:
        lines.append(f"代入：{trace.substituted}")
    lines.extend(f"数据：{_input(item)}" for item in trace.inputs)
    lines.extend(f"记录：{_event(event)}" for event in trace.events)
    if trace.reference is not None and isinstance(indicator, Leaf):
        lines.append(f"参照：组内最高{trace.reference.unit}，{show_value(indicator, trace.reference.value)}")
    lines.extend(f"步骤：{step}" for step in trace.steps)
    if not isinstance(indicator, Leaf):
        lines.extend(
            f"其中：{child.name}，{_brief(board.scores[score.unit][*key, child.name], child)}"
            for child in indicator.indicators
        )
    if indicator.basis:
        lines.append(f"评分标准：{indicator.basis}")
    if indicator.choice:
        lines.append(f"取法：{indicator.choice}")
    since = f"{board.system.effective.words}起的" if board.system.effective else ""
    lines.append(f"依据：{board.system.source}（{since}定义 sha256 {board.digest}）")
    lines.extend(_files(board, score))
    return lines


def _files(board: Scoreboard, score: Score) -> list[str]:
    """The files that the figures stand in, with their digests: proof that nobody changed them since."""
    trace = score.trace
    origins = [item.origin for item in trace.inputs if item.origin] + [event.origin for event in trace.events]
    used = {origin.file for origin in origins}
    return [
        f"文件：{source.path}（sha256 {source.sha256}）"
        for source in board.sources
        if used & {source.path, source.part_of}
    ]


def _input(item: Input) -> str:
    value = str(item.missing) if item.missing is not None else _content(item)
    raw = f"，原文“{item.origin.raw}”" if item.origin is not None and item.origin.raw else ""
    place = f"，见 {item.origin}" if item.origin is not None else ""
    note = f"，{item.note}" if item.note else ""
    return f"{item.name}＝{value}{raw}{place}{note}"


def _content(item: Input) -> str:
    return show(item.value) if isinstance(item.value, Decimal) else str(item.value)


def _event(event: Event) -> str:
    day = f"{event.day}，" if event.day is not None else ""
    matter = f"，{event.matter}" if event.matter else ""
    note = f"，{event.note}" if event.note else ""
    counted = "" if event.counted else "，不计分"
    sign = "＋" if event.points > 0 else ""
    points = f"{show(event.count)}次，{sign}{show(event.points)}分{counted}"
    if event.outcome:
        limit = f"期限{event.due}" if event.due is not None else ""
        left_out = "" if event.counted else "不计"
        when = str(event.day) if event.day is not None else ""
        parts = (when, event.clause, event.matter, limit, event.outcome, left_out, event.note)
        return f"{'，'.join(part for part in parts if part)}，见 {event.origin}"
    if event.day is None:  # a judge's entry: points given, with the reason
        points = f"给{show(event.points)}分"
    return f"{day}{event.clause}{matter}，{points}{note}，见 {event.origin}"
