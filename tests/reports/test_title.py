from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.reports.title import break_title


def test_a_short_title_is_one_line() -> None:
    assert break_title(("关于", "某事", "的通报")) == ("关于某事的通报",)


def test_lines_are_even_and_break_between_words() -> None:
    words = ("昌吉市人民政府办公室", "关于", "2022年11月", "全市", "政务服务能力", "评价情况的", "通报")
    assert break_title(words) == ("昌吉市人民政府办公室关于2022年11月", "全市政务服务能力评价情况的通报")


def test_no_hour_glass_when_it_can_be_avoided() -> None:
    words = ("国" * 14, "国" * 4, "国" * 6, "国" * 14, "国" * 4)
    lengths = [len(line) for line in break_title(words)]
    assert not lengths[0] > lengths[1] < lengths[2]


def test_a_word_longer_than_a_line_is_refused() -> None:
    with pytest.raises(ValueError, match="超过一行20字"):
        break_title(("国" * 21,))


@given(st.lists(st.text(alphabet="国家县市", min_size=1, max_size=12), min_size=1, max_size=9))
def test_nothing_is_lost_and_no_line_is_too_long(words: list[str]) -> None:
    lines = break_title(tuple(words))
    assert "".join(lines) == "".join(words)
    assert all(len(line) <= 20 for line in lines)
    edges = {0}
    for word in words:
        edges.add(max(edges) + len(word))
    position = 0
    for line in lines:
        position += len(line)
        assert position in edges
