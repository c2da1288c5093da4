from __future__ import annotations

from pathlib import Path

import pytest

from tongbao.errors import Code, Finding, InvalidError
from tongbao.templates.environment import render
from tongbao.templates.pack import Pack, load_pack


def pack_with(tmp_path: Path, base: str, county: str | None = None) -> Pack:
    (tmp_path / "templates/base").mkdir(parents=True)
    (tmp_path / "templates/base/通报.html").write_text(base, encoding="utf-8")
    if county is not None:
        (tmp_path / "templates/甲县").mkdir()
        (tmp_path / "templates/甲县/通报.html").write_text(county, encoding="utf-8")
    return load_pack(tmp_path, "base" if county is None else "甲县")


def refused(pack: Pack, time_limit: float = 5.0, **context: object) -> Finding:
    with pytest.raises(InvalidError) as caught:
        render(pack, "通报.html", context, time_limit=time_limit)
    [finding] = caught.value.findings
    return finding


def test_a_county_changes_one_block_and_keeps_the_rest(tmp_path: Path) -> None:
    pack = pack_with(
        tmp_path,
        "{% block 甲 %}一{% endblock %}{% block 乙 %}二{% endblock %}",
        '{% extends "base/通报.html" %}{% block 乙 %}县{% endblock %}',
    )
    assert render(pack, "通报.html", {}) == "一县"


def test_values_never_become_markup(tmp_path: Path) -> None:
    pack = pack_with(tmp_path, "<p>{{ 单位 }}</p>")
    assert render(pack, "通报.html", {"单位": "<b>&甲"}) == "<p>&lt;b&gt;&amp;甲</p>"


def test_unknown_variable_is_told_with_file_and_line(tmp_path: Path) -> None:
    finding = refused(pack_with(tmp_path, "<p>好</p>\n<p>{{ 得粉 }}</p>"))
    assert finding.code is Code.TEMPLATE_VARIABLE
    assert (finding.place.file, finding.place.line) == ("templates/base/通报.html", 2)
    assert "得粉" in finding.message


def test_unknown_attribute_is_told(tmp_path: Path) -> None:
    finding = refused(pack_with(tmp_path, "{{ 单位.得粉 }}"), 单位=object())
    assert finding.code is Code.TEMPLATE_VARIABLE
    assert "得粉" in finding.message


def test_syntax_error_in_the_county_file_names_that_file(tmp_path: Path) -> None:
    finding = refused(
        pack_with(tmp_path, "{% block 甲 %}{% endblock %}", '{% extends "base/通报.html" %}\n{% block 甲 %}\n{{ 好 }')
    )
    assert finding.code is Code.TEMPLATE_SYNTAX
    assert finding.place.file == "templates/甲县/通报.html"
    assert finding.place.line is not None


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 甲.__init__.__globals__ }}",
        "{{ 'x' * 100000000000 }}",
        "{{ 9 ** 9999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 表.append(1) }}",
        "{{ range(99999999)|list }}",
    ],
)
def test_attacks_are_refused(tmp_path: Path, attack: str) -> None:
    finding = refused(pack_with(tmp_path, attack), 甲=object(), 表=[1])
    assert finding.place.file == "templates/base/通报.html"


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "base/../../版式"])
def test_no_file_outside_the_pack_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "版式").write_text("secret", encoding="utf-8")
    assert refused(pack_with(tmp_path, f'{{% include "{name}" %}}')).code is Code.TEMPLATE_MISSING


@pytest.mark.parametrize("name", ["format", "center", "attr", "tojson", "safe", "xmlattr", "urlize"])
def test_filters_outside_the_list_are_refused(tmp_path: Path, name: str) -> None:
    finding = refused(pack_with(tmp_path, "甲\n{{ 'x'|" + name + " }}"))
    assert finding.code is Code.TEMPLATE_SYNTAX
    assert finding.place.line == 2


def test_an_endless_template_is_stopped(tmp_path: Path) -> None:
    loop = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    finding = refused(pack_with(tmp_path, loop), time_limit=0.3)
    assert finding.code is Code.TEMPLATE_TIMEOUT
