"""Reading a workbook of 100,000 rows with every error cell found, against openpyxl reading the same file."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row, faster, median_time

ROWS = 100_000
COLUMNS = 12
ROUNDS = 3
AT_LEAST = 4.0  # times as fast as openpyxl
_EVERY = 9_973  # so many rows from one error cell to the next
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def measure() -> list[Row]:
    """Race both over the same file; openpyxl runs once, it takes long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "大表.xlsx"
        expected = write_sample(path)
        found: list[int] = []
        ours = median_time([lambda: found.append(count_ours(path))] * ROUNDS)
        peer = median_time([lambda: found.append(count_peer(path))])
    if set(found) != {expected}:
        raise AssertionError(f"{expected} error cells were written, {found} were found")
    name = f"读 {ROWS // 10_000} 万行 × {COLUMNS} 列 .xlsx，找出公式错误"
    note = f"{expected} 个错误单元格，对照为 openpyxl 只读方式"
    return [faster(name, ours, peer, at_least=AT_LEAST, note=note)]


def count_ours(path: Path) -> int:
    """Read every value, error, percent format and hidden row as `read_tables` does; the number of error cells."""
    from tongbao.inputs.formats import open_workbook

    book = open_workbook(path.read_bytes(), path.suffix)
    sheet = book.load(book.names[0])
    if len(sheet.rows) != ROWS:
        raise AssertionError(len(sheet.rows))
    return len(sheet.errors)


def count_peer(path: Path) -> int:
    """Read every cell with openpyxl; the number of error cells."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    errors = sum(cell.data_type == "e" for row in book.worksheets[0].iter_rows() for cell in row)
    book.close()
    return errors


def write_sample(path: Path) -> int:
    """Write the workbook as Excel would, with shared strings, percentages and formulas; the number of error cells."""
    units = "".join(f"<si><t>单位{number}</t></si>" for number in range(200))
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_CONTENT}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
        )
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{_relation("r1", "officeDocument", "xl/workbook.xml")}'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
        '<sheet name="数据" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f"{_relation('r1', 'worksheet', 'worksheets/sheet1.xml')}{_relation('r2', 'styles', 'styles.xml')}"
        f"{_relation('r3', 'sharedStrings', 'sharedStrings.xml')}</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="10" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{units}</sst>',
    }
    errors = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part, io.TextIOWrapper(part, encoding="utf-8") as stream:
            stream.write(f'<worksheet xmlns="{_MAIN}"><sheetData>')
            for row in _rows():
                errors += 't="e"' in row
                stream.write(row)
            stream.write("</sheetData></worksheet>")
    return errors


def _rows() -> Iterator[str]:
    chance = random.Random(2022)  # noqa: S311  # figures, not secrets
    for row in range(1, ROWS + 1):
        cells = [f'<c r="A{row}" t="s"><v>{row % 200}</v></c>']
        cells += [f'<c r="{letter}{row}"><v>{chance.randrange(100_000)}</v></c>' for letter in "BCDEFG"]
        cells += [f'<c r="{letter}{row}"><v>{chance.random() * 1000!r}</v></c>' for letter in "HIJ"]
        cells.append(f'<c r="K{row}" s="1"><v>{chance.random()!r}</v></c>')
        broken = row % _EVERY == 0
        cells.append(
            f'<c r="L{row}" t="e"><f>B{row}/0</f><v>#DIV/0!</v></c>' if broken else f'<c r="L{row}"><v>1</v></c>'
        )
        yield f'<row r="{row}">{"".join(cells)}</row>'


def _relation(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'


if __name__ == "__main__":
    for measured in measure():
        print(measured)
