"""Finds the exports of a 案卷表 and makes each readable for DuckDB: its kind, its encoding, where its columns are."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.cases.definition import CaseTable, RecordColumn
from tongbao.inputs.cases.needed import needed_columns
from tongbao.inputs.cases.sheets import write_rows
from tongbao.inputs.files import Folder
from tongbao.inputs.table import SourceFile
from tongbao.inputs.text import normal, shown
from tongbao.ooxml.archive import RESAVE, Refused

MOST_BYTES = 20_000_000_000  # DuckDB reads piece by piece
_MOST_BOOK_BYTES = 100_000_000  # a workbook is unpacked whole
_CHUNK = 1 << 20
_HEAD = 1 << 18
_HEADER_WITHIN = 20  # rows
_MOST_NAMED = 40
_GLOB_SIGNS = frozenset("*?[]{}")
_BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods"})
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a text file stand.

    Attributes:
        delimiter: comma or tab.
        skip: lines before the first record.
        width: columns of the file.
        positions: of the unit, the case number and every needed column, from 0.
        first_row: the row (as Excel counts) of the first record; 0: the first column says it.
        hashed: personal data have been hashed already.
    """

    delimiter: str
    skip: int
    width: int
    positions: tuple[int, ...]
    first_row: int
    hashed: bool = False


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One export that can be read.

    Attributes:
        name: as messages show it.
        path: the file itself.
        readable: what DuckDB reads: the file, or a copy in the private folder.
        sha256: of the file itself.
        layout: for text and workbooks; None: parquet.
        encoding: of a text file.
        sheet: of a workbook.
    """

    name: str
    path: Path
    readable: Path
    sha256: str
    layout: Layout | None
    encoding: str = ""
    sheet: str = ""

    @property
    def source(self) -> SourceFile:
        """The file with its digest."""
        return SourceFile(self.name, self.sha256)


@dataclass
class Prepared:
    """The exports of one 案卷表.

    Attributes:
        needed: the record columns that have to be read.
        files: in the order of their names.
        findings: what is wrong with files that cannot be read.
    """

    needed: tuple[RecordColumn, ...]
    files: list[RecordFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def prepare(folder: Folder, table: CaseTable, private: Path, key: str, also: Iterable[str] = ()) -> Prepared:
    """Make all exports of a table readable; a file that cannot be read is a finding.

    Args:
        folder: of the jurisdiction and period.
        table: what to look for.
        private: where copies may be laid for a while.
        key: of the hashes of personal data.
        also: record columns that are needed besides.
    """
    prepared = Prepared(needed_columns(table, also))
    paths, findings = folder.find_all(table.files, MOST_BYTES)
    prepared.findings += findings
    for number, path in enumerate(paths):
        name = folder.relative(path)
        try:
            file = _File(path, name, table, prepared, private / f"案卷{number}", key).opened()
        except Refused as refused:
            place = Place(name, refused.sheet, refused.cell)
            prepared.findings.append(Finding(refused.code, refused.message, place, refused.remedy))
        except OSError as error:
            words = f"文件无法读取（{error.strerror or error}）"
            finding = Finding(Code.FILE_DAMAGED, words, Place(name), "请检查文件权限和磁盘后重试")
            prepared.findings.append(finding)
        else:
            prepared.files += [file] if file else []
    return prepared


def titles(table: CaseTable, needed: Sequence[RecordColumn]) -> tuple[str, ...]:
    """Headers in the order in which columns are loaded: unit, case number, then the rest."""
    return (table.unit, table.number, *(column.title for column in needed))


def locate(
    headers: Sequence[str], table: CaseTable, needed: Sequence[RecordColumn], name: str
) -> tuple[tuple[int, ...], list[Finding]]:
    """Where each needed header stands, and what is missing or doubtful."""
    places: dict[str, list[int]] = {}
    for index, header in enumerate(headers):
        places.setdefault(normal(header), []).append(index)
    positions: list[int] = []
    findings: list[Finding] = []
    for title in titles(table, needed):
        found = places.get(normal(title), [])
        positions.append(found[0] if found else -1)
        if not found:
            there = "、".join(f"“{shown(header)}”" for header in headers[:_MOST_NAMED] if normal(header))
            words = f"缺少列“{shown(title)}”；表头有{there}"
            findings.append(Finding(Code.COLUMN_MISSING, words, Place(name), "请补上该列，或修改数据表定义中的“表头”"))
        elif len(found) > 1:
            words = f"有{len(found)}列的表头都是“{shown(title)}”"
            findings.append(Finding(Code.COLUMN_AMBIGUOUS, words, Place(name), "请改正文件的表头，使各列不同名"))
    return tuple(positions), list(dict.fromkeys(findings))


@dataclass(frozen=True)
class _File:
    path: Path
    name: str
    table: CaseTable
    prepared: Prepared
    copy: Path  # without an ending
    key: str

    def opened(self) -> RecordFile | None:
        suffix = self.path.suffix.lower()
        if suffix == ".parquet":
            return self._parquet()
        if suffix in {".csv", ".txt", ".tsv"}:
            return self._text()
        if suffix in _BOOKS:
            return self._book()
        raise Refused(Code.FILE_DISGUISED, f"不支持扩展名“{suffix}”", "案卷请导出为 .parquet、.csv 或 .xlsx")

    def _parquet(self) -> RecordFile:
        with self.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.seek(0, io.SEEK_END)
            stream.seek(max(0, size - 4))
            if stream.read() != b"PAR1":
                raise Refused(Code.FILE_DISGUISED, "扩展名是 .parquet，内容却不是", "请重新导出该文件")
        return RecordFile(self.name, self.path, self._plain_name(".parquet"), digest, None)

    def _plain_name(self, suffix: str) -> Path:
        """The file, or a copy where its name would be taken for a pattern."""
        if not _GLOB_SIGNS & set(str(self.path)):
            return self.path
        target = self.copy.with_suffix(suffix)
        shutil.copyfile(self.path, target)
        return target

    def _text(self) -> RecordFile | None:
        digest, encoding = _digest_and_encoding(self.path)
        with self.path.open("rb") as stream:
            head = stream.read(_HEAD)
        whole = len(head) < _HEAD
        text = codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
        layout = self._layout(text)
        if layout is None:
            return None
        if encoding == "utf-8-sig":
            readable = self._plain_name(".csv")
        else:
            readable = self.copy.with_suffix(".csv")
            with (
                self.path.open("r", encoding=encoding, newline="") as old,
                readable.open("w", encoding="utf-8", newline="") as new,
            ):
                shutil.copyfileobj(old, new, _CHUNK)
        return RecordFile(self.name, self.path, readable, digest, layout, encoding)

    def _layout(self, text: str) -> Layout | None:
        line = text.partition("\n")[0]
        delimiter = "\t" if "\t" in line and "," not in line else ","
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        wanted = {normal(title) for title in titles(self.table, self.prepared.needed)}
        best: list[str] = []
        rows: Iterator[tuple[int, int, list[str]]] = (
            (number, reader.line_num, cells)
            for number, cells in zip(range(1, _HEADER_WITHIN + 1), reader, strict=False)
        )
        try:
            for number, lines, cells in rows:
                present = wanted & {normal(cell) for cell in cells}
                if {normal(self.table.unit), normal(self.table.number)} <= present:
                    positions, findings = locate(cells, self.table, self.prepared.needed, self.name)
                    self.prepared.findings += findings
                    return None if findings else Layout(delimiter, lines, len(cells), positions, number + 1)
                best = cells if len(present) > len(wanted & {normal(cell) for cell in best}) or not best else best
        except csv.Error:
            raise Refused(Code.FILE_DAMAGED, "表头所在的行引号不成对或过长", RESAVE) from None
        if not best:
            self.prepared.findings.append(Finding(Code.TABLE_EMPTY, "文件是空的", Place(self.name), "请重新导出"))
            return None
        self.prepared.findings += locate(best, self.table, self.prepared.needed, self.name)[1]
        return None

    def _book(self) -> RecordFile | None:
        if self.path.stat().st_size > _MOST_BOOK_BYTES:
            size = self.path.stat().st_size / 1e6
            words = f"工作簿有{size:.0f}MB，超出上限{_MOST_BOOK_BYTES / 1e6:.0f}MB"
            raise Refused(Code.FILE_OVERSIZED, words, "请拆分，或导出为 .csv、.parquet")
        content = self.path.read_bytes()
        target = self.copy.with_suffix(".csv")
        laid = write_rows(content, self.path.suffix, self.table, self.prepared.needed, target, self.key, self.name)
        self.prepared.findings += laid.findings
        if any(finding.severity is Severity.ERROR for finding in laid.findings):
            return None
        width = 3 + len(self.prepared.needed)
        layout = Layout(",", 0, width, tuple(range(1, width)), 0, hashed=True)
        digest = hashlib.sha256(content).hexdigest()
        return RecordFile(self.name, self.path, target, digest, layout, sheet=laid.sheet)


def _digest_and_encoding(path: Path) -> tuple[str, str]:
    """The digest of the bytes, and the first encoding in which all of them are text."""
    for encoding in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        digest = hashlib.sha256()
        is_text = True
        with path.open("rb") as stream:
            while is_text and (chunk := stream.read(_CHUNK)):
                digest.update(chunk)
                is_text = b"\0" not in chunk and _decodes(decoder, chunk, final=False)
        if is_text and _decodes(decoder, b"", final=True):
            return digest.hexdigest(), encoding
    raise Refused(
        Code.ENCODING, "文本既不是 UTF-8 也不是 GB18030 编码", "请在 Excel 或 WPS 中另存为“CSV UTF-8”或 .xlsx"
    )


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
