"""Whatever is wrong with case records or with the definition of a 案卷表 is a finding that a clerk can follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from case_files import HEAD, as_csv, counted, figures, put_parquet, rating, table_of, wrong
from desks import Desk, codes, only

from tongbao.errors import Code, Finding, Severity


def errors(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def test_an_unknown_unit_is_told_with_its_count_and_first_place_and_never_guessed(desk: Desk) -> None:
    desk.put(as_csv([rating("1"), rating("2", "税市务局"), rating("3", "税市务局")]), "评价.csv")
    finding = only(counted(desk).findings)
    assert finding.code is Code.UNIT_UNKNOWN
    assert "“税市务局”不在单位名录中，共2件" in finding.message
    assert str(finding.place) == "inputs/2022-11/昌吉市/评价.csv 第3行"
    assert "市税务局" in finding.remedy


def test_a_number_in_two_files_is_told_with_both_places(desk: Desk) -> None:
    desk.put(as_csv([rating("A1"), rating("A2")]), "评价1.csv")
    put_parquet(desk, [rating("B1"), rating("A2")], "评价2.parquet")
    finding = only(counted(desk).findings)
    assert finding.code is Code.ROW_REPEATED
    assert (
        "“A2”出现2次：inputs/2022-11/昌吉市/评价1.csv 第3行，inputs/2022-11/昌吉市/评价2.parquet 第2行"
        in finding.message
    )


def test_rows_of_other_months_are_not_counted_and_told(desk: Desk) -> None:
    outside = {"办结时间": "2022-10-31 09:00:00", "评价时间": "2022-10-31 23:59:59"}
    desk.put(as_csv([rating("1"), rating("2", **outside)]), "评价.csv")
    result = counted(desk)
    finding = only(result.findings)
    assert (finding.code, finding.severity) == (Code.DATE_OUTSIDE_PERIOD, Severity.WARNING)
    assert "有1件的“评价时间”不在2022年11月，未计入；计入的有1件" in finding.message
    assert result.table is not None
    assert figures(result.table)["评价数"] == "1"


def test_a_month_without_a_single_case_is_an_error(desk: Desk) -> None:
    outside = {"办结时间": "2022-10-31 09:00:00", "评价时间": "2022-10-31 10:00:00"}
    desk.put(as_csv([rating("1", **outside)]), "评价.csv")
    assert codes(counted(desk).findings) == [Code.TABLE_EMPTY]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"评价时间": "2022-11-31 10:00"}, "“评价时间”应为时刻，实为“2022-11-31 10:00”"),
        ({"评价时间": "2022-11-03"}, "“评价时间”应为时刻，实为“2022-11-03”"),
        ({"评价时间": "infinity"}, "“评价时间”应为时刻，实为“infinity”"),
        ({"评价时间": "44868"}, "“评价时间”应为时刻，实为“44868”"),
        ({"评价时间": ""}, "“评价时间”未填"),
        ({"单位": " "}, "“单位”未填"),
        ({"评价编号": ""}, "“评价编号”未填"),
        ({"渠道": ""}, "“渠道”未填"),
    ],
)
def test_blank_and_unreadable_cells_are_told_with_their_row(desk: Desk, cells: dict[str, str], words: str) -> None:
    desk.put(as_csv([rating("1"), rating("2") if "评价编号" in cells else rating("2", **cells)]), "评价.csv")
    if "评价编号" in cells:
        desk.put(as_csv([rating("1"), rating("")]), "评价.csv")
    finding = only(counted(desk).findings)
    assert words in finding.message
    assert finding.place.line == 3


def test_of_many_faults_a_hundred_are_told_and_the_rest_counted(desk: Desk) -> None:
    desk.put(as_csv([rating(f"N{number}", 评价时间="昨天") for number in range(250)] + [rating("好")]), "评价.csv")
    found = [finding for finding in counted(desk).findings if finding.code is Code.CELL_NOT_DATE]
    assert len(found) == 101
    assert "另有150行同样的问题" in found[-1].message


def test_a_word_outside_the_choices_is_told_once_with_its_count(desk: Desk) -> None:
    desk.put(as_csv([rating("1", level="很好"), rating("2"), rating("3", level="很好")]), "评价.csv")
    finding = only(counted(desk).findings)
    assert finding.code is Code.CELL_NOT_CHOICE
    assert "“评价等级”为“很好”，不在可选值内，共2件" in finding.message
    assert finding.place.line == 2


def test_an_end_before_its_start_is_told(desk: Desk) -> None:
    desk.put(as_csv([rating("1", level="不满意", 反馈时间="2022-11-02 10:00:00")]), "评价.csv")
    assert "“反馈时间”早于“评价时间”" in only(counted(desk).findings).message


def test_a_case_that_hangs_on_an_unknown_limit_is_told_and_one_that_does_not_is_not(desk: Desk) -> None:
    limits = [
        {"名称": "整改", "起": "评价时间", "止": "反馈时间", "类别": "处理方式", "限": {"立行立改": "5工作日"}},
    ]
    columns = [{"名称": "按期", "条件": '[评价等级] = "不满意" 且 按期(整改)'}]
    rows = [rating("1"), rating("2", level="不满意", 处理方式="建立台账", 反馈时间="2022-11-04 10:00:00")]
    desk.put(as_csv(rows), "评价.csv")
    finding = only(counted(desk, 期限=limits, 排除=[], 列=columns).findings)
    assert finding.code is Code.VALUE_MISSING
    assert finding.place.line == 3


def test_a_year_without_a_calendar_is_told(desk: Desk) -> None:
    desk.put(as_csv([rating("1", 办结时间="1990-01-01 09:00:00")]), "评价.csv")
    assert Code.CALENDAR_MISSING in codes(counted(desk).findings)


def test_missing_and_doubled_headers_are_told(desk: Desk) -> None:
    desk.put(as_csv([rating("1")], [*HEAD[:2], "等级", *HEAD[3:]]), "评价1.csv")
    desk.put(as_csv([rating("2")], [*HEAD[:3], "评价等级", *HEAD[4:]]), "评价2.csv")
    found = counted(desk).findings
    assert {(finding.code, finding.place.file[-7:]) for finding in found} == {
        (Code.COLUMN_MISSING, "评价1.csv"),
        (Code.COLUMN_MISSING, "评价2.csv"),  # 渠道
        (Code.COLUMN_AMBIGUOUS, "评价2.csv"),
    }


def test_lines_of_another_width_and_open_quotes_are_told_with_their_line(desk: Desk) -> None:
    good = as_csv([rating("1"), rating("2")]).decode()
    desk.put(good + "3,市公安局\r\n" + '4,"市公安局\r\n', "评价.csv")
    found = errors(counted(desk).findings)
    assert [finding.place.line for finding in found] == [4, 5]
    assert {finding.code for finding in found} == {Code.FILE_DAMAGED}


def test_a_parquet_column_of_another_type_is_told(desk: Desk) -> None:
    columns = ", ".join(
        "评价时间::TIMESTAMP AS 评价时间" if name == "评价时间" else "123.5 AS 办结时间" if name == "办结时间" else name
        for name in HEAD
    )
    put_parquet(desk, [rating("1")], "评价.parquet", columns)
    finding = only(counted(desk).findings)
    assert finding.code is Code.VALUE_INVALID
    assert "列“办结时间”应为时刻，文件里的类型是 DECIMAL" in finding.message


def test_parquet_that_holds_texts_is_read_like_a_text(desk: Desk) -> None:
    put_parquet(desk, [rating("1"), rating("2", 评价时间="2022年11月4日 9:05")], "评价.parquet", ", ".join(HEAD))
    assert figures(table_of(desk))["评价数"] == "2"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("评价.parquet", b"no parquet at all", Code.FILE_DISGUISED),
        ("评价.parquet", b"PAR1" + b"\0" * 100 + b"PAR1", Code.FILE_DAMAGED),
        ("评价.csv", b"", Code.TABLE_EMPTY),
        ("评价.csv", b"\xff\xfe\x00\x00\xff", Code.ENCODING),
        ("评价.xlsx", b"PK\x03\x04broken", Code.FILE_DAMAGED),
        ("评价.docx", b"x", Code.FILE_DISGUISED),
    ],
)
def test_files_that_are_not_what_they_say_are_findings(desk: Desk, name: str, content: bytes, code: Code) -> None:
    desk.put(content, name)
    assert codes(counted(desk).findings) == [code]


def test_a_link_out_of_the_folder_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "别处.csv"
    outside.write_bytes(as_csv([rating("1")]))
    desk.folder.mkdir(parents=True)
    (desk.folder / "评价.csv").symlink_to(outside)
    assert codes(counted(desk).findings) == [Code.FILE_UNSAFE]


def test_a_file_name_that_looks_like_a_pattern_is_just_a_name(desk: Desk) -> None:
    desk.put(as_csv([rating("1")]), "评价[1].csv")
    put_parquet(desk, [rating("2")], "评价2.parquet").rename(desk.folder / "评价{a,b}.parquet")
    assert figures(table_of(desk))["评价数"] == "2"


TRICKS = (
    "'; DROP TABLE records; --",
    "\"; SELECT * FROM read_text('/etc/passwd')",
    "=cmd|' /C calc'!A0",
    "$p0",
    "{{7*7}}",
    "\\'; --",
)


@pytest.mark.parametrize("trick", TRICKS)
def test_no_text_of_a_file_or_definition_ever_becomes_a_statement(desk: Desk, trick: str) -> None:
    quoted = trick.replace('"', "")
    head = [*HEAD[:3], trick, *HEAD[4:]]
    desk.put(as_csv([rating("1", 渠道=quoted), rating("2"), rating(trick)], head), "评价1.csv")
    escaped = trick.replace('"', '""')
    columns = ", ".join(
        f'渠道 AS "{escaped}"'
        if name == "渠道"
        else f"{name}::TIMESTAMP AS {name}"
        if name in {"办结时间", "评价时间"}
        else name
        for name in HEAD
    )
    put_parquet(
        desk, [rating("3", 渠道=quoted)], "评价2.parquet", columns.replace("反馈时间", "NULL::TIMESTAMP AS 反馈时间")
    )
    from case_files import DEFINITION

    record = [{**column, "表头": trick} if column["名称"] == "渠道" else column for column in DEFINITION["案卷列"]]
    found = [{"名称": "同", "条件": f'[渠道] = "{quoted}"'}]
    assert figures(table_of(desk, 案卷列=record, 列=found)) == {"同": "2"}


def test_personal_data_stand_in_no_finding(desk: Desk) -> None:
    phone = "13912345678"
    rows = [
        rating("1", 手机号=phone, 评价时间="坏"),
        rating("2", "无此单位", 手机号=phone),
        rating("2", 手机号=phone),
    ]
    text = as_csv(rows).decode() + f"9,市公安局,{phone}\r\n" + f'8,"市公安局,{phone}\r\n'
    desk.put(text, "评价.csv")
    assert phone not in "\n".join(map(str, counted(desk).findings))
    desk.put(as_csv(rows), "评价.csv")
    findings = counted(desk).findings
    assert len(findings) == 3
    assert phone not in "\n".join(map(str, findings))


def test_the_database_reaches_nothing_but_its_files(tmp_path: Path) -> None:
    import duckdb

    from tongbao.inputs.cases.database import open_database

    allowed, other = tmp_path / "可读.csv", tmp_path / "别的.csv"
    for path in (allowed, other):
        path.write_text("a\n1\n")
    private = tmp_path / "private"
    private.mkdir()
    with open_database(private, [allowed], "key") as database:
        assert database.rows("SELECT count(*) FROM read_csv($p)", {"p": str(allowed)}) == [(1,)]
        for statement in (
            f"SELECT * FROM read_csv('{other}')",  # noqa: S608
            "SELECT * FROM read_text('/etc/hosts')",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'other.db'}'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET memory_limit = '9GB'",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                database.connection.execute(statement)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"归期": "时间"}, "没有案卷列“时间”"),
        ({"归期": "渠道"}, "归期“渠道”的类型应为日期或时刻"),
        ({"文件": "../评价.csv"}, "不在当月的文件夹内"),
        ({"列": [{"名称": "a"}, {"名称": "a"}]}, "列“a”写了两次"),
        ({"列": [{"名称": "a", "条件": "[没有] = 1"}]}, "没有案卷列“没有”"),
        ({"列": [{"名称": "a", "条件": "[渠道] = 1"}]}, "第1个字符：[渠道]是文本，不能与1比较"),
        ({"列": [{"名称": "a", "条件": '[渠道] > "窗口"'}]}, "只能用 = 或 != 比较"),
        ({"列": [{"名称": "a", "条件": '[评价等级] = "很好"'}]}, "第10个字符：“很好”不在“评价等级”的可选值内"),
        ({"列": [{"名称": "a", "条件": '[评价时间] > "昨天"'}]}, "应写成 2022-11-03"),
        ({"列": [{"名称": "a", "条件": '[手机号] = "139"'}]}, "是个人信息，只能写 为空、不为空 或 去重计数"),
        ({"列": [{"名称": "a", "条件": "按期(没有)"}]}, "没有期限“没有”"),
        ({"列": [{"名称": "a", "条件": "[渠道] 为空 且"}]}, "条件没有写完"),
        ({"列": [{"名称": "a", "计算": "求和([渠道])"}]}, "要用整数或小数列"),
        ({"列": [{"名称": "a", "计算": "删除([渠道])"}]}, "第1个字符"),
        ({"分表": [{"名称": "b", "按": ["手机号"]}]}, "不能按个人信息分"),
        ({"分表": [{"名称": "b", "按": ["渠道"], "列": ["无"]}]}, "没有列“无”"),
    ],
)
def test_definitions_are_held_against_themselves(keys: dict[str, Any], words: str) -> None:
    assert any(words in finding.message for finding in wrong(**keys)), wrong(**keys)
