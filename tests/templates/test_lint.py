from __future__ import annotations

from pathlib import Path

from tongbao.errors import Code, Finding
from tongbao.templates.lint import Vocabulary, lint
from tongbao.templates.pack import load_pack

WORDS = Vocabulary(frozenset({"单位", "各组"}), frozenset({"名称", "得分"}))


def lint_of(tmp_path: Path, base: str, county: str | None = None) -> list[Finding]:
    (tmp_path / "templates/base").mkdir(parents=True)
    (tmp_path / "templates/base/通报.html").write_text(base, encoding="utf-8")
    if county is not None:
        (tmp_path / "templates/甲县").mkdir()
        (tmp_path / "templates/甲县/通报.html").write_text(county, encoding="utf-8")
    return list(lint(load_pack(tmp_path, "甲县" if county else "base"), WORDS))


def test_slips_in_branches_not_taken_are_found(tmp_path: Path) -> None:
    [first, second] = lint_of(tmp_path, "{% if false %}\n{{ 单为 }}\n{{ 单位.得粉 }}\n{% endif %}")
    assert (first.code, first.place.line) == (Code.TEMPLATE_VARIABLE, 2)
    assert "是不是“单位”" in first.remedy
    assert (second.place.line, "是不是“得分”" in second.remedy) == (3, True)


def test_loops_macros_and_set_bind_names(tmp_path: Path) -> None:
    macro = "{% macro 名(a) %}{{ a.名称 }}{{ caller() }}{% endmacro %}"
    loop = "{% for 项 in 各组 %}{{ loop.index }}{{ 名(项) }}{% endfor %}"
    assert lint_of(tmp_path, macro + loop + "{% set x = 1 %}{{ x }}") == []


def test_a_block_that_overrides_nothing_is_an_error(tmp_path: Path) -> None:
    [finding] = lint_of(
        tmp_path, "{% block 要求 %}{% endblock %}", '{% extends "base/通报.html" %}\n{% block 要就 %}{% endblock %}'
    )
    assert finding.code is Code.TEMPLATE_OVERRIDE
    assert (finding.place.file, finding.place.line) == ("templates/甲县/通报.html", 2)
    assert "要求" in finding.remedy


def test_every_broken_file_is_told(tmp_path: Path) -> None:
    findings = lint_of(tmp_path, "{{ 单位 }", "{% extends")
    assert [finding.code for finding in findings] == [Code.TEMPLATE_SYNTAX, Code.TEMPLATE_SYNTAX]


def test_a_filter_that_does_not_exist_is_told_with_its_line(tmp_path: Path) -> None:
    [finding] = lint_of(tmp_path, "甲\n{{ 单位|upper }}")
    assert (finding.code, finding.place.line) == (Code.TEMPLATE_SYNTAX, 2)


def test_the_blocks_of_a_template_are_those_of_the_one_that_it_extends(tmp_path: Path) -> None:
    (tmp_path / "templates/base").mkdir(parents=True)
    for name, text in {
        "通报": "{% block 要求 %}{% endblock %}",
        "任务通报": '{% extends "base/通报.html" %}\n{% block 要求 %}{% endblock %}\n{% block 要就 %}{% endblock %}',
        "年度通报": '{% extends "base/任务通报.html" %}\n{% block 要求 %}{% endblock %}',
        "循环": '{% extends "base/循环.html" %}\n{% block 要求 %}{% endblock %}',
    }.items():
        (tmp_path / f"templates/base/{name}.html").write_text(text, encoding="utf-8")
    found = [(each.place.file, each.place.line) for each in lint(load_pack(tmp_path, "base"), WORDS)]
    assert found == [("templates/base/任务通报.html", 3), ("templates/base/循环.html", 2)]
