"""Two tables as they were published: one is refused as it is damaged, one is read with the line break in a name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from desks import only

from tongbao.errors import Code
from tongbao.inputs.contract import TableContract
from tongbao.inputs.reader import TableSet, read_tables
from tongbao.inputs.roster import Roster
from tongbao.period import Period

DATA = Path(__file__).parent / "data"
DAMAGED = "自治区-政务服务能力评估-地州市-示例表.csv"
HOTLINE = "盘锦市-12345热线-2023年1-4月-县区.csv"


def read(workspace: Path, jurisdiction: str, content: str, columns: list[dict[str, str]], **keys: object) -> TableSet:
    folder = workspace / "inputs" / "2022-11" / jurisdiction
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "表.csv").write_text(content, newline="")
    units = keys.pop("units")
    roster = Roster.model_validate({"辖区": jurisdiction, "组": [{"名称": "组", "单位": units}]})
    contract = TableContract.model_validate({"名称": "表", "文件": "表.csv", "填报组": ["组"], "列": columns, **keys})
    return read_tables(workspace, Period(2022, 11), jurisdiction, [contract], roster)


def assessment(workspace: Path, content: str) -> TableSet:
    names = ["银川", "石嘴山", "吴忠", "中卫", "固原", "庆阳", "平凉", "白银", "天水", "陇南", "定西"]
    extra = ["武威", "张掖", "酒泉"] if "武威市" in content else []
    return read(
        workspace,
        "自治区",
        content,
        [
            {"名称": "平台", "表头": "考核得分/平台服务能力得分", "类型": "百分数"},
            {"名称": "办结率", "表头": "平台平均办结率", "类型": "百分数", "上限": "100%"},
        ],
        单位列="地州市名称",
        units=[{"名称": f"{name}市"} for name in names + extra],
    )


def test_the_damaged_table_is_refused_naming_file_rows_and_the_repeated_unit(tmp_path: Path) -> None:
    result = assessment(tmp_path, (DATA / DAMAGED).read_text())
    finding = only(result.findings)
    assert finding.code is Code.UNIT_REPEATED
    assert finding.place.file == "inputs/2022-11/自治区/表.csv"
    assert "天水市" in finding.message
    for line in (11, 14, 15, 16):
        assert f"第{line}行" in finding.message
    assert "天水市" not in result.tables["表"].by_unit


def test_the_damaged_table_is_read_once_the_duplicates_are_renamed(tmp_path: Path) -> None:
    lines = (DATA / DAMAGED).read_text().split("\n")
    for index, name in ((13, "武威市"), (14, "张掖市"), (15, "酒泉市")):
        assert "天水市" in lines[index]
        lines[index] = lines[index].replace("天水市", name)
    result = assessment(tmp_path, "\n".join(lines))
    assert result.findings == ()
    table = result.tables["表"]
    assert len(table.by_unit) == 14
    assert table.by_unit["酒泉市"].cells["平台"].value == Decimal("0.81")
    assert table.by_unit["天水市"].cells["办结率"].value == 1
    assert str(table.by_unit["白银市"].cells["平台"].origin) == "inputs/2022-11/自治区/表.csv C10"


def test_the_hotline_table_is_read_with_the_line_break_inside_a_name(tmp_path: Path) -> None:
    content = (DATA / HOTLINE).read_bytes().decode()
    assert "辽滨沿海经济\n技术开发区" in content
    names = ["大洼区", "盘山县", "兴隆台区", "双台子区", "高新技术开发区", "辽滨沿海经济技术开发区"]
    columns = [
        {"名称": "交办总量"},
        *(
            {"名称": name, "类型": "百分数", "上限": "100%"}
            for name in ("办结率", "满意率", "按时反馈率", "有效回访率")
        ),
        {"名称": "知识库更新总数目"},
        {"名称": "评分", "类型": "小数"},
    ]
    result = read(tmp_path, "盘锦市", content, columns, 单位列="受理单位", units=[{"名称": name} for name in names])
    assert result.findings == ()
    table = result.tables["表"]
    assert [row.unit for row in table.rows] == names
    last = table.by_unit["辽滨沿海经济技术开发区"].cells
    assert [cell.value for cell in last.values()] == [
        Decimal(268),
        Decimal("0.9925"),
        Decimal("0.9702"),
        Decimal(1),
        Decimal(1),
        Decimal(2026),
        Decimal(99),
    ]
    assert last["交办总量"].origin.cell == "C7"
    assert sum(row.cells["交办总量"].value or 0 for row in table.rows) == 4226 + 1922 + 6530 + 2584 + 22 + 268  # type: ignore[misc,operator]
