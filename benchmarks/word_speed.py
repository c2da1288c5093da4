"""Word alone: one notice against docxtpl at 60 rows and at 1,000, and how time grows up to 5,000 rows."""

from __future__ import annotations

from functools import partial

from benchmarks.clerk import make_template, render_docxtpl, usual
from benchmarks.notices import notice
from benchmarks.rows import Row, below, faster, median_time

_ROUNDS = 15
_LONG_ROUNDS = 5
_TIMES = 6
_GROWTH = 5.5


def measure() -> list[Row]:
    """Race notices of two sizes, then look whether time grows with the rows and not with their square."""
    from tongbao.outputs import word

    template = make_template(usual(1))
    word.write(usual(1))
    render_docxtpl(template, usual(1))

    def race(rows: int, rounds: int) -> Row:
        # Every document is another one, and neither side sees one of the other's.
        ours = median_time([partial(word.write, usual(number, rows)) for number in range(2, 2 + rounds)])
        theirs = range(100, 100 + rounds)
        peer = median_time([partial(render_docxtpl, template, usual(number, rows)) for number in theirs])
        name = f"一份通报（{rows:,}行表）写为 .docx，对 docxtpl"
        note = f"{rounds} 轮中位数，每轮另一份；两边都不含图"
        return faster(name, ours, peer, at_least=_TIMES, note=note)

    def alone(rows: int) -> float:
        numbers = range(200, 200 + _LONG_ROUNDS)
        return median_time([partial(word.write, notice(rows, number=number)) for number in numbers])

    thousand, five = alone(1000), alone(5000)
    return [
        race(60, _ROUNDS),
        race(1000, _LONG_ROUNDS),
        below(
            "5,000 行表的 .docx 用时为 1,000 行的",
            five / thousand,
            at_most=_GROWTH,
            unit="倍",
            note=f"{thousand * 1000:.1f} ms → {five * 1000:.1f} ms",
        ),
    ]
