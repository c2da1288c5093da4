"""The scan of a sheet's XML finds the same however the bytes come and however a producer writes them."""

from __future__ import annotations

from desks import MAIN
from hypothesis import given, settings
from hypothesis import strategies as st

from tongbao.inputs.grid import letters
from tongbao.inputs.xlsx_marks import Marks, scan

KINDS = ("number", "text", "inline", "percent", "error", "formula", "bare", "blank", "absent")


def written(kind: str, address: str, *, prefix: str, quoted: bool, addressed: bool) -> str:
    """One cell, as different programs write it."""
    mark = "'" if quoted else '"'
    p = prefix
    place = f" r={mark}{address}{mark}" if addressed else ""
    value = f"<{p}v>7</{p}v>"
    return {
        "number": f"<{p}c{place}>{value}</{p}c>",
        "text": f"<{p}c{place} t={mark}s{mark}>{value}</{p}c>",
        "inline": f"<{p}c{place} t={mark}inlineStr{mark}><{p}is><{p}t>a</{p}t></{p}is></{p}c>",
        "percent": f"<{p}c{place} s={mark}3{mark}>{value}</{p}c>",
        "error": f"<{p}c{place} t={mark}e{mark}><{p}v>#N/A</{p}v></{p}c>",
        "formula": f"<{p}c{place}><{p}f>A1</{p}f>{value}</{p}c>",
        "bare": f"<{p}c{place}><{p}f>A1</{p}f></{p}c>",
        "blank": f"<{p}c{place} s={mark}3{mark}/>",
    }[kind]


@given(
    rows=st.lists(st.lists(st.sampled_from(KINDS), max_size=6), max_size=6),
    hidden=st.sets(st.integers(0, 5)),
    prefix=st.sampled_from(["", "x:"]),
    quoted=st.booleans(),
    addressed=st.booleans(),
    size=st.integers(1, 200),
)
@settings(max_examples=200, deadline=None)
def test_the_scan_finds_what_was_written(
    rows: list[list[str]], hidden: set[int], prefix: str, *, quoted: bool, addressed: bool, size: int
) -> None:
    expected = Marks(hidden_rows={row for row in hidden if row < len(rows)})
    lines = []
    for row, kinds in enumerate(rows):
        cells = []
        for column, kind in enumerate(kinds):
            if kind == "absent":
                if addressed:
                    continue
                kind = "number"  # without addresses no cell can be left out  # noqa: PLW2901
            cells.append(
                written(kind, f"{letters(column)}{row + 1}", prefix=prefix, quoted=quoted, addressed=addressed)
            )
            if kind == "error":
                expected.errors[row, column] = "#N/A"
            if kind == "bare":
                expected.uncalculated.add((row, column))
            if kind == "percent":
                expected.percents.add((row, column))
        mark = ' hidden="1"' if row in hidden else ""
        place = f' r="{row + 1}"' if addressed else ""
        lines.append(f"<{prefix}row{place}{mark}>{''.join(cells)}</{prefix}row>")
    names = f'xmlns{":x" if prefix else ""}="{MAIN}"'
    part = (
        f"<{prefix}worksheet {names}><{prefix}sheetData>{''.join(lines)}</{prefix}sheetData></{prefix}worksheet>"
    ).encode()
    chunks = [part[start : start + size] for start in range(0, len(part), size)]
    assert scan(chunks, {3}, "数据") == expected
