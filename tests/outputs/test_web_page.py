"""What a government site asks of a page: valid, alone, readable on a phone, by keyboard and by ear."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import documents
import pytest
from lxml import html as lxml_html

from tongbao.outputs.html import page
from tongbao.reports.document import Document

VOID = frozenset({"meta", "br", "col"})


class Strict(HTMLParser):
    """Holds a page to the rules of HTML: every element closed in order, every id once, every attribute once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag == "p":
            assert "p" not in self.open
        if tag in {"div", "p", "table", "figure", "section", "ul", "h1", "h2", "h3"}:
            assert not {"p", "span", "b", "i", "h1", "h2", "h3"} & set(self.open), (tag, self.open)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open, (tag, attrs)  # only what is drawn may close itself

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("document", [documents.notice, *documents.ELEMENTS.values()])
def test_page_is_well_formed_and_every_id_is_there_once(document: type[Document]) -> None:
    text = page(document())
    assert text.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    ids = Strict(text).ids
    assert len(ids) == len(set(ids))
    referred = re.findall(r'aria-labelledby="([^"]*)"', text) + re.findall(r'href="#([^"]*)"', text)
    assert set(referred) <= set(ids)


def test_page_loads_nothing_and_says_so_to_the_browser() -> None:
    text = page(documents.tables_and_pictures())
    tree = lxml_html.document_fromstring(text)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //@onclick")
    style = "".join(tree.xpath("//style/text()"))
    assert "url(" not in style
    assert "@import" not in style
    assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/2000/svg"}


def test_landmarks_headings_and_skip_link() -> None:
    tree = lxml_html.document_fromstring(page(documents.notice(rows=2)))
    body = tree.find("body")
    assert [child.tag for child in body] == ["a", "header", "main", "div"]
    assert body[0].get("href") == "#text"
    assert body.find("main").get("id") == "text"
    assert [child.tag for child in body[3]] == ["footer"]
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    sections = tree.findall(".//section")
    labelled = [tree.get_element_by_id(section.get("aria-labelledby")).text_content() for section in sections]
    assert labelled == ["2022年11月市直部门政务服务能力得分排名", "2022年11月主要指标完成情况"]


def test_tables_and_pictures_say_what_they_are() -> None:
    tree = lxml_html.document_fromstring(page(documents.tables_and_pictures()))
    heads = [(cell.text, cell.get("scope")) for cell in tree.findall(".//table")[0].findall("./thead/tr/th")]
    assert ("12345工单", "colgroup") in heads
    assert ("单位", "col") in heads
    assert all(scope for _, scope in heads)
    table = tree.findall(".//table")[0]
    assert tree.get_element_by_id(table.get("aria-labelledby")).text == "表2 工单办理情况（单位：件）"
    assert all(table.getparent().get("tabindex") == "0" for table in tree.findall(".//table"))  # scrolled by keyboard
    for figure in tree.findall(".//figure"):
        picture = figure.find(".//svg")
        assert picture.get("role") == "img"
        assert picture.findtext("title") == figure.findtext("figcaption")
        assert len(picture.findtext("desc") or "") > 20


def test_a_draft_says_so_and_asks_not_to_be_found() -> None:
    draft = lxml_html.document_fromstring(page(replace(documents.notice(rows=1), watermark="征求意见稿")))
    assert [each.text for each in draft.find_class("draft")] == ["征求意见稿"]
    assert [each.text for each in draft.find_class("watermark")] == ["征求意见稿"]
    assert draft.xpath("//meta[@name='robots']/@content") == ["noindex"]
    issued = lxml_html.document_fromstring(page(documents.notice(rows=1)))
    assert not issued.find_class("draft")
    assert not issued.xpath("//meta[@name='robots']")


def contrast(one: str, two: str) -> float:
    """WCAG 2: (lighter + 0.05) ÷ (darker + 0.05)."""

    def light(colour: str) -> float:
        digits = colour.lstrip("#")
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def rule(style: str, selector: str) -> dict[str, str]:
    found = re.search(rf"(?m)^\s*{re.escape(selector)} {{ ([^}}]*)}}", style)
    assert found, selector
    return dict(re.findall(r"([\w-]+): ([^;]+?)(?:;|\s*$)", found[1]))


def test_letters_stand_out_from_their_ground() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    style = "".join(lxml_html.document_fromstring(page(documents.notice(rows=1))).xpath("//style/text()"))
    red = re.search(r"--red: (#\w{6})", style)
    assert red
    assert contrast(red[1], "#ffffff") > 4.5
    draft = rule(style.partition("@media screen {")[2], ".draft")
    skip = rule(style.partition("@media screen {")[2], ".skip")
    assert contrast(draft["color"], draft["background"]) > 4.5
    assert contrast(skip["color"], "#ffffff") > 4.5


def test_a_phone_gets_measures_of_its_own_and_print_those_of_paper() -> None:
    text = page(documents.notice(rows=1))
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in text
    style = "".join(lxml_html.document_fromstring(text).xpath("//style/text()"))
    phone = style.partition("@media screen and (max-width: 48em) {")[2]
    for selector in (".mark", ".title", "table", ".signature", "figure svg"):
        assert rule(phone, selector)
    assert "overflow-x: auto" in style
    assert style.count("@media screen") == 2  # all else is for paper too
    assert style.count("@media print") == 0
    assert "size: A4" in style
