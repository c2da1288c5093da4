"""Scoreboards built by hand for the writers' tests: one small with every kind of score, one of a real month's size."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tongbao.inputs.table import Missing, Origin, SourceFile
from tongbao.period import Period
from tongbao.scoring.definition import System
from tongbao.scoring.scoreboard import Event, Input, Key, Reference, Score, Scoreboard, Standing, Trace

NOVEMBER = Period(2022, 11)
FILE = "inputs/2022-11/昌吉市/好差评.xlsx"
COVERAGE: Key = ("线上", "评价办件覆盖度")
LATE: Key = ("线上", "工单超期")
TASK: Key = ("状态", "事项认领")


def system(name: str = "市直部门线上政务服务能力", short: str = "市直线上") -> System:
    formula = {"公式": "[好差评.主动评价办件数]/[好差评.办件总量]"}
    return System.model_validate(
        {
            "名称": name,
            "简称": short,
            "来源": "附件5-1",
            "对象": {"组": ["市直部门"]},
            "满分": "5",
            "指标": [
                {
                    "名称": "线上",
                    "指标": [
                        {
                            "名称": "评价办件覆盖度",
                            "分值": "2",
                            "取值": formula,
                            "计分": "按比例",
                            "评分标准": "主动评价/总量",
                        },
                        {
                            "名称": "工单超期",
                            "分值": "3",
                            "取值": {"台账": {"表": "超期", "条款": "超期"}},
                            "计分": {"逐次": {"扣": "1"}},
                        },
                    ],
                },
                {"名称": "状态", "指标": [{"名称": "事项认领", "取值": formula, "计分": "仅状态"}]},
            ],
        }
    )


def coverage(unit: str, rated: int, total: int, points: str, raw: str = "") -> Score:
    row = {"市公安局": 5, "市税务局": 6}.get(unit, 7)
    rate = Decimal(rated) / Decimal(total)
    inputs = (
        Input("好差评.主动评价办件数", Decimal(rated), None, Origin(FILE, "11月", f"C{row}", raw or str(rated))),
        Input("好差评.办件总量", Decimal(total), None, Origin(FILE, "11月", f"D{row}", str(total))),
    )
    trace = Trace(
        "[好差评.主动评价办件数]/[好差评.办件总量]",
        f"{rated}/{total}",
        inputs,
        reference=Reference("市公安局", Decimal("0.9")),
        steps=("四舍五入到2位",),
    )
    return Score(unit, COVERAGE, Decimal(points), Decimal(2), rate, None, rate, None, True, trace)


def overdue(unit: str, count: int, matter: str = "12345工单超期") -> Score:
    points = Decimal(3 - count)
    event = Event(
        Origin("inputs/2022-11/昌吉市/超期.csv", "", "A4", "2022-11-08"),
        "超期",
        date(2022, 11, 8),
        Decimal(count),
        Decimal(-count),
        matter,
    )
    trace = Trace(events=(event,) if count else ())
    return Score(unit, LATE, points, Decimal(3), Decimal(count), None, points / 3, None, True, trace)


def online(unit: str, points: str) -> Score:
    return Score(unit, ("线上",), Decimal(points), Decimal(5), None, None, None, None, True, Trace(steps=("下限为0",)))


def task(unit: str, *, met: bool | None = None, reason: Missing | None = None, applicable: bool = True) -> Score:
    return Score(
        unit,
        TASK,
        None,
        None,
        None if reason or not applicable else Decimal("0.98"),
        reason,
        None,
        met,
        applicable,
        Trace(),
    )


def small(
    matter: str = "12345工单超期", raw: str = "", name: str = "市直部门线上政务服务能力", short: str = "市直线上"
) -> Scoreboard:
    """Three departments and a township without a total: 4.80, 3.00, 3.00."""
    rows = {
        "市公安局": (
            online("市公安局", "4.80"),
            coverage("市公安局", 90, 100, "1.80", raw),
            overdue("市公安局", 0),
            task("市公安局", met=True),
        ),
        "市税务局": (
            online("市税务局", "3.00"),
            coverage("市税务局", 50, 100, "1.00"),
            overdue("市税务局", 1, matter),
            task("市税务局", met=False),
        ),
        "市医保局": (
            online("市医保局", "3.00"),
            coverage("市医保局", 1, 3, "0.00"),
            overdue("市医保局", 0),
            task("市医保局", applicable=False),
        ),
        "某镇": (task("某镇", reason=Missing.UNVERIFIED),),
    }
    standings = (
        Standing("市公安局", "市直部门", Decimal("4.80"), Decimal("4.80"), 1, 3),
        Standing("市税务局", "市直部门", Decimal("3.00"), Decimal("3.00"), 2, 3),
        Standing("市医保局", "市直部门", Decimal("3.00"), Decimal("3.00"), 2, 3, provisional=True),
        Standing("某镇", "乡镇街道", None, None, None, 0, reason="没有数据"),
    )
    return Scoreboard(
        system(name, short),
        "d" * 64,
        NOVEMBER,
        standings,
        {unit: {score.key: score for score in scores} for unit, scores in rows.items()},
        (("线上",), COVERAGE, LATE, ("状态",), TASK),
        (COVERAGE, LATE, TASK),
        (SourceFile(FILE, "f" * 64),),
    )


def october() -> Scoreboard:
    """The month before: 市公安局 fell from nothing, 市税务局 was first."""
    standings = (
        Standing("市税务局", "市直部门", Decimal("4.50"), Decimal("4.50"), 1, 2),
        Standing("市公安局", "市直部门", Decimal("4.30"), Decimal("4.30"), 2, 2),
    )
    return Scoreboard(system(), "d" * 64, Period(2022, 10), standings, {}, (), (COVERAGE, LATE, TASK), ())


def large(units: int = 31, leaves: int = 52) -> Scoreboard:
    """As many units and indicators as 昌吉市's departments have, two inputs for each score."""
    formula = {"公式": "[好差评.主动评价办件数]/[好差评.办件总量]"}
    indicators = [
        {"名称": f"指标{i}", "分值": "2", "取值": formula, "计分": "按比例", "评分标准": "按办件比例计分"}
        for i in range(leaves)
    ]
    definition = {
        "名称": "大体系",
        "来源": "测",
        "对象": {},
        "满分": str(2 * leaves),
        "指标": [{"名称": "一级", "指标": indicators}],
    }
    keys = tuple(("一级", f"指标{i}") for i in range(leaves))
    scores = {}
    for unit in range(units):
        name = f"市第{unit}部门"
        scores[name] = {
            key: Score(
                name,
                key,
                Decimal(150 + (7 * unit + index) % 50) / 100,
                Decimal(2),
                Decimal(150 + (7 * unit + index) % 50) / 200,
                None,
                Decimal(150 + (7 * unit + index) % 50) / 200,
                None,
                True,
                coverage(name, 150 + unit, 200 + index, "1.5").trace,
            )
            for index, key in enumerate(keys)
        }
    standings = tuple(
        Standing(f"市第{unit}部门", "市直部门", Decimal(90 - unit), Decimal(90 - unit), unit + 1, units)
        for unit in range(units)
    )
    board_system = System.model_validate(definition)
    return Scoreboard(board_system, "d" * 64, NOVEMBER, standings, scores, keys, keys, (SourceFile(FILE, "f" * 64),))
