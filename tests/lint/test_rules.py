"""The rules as data: complete, told apart, and the same in the documentation."""

from __future__ import annotations

import json
import re
from pathlib import Path

import test_pdf_faults
import test_word_faults
from click.testing import CliRunner

from tongbao.cli import main
from tongbao.lint.checks import RULES
from tongbao.lint.measured import Format

DOC = Path(__file__).parents[2] / "docs/lint.md"


def test_every_rule_says_what_is_right_and_what_to_do() -> None:
    assert len(RULES) > 90
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"(GW-[\d.]+-\d+|(BD|SZ|ZF|WJ)-\d+)", rule.id), rule.id
        assert rule.title
        assert rule.remedy
        assert rule.formats


def test_the_documentation_lists_the_rules_of_the_code() -> None:
    rows = re.findall(r"^\| ((?:GW|BD|SZ|ZF|WJ)-.*) \|$", DOC.read_text("utf-8"), re.MULTILINE)
    assert rows == [
        f"{rule.id} | {rule.clause} | {rule.weight.shown} | {'、'.join(sorted(rule.formats))} | {rule.title}"
        for rule in RULES
    ]


def test_rules_are_listed_by_the_command() -> None:
    shown = CliRunner().invoke(main, ["lint", "--rules"])
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) == len(RULES)
    data = json.loads(CliRunner().invoke(main, ["lint", "--rules", "--json"]).output)
    assert data[0] == {
        "id": "GW-5.1-1",
        "clause": "5.1",
        "severity": "fail",
        "right": "用纸为 A4（210mm×297mm）",
        "remedy": "请把纸张改为 A4",
        "formats": ["docx", "pdf"],
    }


def test_every_rule_has_a_fault_that_it_alone_finds_in_every_format_that_shows_it() -> None:
    told = {
        Format.WORD: {rule for rule, _ in test_word_faults.FAULTS},
        Format.PDF: {rule for rule, _ in (*test_pdf_faults.FAULTS, *test_pdf_faults.LETTERS)} | {"WJ-1", "WJ-4"},
    }
    assert {(rule.id, form) for rule in RULES for form in rule.formats if rule.id not in told[form]} == set()
