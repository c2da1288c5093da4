"""Case records become one row a unit: counted by hand here, by DuckDB there, from whatever files they come in."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from case_files import (
    HEAD,
    as_csv,
    counted,
    definition,
    figures,
    office,
    put_parquet,
    rating,
    table_of,
)
from desks import Desk, only
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongbao.errors import Code
from tongbao.inputs.cases.reader import read_breakdown, read_cases
from tongbao.inputs.table import Missing

BAD = "不满意"


def eleven(desk: Desk) -> None:
    """Ratings of 市公安局 over four files and three formats, two of other units."""
    desk.put(
        as_csv(
            [
                rating("A1"),
                # due on the fifth working day after Thursday 11-03: Friday 4, Monday 7 … Thursday 10
                rating("A2", level=BAD, 反馈时间="2022-11-10 23:00:00", 处理方式="立行立改", 手机号="13900000001"),
                rating("A3", level=BAD, 反馈时间="2022-11-11 00:00:00", 处理方式="立行立改"),
                rating("A4", level="非常不满意", 核实结果="误评"),
                rating("A5", 评价时间="2022-11-10 09:00:00"),
                rating("A6", 评价时间="2022-11-11 09:00:00"),
            ]
        ),
        "评价1.csv",
    )
    desk.put(as_csv([rating("B1", "市人社局"), rating("B2", "市税务局", 渠道="网站")], encoding="gb18030"), "评价2.csv")
    put_parquet(desk, [rating("C1"), rating("C2", 手机号="13900000001", 渠道="APP")], "评价3.parquet")
    head = [
        "评价编号",
        "单位",
        "评价等级",
        "渠道",
        "办结时间",
        "评价时间",
        "反馈时间",
        "处理方式",
        "核实结果",
        "手机号",
    ]
    desk.xlsx([["评价明细"], head, rating("D1"), rating("D2", 手机号="13900000001")], name="评价4.xlsx")


def test_ratings_of_four_files_are_counted_as_by_hand(desk: Desk) -> None:
    eleven(desk)
    # counted: A1 A2 A3 A5 C1 C2 D1 D2; left out: A4 (误评), A6 (rated on the sixth working day)
    assert figures(table_of(desk)) == {
        "评价数": "8",
        "差评数": "2",  # A2, A3
        "差评按期反馈数": "1",  # A2 on the last day; A3 a second after it
        "实名差评数": "1",  # A2
        "渠道数": "2",  # 窗口, APP
        "评价人数": "1",  # the same number in CSV, parquet and workbook
    }


def test_a_word_for_blank_is_no_person_in_any_file(desk: Desk) -> None:
    rows = [rating("A1", 手机号="13900000001"), rating("A2", 手机号="无")]
    desk.put(as_csv(rows), "评价1.csv")
    put_parquet(desk, [rating("B1", 手机号="无")], "评价2.parquet")
    desk.xlsx([HEAD, rating("C1", 手机号="无"), [*rating("C2")[:-1], 13900000001]], name="评价3.xlsx")
    found = figures(table_of(desk, 空值=["无"]))
    assert (found["评价数"], found["评价人数"]) == ("5", "1")  # A1 and C2, a text and a number, are one person


SPELLINGS = (
    "13800000000",
    "１３８００００００００",
    "13800000000.0",
    " 138 0000\u00a00000\u00a0",
    "\u200b13800000000\u3000",
)
"""One number as exports write it: full-width digits, a figure's “.0”, no-break spaces, an unseen sign."""


def test_a_person_is_counted_once_however_the_number_is_written(desk: Desk) -> None:
    rows = [rating(f"A{number}", 手机号=text) for number, text in enumerate(SPELLINGS)]
    desk.put(as_csv(rows), "评价1.csv")
    put_parquet(desk, [rating(f"B{number}", 手机号=text) for number, text in enumerate(SPELLINGS)], "评价2.parquet")
    desk.xlsx([HEAD, *(rating(f"C{number}", 手机号=text) for number, text in enumerate(SPELLINGS))], name="评价3.xlsx")
    others = [rating("D1", 手机号="13800000001"), rating("D2", 手机号="13800000000.5"), rating("D3", 手机号="\u00a0")]
    desk.put(as_csv(others), "评价4.csv")
    found = figures(table_of(desk))
    assert (found["评价数"], found["评价人数"]) == ("18", "3")  # D1 and D2 are others, D3 is nobody
    found = figures(table_of(desk, 空值=["13800000001"]))  # a word for blank, in any spelling
    assert found["评价人数"] == "2"


