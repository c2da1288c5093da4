from __future__ import annotations

import pytest

from tongbao.errors import InvalidError
from tongbao.reports.compose import Content, chinese_number, compose
from tongbao.reports.document import (
    BarChart,
    BarSeries,
    Figure,
    GroupedBarChart,
    Heading,
    Line,
    LineChart,
    Paragraph,
    Run,
    ShareChart,
    Table,
)

TITLE = "<title>甲</title>"


def refused(text: str) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        compose(text, "templates/base/通报.html")
    return [finding.message for finding in caught.value.findings]


def blocks(text: str) -> Content:
    return compose(TITLE + text, "通报.html")


def test_headings_are_numbered_as_the_standard_has_them() -> None:
    content = blocks(
        "<h1>甲</h1><h2>乙</h2><h3>丙</h3><h4>丁</h4><h4>戊</h4><h3>己</h3><h2>庚</h2><h1>辛</h1><h2>壬</h2>"
    )
    numbers = [block.number for block in content.blocks if isinstance(block, Heading)]
    assert numbers == ["一、", "（一）", "1.", "（1）", "（2）", "2.", "（二）", "二、", "（一）"]


def test_heading_numbers_start_again_in_each_attachment() -> None:
    content = blocks('<h1>甲</h1><section title="附表"><h1>乙</h1></section>')
    [attachment] = content.attachments
    assert isinstance(attachment.blocks[0], Heading)
    assert attachment.blocks[0].number == "一、"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_numbers_in_chinese(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_run_in_text_follows_its_heading() -> None:
    [heading] = blocks("<h2>市直部门。</h2><p run-in>第一名是甲。</p>").blocks
    assert heading == Heading(2, "（一）", "市直部门。", (Run("第一名是甲。"),))


def test_line_breaks_of_the_template_are_not_text() -> None:
    [block] = blocks("<p>\n  甲，\n  乙<strong>丙</strong>\n  丁 GB/T 9704\n</p>").blocks
    assert block == Paragraph((Run("甲，乙"), Run("丙", strong=True), Run("丁 GB/T 9704")))


def test_references_are_resolved_forward_and_back() -> None:
    content = blocks(
        '<p>见<ref to="图"/>、<ref to="排名"/>、<ref to="明细"/>、<ref to="表"/></p>'
        '<figure id="图" caption="得分"><bars axis="分"><bar name="甲" value="9.5"></bars></figure>'
        '<section id="排名" title="排名">'
        '<table id="表" caption="得分"><tbody><tr><td>1</td></tr></tbody></table></section>'
        '<section id="明细" title="明细"><p>甲</p></section>'
    )
    [paragraph, figure] = content.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "见图1、附件1、附件2、表1"
    assert isinstance(figure, Figure)
    assert figure.caption == "图1 得分"
    assert isinstance(figure.chart, BarChart)
    assert figure.chart.labels == ("9.5",)


def test_a_month_without_a_figure_is_a_gap() -> None:
    [figure] = blocks(
        '<figure caption="走势"><lines axis="分"><line name="甲"><point at="2022年9月" value="−1.5" label="−1.50">'
        '<point at="2022年10月" value="" label="无"></line></lines></figure>'
    ).blocks
    assert isinstance(figure, Figure)
    assert figure.caption == "图1 走势"
    assert figure.chart == LineChart(("2022年9月", "2022年10月"), (Line("甲", (-1.5, None), ("−1.50", "")),), "分")


def test_bars_side_by_side_and_shares_of_a_whole() -> None:
    series = (
        '<series name="10月"><bar name="甲" value="8.5"><bar name="乙" value="" label="无"></series>'
        '<series name="11月"><bar name="甲" value="9" label="9.00"><bar name="乙" value="7"></series>'
    )
    expected = (BarSeries("10月", (8.5, None), ("8.5", "")), BarSeries("11月", (9.0, 7.0), ("9.00", "7")))
    grouped, shares = blocks(
        f'<figure caption="甲"><groups axis="分">{series}</groups></figure>'
        f'<figure caption="乙"><shares axis="件">{series}</shares></figure>'
    ).blocks
    assert isinstance(grouped, Figure)
    assert isinstance(shares, Figure)
    assert grouped.chart == GroupedBarChart(("甲", "乙"), expected, "分")
    assert shares.chart == ShareChart(("甲", "乙"), expected, "件")


def test_an_only_attachment_has_no_number() -> None:
    content = blocks('<p>见<ref to="一"/></p><section id="一" title="排名" landscape><p>甲</p></section>')
    assert content.attachments[0].label == "附件"
    assert content.attachments[0].landscape
    assert isinstance(content.blocks[0], Paragraph)
    assert content.blocks[0].text == "见附件"


def test_a_picture_of_many_bars_keeps_its_attachment_upright() -> None:
    bars = "".join(f'<bar name="单位{place}" value="1">' for place in range(31))
    figure = f'<figure caption="得分" alt="图"><bars axis="分">{bars}</bars></figure>'
    wide = f"<table><tbody><tr>{'<td>1234567.89</td>' * 8}</tr></tbody></table>"  # 8 × 22.4 mm
    assert blocks(f'<section title="表">{wide}</section>').attachments[0].landscape
    assert not blocks(f'<section title="表">{wide}{figure}</section>').attachments[0].landscape
    assert "放不下其中的图" in refused(f'{TITLE}<section title="表" landscape>{figure}</section>')[0]


def test_hostile_text_stays_text() -> None:
    [block] = blocks("<p>&lt;img src=file:///etc/passwd&gt;&amp;</p>").blocks
    assert isinstance(block, Paragraph)
    assert block.text == "<img src=file:///etc/passwd>&"


def test_spans_are_laid_out() -> None:
    [table] = blocks(
        '<table widths="1,2,3"><thead><tr><th rowspan="2">甲</th><th colspan="2">乙</th></tr>'
        "<tr><th>丙</th><th>丁</th></tr></thead>"
        "<tbody><tr><td>1</td><td align='right'>2</td><td>3</td></tr></tbody><note>注：无。</note></table>"
    ).blocks
    assert isinstance(table, Table)
    assert (table.widths, table.notes) == ((1.0, 2.0, 3.0), ("注：无。",))
    assert [cell.colspan for cell in table.head[0]] == [1, 2]
    assert table.body[0][1].align == "right"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>甲</p>", "有0个 <title>"),
        (TITLE + TITLE, "有2个 <title>"),
        (TITLE + "<div>甲</div>", "<div>"),
        (TITLE + "<script>甲</script>", "<script>"),
        (TITLE + '<p style="x">甲</p>', "style"),
        (TITLE + "甲", "不在段落内"),
        (TITLE + "<p>甲", "没有结束标记"),
        (TITLE + "<p>甲</h1>", "没有对应"),
        (TITLE + '<p>见<ref to="无"/></p>', "“无”不存在"),
        (TITLE + "<p run-in>甲</p>", "接排段落"),
        (TITLE + "<table><tbody><tr><td>1</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>", "列数不一致"),
        (TITLE + '<table><tbody><tr><td rowspan="2">1</td></tr></tbody></table>', "最后一行"),
        (TITLE + '<table widths="1,2"><tbody><tr><td>1</td></tr></tbody></table>', "widths"),
        (TITLE + '<table><tbody><tr><td colspan="x">1</td></tr></tbody></table>', "不是正整数"),
        (TITLE + '<figure><bars axis="分"></bars></figure>', "没有数据"),
        (TITLE + '<figure><bars><bar name="甲" value="高"></bars></figure>', "不是数字"),
        (TITLE + "<figure></figure>", "没有数据"),
        (TITLE + '<figure><lines><line name="甲"><point at="1月" value=""></line></lines></figure>', "没有数据"),
        (TITLE + '<figure><lines><line name="甲"><point at="1月" value="nan"></line></lines></figure>', "不是数字"),
        (
            TITLE + '<figure><lines><line name="甲"><point at="1月" value="1"></line>'
            '<line name="乙"><point at="2月" value="1"></line></lines></figure>',
            "期间不同",
        ),
        (TITLE + '<figure><groups><series name="甲"></series></groups></figure>', "没有数据"),
        (
            TITLE + '<figure><groups><series name="甲"><bar name="a" value="1"></series>'
            '<series name="乙"><bar name="b" value="1"></series></groups></figure>',
            "名称不同",
        ),
        (TITLE + '<figure><shares><series><bar name="a" value="−1"></series></shares></figure>', "负数"),
        (TITLE + '<figure><bars><bar value="1"></bars><lines></lines></figure>', "不止一组"),
        (TITLE + "<section><p>甲</p></section>", "没有标题"),
        ("<title>国国国国国国国国国国国国国国国国国国国国国</title>", "超过一行20字"),
        (TITLE + "<!DOCTYPE html>", "DOCTYPE"),
    ],
)
def test_what_is_outside_the_subset_is_refused(text: str, words: str) -> None:
    assert any(words in message for message in refused(text))


def test_all_slips_are_told_at_once() -> None:
    assert len(refused(TITLE + '<div>甲</div><p foo="1">乙</p>')) == 3
