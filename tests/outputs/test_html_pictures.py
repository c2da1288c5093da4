"""Grouped bars and stacked shares as SVG: right lengths, told apart without colour, nothing left out."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import documents
import pytest
from lxml import html as lxml_html

from tongbao.outputs.html import chart
from tongbao.outputs.html.fills import FILLS, Area, filled
from tongbao.reports.charts import BarSeries, GroupedBarChart, ShareChart
from tongbao.reports.document import Figure

COLOUR = "#123456"
HOSTILE = '<b onclick="x">&\'"'


def drawn(picture: GroupedBarChart | ShareChart) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(chart.svg(Figure("图1", picture, "说明"), fill=COLOUR, family="x"))


def outlined(picture: lxml_html.HtmlElement) -> list[dict[str, float | str]]:
    """The bars and the key's swatches, without the white paper under labels."""
    keys = ("x", "y", "width", "height")
    return [
        {**{key: float(rect.get(key)) for key in keys}, "fill": rect.get("fill")}
        for rect in picture.findall(".//rect")
        if rect.get("stroke")
    ]


def texts(picture: lxml_html.HtmlElement) -> list[str]:
    return [text.text or "" for text in picture.findall(".//text")]


def test_grouped_bars_are_as_long_as_their_values_and_a_gap_is_no_bar() -> None:
    picture = GroupedBarChart(
        ("甲", "乙"),
        (BarSeries("10月", (40.0, None), ("40.00", "")), BarSeries("11月", (80.0, 20.0), ("80.00", "20.00"))),
        "得分（分）",
    )
    swatches, bars = outlined(drawn(picture))[:2], outlined(drawn(picture))[2:]
    assert [swatch["fill"] for swatch in swatches] == [COLOUR, "#D0D0D0"]
    assert [bar["fill"] for bar in bars] == [COLOUR, "#D0D0D0", "#D0D0D0"]
    widths = [float(bar["width"]) for bar in bars]
    assert [width / widths[1] for width in widths] == pytest.approx([0.5, 1, 0.25], abs=0.002)
    words = drawn(picture).find(".//desc").text_content()
    assert "乙：10月 无，11月 20.00" in words
    assert {"10月", "11月", "40.00", "80.00", "20.00", "得分（分）"} <= set(texts(drawn(picture)))


def test_bars_of_many_categories_stay_on_the_page_and_apart() -> None:
    picture = documents.grouped_bars(31)
    assert chart.height(picture) <= 200
    bars = outlined(drawn(picture))[2:]
    edges = sorted((float(bar["y"]), float(bar["y"]) + float(bar["height"])) for bar in bars)
    assert len(bars) == 61  # 31 of this month, 30 of the last
    assert all(below[0] >= above[1] for above, below in itertools.pairwise(edges))


def test_shares_fill_the_whole_length_and_nought_is_told() -> None:
    picture = ShareChart(
        ("甲", "乙"), (BarSeries("好", (3.0, 0.0), ("3", "")), BarSeries("差", (1.0, 0.0), ("1", ""))), "件"
    )
    good, bad = outlined(drawn(picture))[2:]
    assert float(good["width"]) / float(bad["width"]) == pytest.approx(3, abs=0.01)
    assert float(good["x"]) + float(good["width"]) == pytest.approx(float(bad["x"]), abs=0.02)
    assert texts(drawn(picture)).count("无") == 1
    assert {"0%", "100%"} <= set(texts(drawn(picture)))


def test_label_without_room_stands_beside_the_bar_with_its_name() -> None:
    found = texts(drawn(documents.shares()))
    assert "不满意 2，非常不满意 1" in found
    assert "120" in found
    everything = "".join(found)
    for series in documents.shares().series:
        assert all(label in everything for label in series.labels if label)


def test_neighbouring_parts_differ_in_grey() -> None:
    areas = [filled(Area(0, 0, 10, 5), place, COLOUR) for place in range(FILLS)]
    assert len(set(areas)) == FILLS
    assert all('stroke="#000"' in area for area in areas)


def test_hatching_stays_inside_its_area() -> None:
    area = filled(Area(20, 30, 10, 5), 4, COLOUR)
    points = re.findall(r"[ML]([\d.]+) ([\d.]+)", area)
    assert len(points) > 20
    assert all(20 <= float(x) <= 30 and 30 <= float(y) <= 35 for x, y in points)


def test_every_text_is_escaped_and_the_picture_needs_nothing_from_outside() -> None:
    series = (BarSeries(HOSTILE, (1.0,), (HOSTILE,)), BarSeries("乙", (5.0,), ("5",)))
    for picture in (GroupedBarChart((HOSTILE,), series, HOSTILE), ShareChart((HOSTILE,), series, HOSTILE)):
        text = chart.svg(Figure(HOSTILE, picture, HOSTILE), fill=COLOUR, family="x")
        assert 'onclick="x' not in text
        assert "var(" not in text
        assert "url(" not in text
        assert lxml_html.fromstring(text).find(".//b") is None


def test_negative_bars_go_left_of_nought() -> None:
    picture = documents.grouped_bars(2)
    below = replace(picture, series=(replace(picture.series[1], values=(-5.0, 5.0)),))
    left, right = outlined(drawn(below))[1:]
    assert float(left["x"]) + float(left["width"]) == pytest.approx(float(right["x"]), abs=0.02)
