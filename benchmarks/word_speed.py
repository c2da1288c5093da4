"""Word alone: one notice against docxtpl, and a table of a thousand rows against one of a hundred."""

from __future__ import annotations

from functools import partial

from benchmarks.clerk import make_template, render_docxtpl, usual
from benchmarks.notices import notice
from benchmarks.rows import Row, below, faster, median_time

_ROUNDS = 15
_GROWTH = 10


def measure() -> list[Row]:
    """Race one notice, then look whether time grows with the rows and not with their square."""
    from tongbao.outputs import word

    template = make_template()
    word.write(notice(number=1))
    render_docxtpl(template, usual(1))

    def ours(rows: int) -> float:
        return median_time([partial(word.write, notice(rows, number=number)) for number in range(2, 2 + _ROUNDS)])

    sixty = median_time([partial(word.write, usual(number)) for number in range(2, 2 + _ROUNDS)])
    peer = median_time([partial(render_docxtpl, template, usual(number)) for number in range(100, 100 + _ROUNDS)])
    hundred, thousand = ours(100), ours(1000)
    return [
        faster(
            "一份通报（60行表）写为 .docx，对 docxtpl",
            sixty,
            peer,
            at_least=1,
            note=f"{_ROUNDS} 轮中位数，每轮另一份，七页；两边都不含图",
        ),
        below(
            "1,000 行表的 .docx 用时为 100 行的",
            thousand / hundred,
            at_most=_GROWTH,
            unit="倍",
            note=f"{hundred * 1000:.1f} ms → {thousand * 1000:.1f} ms",
        ),
    ]
