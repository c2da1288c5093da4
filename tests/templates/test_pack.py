from __future__ import annotations

from pathlib import Path

import pytest

from tongbao.errors import Code, InvalidError
from tongbao.templates.pack import load_pack


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    base = tmp_path / "templates" / "base"
    base.mkdir(parents=True)
    (base / "通报.html").write_text("<p>基础</p>", encoding="utf-8")
    (base / "版式.yaml").write_text('样式: {标志字号: 40, 红色: "#FF0000"}\n', encoding="utf-8")
    (tmp_path / "templates" / "甲县").mkdir()
    return tmp_path


def findings_of(workspace: Path, name: str = "甲县") -> list[tuple[Code, str]]:
    with pytest.raises(InvalidError) as caught:
        load_pack(workspace, name)
    return [(finding.code, str(finding)) for finding in caught.value.findings]


def test_county_tokens_lie_over_the_base(workspace: Path) -> None:
    (workspace / "templates/甲县/版式.yaml").write_text(
        "版头: {署名: 甲县人民政府办公室}\n样式: {标志字号: 36}\n", encoding="utf-8"
    )
    pack = load_pack(workspace, "甲县")
    assert pack.style.mark_size == 36
    assert pack.style.red == "#FF0000"
    assert pack.letterhead.organ == "甲县人民政府办公室"


def test_unknown_pack_names_those_there_are(workspace: Path) -> None:
    [(code, text)] = findings_of(workspace, "乙县")
    assert code is Code.TEMPLATE_MISSING
    assert "base" in text
    assert "甲县" in text


def test_file_that_overrides_nothing_is_an_error(workspace: Path) -> None:
    (workspace / "templates/甲县/通抱.html").write_text("<p>", encoding="utf-8")
    [(code, text)] = findings_of(workspace)
    assert code is Code.TEMPLATE_OVERRIDE
    assert "templates/甲县/通抱.html" in text
    assert "通报.html" in text


def test_links_out_of_the_pack_are_refused(workspace: Path) -> None:
    (workspace / "secret").write_text("secret", encoding="utf-8")
    (workspace / "templates/甲县/通报.html").symlink_to(workspace / "secret")
    [(code, text)] = findings_of(workspace)
    assert code is Code.FILE_UNSAFE
    assert "templates/甲县/通报.html" in text


def test_fonts_of_the_office_override_nothing_and_are_fine(workspace: Path) -> None:
    (workspace / "templates/甲县/fonts").mkdir()
    (workspace / "templates/甲县/fonts/office.ttf").write_bytes(b"")
    assert load_pack(workspace, "甲县").font_folders == (workspace / "templates/甲县",)


@pytest.mark.parametrize(
    ("yaml", "code", "line"),
    [
        ("样式:\n  标志字号: 40\n  颜色: 红\n", Code.KEY_UNKNOWN, 3),
        ("样式:\n  红色: red\n", Code.VALUE_INVALID, 2),
        ("样式:\n  标志字号: 四十\n", Code.VALUE_INVALID, 2),
        ("版头:\n  署名: 甲\n  印章: 无\n", Code.KEY_UNKNOWN, 3),
        ("样式: {标志字号: 40\n", Code.YAML_SYNTAX, 2),
    ],
)
def test_slips_in_the_layout_are_told_with_their_line(workspace: Path, yaml: str, code: Code, line: int) -> None:
    (workspace / "templates/甲县/版式.yaml").write_text(yaml, encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        load_pack(workspace, "甲县")
    [finding] = caught.value.findings
    assert finding.code is code
    assert finding.place.file == "templates/甲县/版式.yaml"
    assert finding.place.line == line
