from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.errors import InvalidError
from tongbao.reports.compose import compose
from tongbao.reports.document import Table, TableCell
from tongbao.reports.tables.decimals import tails
from tongbao.reports.tables.grid import lay_out

HEAD = "<thead><tr><th>单位</th><th>件数</th><th>得分</th></tr></thead>"


def table(inside: str, attributes: str = "") -> Table:
    [block] = compose(f"<title>甲</title><table {attributes}>{inside}</table>", "通报.html").blocks
    assert isinstance(block, Table)
    return block


def refused(inside: str, attributes: str = "") -> list[str]:
    with pytest.raises(InvalidError) as caught:
        table(inside, attributes)
    return [finding.message for finding in caught.value.findings]


def row(*texts: str, kind: str = "") -> str:
    cells = "".join(f'<td align="decimal">{text}</td>' for text in texts)
    return f"<tr {kind}>{cells}</tr>"


def test_groups_go_over_the_whole_width_and_stay_with_what_follows() -> None:
    made = table(
        HEAD
        + "<tbody><tr group><td>市直部门</td></tr>"
        + row("甲", "3", "9.5")
        + row("小计", "3", "9.5", kind="subtotal")
        + "<tr group><td>乡镇</td><td colspan='2'>示例</td></tr>"
        + row("乙", "4", "10")
        + row("丙", "5", "8.25")
        + row("小计", "9", "18.25", kind="subtotal")
        + "</tbody>"
    )
    assert made.body[0] == (TableCell("市直部门", colspan=3, align="left", strong=True),)
    assert made.body[3] == (
        TableCell("乡镇", align="left", strong=True),
        TableCell("示例", colspan=2, align="left", strong=True),
    )
    assert all(cell.strong for number in (2, 6) for cell in made.body[number])
    assert not any(cell.strong for number in (1, 4, 5) for cell in made.body[number])
    assert made.held == {0, 1, 3, 5}  # heads of groups, and the rows before 小计


def test_the_last_row_is_held_by_nothing() -> None:
    assert table(f"{HEAD}<tbody>{row('甲', '1', '2')}<tr group><td>无</td></tr></tbody>").held == frozenset()
    assert table(f"<tbody>{row('合计', '1', kind='subtotal')}</tbody>").held == frozenset()


def test_rows_of_a_short_merged_cell_stay_together() -> None:
    merged = (
        "<tr><td rowspan='3'>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr><tr><td>乙</td><td>4</td></tr>"
    )
    assert table(f"<tbody>{merged}</tbody>").held == {0, 1}
    long = "<tr><td rowspan='9'>甲</td><td>1</td></tr>" + "<tr><td>2</td></tr>" * 8
    assert table(f"<tbody>{long}</tbody>").held == frozenset()


def test_figures_stand_on_the_decimal_point_of_their_column() -> None:
    made = table(f"{HEAD}<tbody>{row('甲', '1024', '98')}{row('乙', '7', '97.25')}{row('丙', '—', '80.5')}</tbody>")
    assert [[cell.tail for cell in each] for each in made.body] == [["", "", ".00"], ["", "", ""], ["", "", "0"]]
    assert {cell.align for each in made.body for cell in each} == {"right"}


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (("100%", "98.25%", "7.5%"), (".00", "", "0")),
        (("98", "97.25", "—"), (".00", "", ".00")),
        (("3次", "12次", "—"), ("", "", "次")),
        (("−0.4", "+1.25", "0"), ("0", "", ".00")),
        (("12", "98.5%", "—"), (".0%", "", ".0%")),
        (("1,024", "97.5"), (".0", "")),
        (("3次", "2.5%"), (".0", "")),  # units of two kinds: only the points stand in line
        (("12", "3次", "2%"), ("", "", "")),
        (("待核", "97.25", "不参与排名"), ("", "", "")),
        (("16.20/18", "9.5"), ("", "")),
        ((), ()),
    ],
)
def test_what_a_figure_lacks(column: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tails(column) == expected


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 4)), min_size=1), st.sampled_from(["", "%", "次"]))
def test_every_point_of_a_column_is_as_far_from_the_right(numbers: list[tuple[int, int]], unit: str) -> None:
    texts = [f"{number}{f'.{number % 10**digits:0{digits}d}' if digits else ''}{unit}" for number, digits in numbers]
    whole = [text + tail for text, tail in zip(texts, tails(texts), strict=True)]
    behind = {len(text) - len(str(number)) for text, (number, _) in zip(whole, numbers, strict=True)}
    assert len(behind) == 1


def test_a_unit_of_the_whole_table_stands_behind_its_caption() -> None:
    assert table(f"<tbody>{row('1')}</tbody>", 'caption="办件" unit="件"').caption == "表1 办件（单位：件）"
    assert "没有表题" in refused(f"<tbody>{row('1')}</tbody>", 'unit="件"')[0]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<tr><td>1</td><td rowspan='2'>2</td></tr><tr><td colspan='2'>3</td></tr>", "重叠"),
        ("<tr><td rowspan='3'>1</td><td>2</td></tr><tr><td>3</td></tr>", "最后一行"),
        ("<tr><td rowspan='2'>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>", "列数不一致：2、3"),
        ("<tr><td colspan='3'>1</td></tr><tr><td>3</td><td>4</td></tr>", "列数不一致：2、3"),
        ("<tr group subtotal><td>1</td></tr>", "不能既是组名又是小计"),
        ("<tr><td align='top'>1</td></tr>", "align 不能是“top”"),
        ("<tr><td rowspan='０'>1</td></tr>", "不是正整数"),
    ],
)
def test_spans_that_do_not_fit_are_told(body: str, words: str) -> None:
    assert any(words in message for message in refused(f"<tbody>{body}</tbody>"))


def test_cells_find_their_column_beside_those_that_span() -> None:
    # a b b     the b of the first row covers two columns of two rows
    # c b b
    # d d e
    grid = lay_out(
        [
            [TableCell("a"), TableCell("b", colspan=2, rowspan=2)],
            [TableCell("c")],
            [TableCell("d", colspan=2), TableCell("e")],
        ]
    )
    assert [(each.cell.text, each.row, each.column) for each in grid.cells] == [
        ("a", 0, 0),
        ("b", 0, 1),
        ("c", 1, 0),
        ("d", 2, 0),
        ("e", 2, 2),
    ]
    assert (grid.widths, grid.overlapping, grid.overhanging) == ((3, 3, 3), (), False)
