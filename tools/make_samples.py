"""Writes the sample inputs again, byte for byte: python tools/make_samples.py [FOLDER].

Every figure is made up and every file says 示例数据; only 盘锦市's published table is real and is not touched here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from samples import changji, changji_cases, jiayuguan, openness, reform, story, xinjiang_assessment, xinjiang_targets

HERE = Path(__file__).resolve().parent.parent


def samples() -> Iterator[tuple[str, bytes]]:
    """Path below inputs/ and content of every sample file."""
    for month in (story.BASE, *story.MONTHS):
        for name, content in changji.files(month):
            yield f"{month}/昌吉市/{name}", content
    for name, content in openness.files():
        yield f"{openness.MONTH}/昌吉市/{name}", content
    for name, content in changji_cases.files():
        yield f"{changji_cases.MONTH}/昌吉市/{name}", content
    for month in reform.MONTHS:
        for name, content in reform.files(month):
            yield f"{month}/昌吉市/{name}", content
    for name, content in jiayuguan.files():
        yield f"{story.MONTHS[-1]}/嘉峪关市/{name}", content
    for month in xinjiang_assessment.MONTHS:
        for name, content in xinjiang_assessment.files(month):
            yield f"{month}/新疆维吾尔自治区/{name}", content
    for month in xinjiang_targets.MONTHS:
        for name, content in xinjiang_targets.files(month):
            yield f"{month}/新疆维吾尔自治区/{name}", content


def main(folder: Path) -> None:
    """Write all sample files below the folder."""
    for name, content in samples():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{len(content):>8,}  {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "inputs")
