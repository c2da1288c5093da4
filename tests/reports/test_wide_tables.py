from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.errors import InvalidError
from tongbao.reports.compose import Content, compose
from tongbao.reports.document import Table, TableCell
from tongbao.reports.tables.grid import lay_out
from tongbao.reports.tables.wide import Draft, parts
from tongbao.reports.tables.widths import LANDSCAPE, PORTRAIT, fitted, needs
from tongbao.templates.style import Style

SIZE = 12.0
EM = 12 * 25.4 / 72  # 4.23 mm


def wide(columns: int, *, rows: int = 2, attributes: str = "") -> str:
    """A table whose columns of figures need 4.5 em + 2.2 mm = 21.25 mm each; the name needs 4 em + 2.2 = 19.13 mm."""
    names = [f"指标{place}" for place in range(1, columns)]
    head = "".join(f"<th>{name}</th>" for name in ("单位", *names))
    body = "".join(
        f'<tr><td align="left">市第{row}部门</td>'
        + "".join(f'<td align="decimal">{row}2345.67{place}</td>' for place in range(1, columns))
        + "</tr>"
        for row in range(1, rows + 1)
    )
    return f"<table {attributes}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def attachment(inside: str, attributes: str = "") -> Content:
    return compose(
        f'<title>甲</title><section title="附表" {attributes}>{inside}</section>', "通报.html", style=Style()
    )


def tables(content: Content) -> list[Table]:
    [made] = content.attachments
    return [block for block in made.blocks if isinstance(block, Table)]


def test_what_columns_need_by_hand() -> None:
    table = Table(
        "",
        (1.0, 1.0, 1.0),
        ((TableCell("单位", strong=True), TableCell("限时办结率（%）", strong=True), TableCell("√", strong=True)),),
        ((TableCell("市第一部门", align="left"), TableCell("97.25%", align="right"), TableCell("√")),),
    )
    needed = needs(table, SIZE)
    # 4 of the 5 characters of the name; 97.25% is 4×0.5 + 0.3 + 0.85 = 3.15 em; a check mark is one; + 2.2 mm each
    assert needed.least == pytest.approx((4 * EM + 2.2, 3.15 * EM + 2.2, 1 * EM + 2.2))
    # the head 限时办结率（%） is 7.85 em, on three lines 2.62: less than the figure
    assert needed.easy == pytest.approx(needed.least)


def test_figures_of_bold_heads_are_wider() -> None:
    plain = needs(Table("", (1.0,), (), ((TableCell("123456"),),)), SIZE)
    strong = needs(Table("", (1.0,), (), ((TableCell("123456", strong=True),),)), SIZE)
    assert plain.least == pytest.approx((3 * EM + 2.2,))
    assert strong.least == pytest.approx((3.39 * EM + 2.2,))


def test_a_column_too_narrow_takes_room_from_the_others() -> None:
    assert fitted((1, 3, 2), (10, 10, 10), 156) == (1, 3, 2)  # 26, 78, 52 mm
    # a twenty-second of the page is too little for 30 mm: the other two share 126 mm as 10 : 11
    assert fitted((1, 10, 11), (30, 10, 10), 156) == pytest.approx((30, 60, 66))
    assert sum(fitted((1, 1, 8), (50, 50, 50), 156)) == pytest.approx(156)


def test_upright_while_it_can_be_read_then_on_its_side() -> None:
    # 19.13 + 6 × 21.25 = 146.6 mm; a seventh column of figures makes 167.9
    assert not attachment(wide(7)).attachments[0].landscape
    assert attachment(wide(8)).attachments[0].landscape
    assert attachment(wide(7), "landscape").attachments[0].landscape
    assert [len(table.widths) for table in tables(attachment(wide(8)))] == [8]


def test_what_the_template_states_stands() -> None:
    made = attachment(wide(8, attributes='caption="得分"'), "portrait")
    assert not made.attachments[0].landscape
    first, second = tables(made)
    assert (first.caption, second.caption) == ("表1 得分", "表1（续）")
    # 156 − 19.13 leaves room for six; seven are parted as 3 and 4
    assert [len(first.widths), len(second.widths)] == [4, 5]
    assert [cell.text for cell in second.body[1]] == ["市第2部门", "22345.674", "22345.675", "22345.676", "22345.677"]


def test_a_very_wide_table_is_parted_on_its_side_too() -> None:
    made = attachment(wide(13) + "<p>后文</p>")
    # 225 − 19.13 leaves room for nine figures of 21.25 mm; twelve are parted as 6 and 6
    assert made.attachments[0].landscape
    assert [len(table.widths) for table in tables(made)] == [7, 7]
    assert [table.caption for table in tables(made)] == ["", "续表"]


def test_a_table_of_the_text_is_parted_as_the_text_is_never_turned() -> None:
    content = compose(f"<title>甲</title>{wide(8)}", "通报.html")
    assert [len(block.widths) for block in content.blocks if isinstance(block, Table)] == [4, 5]


