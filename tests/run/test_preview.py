"""`tongbao preview`: pages for a template's author, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from lxml import html as lxml_html
from workspaces import county, replaced, write

from tongbao.cli import main


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_pages_follow_the_template_and_nothing_else_is_made(tmp_path: Path) -> None:
    workspace = county(tmp_path)
    write(workspace / "templates/甲县/样式.css", ".number { color: #00f }\n")
    asked = ["preview", "2022-11", "甲县通报", "-C", str(workspace), "--json"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["pages"][0] == "通报.html"
    folder = Path(told["folder"])
    assert files(workspace / "outputs") == {
        f"2022-11/预览/甲县通报/{name}" for name in (*told["pages"], "manifest.json")
    }
    text = (folder / "通报.html").read_text("utf-8")
    assert ".number { color: #00f }" in text
    assert "甲县人民政府办公室" in lxml_html.document_fromstring(text).find(".//h1").text_content()
    write(
        workspace / "templates/甲县/通报.html",
        '{% extends "base/通报.html" %}{% block 工作要求 %}<h1>示例要求</h1>{% endblock %}',
    )
    assert CliRunner().invoke(main, asked).exit_code == 0
    headings = lxml_html.document_fromstring((folder / "通报.html").read_text("utf-8")).findall(".//main/h2")
    assert any("示例要求" in heading.text_content() for heading in headings)


def test_mistakes_are_told_as_by_check(tmp_path: Path) -> None:
    workspace = county(tmp_path)
    replaced(workspace, "reports/甲县通报.yaml", "名称: 甲县通报", "名称: 甲县通报\n不认识的键: 1")
    done = CliRunner().invoke(main, ["preview", "2022-11", "甲县通报", "-C", str(workspace)])
    assert done.exit_code != 0
    assert "不认识的键" in done.output
    assert "Traceback" not in done.output
    unknown = CliRunner().invoke(main, ["preview", "2022-11", "乙县通报", "-C", str(workspace)])
    assert "乙县通报" in unknown.output
    assert not (workspace / "outputs").exists()
