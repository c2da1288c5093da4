"""Opens a Word file with rare names in LibreOffice: each is shown by a font that the file names for it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import documents
import pdfplumber
import pytest
from font_files import FANDOL, ROOT, renamed

from tongbao.outputs.fonts import resolve
from tongbao.outputs.fonts.office import Faces, faces_of
from tongbao.outputs.word import write
from tongbao.reports.document import Document, Heading, Paragraph, Run

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.xdist_group("libreoffice"),
]

NAMES = "堃喆镕玥祎翀昉旸曌赟垟埗䶮㐂𠮷"


def fontconfig(folder: Path, faces: Faces) -> Path:
    """A machine that knows from the file's alternates alone what is alike: LibreOffice itself does not read them."""
    fonts = (*faces.roles.values(), *faces.spares)
    aliases = "".join(
        f'<alias binding="same"><family>{font.name}</family><prefer>'
        + "".join(f"<family>{name}</family>" for name in font.alternates)
        + "</prefer></alias>"
        for font in fonts
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts</dir><dir>{folder}</dir><cachedir>{folder / 'cache'}</cachedir>"
        f"{aliases}</fontconfig>",
        "utf-8",
    )
    return path


def document() -> Document:
    blocks = (
        Heading(1, "一、", f"黑体{NAMES}"),
        Paragraph((Run(f"仿宋{NAMES}"),)),
        Paragraph((Run(f"楷体{NAMES}", role="楷体"),)),
    )
    base = replace(documents.notice(rows=1), blocks=blocks, attachments=())
    return replace(base, title_lines=("关于李堃和𠮷某的通报",))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("names")
    # The office's own 仿宋 is installed on the reader's machine too.
    renamed(FANDOL / "FandolFang-Regular.otf", folder / "pack" / "fonts" / "仿宋.otf", "CountyFang", chinese="县府仿宋")
    own = resolve(ROOT, [folder / "pack"]).own
    (folder / "names.docx").write_bytes(write(document(), own))
    subprocess.run(
        [
            str(shutil.which("soffice")),
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "names.docx")),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig(folder, faces_of(own))), "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=180,
    )
    with pdfplumber.open(io.BytesIO((folder / "names.pdf").read_bytes())) as pdf:
        yield pdf.pages[0]


def shown(page: Any, lead: str) -> dict[str, str]:
    """The characters behind a word with the font that shows each."""
    characters = [one for one in page.chars if one["text"].strip()]
    start = "".join(one["text"] for one in characters).index(lead) + len(lead)
    return {one["text"]: one["fontname"].partition("+")[2] for one in characters[start : start + len(NAMES)]}


def test_every_name_is_read_back_and_shown_by_a_real_font(page: Any) -> None:
    for lead in ("黑体", "仿宋", "楷体"):
        assert "".join(shown(page, lead)) == NAMES


def test_rare_names_are_shown_by_what_the_file_names_for_them(page: Any) -> None:
    fang = shown(page, "仿宋")
    assert {fang[name] for name in "堃喆䶮㐂"} == {"LXGWWenKai-Light"}
    assert fang["𠮷"] == "LXGWWenKai-Regular"
    hei = shown(page, "黑体")
    # All faces of the collection share one table of outlines, which bears the name of the first.
    assert {hei[name].partition("jp-")[0] for name in "堃喆䶮㐂"} == {"NotoSansCJK"}


def test_own_font_of_the_office_shows_the_text(page: Any) -> None:
    # Only the office's file has these outlines here; they keep the name that their first maker gave them.
    font = next(one["fontname"] for one in page.chars if one["text"] == "仿")
    assert font.endswith("FandolFang-Regular")
