"""The letterheads that the documentation shows make documents as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tongbao.definitions import read_yaml, validated
from tongbao.errors import Severity
from tongbao.reports.definition import Report
from tongbao.reports.letterhead import check_letterhead
from tongbao.templates.pack import load_pack

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "reports" / "昌吉市政务服务月度通报.yaml"


def examples() -> list[str]:
    section = (
        (ROOT / "docs" / "definitions.md").read_text("utf-8").partition("### 版头")[2].partition("\n拟议的每一条")[0]
    )
    return re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)


def test_there_is_one_for_every_layout() -> None:
    text = "".join(examples())
    for words in ("联合发文", "签发人", "密级和保密期限", "格式: 纪要", "格式: 信函", "签名章", "附注"):
        assert words in text


@pytest.mark.parametrize("example", examples(), ids=range(len(examples())))
def test_it_stands_in_a_shipped_report_without_a_finding(example: str) -> None:
    shipped, _ = read_yaml(SHIPPED.read_text("utf-8"), SHIPPED.name)
    shown, positions = read_yaml(example, "docs/definitions.md")
    report = validated(shipped | shown, Report, positions, b"")
    findings = check_letterhead(report, load_pack(ROOT, report.value.pack))
    assert [finding for finding in findings if finding.severity is not Severity.REMARK] == []