def test_notes_stand_under_the_last_part_and_the_unit_on_each() -> None:
    marked = wide(8, attributes='caption="得分" unit="分"').replace("</table>", "<note>注：示例。</note></table>")
    first, second = tables(attachment(marked, "portrait"))
    assert (first.caption, first.notes) == ("表1 得分（单位：分）", ())
    assert (second.caption, second.notes) == ("表1（续）（单位：分）", ("注：示例。",))


@pytest.mark.parametrize(("repeat", "first"), [("0", "指标5"), ("1", "单位"), ("2", "单位")])
def test_as_many_columns_are_repeated_as_stated(repeat: str, first: str) -> None:
    second = tables(attachment(wide(9, attributes=f'repeat="{repeat}"'), "portrait"))[1]
    assert second.head[0][0].text == first
    assert [cell.text for cell in second.head[0]].count("指标1") == (repeat == "2")


@pytest.mark.parametrize("repeat", ["8", "x", "-1", "２"])
def test_what_cannot_be_repeated_is_refused(repeat: str) -> None:
    with pytest.raises(InvalidError, match="请写成0至7的整数"):
        attachment(wide(8, attributes=f'repeat="{repeat}"'))


def test_an_attachment_is_not_both() -> None:
    with pytest.raises(InvalidError, match="不能既横排又竖排"):
        attachment(wide(2), "landscape portrait")


def test_a_number_before_the_name_is_repeated_with_it() -> None:
    body = "<tr><td>1</td><td align='left'>甲局</td>" + "<td align='decimal'>1234567.89</td>" * 8 + "</tr>"
    made = tables(attachment(f"<table><tbody>{body}</tbody></table>", "portrait"))
    assert len(made) == 2
    assert all([cell.text for cell in table.body[0][:2]] == ["1", "甲局"] for table in made)


def test_heads_over_several_columns_stay_whole_and_group_rows_are_cut_to_the_part() -> None:
    head = "<tr><th rowspan='2'>单位</th>" + "<th colspan='3'>一季度</th><th colspan='5'>二季度</th></tr><tr>"
    head += "".join(f"<th>{place}月</th>" for place in range(1, 9)) + "</tr>"
    figures = "<td align='decimal'>1234567.89</td>" * 8
    body = f"<tr group><td>市直部门</td></tr><tr><td align='left'>甲局</td>{figures}</tr>"
    first, second = tables(attachment(f"<table><thead>{head}</thead><tbody>{body}</tbody></table>", "portrait"))
    assert [(cell.text, cell.colspan) for cell in first.head[0]] == [("单位", 1), ("一季度", 3)]
    assert [(cell.text, cell.colspan) for cell in second.head[0]] == [("单位", 1), ("二季度", 5)]
    assert [(cell.text, cell.colspan) for cell in first.body[0]] == [("市直部门", 4)]
    assert [(cell.text, cell.colspan) for cell in second.body[0]] == [("市直部门", 6)]
    assert first.held == second.held == {0}


@st.composite
def grids(draw: st.DrawFn) -> Table:
    """A table of cells that span columns and rows in every way, each with a text of its own."""
    count, rows = draw(st.integers(2, 12)), draw(st.integers(1, 5))
    taken: set[tuple[int, int]] = set()
    body: list[list[TableCell]] = [[] for _ in range(rows)]
    for row in range(rows):
        for column in range(count):
            if (row, column) in taken:
                continue
            free = next((end for end in range(column, count) if (row, end) in taken), count) - column
            across = draw(st.integers(1, min(3, free)))
            down = draw(st.integers(1, min(2, rows - row)))
            taken |= {(row + y, column + x) for y in range(down) for x in range(across)}
            width = draw(st.integers(1, 9))
            body[row].append(
                TableCell(f"{row}.{column}" + "9" * width, across, down, draw(st.sampled_from(["left", "right"])))
            )
    return Table("表1 示例", (1.0,) * count, (), tuple(tuple(row) for row in body))


@given(grids(), st.sampled_from([30.0, 60.0, PORTRAIT, LANDSCAPE]), st.one_of(st.none(), st.integers(0, 2)))
def test_no_cell_is_lost_and_the_order_is_kept(table: Table, page: float, repeat: int | None) -> None:
    made = parts(Draft.of(table, SIZE, repeat), page)
    count = len(table.widths)
    single = {(each.row, each.column): each.cell.text for each in lay_out(table.body).cells}
    seen: list[list[tuple[int, str]]] = []
    for part in made:
        grid = lay_out(part.body)
        assert set(grid.widths) == {len(part.widths)}  # every row is as wide as the part
        assert not grid.overlapping
        assert not grid.overhanging
        seen.append([(each.row, each.cell.text) for each in grid.cells])
    assert {text for rows in seen for _, text in rows} == set(single.values())
    for rows in seen:  # within a part, cells stand in the order of the table
        places = [next(place for place, text in single.items() if text == shown) for _, shown in rows]
        assert places == sorted(places)
    firsts = [part.body[0][0].text for part in made if part.body[0]]
    if len(made) > 1 and (repeat is None or repeat > 0):
        assert set(firsts) == {table.body[0][0].text}  # what names the row stands in every part
    assert sum(len(part.widths) for part in made) >= count
    assert all(before.notes == () for before, _ in pairwise(made))
