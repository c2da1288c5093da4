"""昌吉市's judges' sheets and ledgers: what was seen on the spot, one row a time, no person named."""

from __future__ import annotations

from datetime import date

from samples import story
from samples.chance import choice, draw, part
from samples.sheet import SAMPLE, Content, Sheet

NOTE = (f"注：本表为{SAMPLE}，由程序生成，不反映任何单位的真实情况。",)
FULL = {"减证便民": 1.5, "电子证照便利化应用": 2.0, "事项动态化管理": 3.0}
PANELS = ("第一评审组", "第二评审组")
SATURDAY = 5
HOLIDAYS = (date(2022, 9, 12), *(date(2022, 10, day) for day in range(3, 8)))
DEDUCTION_HEADERS = [("序号",), ("单位名称",), ("条款",), ("日期",), ("次数",), ("事由",)]
BONUS_HEADERS = [*DEDUCTION_HEADERS, ("事项",), ("佐证",)]


def _words(month: str) -> str:
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def _titles(month: str, subject: str) -> tuple[str, str]:
    return f"昌吉市{_words(month)}{subject}（{SAMPLE}）", f"登记单位：市政务服务中心　　{SAMPLE}，仅供演示"


def _at(levels: tuple[float, float, float], month: str) -> float:
    return levels[story.MONTHS.index(month)]


def _points(full: float, lost: float, reason: str) -> list[Content]:
    points = max(0.0, full - lost)
    return [int(points) if points == int(points) else points, reason if lost else None]


def judged_sheets(month: str) -> list[Sheet]:
    """Points of the review panels for departments and for towns."""
    departments: list[list[Content]] = []
    for unit, levels in story.LEVELS.items():
        for clause, full in FULL.items():
            for panel in PANELS if clause == "减证便民" else PANELS[:1]:
                lost = part(10, (1 - _at(levels, month)) * full * (0.5 + draw(month, unit, clause, panel))) / 10
                departments.append([unit, clause, panel, *_points(full, lost, story.FINDINGS_OF_JUDGES[clause])])
    towns: list[list[Content]] = []
    for unit, levels in story.TOWNS.items():
        for clause, (full, reason) in story.TOWN_CLAUSES.items():
            lost = round((1 - _at(levels, month)) * full * (0.3 + 1.4 * draw(unit, clause)) * 2) / 2
            towns.append([unit, clause, PANELS[0], *_points(full, lost, reason)])
    headers = [("序号",), ("单位名称",), ("条款",), ("评委",), ("得分",), ("理由",)]
    return [
        Sheet("市直部门", _titles(month, "市直部门评审打分表"), headers, _numbered(departments), None, NOTE),
        Sheet("乡镇街道", _titles(month, "乡镇（街道）评审打分表"), headers, _numbered(towns), None, NOTE),
    ]


def _numbered(rows: list[list[Content]]) -> list[list[Content]]:
    return [[number, *row] for number, row in enumerate(rows, start=1)]


def _day(month: str, *name: object) -> date:
    year, number = map(int, month.split("-"))
    days = (date(year, number, day) for day in range(1, 29))
    return choice([day for day in days if day.weekday() < SATURDAY and day not in HOLIDAYS], "日期", month, *name)


def _as_sent(day: date, *name: object) -> Content:
    """Most dates are dates; some were typed as words."""
    return f"{day.year}年{day.month}月{day.day}日" if draw("日期写法", *name) < 0.2 else day  # noqa: PLR2004


def _deductions(month: str) -> list[list[Content]]:
    rows: list[list[Content]] = []
    for unit, levels in story.LEVELS.items():
        budget = round((1 - _at(levels, month)) * 62 * (0.7 + 0.5 * draw(month, unit, "扣分")))
        order = sorted(story.DEDUCTIONS, key=lambda clause: draw(month, unit, clause))
        for clause in order:
            points, reason = story.DEDUCTIONS[clause]
            if points > budget:
                continue
            times = 2 if points == 2 and budget >= 8 and draw(month, unit, clause, "次") < 0.4 else 1  # noqa: PLR2004
            budget -= points * times
            day = _day(month, unit, clause)
            rows.append([unit, clause, _as_sent(day, month, unit, clause), times, reason])
    if month == story.MONTHS[-1]:
        rows.append(["市供销社", "市直第22条第1款", date(2022, 11, 16), 1, "州级专项督查现场指出窗口长期无人值守"])
    return rows


def _bonuses(month: str) -> list[list[Content]]:
    year, number = map(int, month.split("-"))
    label = f"{year}年{number}月"
    rows: list[list[Content]] = [
        [
            "市公安局",
            "市直第19条第2款",
            date(year, number, 9),
            1,
            "办事企业赠送锦旗",
            "户籍窗口锦旗",
            f"{label}表扬登记第1号",
        ],
        [
            "市公安局",
            "市直第21条",
            date(year, number, 25),
            1,
            "评为月度优质服务窗口",
            f"{label}优质服务窗口",
            f"{label}评选通报",
        ],
        [
            "市税务局",
            "市直第19条第1款",
            date(year, number, 14),
            2,
            "办事企业来信表扬",
            "退税窗口来信",
            f"{label}表扬登记第2号",
        ],
        [
            "市医保局",
            "市直第21条",
            date(year, number, 25),
            1,
            "评为月度优质服务窗口",
            f"{label}优质服务窗口",
            f"{label}评选通报",
        ],
    ]
    if month == story.MONTHS[-1]:
        matter = "“一件事一次办”改革报道"
        rows += [
            [
                "市住建局",
                "市直第19条第1款",
                "2022年11月21日",
                1,
                "办事群众来信表扬",
                "施工许可窗口来信",
                "2022年11月表扬登记第3号",
            ],
            [
                "市住建局",
                "市直第19条第2款",
                "2022年11月21日",
                1,
                "办事群众赠送锦旗",
                "施工许可窗口来信",
                "2022年11月表扬登记第3号",
            ],
            ["市行政审批局", "市直第20条第1款", date(2022, 11, 8), 1, "州级媒体刊发", matter, "州报11月8日第2版"],
            ["市行政审批局", "市直第20条第2款", date(2022, 11, 10), 1, "自治区级媒体转发", matter, "区报11月10日第3版"],
        ]
    return rows


def _town_bonuses(month: str) -> list[list[Content]]:
    year, number = map(int, month.split("-"))
    matter = f"便民服务站代办经验（{number}月）"
    return [
        [
            "延安北路街道",
            "乡镇第12条第1款",
            date(year, number, 12),
            1,
            "州级媒体刊发",
            matter,
            f"州报{number}月12日第3版",
        ]
    ]


def ledger_sheets(month: str) -> list[Sheet]:
    """扣分, 加分 and 乡镇加分."""
    return [
        Sheet("扣分", _titles(month, "线下服务扣分台账"), DEDUCTION_HEADERS, _numbered(_deductions(month)), None, NOTE),
        Sheet("加分", _titles(month, "线下服务加分台账"), BONUS_HEADERS, _numbered(_bonuses(month)), None, NOTE),
        Sheet(
            "乡镇加分",
            _titles(month, "乡镇（街道）加分台账"),
            BONUS_HEADERS,
            _numbered(_town_bonuses(month)),
            None,
            NOTE,
        ),
    ]
