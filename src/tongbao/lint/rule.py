"""A rule as data: what the standard says, where, how strictly, and the measurement that finds it broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import Format, Line, Passage

BOTH: Final = frozenset(Format)
ONLY_PDF: Final = frozenset({Format.PDF})
ONLY_WORD: Final = frozenset({Format.WORD})


class Weight(StrEnum):
    """How strictly the standard says it."""

    FAIL = "fail"
    WARN = "warn"

    @property
    def shown(self) -> str:
        """In the reader's words."""
        return "不合规" if self is Weight.FAIL else "建议"


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a rule is broken: what was measured there, and where it is."""

    measured: str
    passage: Passage | None = None
    line: Line | None = None
    page: int | None = None


Check = Callable[[Notice], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        id: stable name, e.g. GW-7.2.5-1; GW is GB/T 9704, BD punctuation, SZ numerals, ZF characters, WJ files.
        clause: of the standard.
        title: what is right, in Chinese.
        remedy: what to do when it is broken.
        formats: in which files it can be measured.
        check: the measurement.
    """

    id: str
    clause: str
    weight: Weight
    title: str
    remedy: str
    formats: frozenset[Format]
    check: Check


def fail(
    identifier: str, clause: str, title: str, remedy: str, formats: frozenset[Format] = BOTH
) -> Callable[[Check], Rule]:
    """Make a measurement a rule that the standard states plainly."""
    return lambda check: Rule(identifier, clause, Weight.FAIL, title, remedy, formats, check)


def warn(
    identifier: str, clause: str, title: str, remedy: str, formats: frozenset[Format] = BOTH
) -> Callable[[Check], Rule]:
    """Make a measurement a rule that the standard gives as 一般, 推荐 or 可以."""
    return lambda check: Rule(identifier, clause, Weight.WARN, title, remedy, formats, check)


def near(value: float, right: float, tolerance: float) -> bool:
    """Whether a length is right within a tolerance."""
    return abs(value - right) <= tolerance


def mm(value: float) -> str:
    """A length for the reader."""
    return f"{value:.1f}mm"


def points(size: float) -> str:
    """A size for the reader, by its Chinese name where it has one."""
    names = {
        26: "一号",
        24: "小一",
        22: "二号",
        18: "小二",
        16: "三号",
        15: "小三",
        14: "四号",
        12: "小四",
        10.5: "五号",
    }
    exact = next((name for points, name in names.items() if abs(points - size) < 0.15), None)  # noqa: PLR2004
    return f"{exact}（{size:g}磅）" if exact else f"{size:g}磅"
