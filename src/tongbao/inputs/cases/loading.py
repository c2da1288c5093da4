"""Brings the exports into one relation, `records`: where each record stands, its unit, its number, its typed columns.

Text and workbooks are laid into a table of the private database once; parquet is read where it lies as long as its
columns are of the declared kinds. Columns are called f0, f1 … in the order of `Prepared.needed`; w0, w1 … hold the
text of values that do not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tongbao.errors import Code, Finding, Place
from tongbao.inputs.cases.conversions import from_native, from_text, hashed, is_native, is_untidy, text_of
from tongbao.inputs.cases.database import Database, Params, quoted
from tongbao.inputs.cases.definition import CaseTable, RecordColumn, RecordKind
from tongbao.inputs.cases.files import Prepared, RecordFile, locate, titles
from tongbao.inputs.cases.identity import identity_in_sql, is_exact, whole_text
from tongbao.ooxml.archive import Refused

TYPES = {
    RecordKind.TEXT: "VARCHAR",
    RecordKind.DATE: "DATE",
    RecordKind.MOMENT: "TIMESTAMP",
    RecordKind.INTEGER: "BIGINT",
    RecordKind.DECIMAL: "DECIMAL(38, 10)",
    RecordKind.YES_NO: "VARCHAR",
}
"""What DuckDB holds each kind of column as."""
_MOST_REJECTED = 100


def load_records(database: Database, table: CaseTable, prepared: Prepared) -> list[Finding]:
    """Make `records` from all files; what cannot be read is told with file and line."""
    loader = _Loader(database, table, prepared)
    return list(loader.load())


class _Loader:
    def __init__(self, database: Database, table: CaseTable, prepared: Prepared) -> None:
        self.database = database
        self.table = table
        self.needed = prepared.needed
        self.files = prepared.files
        self.views: list[str] = []
        self.has_blanks = bool(table.blanks)

    def load(self) -> Iterator[Finding]:
        columns = [f"f{index} {TYPES[column.kind]}, w{index} VARCHAR" for index, column in enumerate(self.needed)]
        head = '"file" INTEGER, "row" BIGINT, unit VARCHAR, number VARCHAR'
        self.database.rows(f"CREATE TABLE laid ({', '.join([head, *columns])})")
        self.database.rows("CREATE TABLE blanks (word VARCHAR)")
        if self.table.blanks:
            self.database.rows("INSERT INTO blanks SELECT unnest($words)", {"words": list(self.table.blanks)})
        numbered = list(enumerate(self.files))
        texts = [(number, file) for number, file in numbered if file.layout is not None]
        for _, batch in groupby(texts, key=lambda pair: pair[1].layout):
            yield from self._lay_texts(list(batch))
        for number, file in numbered:
            if file.layout is None:
                try:
                    yield from self._parquet(number, file)
                except Refused as refused:
                    yield Finding(refused.code, refused.message, Place(file.name), refused.remedy)
        selects = [self._tidied("laid", 'coalesce("row", rowid)')]
        selects += [self._tidied(view, '"row"') for view in self.views]
        self.database.rows(f"CREATE VIEW records AS {' UNION ALL '.join(selects)}")

    def _tidied(self, source: str, position: str) -> str:
        """The records of one source, texts trimmed: words always, since each is trimmed once; numbers if needed."""
        untidy_number = is_untidy("number", blanks=self.has_blanks)
        ((untidy,),) = self.database.rows(f"SELECT bool_or({untidy_number}) FROM {source}")
        texts = ["unit", *(["number"] if untidy else [])]
        texts += [f"f{index}" for index, column in enumerate(self.needed) if _is_plain_text(column)]
        mended = {name: f"{self._text_of(name)} AS {name}" for name in texts}
        names = ["unit", "number", *(f"{letter}{index}" for index in range(len(self.needed)) for letter in "fw")]
        return f'SELECT "file", {position} AS pos, {", ".join(mended.get(name, name) for name in names)} FROM {source}'

    def _lay_texts(self, batch: Sequence[tuple[int, RecordFile]]) -> Iterator[Finding]:
        layout = batch[0][1].layout
        assert layout is not None  # noqa: S101  # only files with a layout come here
        params = Params()
        listed = params.bind([str(file.readable) for _, file in batch])
        order = params.bind([number for number, _ in batch])
        columns = params.bind({f"c{index}": "VARCHAR" for index in range(layout.width)})
        source = (
            f"read_csv({listed}, header = false, skip = {layout.skip}, auto_detect = false, columns = {columns}, "
            f"delim = {params.bind(layout.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, "
            "filename = true, store_rejects = true, rejects_limit = 0)"
        )
        row = "CAST(c0 AS BIGINT)" if layout.first_row == 0 else "NULL"
        selected = [f'{order}[list_position({listed}, filename)] AS "file"', f'{row} AS "row"']
        places = [f"c{place}" for place in layout.positions]
        selected += self._selected(places, params, hashed_before=layout.hashed)
        source = source if layout.hashed else self._with_people(source, places[2:])
        try:
            self.database.rows(f"INSERT INTO laid SELECT {', '.join(selected)} FROM {source}", params)
        except Refused as refused:
            yield Finding(refused.code, refused.message, self._place(batch), refused.remedy)
            return
        yield from self._rejected({str(file.readable): file for _, file in batch})

    def _selected(self, sources: Sequence[str], params: Params, *, hashed_before: bool) -> list[str]:
        """Unit, number and the needed columns out of text columns."""
        unit, number, *rest = sources
        selected = [f"{unit} AS unit", f"{number} AS number"]
        for index, (column, source) in enumerate(zip(self.needed, rest, strict=True)):
            if column.personal:
                value = self._text_of(source) if hashed_before else self._hashed(index, params)
            else:
                value = from_text(column.kind, source, blanks=self.has_blanks)
            selected += [f"{value} AS f{index}", f"{self._leftover(column, value, source)} AS w{index}"]
        return selected

    def _with_people(self, source: str, texts: Sequence[str]) -> str:
        """What is read from, with a column more for every personal datum, written as everybody writes it.

        What stands for blank is told before and after. It goes step by step: in one expression every step would
        write out the one before it several times.
        """
        people = [(index, texts[index]) for index, column in enumerate(self.needed) if column.personal]
        steps = (
            [f"{self._text_of(text)} AS {_person(index, 'told')}" for index, text in people],
            [f"{identity_in_sql(_person(index, 'told'))} AS {_person(index, 'same')}" for index, _ in people],
            [f"{self._text_of(_person(index, 'same'))} AS {_person(index)}" for index, _ in people],
        )
        for step in steps if people else ():
            source = f"(SELECT *, {', '.join(step)} FROM {source})"
        return source

    def _hashed(self, index: int, params: Params) -> str:
        return hashed(_person(index), params.bind(self.database.key))

    def _leftover(self, column: RecordColumn, value: str, source: str) -> str:
        """The text of a value that does not read; of personal data never anything."""
        if column.kind is RecordKind.TEXT:
            return "CAST(NULL AS VARCHAR)"
        return f"CASE WHEN {value} IS NULL THEN {self._text_of(source)} END"

    def _text_of(self, source: str) -> str:
        return text_of(source, blanks=self.has_blanks)

    def _rejected(self, files: dict[str, RecordFile]) -> Iterator[Finding]:
        """Records that are not of the table's width, or whose quotes do not close."""
        found = self.database.rows(
            "SELECT s.file_path, e.line, arg_min(e.error_type, e.column_idx) FROM reject_errors e JOIN reject_scans s "
            "USING (scan_id, file_id) GROUP BY 1, 2 ORDER BY 1, 2"
        )
        for path, line, kind in found[:_MOST_REJECTED]:
            name = files[path].name if path in files else path
            words = _REJECTED.get(kind, "这一行无法按 CSV 读取")
            yield Finding(Code.FILE_DAMAGED, words, Place(name, line=line), "请改正该行，或重新导出该文件")
        if len(found) > _MOST_REJECTED:
            path, line, _ = found[-1]
            words = f"另有{len(found) - _MOST_REJECTED}行也无法读取，最后一行在此"
            name = files[path].name if path in files else path
            yield Finding(Code.FILE_DAMAGED, words, Place(name, line=line), "请重新导出该文件")
        self.database.rows("DELETE FROM reject_errors")
        self.database.rows("DELETE FROM reject_scans")

    def _place(self, batch: Sequence[tuple[int, RecordFile]]) -> Place:
        names = [file.name for _, file in batch]
        return Place(names[0] if len(names) == 1 else f"{names[0]} 等{len(names)}个文件")

    def _parquet(self, number: int, file: RecordFile) -> Iterator[Finding]:
        params = Params()
        path = params.bind(str(file.readable))
        described = self.database.rows(
            f"DESCRIBE SELECT * FROM read_parquet({path}, hive_partitioning = false)", params
        )
        kinds = {str(name): str(kind) for name, kind, *_ in described}
        headers = list(kinds)
        positions, findings = locate(headers, self.table, self.needed, file.name)
        yield from findings
        if findings:
            return
        wanted = [headers[position] for position in positions]
        wrong = list(self._wrong_types(wanted, kinds, file))
        yield from wrong
        if wrong:
            return
        texts = [
            kinds[header] == "VARCHAR" and column.kind is not RecordKind.TEXT
            for column, header in zip(self.needed, wanted[2:], strict=True)
        ]
        in_place = not any(texts) and not any(column.personal for column in self.needed)
        if in_place:
            self._view(number, file, wanted, kinds)
        else:
            self._lay_parquet(number, file, wanted, kinds)

    def _wrong_types(self, wanted: Sequence[str], kinds: dict[str, str], file: RecordFile) -> Iterator[Finding]:
        texts = [RecordColumn.model_validate({"名称": title}) for title in titles(self.table, ())]
        for column, header in zip((*texts, *self.needed), wanted, strict=True):
            found = kinds[header]
            if found == _DOUBLE and column.personal:
                yield from self._inexact(header, file)
            elif found != "VARCHAR" and is_native(column, found) is None:
                words = f"列“{header}”应为{column.kind}，文件里的类型是 {found}"
                yield Finding(
                    Code.VALUE_INVALID, words, Place(file.name), "请改正导出的类型，或修改数据表定义中的“类型”"
                )

    def _inexact(self, header: str, file: RecordFile) -> Iterator[Finding]:
        """Personal data that were exported as floating-point numbers and are no longer what they were."""
        params = Params()
        source = f"read_parquet({params.bind(str(file.readable))}, hive_partitioning = false)"
        [(count,)] = self.database.rows(f"SELECT count(*) FROM {source} WHERE NOT {is_exact(quoted(header))}", params)
        if count:
            words = f"列“{header}”是小数类型（{_DOUBLE}），有{count}个值不是整数，或长得存不准了"
            yield Finding(Code.VALUE_INVALID, words, Place(file.name), "请把该列导出为文本")

    def _native(self, wanted: Sequence[str], kinds: dict[str, str], params: Params) -> list[str]:
        selected = [
            f"{_as_text(quoted(header), kinds[header])} AS {name}"
            for header, name in zip(wanted, ("unit", "number"), strict=False)
        ]
        for index, (column, header) in enumerate(zip(self.needed, wanted[2:], strict=True)):
            source, kind = quoted(header), kinds[header]
            if kind == "VARCHAR" or column.kind is RecordKind.TEXT:
                text = _as_text(source, kind)
                value = (
                    self._hashed(index, params)
                    if column.personal
                    else from_text(column.kind, text, blanks=self.has_blanks)
                )
                left = self._leftover(column, value, text)
            else:
                value, left = from_native(column.kind, source), "CAST(NULL AS VARCHAR)"
            selected += [f"{value} AS f{index}", f"{left} AS w{index}"]
        return selected

    def _view(self, number: int, file: RecordFile, wanted: Sequence[str], kinds: dict[str, str]) -> None:
        """Read where it lies: the path is handed over as a value, no statement names it."""
        params = Params()
        selected = self._native(wanted, kinds, params)
        relation = self.database.connection.read_parquet(
            str(file.readable), file_row_number=True, hive_partitioning=False
        )
        view = f"native{number}"
        head = [f'CAST({number} AS INTEGER) AS "file"', 'file_row_number + 1 AS "row"']
        relation.project(", ".join([*head, *selected])).create_view(view)
        self.views.append(view)

    def _lay_parquet(self, number: int, file: RecordFile, wanted: Sequence[str], kinds: dict[str, str]) -> None:
        params = Params()
        path = params.bind(str(file.readable))
        head = [str(number), "file_row_number + 1"]
        selected = [*head, *self._native(wanted, kinds, params)]
        source = f"read_parquet({path}, file_row_number = true, hive_partitioning = false)"
        texts = [
            whole_text(quoted(header)) if kinds[header] == _DOUBLE else _as_text(quoted(header), kinds[header])
            for header in wanted[2:]
        ]
        source = self._with_people(source, texts)
        self.database.rows(f"INSERT INTO laid SELECT {', '.join(selected)} FROM {source}", params)


_DOUBLE = "DOUBLE"
_REJECTED = {
    "MISSING COLUMNS": "这一行的列数比表头少",
    "TOO MANY COLUMNS": "这一行的列数比表头多",
    "UNQUOTED VALUE": "从这一行起引号不成对",
    "LINE SIZE OVER MAXIMUM": "这一行过长",
    "INVALID ENCODING": "这一行的编码有误",
}


def _person(index: int, step: str = "") -> str:
    """A column beside those of the file, whose name no file has."""
    return quoted(f"tongbao\x1f{index}{step}")


def _as_text(source: str, kind: str) -> str:
    return source if kind == "VARCHAR" else f"CAST({source} AS VARCHAR)"


def _is_plain_text(column: RecordColumn) -> bool:
    return column.kind is RecordKind.TEXT and not column.personal
