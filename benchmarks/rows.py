"""What every benchmark hands to the table: one row a claim, each held against a target."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["达到", "未达到", "未测"]


@dataclass(frozen=True, slots=True)
class Row:
    """One measured claim.

    Attributes:
        name: what was done, e.g. “通报（60行表）写为 .docx”.
        ours: our figure with its unit (“12 ms”); "" when not measured.
        peer: the other tool's figure in the same run; "" where the target is absolute.
        ratio: how many times as fast as the peer, or "".
        target: what was promised, e.g. “≥ 2.5 倍”.
        verdict: whether the promise is kept.
        note: sizes, rounds, versions, why it was not measured.
    """

    name: str
    ours: str
    peer: str
    ratio: str
    target: str
    verdict: Verdict
    note: str = ""


def seconds(value: float) -> str:
    """Write a time so that three figures count: 12.3 ms, 1.23 s."""
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"


def faster(name: str, ours: float, peer: float, *, at_least: float, note: str = "") -> Row:
    """Make the row of a race: we must be at least so many times as fast as the peer (times in seconds)."""
    ratio = peer / ours
    return Row(
        name, seconds(ours), seconds(peer), f"{ratio:.2f}", f"≥ {at_least:g} 倍", _verdict(kept=ratio >= at_least), note
    )


def within(name: str, ours: float, *, at_most: float, note: str = "") -> Row:
    """Make the row of a time limit in seconds."""
    return Row(name, seconds(ours), "", "", f"< {seconds(at_most)}", _verdict(kept=ours < at_most), note)


def below(name: str, ours: float, *, at_most: float, unit: str, note: str = "") -> Row:
    """Make the row of any other limit: megabytes, a growth factor."""
    return Row(name, f"{ours:.3g} {unit}", "", "", f"< {at_most:g} {unit}", _verdict(kept=ours < at_most), note)


def unmeasured(name: str, target: str, note: str) -> Row:
    """Make the row of something that this machine cannot measure; the note says what is missing."""
    return Row(name, "", "", "", target, "未测", note)


def median_time(work: Iterable[Callable[[], object]]) -> float:
    """Time each piece of work once and return the median in seconds.

    Pass a different document for each round: some libraries only measure their cache on a repeated one.
    """
    times = []
    for piece in work:
        gc.collect()
        start = time.perf_counter()
        piece()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _verdict(*, kept: bool) -> Verdict:
    return "达到" if kept else "未达到"