def test_an_identity_number_may_end_in_a_small_x(desk: Desk) -> None:
    texts = ("65230119800101001x", "65230119800101001X", "６５２３０１１９８００１０１００１ｘ", "wx12345x", "WX12345X")
    desk.put(as_csv([rating(f"A{number}", 手机号=text) for number, text in enumerate(texts)]), "评价1.csv")
    desk.xlsx([HEAD, *(rating(f"B{number}", 手机号=text) for number, text in enumerate(texts))], name="评价2.xlsx")
    assert figures(table_of(desk))["评价人数"] == "3"  # of other names a capital is another letter


def floats(desk: Desk, *phones: str) -> None:
    columns = (
        "评价编号, 单位, 评价等级, 渠道, 办结时间, 评价时间, nullif(反馈时间, '') AS 反馈时间, "
        "nullif(处理方式, '') AS 处理方式, nullif(核实结果, '') AS 核实结果, nullif(手机号, '')::DOUBLE AS 手机号"
    )
    rows = [rating(f"F{number}", 手机号=text) for number, text in enumerate(phones)]
    put_parquet(desk, rows, "评价9.parquet", columns)


def test_personal_data_exported_as_floating_point(desk: Desk) -> None:
    desk.put(as_csv([rating("A1", 手机号="13800000000")]), "评价1.csv")
    floats(desk, "13800000000", "", "nan", "13900000000")
    assert figures(table_of(desk))["评价人数"] == "2"


@pytest.mark.parametrize("phone", ["652301198001010011", "13800000000.5", "inf"])
def test_floating_point_that_lost_the_person_is_refused(desk: Desk, phone: str) -> None:
    floats(desk, "13800000000", phone)
    finding = only(counted(desk).findings)
    assert (finding.code, finding.place.file) == (Code.VALUE_INVALID, "inputs/2022-11/昌吉市/评价9.parquet")
    assert "列“手机号”是小数类型（DOUBLE），有1个值不是整数，或长得存不准了" in finding.message
    assert phone not in finding.message


def test_only_white_space_is_trimmed_never_a_letter(desk: Desk) -> None:
    # \\ufeff in a pattern was once taken for the letters u, f and e: words, and one hash in four, lost their ends
    channels = ["窗口", "窗口e", "f窗口", "u窗口f", " 窗口\u3000", "\ufeff窗口"]
    desk.put(as_csv([rating(str(number), 渠道=channel) for number, channel in enumerate(channels)]), "评价.csv")
    assert figures(table_of(desk))["渠道数"] == "4"


def test_units_are_found_through_aliases_and_have_a_row_without_a_case(desk: Desk) -> None:
    eleven(desk)
    desk.put(as_csv([rating("B3", "市人力资源和社会保障局", 渠道="网站")]), "评价5.csv")
    table = table_of(desk)
    assert [row.unit for row in table.rows] == list(desk.units)
    assert figures(table, "市人力资源和社会保障局") == {
        "评价数": "2",
        "差评数": "0",
        "差评按期反馈数": "0",
        "实名差评数": "0",
        "渠道数": "2",  # 窗口 under the alias, 网站 under the name
        "评价人数": "0",
    }


def test_a_figure_says_how_it_came_about(desk: Desk) -> None:
    eleven(desk)
    cell = table_of(desk).by_unit["市公安局"].cells["评价数"]
    assert cell.note == "计数，计入8件；符合条件而排除2件（误评1件、超期补评1件）"
    assert cell.origin.file == "inputs/2022-11/昌吉市/评价*"
    bad = table_of(desk).by_unit["市公安局"].cells["差评数"]
    assert bad.note == ("计数，条件：[评价等级]在(“不满意”、“非常不满意”)之中，计入2件；符合条件而排除1件（误评1件）")


def test_every_file_is_named_with_its_digest(desk: Desk) -> None:
    eleven(desk)
    names = [file.path.rpartition("/")[2] for file in table_of(desk).files]
    assert names == ["评价1.csv", "评价2.csv", "评价3.parquet", "评价4.xlsx"]


def test_the_cases_behind_a_figure_are_named_with_file_and_row(desk: Desk) -> None:
    eleven(desk)
    all_of_them, bad = read_cases(definition(), ["评价数", "差评数"], "市公安局", office(desk), 100)
    assert [(case.number, case.place.file.rpartition("/")[2], case.place.line) for case in all_of_them.cases] == [
        ("A1", "评价1.csv", 2),
        ("A2", "评价1.csv", 3),
        ("A3", "评价1.csv", 4),
        ("A5", "评价1.csv", 6),
        ("C1", "评价3.parquet", 1),
        ("C2", "评价3.parquet", 2),
        ("D1", "评价4.xlsx", 3),
        ("D2", "评价4.xlsx", 4),
    ]
    assert (bad.total, [case.number for case in bad.cases]) == (2, ["A2", "A3"])


