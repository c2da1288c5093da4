"""One indicator: whether its rule fits its figure, and whether what can go wrong has been decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tongbao.errors import Code
from tongbao.scoring.decimals import show
from tongbao.scoring.definition import Band, FrequencyValue, IndicatorGroup, Leaf, RateOutcome, System, TaskValue

ZERO = Decimal(0)
Problem = tuple[tuple[str | int, ...], Code, str, str]
"""Where inside the indicator, which code, what is wrong, what to do."""


def leaf_problems(leaf: Leaf, system: System, parents: Sequence[IndicatorGroup]) -> Iterator[Problem]:
    """Everything wrong with an indicator taken by itself."""
    yield from _fitting(leaf)
    yield from _weighted(leaf, system, parents)
    yield from _bounded(leaf)
    yield from _open_cases(leaf, system)
    if leaf.value.task is not None:
        yield from _tasks(leaf.value.task)
    if leaf.value.frequency is not None:
        yield from _frequency(leaf.value.frequency)
    if leaf.objects is not None and leaf.roles:
        yield ("角色",), Code.VALUE_INVALID, "：对象 与 角色 只写一种", "请删去 对象，各角色的单位就是评价对象"
    if leaf.scoring.bands is not None:
        yield from _bands(leaf, leaf.scoring.bands)


def _counting(leaf: Leaf) -> Iterator[Problem]:
    value, scoring = leaf.value, leaf.scoring
    if scoring.per_event is not None and not value.counts:
        yield ("计分",), Code.VALUE_INVALID, "：逐次计分只能用于次数（台账、频次、计超期数的时限）", "请改正取值或计分"
    elif value.ledger is not None and scoring.per_event is None:
        yield ("计分",), Code.VALUE_INVALID, "：台账取值只能用逐次计分", "请改正取值或计分"
    elif value.counts and (scoring.proportional or scoring.gap or scoring.direct):
        yield (
            ("计分",),
            Code.VALUE_INVALID,
            "：取值是次数，不能按比例、差距扣分或直接计分",
            "请写 逐次、达标、分档 或 仅状态",
        )
    elif scoring.per_event is not None and value.ledger is None and (scoring.per_event.once or scoring.per_event.proof):
        yield ("计分", "逐次"), Code.VALUE_INVALID, "：一次性、须佐证 只用于台账", "请删去"


def _fitting(leaf: Leaf) -> Iterator[Problem]:
    value, scoring = leaf.value, leaf.scoring
    yield from _counting(leaf)
    if value.timely is not None and scoring.direct is not None:
        yield (
            ("计分",),
            Code.VALUE_INVALID,
            "：按期率是比例，不能直接计分",
            "请写 按比例、达标、分档、差距扣分 或 仅状态",
        )
    if value.judged is not None and scoring.direct is None:
        yield ("计分",), Code.VALUE_INVALID, "：人工打分只能用直接计分", "请写 计分: 直接"
    if value.task is not None and scoring.direct is not None:
        yield ("计分",), Code.VALUE_INVALID, "：任务取值是完成的比例，不能直接计分", "请写 按比例、达标、分档 或 仅状态"
    if value.system is not None and scoring.direct is not None:
        yield ("计分",), Code.VALUE_INVALID, "：体系取值是得分占满分的比例，不能直接计分", "请写 计分: 按比例"
    if leaf.period == "年终" and (value.timely or value.frequency):
        message = "：时限、频次 只看当月的行，不能用于 期间: 年终"
        yield ("期间",), Code.VALUE_INVALID, message, "请删去 期间；全年的频次请写 每: 年"
    if leaf.applies is not None and value.formula is None:
        yield ("适用",), Code.VALUE_INVALID, "：只有公式取值可以写 适用", "请删去 适用，或用 对象 写明评价哪些单位"
    gap, event = scoring.gap, scoring.per_event
    if gap is not None and (gap.step <= 0 or gap.off < 0):
        yield ("计分", "差距扣分"), Code.VALUE_INVALID, "：每 要大于0，扣 不能是负数", "请改正"
    if event is not None and (event.off or event.on or ZERO) <= 0:
        yield ("计分", "逐次"), Code.VALUE_INVALID, "：每次扣分、加分要大于0", "请改正"


def _weighted(leaf: Leaf, system: System, parents: Sequence[IndicatorGroup]) -> Iterator[Problem]:
    scoring = leaf.scoring
    if leaf.points is None:
        bearing = any(parent.bonus or parent.aggregate == "基础分扣减" for parent in parents)
        if scoring.per_event is not None and not bearing:
            yield (), Code.KEY_MISSING, "缺少 分值", "请写 分值，或放进 基础分扣减、加分 的组"
        elif scoring.proportional or scoring.gap or scoring.bands or scoring.direct:
            yield (), Code.KEY_MISSING, "缺少 分值", "请写 分值；不计分的请写 计分: 仅状态"
        return
    if scoring.status is not None:
        yield ("分值",), Code.VALUE_INVALID, "只列状态，不能有分值", "请删去 分值"
    if leaf.points < 0:
        yield ("分值",), Code.VALUE_INVALID, f"分值{show(leaf.points)}是负数", "请改正"
    digits = system.rounding.digits
    if system.rounding.place == "指标" and leaf.points != round(leaf.points, digits):
        message = f"分值{show(leaf.points)}的小数位多于取整位数{digits}"
        yield ("分值",), Code.VALUE_INVALID, message, "请增加 取整 的位数"


def _bounded(leaf: Leaf) -> Iterator[Problem]:
    if leaf.cap is not None and leaf.floor is not None and leaf.cap < leaf.floor:
        yield ("上限",), Code.VALUE_INVALID, "上限低于下限", "请改正"
    for key, outcome in (("不适用", leaf.not_applicable), ("分母为零", leaf.zero_denominator), ("缺失", leaf.missing)):
        if isinstance(outcome, RateOutcome) and not 0 <= outcome.rate <= 1:
            yield (key,), Code.VALUE_INVALID, f"{key} 的得分率应在0至100%之间", "请改正"


def _open_cases(leaf: Leaf, system: System) -> Iterator[Problem]:
    """不适用 that will come up, and nothing says what it is worth."""
    if leaf.not_applicable == "不适用":
        yield ("不适用",), Code.VALUE_INVALID, "：不适用 要写如何计分", "请写 剔除、零分、满分、待核 或 {得分率: …}"
        return
    if leaf.not_applicable is not None or leaf.points is None or system.aggregate == "按适用分值折算":
        return
    causes = {
        "对象": leaf.objects is not None,
        "角色": bool(leaf.roles),
        "适用": leaf.applies is not None,
        "分母为零": leaf.zero_denominator == "不适用",
        "缺失": leaf.missing == "不适用",
        "计分": any(band.not_applicable for band in leaf.scoring.bands or ()),
    }
    for key, comes_up in causes.items():
        if comes_up:
            message = f"写了 {key}，没有写不适用时如何计分"
            yield (key,), Code.KEY_MISSING, message, "请写 不适用: 剔除、零分、满分、待核 或 {得分率: …}"
            return


def _tasks(task: TaskValue) -> Iterator[Problem]:
    here = ("取值", "任务")
    if (task.deadline is None) != (task.late is None):
        message, remedy = "写了 截止，没有写逾期完成算什么", "请写 逾期完成: 计为完成、不计完成 或 不区分"
        if task.deadline is None:
            message, remedy = "写了 逾期完成，没有写 截止", "请写 截止，或删去 逾期完成"
        yield (*here, "截止" if task.deadline is not None else "逾期完成"), Code.KEY_MISSING, message, remedy


def _frequency(frequency: FrequencyValue) -> Iterator[Problem]:
    here = ("取值", "频次")
    if frequency.partial is not None and frequency.anchor is None:
        yield (*here, "不足一期"), Code.KEY_MISSING, "写了 不足一期，没有写 起算", "请写 起算，或删去 不足一期"
    elif frequency.window == "周" and frequency.anchor is not None and frequency.partial is None:
        message = "写了 起算，没有写起算那一周不足7天时怎么办"
        yield (*here, "起算"), Code.KEY_MISSING, message, "请写 不足一期: 不计 或 按整期"


def _bands(leaf: Leaf, bands: tuple[Band, ...]) -> Iterator[Problem]:
    texts = [band.text for band in bands if band.text is not None]
    bounds = [band.at_least for band in bands if band.at_least is not None]
    if not bands or (texts and bounds):
        yield ("计分", "分档"), Code.VALUE_INVALID, "：分档要都写 值，或都写 不低于", "请改正分档"
    if len(set(texts)) < len(texts) or len(set(bounds)) < len(bounds):
        yield ("计分", "分档"), Code.VALUE_INVALID, "：分档中有相同的两档", "请删去一档"
    cap = leaf.cap if leaf.cap is not None else leaf.points
    for index, band in enumerate(bands):
        if band.points is not None and (
            (cap is not None and band.points > cap) or (band.points < 0 and leaf.floor is None)
        ):
            message = f"：一档得{show(band.points)}分，超出分值"
            yield ("计分", "分档", index), Code.WEIGHTS, message, "请改正得分或分值"
