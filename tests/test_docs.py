"""Docs and code held together: what a clerk looks up is there, and nothing is explained that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tongbao.errors import Code

ROOT = Path(__file__).parents[1]
DOCS = sorted(ROOT.glob("docs/*.md"))
_LINK = re.compile(r"\[[^\]]*\]\((?!https?:|#)([^)#\s]+)")


def findings() -> list[list[str]]:
    rows = [
        line.strip("|").split("|")
        for line in (ROOT / "docs/findings.md").read_text("utf-8").splitlines()
        if line[:1] == "|"
    ]
    return [[cell.strip() for cell in row] for row in rows if row[0].strip() != "代码" and not set(row[0]) <= set("- ")]


def test_every_code_is_explained_once_in_the_order_of_the_code() -> None:
    assert [row[0] for row in findings()] == [code.value for code in Code]


def test_every_explanation_has_meaning_cause_and_remedy() -> None:
    for row in findings():
        assert len(row) == 4, row
        assert all(row), row
        assert len(set(row)) == 4, row


@pytest.mark.parametrize("page", [*DOCS, ROOT / "README.md", ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_no_link_leads_nowhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_glossary_names_what_the_code_has() -> None:
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    code = "\n".join(path.read_text(encoding="utf-8").casefold() for path in (ROOT / "src").rglob("*.py"))
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ") and "English in code" not in line]
    words = {word for row in rows for word in re.findall(r"[a-z]+", row[2].casefold())}
    assert len(words) > 40
    assert {word for word in words if word not in code} == set()
