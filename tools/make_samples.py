"""Writes the sample inputs again, byte for byte: python tools/make_samples.py [FOLDER].

Every figure is made up and every file says 示例数据; only 盘锦市's published table is real and is not touched here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from samples import (
    changji,
    changji_cases,
    jiayuguan,
    kashi,
    openness,
    reform,
    story,
    xinjiang_assessment,
    xinjiang_targets,
)

HERE = Path(__file__).resolve().parent.parent
Files = Iterator[tuple[str, bytes]]
SOURCES: tuple[tuple[str, Sequence[str], Callable[[str], Files]], ...] = (
    ("昌吉市", (story.BASE, *story.MONTHS), changji.files),
    ("昌吉市", (openness.MONTH,), lambda _: openness.files()),
    ("昌吉市", reform.MONTHS, reform.files),
    ("昌吉市", (changji_cases.MONTH,), lambda _: changji_cases.files()),
    ("嘉峪关市", story.MONTHS[-1:], lambda _: jiayuguan.files()),
    ("喀什地区", tuple(kashi.LOOKED), kashi.files),
    ("新疆维吾尔自治区", xinjiang_assessment.MONTHS, xinjiang_assessment.files),
    ("新疆维吾尔自治区", xinjiang_targets.MONTHS, xinjiang_targets.files),
)
"""Whose files, of which months, and what makes them."""


def samples() -> Files:
    """Path below inputs/ and content of every sample file."""
    for jurisdiction, months, files in SOURCES:
        for month in months:
            for name, content in files(month):
                yield f"{month}/{jurisdiction}/{name}", content


def main(folder: Path) -> None:
    """Write all sample files below the folder."""
    for name, content in samples():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{len(content):>8,}  {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "inputs")
