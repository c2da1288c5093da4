"""新疆维吾尔自治区: the twelve monthly tables of the online assessment, laid out as printed, and the offline scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samples.chance import draw, whole
from samples.sheet import SAMPLE, Content, Rate, Sheet, write_csv, write_xlsx
from samples.xinjiang import DEPARTMENTS, LEVELS, NOTES, PREFECTURES, UNITS, titles

MONTHS = ("2021-12", *(f"2022-{number:02}" for number in range(1, 12)))
LAST = MONTHS[-1]
METRICS = ("平台服务能力得分", "政务服务事项覆盖率", "网上办事事项覆盖率", "平台平均办结率")
PRINTED = ("考核得分：", "2项考核内容均达标，考核得分按满分计算。（注：满分100分）")
COMPLETE = 0.9  # units of this level have all matters listed from the beginning


def covered(unit: str, index: int) -> float:
    """政务服务事项覆盖率: good units have everything listed, the others come nearer month by month."""
    level = LEVELS[unit]
    if level >= COMPLETE or draw(unit, "齐全") < level * index / 14:
        return 1.0
    return min(1.0, level + 0.012 * index * draw(unit, "补齐") + 0.01 * draw(unit, index, "覆盖"))


def online(unit: str, index: int) -> float:
    """网上办事事项覆盖率: rises over the year, fastest where much was missing."""
    start = LEVELS[unit] * (0.8 + 0.12 * draw(unit, "网办")) - 0.1
    return min(0.995, start + 0.014 * index * (0.5 + draw(unit, "提升")) + 0.01 * draw(unit, index, "网办"))


def monthly(month: str, levels: Mapping[str, float], kind: str, header: str) -> bytes:
    """One month's table of one kind of unit."""
    index, (year, number) = MONTHS.index(month), month.split("-")
    rows: list[list[Content]] = []
    for place, unit in enumerate(levels, start=1):
        platform = (75, 81, 82)[whole(0, 2, unit, "平台")] if unit in PREFECTURES else whole(96, 100, unit, "平台")
        closed = 1.0 if draw(unit, index, "办结") < LEVELS[unit] else 0.985 + 0.015 * draw(unit, index, "办结率")
        rates = (platform / 100, covered(unit, index), online(unit, index), closed)
        rows.append([place, unit, *(Rate(rate, as_text=True) for rate in rates)])
    title = f"自治区一体化在线政务服务平台服务能力评估（{kind}）{year}年{int(number)}月（{SAMPLE}）"
    headers = [("序号",), (header,), *(("考核得分", metric) for metric in METRICS)]
    return write_csv(Sheet("", [title], headers, rows, None, (*PRINTED, NOTES[0])), "utf-8-sig")


def offline() -> bytes:
    """The third party's score of every unit, once a year."""
    rows: list[list[Content]] = [
        [place, unit, (140 + round(56 * LEVELS[unit] ** 2 * (0.9 + 0.1 * draw(unit, "线下")))) / 2]
        for place, unit in enumerate(UNITS, start=1)
    ]
    above = titles(LAST, "线下政务服务第三方评估综合评分")
    return write_xlsx([Sheet("综合评分", above, [("序号",), ("单位",), ("综合评分",)], rows, None, NOTES[:1])])


def files(month: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of the month."""
    yield "在线政务服务平台服务能力评估（地州市）.csv", monthly(month, PREFECTURES, "地、州、市", "地州市名称")
    yield "在线政务服务平台服务能力评估（厅局）.csv", monthly(month, DEPARTMENTS, "厅局", "厅局名称")
    if month == LAST:
        yield "线下第三方评估.xlsx", offline()
