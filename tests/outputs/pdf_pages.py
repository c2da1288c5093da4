"""Measures finished PDF pages: lines of characters, ink, rules."""

from __future__ import annotations

import io
import subprocess
from collections import defaultdict
from typing import Any

import pdfplumber
from PIL import Image, ImageChops

MM = 25.4 / 72


def lines(page: Any) -> list[list[dict[str, Any]]]:
    """The characters line by line, by their baselines, from the top."""
    rows: dict[float, list[dict[str, Any]]] = defaultdict(list)
    for character in page.chars:
        rows[round(float(page.height) - character["matrix"][5], 0)].append(character)
    return [rows[y] for y in sorted(rows)]


def text(row: list[dict[str, Any]]) -> str:
    return "".join(character["text"] for character in row)


def printed(content: bytes) -> list[str]:
    """The text of every page, in the order of reading, without white space."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return ["".join("".join(c["text"] for c in page.chars).split()) for page in pdf.pages]


def ink(content: bytes, page: int, box: tuple[float, float, float, float], *, red: bool = False) -> list[float]:
    """Left, top, right, bottom in mm of what is printed inside a box of a page."""
    command = ["pdftoppm", "-r", "254", "-png", "-f", str(page), "-l", str(page), "-"]
    picture = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    left, top, right, bottom = (round(value * 10) for value in box)
    part = Image.open(io.BytesIO(picture)).convert("RGB").crop((left, top, right, bottom))
    strength = (
        ImageChops.invert(ImageChops.subtract(part.getchannel("R"), part.getchannel("G"))) if red else part.convert("L")
    )
    bounds = strength.point(lambda value: 255 if value < 170 else 0).getbbox()
    assert bounds, "nothing is printed there"
    return [(bounds[0] + left) / 10, (bounds[1] + top) / 10, (bounds[2] + left) / 10, (bounds[3] + top) / 10]
