"""Documents of others get the findings that a person would give: python-docx by hand, LibreOffice's conversions."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import foreign_files
import pytest

from tongbao.lint import lint

# What somebody who knows the standard marks on the clerk's notice, in the order of the standard.
CLERK = [
    ("GW-5.2.1-1", "天头25.4mm"),
    ("GW-5.2.1-2", "订口31.7mm"),
    ("GW-5.2.1-3", "版心146.6mm×246.2mm"),
    ("GW-5.2.3-1", "按正文行距，每面29行"),
    ("GW-7.2.4-3", "上边缘至版心上边缘3.1mm"),
    ("GW-7.2.4-5", "标志回行"),  # 12 characters of 36 points are wider than 146.6 mm
    ("GW-7.2.5-1", "“昌市政办发[2022]第07号”"),
    ("GW-7.2.5-2", "空0.3行"),
    ("GW-7.2.7-1", "距发文字号1.7mm"),
    ("GW-7.3.1-1", "小二（18磅）黑体"),
    ("GW-7.3.1-3", "空0.3行"),
    ("GW-7.3.1-7", "末尾为“。”"),
    ("GW-7.3.2-2", "末尾为“:”"),
    ("GW-7.3.2-3", "空0.2行"),
    ("GW-7.3.3-4", "段落没有设为两端对齐"),
    ("GW-7.3.3-5", "“1.”层为宋体"),
    ("BD-1", "写成“1、”"),
    ("GW-7.3.3-6", "在“一、”之下直接用“1.”"),
    ("GW-7.3.3-7", "“2”前面没有序数"),
    ("GW-7.3.3-7", "“四”前面是“二”"),
    ("GW-7.3.3-7", "“3”前面没有序数"),
    ("GW-7.3.4-1", "空0.2行"),
    ("GW-7.3.4-2", "“附件”后不是全角冒号"),
    ("GW-7.3.4-3", "末尾为“。”"),
    ("GW-7.3.5.4-1", "“2022年12月09日”"),
    ("GW-7.3.5-1", "日期右空0.0字，署名右空0.0字"),
    ("GW-7.5-6", "未见页码"),
    ("WJ-2", "文件属性中没有标题"),
    ("WJ-6", "样式为“Normal”"),
]
# A PDF does not know styles, but language, tags and the lines that were really printed; the margin at the top
# cannot be told on a page that begins with 版头.
ONLY_WORD = {"GW-5.2.1-1", "WJ-6"}
ONLY_PDF = {"GW-5.2.3-2", "GW-7.2.4-2", "WJ-3", "WJ-4"}


def told(content: bytes) -> list[tuple[str, str]]:
    return [(each.rule, each.measured) for each in lint(content, "通知").observations]


def test_a_clerks_notice_is_marked_as_a_person_would_mark_it() -> None:
    assert told(foreign_files.a_clerks_notice()) == CLERK


def test_an_ordinary_file_is_told_once_that_it_has_no_letterhead() -> None:
    report = lint(foreign_files.minutes_of_a_club(), "活动记录.docx")
    assert report.kind == "无版头"
    assert [each.rule for each in report.observations] == [
        "GW-5.1-1", "GW-5.2.1-1", "GW-5.2.1-2", "GW-5.2.1-3", "GW-5.2.3-1", "GW-5.2.3-2", "GW-5.2.4-1", "GW-7.2-2",
        "GW-7.3.1-1", "GW-7.3.1-2", "GW-7.3.3-2", "GW-7.3.3-3", "GW-7.3.3-4", "GW-7.5-6", "WJ-2", "WJ-5", "WJ-8",
    ]  # fmt: skip


@pytest.mark.libreoffice
def test_the_same_notice_by_way_of_odt_is_marked_the_same(tmp_path: Path) -> None:
    odt = converted(tmp_path, foreign_files.a_clerks_notice(), "docx", "odt")
    assert told(converted(tmp_path, odt, "odt", "docx")) == CLERK


@pytest.mark.libreoffice
def test_its_pdf_shows_the_same_faults_where_a_page_can_show_them(tmp_path: Path) -> None:
    rules = {rule for rule, _ in told(converted(tmp_path, foreign_files.a_clerks_notice(), "docx", "pdf"))}
    assert rules - ONLY_PDF == {rule for rule, _ in CLERK} - ONLY_WORD


def converted(folder: Path, content: bytes, before: str, after: str) -> bytes:
    """What LibreOffice makes of a file, with a profile of its own."""
    program = shutil.which("soffice")
    assert program
    source = folder / f"in.{before}"
    source.write_bytes(content)
    out = folder / f"to-{after}"
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", after]
    run = [*command, "--outdir", str(out), str(source)]
    subprocess.run(run, check=True, capture_output=True, timeout=240, env={**os.environ, "HOME": str(folder)})
    return (out / f"in.{after}").read_bytes()