def test_only_so_many_cases_are_named_as_asked_for(desk: Desk) -> None:
    eleven(desk)
    (listed,) = read_cases(definition(), ["评价数"], "市公安局", office(desk), 3)
    assert (listed.total, len(listed.cases)) == (8, 3)


def test_an_empty_line_or_a_break_inside_a_cell_moves_the_rows_below(desk: Desk) -> None:
    text = as_csv([rating("A1", 渠道="窗\n口"), rating("A2"), rating("A3")]).decode()
    desk.put(text.replace("A3", "\r\nA3"), "评价.csv")
    (listed,) = read_cases(definition(), ["评价数"], "市公安局", office(desk), 9)
    # header 1; A1 on 2 and 3; A2 on 4; an empty line 5; A3 on 6
    assert [(case.number, case.place.line) for case in listed.cases] == [("A1", 2), ("A2", 4), ("A3", 6)]


def test_sums_and_means_are_exact(desk: Desk) -> None:
    head = ("评价编号", "单位", "评价时间", "用时")
    rows = [
        ("1", "市公安局", "2022-11-01", "0.1"),
        ("2", "市公安局", "2022-11-01", "0.2"),
        ("3", "市公安局", "2022-11-30", ""),
    ]
    desk.put(as_csv(rows, head), "评价.csv")
    keys = {
        "案卷列": [{"名称": "评价时间", "类型": "日期"}, {"名称": "用时", "类型": "小数", "必填": "否"}],
        "期限": [],
        "排除": [],
        "列": [{"名称": "总用时", "计算": "求和([用时])"}, {"名称": "平均用时", "计算": "平均([用时])"}],
    }
    table = table_of(desk, **keys)
    cells = table.by_unit["市公安局"].cells
    assert cells["总用时"].value == Decimal("0.3")  # 0.1 + 0.2, not 0.30000000000000004
    assert str(cells["平均用时"].value).rstrip("0") == "0.15"  # 0.3 ÷ 2: a blank one does not count
    assert table.by_unit["市税务局"].cells["平均用时"].missing is Missing.ZERO_DENOMINATOR
    assert table.by_unit["市税务局"].cells["总用时"].value == 0


def test_hours_run_from_the_minute_and_open_cases_are_late_once_the_time_is_over(desk: Desk) -> None:
    limits = [{"名称": "签收", "起": "办结时间", "止": "反馈时间", "限": "24小时"}]
    columns = [{"名称": word, "条件": f"{word}(签收)"} for word in ("按期", "逾期", "未到期")]
    begun = {"办结时间": "2022-11-03 10:00:00", "评价时间": "2022-11-03 10:00:00"}
    late = {"办结时间": "2022-11-30 12:00:00", "评价时间": "2022-11-30 12:00:00"}
    rows = [
        rating("1", **begun, 反馈时间="2022-11-04 10:00:00"),  # to the second
        rating("2", **begun, 反馈时间="2022-11-04 10:00:01"),
        rating("3", **begun),  # open, and 24 hours were over long before the month closed
        rating("4", **late),  # open, due on 1 December at noon
    ]
    desk.put(as_csv(rows), "评价.csv")
    found = figures(table_of(desk, 期限=limits, 排除=[], 列=columns))
    assert found == {"按期": "1", "逾期": "2", "未到期": "1"}


def test_the_last_second_of_a_day_is_whole(desk: Desk) -> None:
    limits = [{"名称": "整改", "起": "评价时间", "止": "反馈时间", "限": "5工作日"}]
    rows = [
        rating("1", 反馈时间="2022-11-10 23:59:59.750"),  # due on 11-10
        rating("2", 评价时间="2022-11-23 10:00:00", 办结时间="2022-11-23 10:00:00"),  # open, due on 11-30: over
        rating("3", 评价时间="2022-11-24 10:00:00", 办结时间="2022-11-24 10:00:00"),  # open, due on 12-01
    ]
    desk.put(as_csv(rows), "评价.csv")
    columns = [{"名称": word, "条件": f"{word}(整改)"} for word in ("按期", "逾期", "未到期")]
    assert figures(table_of(desk, 期限=limits, 排除=[], 列=columns)) == {"按期": "1", "逾期": "1", "未到期": "1"}


