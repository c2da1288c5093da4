"""How many lines a text takes and where boxes come to stand, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.outputs.word.fitting import line_count
from tongbao.outputs.word.paging import Box, Flow


@pytest.mark.parametrize(
    ("text", "width", "indent", "lines"),
    [
        ("", 28, 0, 1),
        ("国" * 28, 28, 0, 1),
        ("国" * 29, 28, 0, 2),
        ("国" * 26, 28, 2, 1),
        ("国" * 27, 28, 2, 2),
        ("国" * (26 + 28 * 65), 28.08, 2, 66),
        ("国" * (26 + 28 * 65 + 1), 28.08, 2, 67),
        ("国" * 27 + "86.42", 28, 0, 2),  # a number is never broken: it takes 2.5 characters
        ("国" * 25 + "86.42" + "国" * 28, 28, 0, 2),  # half a character stays free on line 1
        ("国" * 25 + "86.42" + "国" * 29, 28, 0, 3),
        ("国" * 28 + "。", 28, 0, 2),
        ("国" * 27 + "国。" + "国" * 27, 28, 0, 3),  # the last character of line 1 goes along with its mark
        ("甲\n乙", 28, 0, 2),
        ("国" * 26, 26, -3, 1),
        ("A" * 120, 28, 0, 3),  # a word longer than a line breaks after all: 60 characters
    ],
)
def test_lines_are_counted_as_they_break(text: str, width: float, indent: float, lines: int) -> None:
    assert line_count(text, width, indent) == lines


@given(st.text("国，。86.a （“”", max_size=200), st.integers(5, 40))
def test_lines_are_never_fewer_than_the_characters_need(text: str, width: int) -> None:
    visible = text.replace(" ", "")
    needed = sum(0.5 if one.isascii() else 1 for one in visible)
    assert line_count(text, float(width)) >= needed / width - 1e-9


def test_boxes_fill_a_page_and_go_on() -> None:
    flow = Flow(100)
    assert flow.put([Box(5, 10), Box(8, 10)]) == [(1, 1), (1, 2)]
    assert (flow.page, flow.used) == (2, 30)


def test_white_above_is_left_out_at_the_top_of_a_page_and_shared_with_white_below() -> None:
    flow = Flow(100)
    flow.put([Box(1, 40, after=10), Box(1, 40, before=10)])
    assert (flow.page, flow.used) == (1, 90)
    flow.put([Box(1, 40, before=30)])
    assert (flow.page, flow.used) == (2, 40)


def test_a_kept_box_goes_to_the_page_of_the_next() -> None:
    flow = Flow(100)
    assert flow.put([Box(8, 10), Box(1, 10, keep_next=True), Box(1, 20, whole=True)]) == [(1, 1), (2, 2), (2, 2)]


def test_a_chain_longer_than_a_page_is_not_kept() -> None:
    flow = Flow(100)
    chain = [Box(1, 30, keep_next=True, whole=True) for _ in range(5)]
    assert flow.put([Box(1, 10), *chain]) == [(1, 1), (1, 1), (1, 1), (1, 1), (2, 2), (2, 2)]


def test_a_table_goes_on_below_its_repeated_head() -> None:
    flow = Flow(100)
    head = Box(1, 20, keep_next=True, whole=True)
    rows = [Box(1, 30, whole=True, again=20) for _ in range(3)]
    assert flow.put([head, *rows]) == [(1, 1), (1, 1), (1, 1), (2, 2)]
    assert flow.used == 20 + 30


def test_a_box_that_begins_a_page_does() -> None:
    flow = Flow(100)
    assert flow.put([Box(1, 10), Box(1, 10, breaks=True)]) == [(1, 1), (2, 2)]
