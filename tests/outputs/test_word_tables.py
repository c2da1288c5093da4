"""Tables in Word: their head on every page, whole rows, columns that add up, spans where they belong."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from documents import notice, paragraph, ranking
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_files import NAMES, WordFile, attribute, bare, merged, text

from tongbao.errors import Code, OutputError
from tongbao.outputs.word import write
from tongbao.reports.document import Attachment, Block, Document, Table, TableCell


def holding(*blocks: Block, landscape: bool = False) -> Document:
    return replace(
        notice(rows=1, paragraphs=0),
        blocks=(paragraph("文。"),),
        attachments=(Attachment("", ("表",), blocks, landscape=landscape),),
        imprint=None,
    )


def first_table(document: Document) -> etree._Element:
    return WordFile(document).find("//w:body/w:tbl")[0]


def grid(table: etree._Element) -> list[int]:
    return [int(width) for width in table.xpath("w:tblGrid/w:gridCol/@w:w", namespaces=NAMES)]


def test_columns_fill_the_width_of_the_page_exactly() -> None:
    assert sum(grid(first_table(holding(ranking(3))))) == 8845
    assert sum(grid(first_table(holding(ranking(3, 14), landscape=True)))) == 12756
    narrow, wide, *_ = grid(first_table(holding(ranking(3))))
    assert wide == pytest.approx(3 * narrow, abs=2)


@settings(max_examples=30)
@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=40))
def test_any_widths_fill_the_page(widths: list[float]) -> None:
    row = tuple(TableCell("x") for _ in widths)
    found = grid(first_table(holding(Table("", tuple(widths), (), (row,)))))
    assert sum(found) == 8845
    assert len(found) == len(widths)


def test_head_rows_repeat_and_no_row_splits() -> None:
    rows = first_table(holding(merged())).findall("w:tr", NAMES)
    assert [row.find("w:trPr/w:tblHeader", NAMES) is not None for row in rows] == [True, True, False, False, False]
    assert all(row.find("w:trPr/w:cantSplit", NAMES) is not None for row in rows)
    assert {attribute(row, "w:trPr/w:trHeight", "hRule") for row in rows} == {"atLeast"}


def test_layout_is_fixed_and_borders_are_thin() -> None:
    word = WordFile(holding(ranking(3)))
    table = word.find("//w:body/w:tbl")[0]
    assert attribute(table, "w:tblPr/w:tblLayout", "type") == "fixed"
    style = word.style(attribute(table, "w:tblPr/w:tblStyle", "val") or "")
    edges = style.find("w:tblPr/w:tblBorders", NAMES)
    assert {attribute(edge, ".", "sz") for edge in edges} == {"4"}
    assert len(edges) == 6


def test_every_row_covers_the_grid() -> None:
    for model in (merged(), ranking(5)):
        table = first_table(holding(model))
        columns = grid(table)
        for row in table.findall("w:tr", NAMES):
            spans = [int(attribute(cell, "w:tcPr/w:gridSpan", "val") or 1) for cell in row.findall("w:tc", NAMES)]
            assert sum(spans) == len(columns)
            widths = [int(attribute(cell, "w:tcPr/w:tcW", "w") or 0) for cell in row.findall("w:tc", NAMES)]
            edges = [0]
            for span in spans:
                edges.append(edges[-1] + span)
            assert widths == [sum(columns[start:end]) for start, end in pairwise(edges)]


def test_spans_merge_downwards_and_across() -> None:
    table = first_table(holding(merged()))
    merges = [
        [
            ("restart" if attribute(cell, "w:tcPr/w:vMerge", "val") else "on")
            if cell.find("w:tcPr/w:vMerge", NAMES) is not None
            else ""
            for cell in row.findall("w:tc", NAMES)
        ]
        for row in table.findall("w:tr", NAMES)
    ]
    assert merges == [
        ["restart", "restart", ""],
        ["on", "on", "", ""],
        ["", "", ""],
        ["restart", "", "", ""],
        ["on", "", "", ""],
    ]
    texts = [[text(cell) for cell in row.findall("w:tc", NAMES)] for row in table.findall("w:tr", NAMES)]
    assert texts[1] == ["", "", "线上", "线下"]
    assert texts[4] == ["", "合计", "", "8"]


def test_a_block_of_rows_and_columns_merges_as_one() -> None:
    block = Table("", (1, 1, 1), (), ((TableCell("甲", colspan=2, rowspan=2), TableCell("1")), (TableCell("2"),)))
    first, second = first_table(holding(block)).findall("w:tr", NAMES)
    for row in (first, second):
        assert attribute(row, "w:tc[1]/w:tcPr/w:gridSpan", "val") == "2"
        assert len(row.findall("w:tc", NAMES)) == 2


def test_cells_keep_their_alignment_and_weight() -> None:
    row = first_table(holding(merged())).findall("w:tr", NAMES)[3]
    aligned = [attribute(cell, "w:p/w:pPr/w:jc", "val") for cell in row.findall("w:tc", NAMES)]
    assert aligned == [None, "left", "right", None]  # centred by the style
    assert [bool(cell.xpath(".//w:b", namespaces=NAMES)) for cell in row.findall("w:tc", NAMES)] == [
        False,
        False,
        True,
        False,
    ]


def test_caption_stands_above_and_notes_below() -> None:
    word = WordFile(holding(ranking(1)))
    kinds = [
        "tbl" if child.tag.endswith("}tbl") else attribute(child, "w:pPr/w:pStyle", "val")
        for child in word.find("//w:body/*")
    ]
    place = kinds.index("tbl")
    assert kinds[place - 1 : place + 2] == ["TableCaption", "tbl", "TableNote"]
    assert word.style("TableCaption").find("w:pPr/w:keepNext", NAMES) is not None


def test_tables_that_touch_stay_two() -> None:
    body = WordFile(holding(bare(), bare())).find("//w:body/*")
    tables = [place for place, child in enumerate(body) if child.tag.endswith("}tbl")]
    assert len(tables) == 2
    assert tables[1] - tables[0] == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (((TableCell("1"),),), "只有1列"),
        (((TableCell("1"), TableCell("2"), TableCell("多")),), "多"),
        (((TableCell("1"), TableCell("宽", colspan=2)),), "宽"),
        (((TableCell("1", rowspan=2), TableCell("2")),), "末行以下"),
        (((TableCell("1"), TableCell("高", rowspan=2)), (TableCell("宽", colspan=2),)), "宽"),
    ],
)
def test_rows_that_do_not_fit_their_columns_are_refused(rows: tuple[tuple[TableCell, ...], ...], words: str) -> None:
    with pytest.raises(OutputError, match=words) as caught:
        write(holding(Table("", (1, 1), (), rows)))
    assert caught.value.finding.code is Code.TEMPLATE_MARKUP