def test_working_days_follow_the_days_off_and_the_worked_weekends(desk: Desk) -> None:
    # 2022-09-30 + 5 working days = 10-12: 8 and 9 October are worked, 1 to 7 are off
    limits = [{"名称": "整改", "起": "评价时间", "止": "反馈时间", "限": "5工作日"}]
    rows = [
        rating("1", 办结时间="2022-09-30 09:00:00", 评价时间="2022-09-30 09:00:00", 反馈时间="2022-10-12 18:00:00"),
        rating("2", 办结时间="2022-09-30 09:00:00", 评价时间="2022-09-30 09:00:00", 反馈时间="2022-10-13 08:00:00"),
    ]
    desk.put(as_csv(rows), "评价.csv")
    from tongbao.inputs.cases.reader import read_case_table
    from tongbao.period import Period

    table = definition(期限=limits, 排除=[], 列=[{"名称": "按期", "条件": "按期(整改)"}])
    september = office(desk, Period(2022, 9))
    (desk.workspace / "inputs" / "2022-09").mkdir(parents=True)
    desk.folder.rename(september.folder.path)
    result = read_case_table(table, september)
    assert result.table is not None
    assert figures(result.table) == {"按期": "1"}


def test_the_limit_depends_on_the_category(desk: Desk) -> None:
    rows = [
        # 15 working days after 11-03: 11-24; 5: 11-10
        rating("1", level=BAD, 处理方式="建立台账", 反馈时间="2022-11-24 12:00:00"),
        rating("2", level=BAD, 处理方式="立行立改", 反馈时间="2022-11-24 12:00:00"),
        rating("3", level=BAD, 处理方式="", 反馈时间="2022-11-10 12:00:00"),  # 其他: 5
    ]
    desk.put(as_csv(rows), "评价.csv")
    assert figures(table_of(desk))["差评按期反馈数"] == "2"


def test_words_count_alike_however_they_are_typed(desk: Desk) -> None:
    desk.put(
        as_csv([rating("1", level="不满意 "), rating("2", level="不 满意"), rating("3", level="不满意")]), "评价.csv"
    )
    assert figures(table_of(desk))["差评数"] == "3"


def test_a_blank_cell_equals_nothing(desk: Desk) -> None:
    desk.put(as_csv([rating("1"), rating("2", 核实结果="属实"), rating("3", 核实结果="误评")]), "评价.csv")
    columns = [
        {"名称": "不是误评", "条件": '[核实结果] != "误评"'},
        {"名称": "非误评", "条件": '非 [核实结果] = "误评"'},
        {"名称": "不在", "条件": '[核实结果] 不在 ("误评") 之中'},
        {"名称": "空", "条件": "[核实结果] 为空"},
    ]
    assert figures(table_of(desk, 排除=[], 列=columns)) == {"不是误评": "2", "非误评": "2", "不在": "2", "空": "1"}


def test_breakdowns_by_channel_and_month(desk: Desk) -> None:
    eleven(desk)
    table = definition(分表=[{"名称": "按渠道", "按": ["渠道", "月"], "列": ["评价数"]}])
    lines = read_breakdown(table, table.breakdowns[0], office(desk))
    found = [(line.unit, *line.by, str(line.figures["评价数"].value)) for line in lines]
    assert found == [
        ("市公安局", "APP", "2022-11", "1"),
        ("市公安局", "窗口", "2022-11", "7"),
        ("市税务局", "网站", "2022-11", "1"),
        ("市人力资源和社会保障局", "窗口", "2022-11", "1"),
    ]


LEVELS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")
RATINGS = st.lists(
    st.tuples(
        st.sampled_from(("市公安局", "市税务局", "市人社局")),
        st.sampled_from(LEVELS),
        st.sampled_from(("窗口", "网站", "APP")),
        st.sampled_from(("", "误评")),
        st.integers(0, 3),  # the file it comes in
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=RATINGS)
def test_however_the_rows_are_ordered_and_split_the_figures_are_those_of_a_plain_count(
    rows: list[tuple[str, str, str, str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        numbered = [(f"N{number}", *row) for number, row in enumerate(rows)]
        for file in range(4):
            mine = [
                rating(number, unit, level, 渠道=channel, 核实结果=verdict)
                for number, unit, level, channel, verdict, home in numbered
                if home == file
            ]
            if file == 3:
                put_parquet(desk, mine, "评价3.parquet")
            else:
                desk.put(as_csv(mine, encoding=("utf-8", "utf-8-sig", "gb18030")[file]), f"评价{file}.csv")
        table = table_of(desk)
    for unit in desk.units:
        names = {unit, *desk.aliases.get(unit, ())}
        mine = [row for row in rows if row[0] in names and row[3] != "误评"]
        found = figures(table, unit)
        assert int(found["评价数"]) == len(mine)
        assert int(found["差评数"]) == sum(row[1] in LEVELS[3:] for row in mine)
        assert int(found["渠道数"]) == len({row[2] for row in mine})


def test_nothing_is_left_in_the_temporary_folder(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    eleven(desk)
    private = tmp_path / "tmp"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    assert counted(desk).table is not None
    desk.put(as_csv([rating("A1")]), "评价9.csv")  # the same number again: an error
    assert counted(desk).table is None
    assert list(private.iterdir()) == []
