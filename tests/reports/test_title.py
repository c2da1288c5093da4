from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tongbao.reports.title import break_title, text_of


def test_a_short_title_is_one_line() -> None:
    assert break_title(("关于", "某事", "的通报")) == ("关于某事的通报",)


def test_lines_are_even_and_break_between_words() -> None:
    words = ("昌吉市人民政府办公室", "关于", "2022年11月", "全市", "政务服务能力", "评价情况的", "通报")
    assert break_title(words) == ("昌吉市人民政府办公室关于2022年11月", "全市政务服务能力评价情况的通报")


def test_no_hour_glass_when_it_can_be_avoided() -> None:
    words = ("国" * 14, "国" * 4, "国" * 6, "国" * 14, "国" * 4)
    # 14 | 10 | 18 and 18 | 6 | 18 have a waist, 18 | 20 | 4 has none
    assert [len(line) for line in break_title(words)] == [18, 20, 4]


def test_no_line_of_a_few_characters() -> None:
    # as full as they go: 20 | 3; 通报 must not stand alone
    assert [len(line) for line in break_title(("国" * 8, "国" * 12, "的通报"))] == [8, 15]


def test_lines_of_one_length_are_neither_shape() -> None:
    # 10 | 10 would be a block; 8 | 12 is a 梯形
    assert [len(line) for line in break_title(("国" * 8, "国" * 2, "国" * 10, "国" * 2), 14)] == [10, 12]
    assert [len(line) for line in break_title(("国" * 7, "国" * 3, "国" * 10), 14)] == [7, 13]


def test_a_line_more_where_only_that_gives_a_shape() -> None:
    # two lines can only be 10 | 10; three can be 10 | 6 | 4, which grows shorter from line to line
    assert [len(line) for line in break_title(("国" * 10, "国" * 6, "国" * 4), 10)] == [10, 6, 4]


@pytest.mark.parametrize(
    ("words", "whole", "forbidden"),
    [
        (("关于", "2022年", "11月", "全市政务服务能力", "评价情况的通报"), (), "2022年|11月"),
        (("关于", "2023年1", "—4月", "各县区热线", "办理情况的通报"), (), "1|—4月"),
        (("关于", "26", "项", "一体化政务服务能力", "提升任务的通报"), (), "26|项"),
        (("关于", "98", ".5", "%", "按期办结率", "提升情况的通报"), (), "98|.5"),
        (
            ("关于", "市住房和", "城乡建设局", "评价失分问题的", "整改通知书"),
            ("市住房和城乡建设局",),
            "市住房和|城乡建设局",
        ),
        (("关于", "《", "考核办法", "》", "落实情况的通报"), (), "《|考核办法"),
        (("关于执行", "GB/T", "9704", "有关情况的通报"), (), "GB/T|9704"),
    ],
)
def test_names_dates_and_numbers_stay_whole(words: tuple[str, ...], whole: tuple[str, ...], forbidden: str) -> None:
    for capacity in range(10, 20):
        lines = break_title(words, capacity, whole)
        assert forbidden.replace("|", "\n") not in "\n".join(lines)
        assert "".join(lines) == text_of(words)


def test_organs_are_parted_by_a_space_only_on_one_line() -> None:
    words = ("甲市政府办公室　", "甲市财政局　", "甲市审计局", "关于", "某项工作", "情况的通报")
    assert break_title(words, 24) == ("甲市政府办公室　甲市财政局", "甲市审计局关于某项工作情况的通报")
    assert break_title(words, 14) == ("甲市政府办公室", "甲市财政局　甲市审计局", "关于某项工作情况的通报")


def test_what_cannot_be_broken_is_refused() -> None:
    with pytest.raises(ValueError, match="超过一行20字"):
        break_title(("国" * 21,))
    with pytest.raises(ValueError, match="共7行，最多6行"):
        break_title(("国" * 20,) * 7)
    assert break_title(()) == ()


def test_half_width_characters_take_half_the_room() -> None:
    assert break_title(("12345" * 8,)) == ("12345" * 8,)  # 40 halves


def test_a_hostile_title_of_many_words_is_broken_in_time() -> None:
    assert len(break_title(("国",) * 119)) == 6


def waisted(widths: list[int]) -> bool:
    return any(
        widths[upper] > widths[middle] < widths[lower] for upper, middle, lower in combinations(range(len(widths)), 3)
    )


def well_shaped(widths: list[int]) -> bool:
    return not waisted(widths) and (len(widths) == 1 or min(widths) >= 4)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="国家县市", min_size=1, max_size=12), min_size=1, max_size=8))
def test_every_title_has_a_shape_where_there_is_one(words: list[str]) -> None:
    assume(sum(map(len, words)) <= 70)
    lines = break_title(tuple(words))
    assert "".join(lines) == "".join(words)
    assert all(len(line) <= 20 for line in lines)
    ends = {sum(map(len, words[:count])) for count in range(len(words) + 1)}
    assert {sum(map(len, lines[:count])) for count in range(len(lines) + 1)} <= ends
    # every other breaking at the same words, looked through one by one
    others = [
        [end - start for start, end in pairwise((0, *inner, max(ends)))]
        for count in range(len(words))
        for inner in combinations(sorted(ends - {0, max(ends)}), count)
    ]
    others = [widths for widths in others if max(widths) <= 20]
    fewest = min(map(len, others))
    assert len(lines) <= fewest + 1
    if any(well_shaped(widths) for widths in others if len(widths) <= fewest + 1):
        assert well_shaped([len(line) for line in lines])
