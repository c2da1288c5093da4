"""Every shipped definition as a workbook and back: nothing is lost, whoever saved the workbook in between."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import workspaces
from click.testing import CliRunner, Result
from openpyxl.utils import get_column_letter
from ruamel.yaml import YAML
from workspaces import REPOSITORY

from tongbao.cli import main
from tongbao.definitions import load, read_yaml
from tongbao.run.exchange import ALL_KINDS, kind_of
from tongbao.scoring.exchange import export_definition, import_definition

SHIPPED = sorted([*(REPOSITORY / "scoring").glob("*/*.yaml"), *(REPOSITORY / "reports").glob("*.yaml")])
SAMPLES = [path for path in SHIPPED if "昌吉市" in str(path)]
"""One county's: every kind of definition, and the biggest of them."""
SYSTEM = "scoring/甲县/办件评价.yaml"


def identity(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@cache
def exported(path: Path) -> bytes:
    return export_definition(path.read_bytes(), kind_of(path), path.name)


def imported(content: bytes, suffix: str = ".xlsx") -> Any:
    return import_definition(content, suffix, ALL_KINDS, f"表格{suffix}")


def same(text: str) -> str:
    """What a YAML says: keys in order, and texts; a list of one text may be written as the text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return value[0] if len(value) == 1 and isinstance(value[0], str) else [plain(item) for item in value]
        return value

    return json.dumps(plain(read_yaml(text, "")[0]), ensure_ascii=False)


def comments(text: str) -> list[str]:
    """Comment lines of a file, found without our own reader: no text of the shipped files holds “ #”."""
    return [words for line in text.splitlines() for words in line.partition("#")[2:] if "#" in line]


@pytest.mark.parametrize("path", SHIPPED, ids=identity)
def test_a_shipped_definition_comes_back_whole(path: Path) -> None:
    text = path.read_text("utf-8")
    workbook = exported(path)
    back = imported(workbook)
    assert back.kind == kind_of(path)
    assert back.loaded.value == load(path, kind_of(path).model, path.name).value
    assert same(back.content.decode()) == same(text)
    assert comments(back.content.decode()) == comments(text)
    assert export_definition(back.content, back.kind, path.name) == workbook
    ours = json.dumps(read_yaml(back.content.decode(), "")[0], ensure_ascii=False)
    other = YAML(typ="base", pure=True).load(back.content.decode())  # another reader, which knows nothing of ours
    assert json.dumps(other, ensure_ascii=False) == ours


@pytest.mark.parametrize("path", SAMPLES, ids=identity)
def test_nothing_in_a_workbook_is_a_formula_or_a_number(path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(path)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert all(cell.quotePrefix for cell in cells if cell.value[0] in "=+-@")
    with zipfile.ZipFile(io.BytesIO(exported(path))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize("path", SAMPLES, ids=identity)
def test_a_workbook_saved_by_another_library_comes_back_whole(path: Path) -> None:
    stream = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(exported(path))).save(stream)
    assert same(imported(stream.getvalue()).content.decode()) == same(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Path, bytes]:
    """Every workbook as LibreOffice saves it again."""
    folder = tmp_path_factory.mktemp("resaved")
    for number, path in enumerate(SAMPLES):
        (folder / f"{number}.xlsx").write_bytes(exported(path))
    subprocess.run(
        [
            str(shutil.which("soffice")),
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "xlsx", "--outdir", str(folder / "again")),
            *(str(path) for path in sorted(folder.glob("*.xlsx"))),
        ],
        env={**os.environ, "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {path: (folder / "again" / f"{number}.xlsx").read_bytes() for number, path in enumerate(SAMPLES)}


@pytest.mark.libreoffice
@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("path", SAMPLES, ids=identity)
def test_a_workbook_saved_by_libreoffice_comes_back_whole(path: Path, resaved: Mapping[Path, bytes]) -> None:
    back = imported(resaved[path]).content.decode()
    assert same(back) == same(path.read_text("utf-8"))
    assert comments(back) == comments(path.read_text("utf-8"))


def tongbao(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def book(workspace: Path) -> Path:
    """The county's system as a workbook."""
    assert tongbao("scheme", "export", workspace / SYSTEM, workspace / "办件.xlsx").exit_code == 0
    return workspace / "办件.xlsx"


@pytest.fixture
def change(book: Path) -> Callable[..., None]:
    """Write into cells of the workbook as a clerk would."""

    def write(sheet: str, **cells: Any) -> None:
        opened = openpyxl.load_workbook(book)
        for cell, value in cells.items():
            opened[sheet][cell] = value
        opened.save(book)

    return write


def heads(book: Path, sheet: str = "指标") -> Mapping[str, str]:
    """Column letter by name, as the two head rows have it."""
    opened = openpyxl.load_workbook(book)[sheet]
    found: dict[str, str] = {}
    group = ""
    for upper, lower in zip(opened[1], opened[2], strict=True):
        group = upper.value or (group if lower.value else "")
        found[f"{group}/{lower.value}" if lower.value else group] = get_column_letter(upper.column)
    return found


def test_what_a_clerk_changes_in_excel_is_what_the_definition_says(
    workspace: Path, book: Path, change: Callable[..., None]
) -> None:
    column = heads(book)
    change("指标", **{f"{column['分值']}3": 3, f"{column['分值']}4": 7, f"{column['批注']}4": "加大权重"})
    result = tongbao("scheme", "import", book, workspace / SYSTEM, "--force")
    assert result.exit_code == 0, result.output
    text = (workspace / SYSTEM).read_text("utf-8")
    assert "  # 加大权重\n  - {名称: 满意率, 分值: 7, " in text
    assert tongbao("check", "2022-11", "-C", workspace).exit_code == 0


def test_what_check_finds_is_told_with_its_cell(workspace: Path, book: Path, change: Callable[..., None]) -> None:
    column = heads(book)
    formula = f"{column['取值/公式']}3"
    change("指标", **{f"{column['分值']}4": "5", formula: "[办件.评价数]/[办件.总亮]"})
    before = (workspace / SYSTEM).read_bytes()
    result = tongbao("scheme", "import", book, workspace / SYSTEM, "--force")
    assert result.exit_code == 3
    assert f"工作表“指标” {formula}：[办件.总亮]：表“办件”没有列“总亮”" in result.output
    assert re.search(r"工作表“基本情况” B\d+：满分写作10，各指标分值合计9", result.output)
    assert (workspace / SYSTEM).read_bytes() == before


def test_a_formula_that_cannot_be_read_is_told_with_its_cell(
    workspace: Path, book: Path, change: Callable[..., None]
) -> None:
    cell = f"{heads(book)['取值/公式']}3"
    change("指标", **{cell: "[办件.评价数]/("})
    result = tongbao("scheme", "import", book, workspace / SYSTEM, "--force")
    assert f"［公式语法错误］{book} 工作表“指标” {cell}" in result.output


def test_an_example_that_does_not_work_out_is_told_with_its_cell(
    workspace: Path, book: Path, change: Callable[..., None]
) -> None:
    # 4 × 95 ÷ 100 = 3.8, not 3.9
    column = heads(book, "算例")
    figures = "办件.评价数=95；办件.总量=100"
    change("算例", **{f"{column['指标']}3": "评价率", f"{column['输入']}3": figures, f"{column['得分']}3": "3.9"})
    result = tongbao("scheme", "import", book, workspace / SYSTEM, "--force")
    assert result.exit_code == 3
    assert "工作表“算例” A3" in result.output
    assert "3.8" in result.output


def test_nothing_is_overwritten_without_being_asked(workspace: Path, book: Path) -> None:
    target = workspace / SYSTEM
    before = target.read_bytes(), book.read_bytes()
    for words in (("export", target, book), ("import", book, target)):
        result = tongbao("scheme", *words)
        assert result.exit_code == 2
        assert "--force" in result.output
    assert (target.read_bytes(), book.read_bytes()) == before
    assert not list(workspace.rglob("*.staging"))


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("scoring/甲县/单位名录.yaml", "不能写成 单位名录.yaml"),
        ("reports/办件评价.yaml", "不能写进 reports/"),
        ("scoring/甲县/办件评价.xlsx", "应以 .yaml 结尾"),
    ],
)
def test_a_workbook_goes_only_where_its_kind_belongs(workspace: Path, book: Path, target: str, told: str) -> None:
    result = tongbao("scheme", "import", book, workspace / target, "--force")
    assert result.exit_code == 2
    assert told in result.output


def test_away_from_a_jurisdiction_it_says_what_was_not_checked(tmp_path: Path, book: Path) -> None:
    result = tongbao("scheme", "import", book, tmp_path / "别处.yaml")
    assert result.exit_code == 0
    assert "没有核对公式所指的表、单位和算例" in result.output
    assert (tmp_path / "别处.yaml").exists()


def test_a_definition_with_mistakes_is_not_exported(workspace: Path) -> None:
    workspaces.replaced(workspace, SYSTEM, "满分: 10", "满份: 10")
    result = tongbao("scheme", "export", workspace / SYSTEM, workspace / "办件.xlsx")
    assert result.exit_code == 3
    assert "不认识键“满份”" in result.output
    assert not (workspace / "办件.xlsx").exists()


def test_the_exchange_speaks_json(workspace: Path) -> None:
    target = workspace / "名录.xlsx"
    told = json.loads(tongbao("scheme", "export", workspace / "scoring/甲县/单位名录.yaml", target, "--json").stdout)
    assert told == {"kind": "单位名录", "file": target.as_posix(), "findings": []}


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def test_the_clock_leaves_no_trace(book: Path) -> None:
    properties = dict(unpacked(book.read_bytes()))["docProps/core.xml"].decode()
    assert properties.count("2000-01-01T00:00:00Z") == 2
