"""What a font's maker does not allow is not done, and told with the file and what to do."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import documents
import pytest
from font_files import FANDOL, ROOT, renamed

from tongbao.errors import Code, Severity
from tongbao.outputs.fonts import resolve
from tongbao.outputs.pdf.embedded import embedded_families
from tongbao.outputs.weasyprint import WeasyPrintEngine


def pack(folder: Path, permission: int) -> Path:
    """A template pack that brings 县仿宋 with this OS/2 fsType."""
    renamed(FANDOL / "FandolKai-Regular.otf", folder / "fonts" / "县仿宋.otf", "CountyFang", permission=permission)
    return folder


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (0x0002, "授权不许嵌入"),
        (0x0100, "授权不许只嵌入部分字符"),
        (0x0108, "授权不许只嵌入部分字符"),
        (0x0200, "授权只许嵌入点阵"),
        (0x0302, "授权不许嵌入"),
    ],
)
def test_font_that_must_not_be_embedded_is_told_and_replaced_in_the_pdf(
    permission: int, words: str, tmp_path: Path
) -> None:
    fonts = resolve(ROOT, [pack(tmp_path, permission)])
    (finding,) = fonts.findings
    assert (finding.code, finding.severity) == (Code.FONT_NOT_EMBEDDABLE, Severity.WARNING)
    assert (
        f"仿宋字体 CountyFang {words}（fsType 0x{permission:04X}），PDF 的仿宋改用 FandolFang-Regular"
        == finding.message
    )
    assert finding.place.file == str(tmp_path / "fonts" / "县仿宋.otf")
    assert fonts.roles["仿宋"][0].name == "FandolFang-Regular"
    assert fonts.own["仿宋"].name == "CountyFang"


@pytest.mark.parametrize("permission", [0x0000, 0x0004, 0x0008, 0x000A, 0x0006])
def test_font_that_may_be_embedded_is_used(permission: int, tmp_path: Path) -> None:
    # Of several usage bits, as old fonts have them, the least restrictive counts.
    fonts = resolve(ROOT, [pack(tmp_path, permission)])
    assert fonts.findings == ()
    assert fonts.roles["仿宋"][0].name == "CountyFang"


def test_pdf_holds_the_allowed_font_and_never_the_forbidden_one(tmp_path: Path) -> None:
    document = dataclasses.replace(documents.notice(rows=1, paragraphs=1), attachments=())
    held = {
        permission: embedded_families(
            WeasyPrintEngine(resolve(ROOT, [pack(tmp_path / str(permission), permission)])).render(document)
        )
        for permission in (0x0008, 0x0002)
    }
    assert "TB-CountyFang" in held[0x0008]
    assert "TB-CountyFang" not in held[0x0002]
    assert "TB-FandolFang-Regular" in held[0x0002]


def test_role_whose_only_font_is_forbidden_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found = resolve(tmp_path, [pack(tmp_path, 0x0002)], system=[])
    told = [(finding.code, finding.severity) for finding in found.findings if "仿宋" in finding.message]
    assert told == [(Code.FONT_NOT_EMBEDDABLE, Severity.WARNING), (Code.FONT_MISSING, Severity.ERROR)]


def test_manifest_knows_the_font_that_only_word_names(tmp_path: Path) -> None:
    assert "县仿宋.otf" in resolve(ROOT, [pack(tmp_path, 0x0002)]).digests
