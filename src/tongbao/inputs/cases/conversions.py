"""From the text (or the typed column) of an export to the value that its declaration promises, in DuckDB's own words.

Every statement here is made of constants and identifiers of ours; the only names from outside are quoted column names.
A value that does not read is NULL, and its text is kept beside it, so that the fault can be told.
"""

from __future__ import annotations

from tongbao.inputs.cases.definition import RecordColumn, RecordKind

_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y%m%d")
_TIMES = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f")
_MOMENTS = (*(f"{day} {time}" for time in _TIMES for day in _DAYS), "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S")
_FIRST_YEAR, _LAST_YEAR = 1949, 2199
_WHITES = ("' '", r"E'\t'", r"E'\r'", r"E'\n'", "'\u3000'", "'\ufeff'")
_WHITE = " || ".join(_WHITES)
_WHOLE = r"'[+-]?\d{1,15}'"
_FIGURE = r"'[+-]?\d{1,20}(\.\d{1,10})?'"
_DECIMAL = "DECIMAL(38, 10)"

_TEXT_TYPES = frozenset({"VARCHAR"})
_WHOLE_TYPES = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT"}
)
_MOMENT_TYPES = frozenset({"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"})
_FLOAT_TYPES = frozenset({"FLOAT", "DOUBLE"})
_NATIVE = {
    RecordKind.TEXT: _WHOLE_TYPES,
    RecordKind.DATE: _MOMENT_TYPES | {"DATE"},
    RecordKind.MOMENT: _MOMENT_TYPES,
    RecordKind.INTEGER: _WHOLE_TYPES,
    RecordKind.DECIMAL: _WHOLE_TYPES | _FLOAT_TYPES,
    RecordKind.YES_NO: frozenset({"BOOLEAN"}),
}


def text_of(source: str, *, blanks: bool) -> str:
    """A text cell without white space around it; NULL where it is blank.

    Args:
        source: the cell.
        blanks: there are words that stand for blank, in the table `blanks`.
    """
    text = f"nullif(trim({source}, {_WHITE}), '')"
    return f"CASE WHEN {text} IN (SELECT word FROM blanks) THEN NULL ELSE {text} END" if blanks else text


def is_untidy(source: str, *, blanks: bool) -> str:
    """Whether `text_of` would change a cell; to ask is cheaper than to trim where no two cells are alike."""
    tests = [f"{source} = ''"]
    tests += [f"{test}({source}, {white})" for white in _WHITES for test in ("prefix", "suffix")]
    tests += [f"{source} IN (SELECT word FROM blanks)"] if blanks else []
    return f"({' OR '.join(tests)})"


def hashed(text: str, key: str) -> str:
    """A personal datum as 128 bits of a keyed hash: equal ones stay equal, nothing else is left of them."""
    return f"CASE WHEN {text} IS NULL THEN NULL ELSE substr(sha256({key} || {text}), 1, 32) END"


def from_text(kind: RecordKind, source: str, *, blanks: bool) -> str:
    """The value of a text cell; NULL where it does not read, with white space around it or without."""
    plain = _from_text(kind, source)
    return (
        plain if kind is RecordKind.TEXT else f"coalesce({plain}, {_from_text(kind, text_of(source, blanks=blanks))})"
    )


def _from_text(kind: RecordKind, text: str) -> str:
    match kind:
        case RecordKind.TEXT:
            return text
        case RecordKind.DATE:
            return f"CAST({_moment(text, (*_DAYS, *_MOMENTS))} AS DATE)"
        case RecordKind.MOMENT:
            return _moment(text, _MOMENTS)
        case RecordKind.INTEGER:
            return f"CASE WHEN regexp_full_match({text}, {_WHOLE}) THEN try_cast({text} AS BIGINT) END"
        case RecordKind.DECIMAL:
            return f"CASE WHEN regexp_full_match({text}, {_FIGURE}) THEN try_cast({text} AS {_DECIMAL}) END"
        case RecordKind.YES_NO:
            yes, no = f"upper({text}) IN ('是', 'TRUE')", f"upper({text}) IN ('否', 'FALSE')"
            return f"CASE WHEN {yes} THEN '是' WHEN {no} THEN '否' END"


def _moment(text: str, forms: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{form}'" for form in forms)
    parsed = f"try_strptime({text}, [{listed}])"
    return f"CASE WHEN year({parsed}) BETWEEN {_FIRST_YEAR} AND {_LAST_YEAR} THEN {parsed} END"


def is_native(column: RecordColumn, found: str) -> bool | None:
    """Whether a parquet column of a type holds what is declared as it is; None: it does not, nor as text."""
    if found in _TEXT_TYPES:
        return column.kind is RecordKind.TEXT
    plain = "DECIMAL" if found.startswith("DECIMAL") else found
    fits = plain in _NATIVE[column.kind] or (plain == "DECIMAL" and column.kind is RecordKind.DECIMAL)
    return True if fits else None


def from_native(kind: RecordKind, source: str) -> str:
    """The value of a typed parquet column."""
    match kind:
        case RecordKind.TEXT:
            return f"CAST({source} AS VARCHAR)"
        case RecordKind.DATE:
            return f"CAST({source} AS DATE)"
        case RecordKind.MOMENT:
            return f"CAST({source} AS TIMESTAMP)"
        case RecordKind.INTEGER:
            return f"CAST({source} AS BIGINT)"
        case RecordKind.DECIMAL:
            return f"CAST({source} AS {_DECIMAL})"
        case RecordKind.YES_NO:
            return f"CASE WHEN {source} THEN '是' WHEN NOT {source} THEN '否' END"
