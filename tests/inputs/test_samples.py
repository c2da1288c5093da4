"""The committed sample inputs are exactly what the generator makes, and none of them can be taken for real."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = "示例数据"


def make(folder: Path) -> Path:
    command = [sys.executable, str(ROOT / "tools" / "make_samples.py"), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("samples"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def unzipped(content: bytes) -> dict[str, bytes]:
    """Parts by name: another zlib may pack the same parts into other bytes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def texts_of(name: str, content: bytes) -> list[str]:
    """The text of every sheet."""
    if name.endswith(".xlsx"):
        parts = unzipped(content)
        return [unescape(part.decode()) for path, part in parts.items() if path.startswith("xl/worksheets/sheet")]
    if name.endswith(".xls"):
        return [content.decode("utf-16-le", "ignore") + content[1:].decode("utf-16-le", "ignore")]
    return [content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030")]


def is_generated(name: str) -> bool:
    return "/盘锦市/" not in name and not name.endswith(".md")


def test_the_committed_files_are_what_the_generator_makes(made: Path) -> None:
    committed = {name: content for name, content in files(ROOT / "inputs").items() if is_generated(name)}
    again = files(made)
    assert committed.keys() == again.keys()
    for name, content in committed.items():
        if name.endswith(".xlsx"):
            assert unzipped(content) == unzipped(again[name]), name
        else:
            assert content == again[name], name


def test_a_second_run_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    assert files(make(tmp_path)) == files(made)


def test_no_archive_remembers_the_clock(made: Path) -> None:
    for path in made.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}, path
            assert archive.read("docProps/core.xml").count(b"2022-12-01T09:00:00Z") == 2, path


def test_every_sheet_of_every_generated_file_says_that_it_is_a_sample(made: Path) -> None:
    for name, content in files(made).items():
        texts = texts_of(name, content)
        assert texts, name
        for text in texts:
            assert SAMPLE in text, name


def test_the_samples_are_what_offices_send() -> None:
    month = ROOT / "inputs" / "2022-11" / "昌吉市"
    names = sorted(path.name for path in month.iterdir() if path.is_file())
    assert 6 <= len(names) <= 12
    assert sum(name.endswith(".xls") for name in names) == 1
    with pytest.raises(UnicodeDecodeError):
        (month / "业务抽查.csv").read_text("gbk")  # 㐂 is in GB18030 only
    assert "㐂" in (month / "业务抽查.csv").read_text("gb18030")


def test_headers_of_three_rows_are_merged() -> None:
    from openpyxl import load_workbook

    book = load_workbook(ROOT / "inputs" / "2022-11" / "昌吉市" / "办事指南抽查.xlsx")
    sheet = book.worksheets[0]
    assert [sheet.cell(row, 4).value for row in (3, 4, 5)] == ["基本信息", "法定办结时限", "抽查"]
    assert {"D3:Q3", "D4:E4", "B3:B5"} <= {str(merged) for merged in sheet.merged_cells.ranges}


def test_the_published_table_is_copied_unchanged() -> None:
    table = (ROOT / "inputs" / "2022-11" / "盘锦市" / "盘锦市-12345热线-2023年1-4月-县区.csv").read_text("utf-8")
    assert "双台子区,2584,96.21%,94.01%,100.00%,100.00%,12814,97.4" in table
    assert '"辽滨沿海经济\n技术开发区",268,99.25%,97.02%,100.00%,100.00%,2026,99.00' in table


def test_the_samples_stay_small() -> None:
    assert sum(map(len, files(ROOT / "inputs").values())) < 1_000_000
