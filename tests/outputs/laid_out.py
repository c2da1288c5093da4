"""Word files laid out by LibreOffice, and what can be measured on their pages."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfplumber

from tongbao.outputs.fonts.find import own_folders
from tongbao.outputs.word import write
from tongbao.reports.document import Document

MM = 25.4 / 72
FONTS = {
    "仿宋_GB2312": ("FandolFang R", "regular"),
    "楷体_GB2312": ("FandolKai", "regular"),
    "黑体": ("Noto Sans CJK SC", "regular"),
    "宋体": ("FandolSong", "regular"),
    "方正小标宋简体": ("Noto Serif CJK SC", "bold"),
}

Page = Any


def fontconfig(folder: Path) -> Path:
    """The fonts of the standard stand for ones that are free; nothing else of the machine's settings counts."""
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit>'
        f'<edit name="weight" mode="assign" binding="strong"><const>{weight}</const></edit></match>'
        for name, (family, weight) in FONTS.items()
    )
    own = own_folders(folder)[-1]
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts</dir><dir>{own}</dir><cachedir>{folder / 'cache'}</cachedir>"
        f"{matches}</fontconfig>",
        "utf-8",
    )
    return path


@contextmanager
def laid_out(folder: Path, documents: Mapping[str, Document]) -> Iterator[Mapping[str, list[Page]]]:
    """Write documents as Word files and let LibreOffice lay all of them out at once."""
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(write(document))
    subprocess.run(
        [
            str(shutil.which("soffice")),
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
            *(str(path) for path in sorted(folder.glob("*.docx"))),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig(folder)), "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=180,
    )
    opened = {path.stem: pdfplumber.open(io.BytesIO(path.read_bytes())) for path in folder.glob("*.pdf")}
    assert set(opened) == set(documents)
    yield {name: pdf.pages for name, pdf in opened.items()}
    for pdf in opened.values():
        pdf.close()


def characters(page: Page, text: str = "") -> list[dict[str, Any]]:
    return [one for one in page.chars if one["text"].strip() and (not text or one["text"] == text)]


def rules(page: Page) -> list[dict[str, Any]]:
    """Horizontal lines of the width of 版心, from the top."""
    drawn = [one for one in (*page.lines, *page.rects) if (one["x1"] - one["x0"]) * MM > 150 and one["height"] * MM < 1]
    return sorted(drawn, key=lambda one: one["top"])


def ink(page: Page, wanted: Any) -> list[int]:
    """Rows of the page, in tenths of a millimetre, where a colour is seen."""
    picture = page.to_image(resolution=254).original.convert("RGB")
    width, height = picture.size
    dots = picture.load()
    return [row for row in range(height) if any(wanted(dots[column, row]) for column in range(0, width, 2))]


def red(dot: tuple[int, int, int]) -> bool:
    return dot[0] > 150 and dot[1] < 90


def starts(rows: list[int]) -> list[tuple[int, int]]:
    """Join neighbouring rows into bands."""
    bands = [[rows[0], rows[0]]]
    for row in rows[1:]:
        if row - bands[-1][1] > 3:
            bands.append([row, row])
        bands[-1][1] = row
    return [(first, last) for first, last in bands]


def number_of(page: Page) -> list[dict[str, Any]]:
    return [one for one in page.chars if one["fontname"].endswith("FandolSong-Regular") and one["text"].strip()]
