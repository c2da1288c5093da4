"""Working days are those of the State Council's notices, or of the office's own file; never a guess."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.errors import Code, InvalidError
from tongbao.inputs.calendar import WorkCalendar

DAYS = st.dates(date(2010, 1, 1), date(2024, 12, 31))


def calendar(folder: Path, text: str) -> WorkCalendar:
    path = folder / "scoring" / "工作日历.yaml"
    path.parent.mkdir()
    path.write_text(text)
    return WorkCalendar.load(path)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2022, 9, 28), 5, date(2022, 10, 10)),  # 10-01 to 10-07 off, 10-08 and 10-09 worked
        (date(2022, 9, 30), 5, date(2022, 10, 12)),
        (date(2022, 12, 9), 5, date(2022, 12, 16)),
        (date(2022, 12, 9), 1, date(2022, 12, 12)),
        (date(2022, 10, 1), 1, date(2022, 10, 8)),
        (date(2022, 12, 9), 0, date(2022, 12, 9)),
        (date(2022, 10, 10), -5, date(2022, 9, 28)),
    ],
)
def test_so_many_working_days_later(start: date, n: int, end: date) -> None:
    assert WorkCalendar.load(None).add(start, n) == end


def test_days_of_the_notice() -> None:
    known = WorkCalendar.load(None)
    assert known.is_working(date(2022, 10, 8))  # a Saturday, worked
    assert known.is_working(date(2022, 10, 9))  # a Sunday, worked
    assert not known.is_working(date(2022, 10, 7))  # a Friday, off
    assert not known.is_working(date(2022, 12, 10))  # a plain Saturday


def test_days_between() -> None:
    known = WorkCalendar.load(None)
    assert known.between(date(2022, 9, 28), date(2022, 10, 10)) == 5
    assert known.between(date(2022, 10, 10), date(2022, 9, 28)) == -5
    assert known.between(date(2022, 10, 1), date(2022, 10, 7)) == 0
    assert known.between(date(2022, 12, 9), date(2022, 12, 9)) == 0


@given(DAYS, st.integers(1, 60))
def test_counting_forth_and_counting_between_agree(start: date, n: int) -> None:
    known = WorkCalendar.load(None)
    end = known.add(start, n)
    assert known.between(start, end) == n
    assert known.is_working(end)
    assert known.add(start, n + 1) > end


def test_a_year_that_nobody_knows_is_an_error_that_says_where_to_state_it() -> None:
    with pytest.raises(InvalidError) as caught:
        WorkCalendar.load(None).add(date(2049, 12, 30), 5)
    (finding,) = caught.value.findings
    assert finding.code is Code.CALENDAR_MISSING
    assert "2049" in finding.message
    assert finding.place.file == "scoring/工作日历.yaml"


def test_the_offices_own_years(tmp_path: Path) -> None:
    own = calendar(tmp_path, "年份:\n  2049:\n    放假: [2049-01-01, 2049-02-02]\n    调休上班: [2049-02-06]\n")
    assert not own.is_working(date(2049, 2, 2))  # a Tuesday
    assert own.is_working(date(2049, 2, 6))  # a Saturday
    assert own.is_working(date(2049, 2, 3))
    assert own.add(date(2049, 2, 1), 4) == date(2049, 2, 6)
    assert own.is_working(date(2022, 10, 8))  # other years as before
    with pytest.raises(InvalidError):
        own.is_working(date(2050, 1, 3))


def test_the_offices_own_year_replaces_the_librarys(tmp_path: Path) -> None:
    own = calendar(tmp_path, "年份:\n  2022:\n    放假: [2022-12-12]\n")
    assert own.add(date(2022, 12, 9), 1) == date(2022, 12, 13)
    assert own.is_working(date(2022, 10, 7))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("年份:\n  2027:\n    放假: [2026-01-01]\n", Code.VALUE_INVALID, 3),
        ("年份:\n  2027:\n    放假:\n      - 2027-01-01\n    调休上班:\n      - 2027-01-05\n", Code.VALUE_INVALID, 6),
        ("年份:\n  2027:\n    放假: [2027-02-06]\n    调休上班: [2027-02-06]\n", Code.VALUE_INVALID, 3),
        ("年份:\n  2027:\n    休假: [2027-01-01]\n", Code.KEY_UNKNOWN, 3),
        ("年份:\n  二七年: {}\n", Code.VALUE_INVALID, 2),
        ("年份:\n  2027:\n    放假: [元旦]\n", Code.VALUE_INVALID, 3),
        ("年: {}\n", Code.KEY_UNKNOWN, 1),
    ],
)
def test_slips_in_the_file_are_told_with_their_line(tmp_path: Path, text: str, code: Code, line: int) -> None:
    with pytest.raises(InvalidError) as caught:
        calendar(tmp_path, text)
    assert (code, line) in {(finding.code, finding.place.line) for finding in caught.value.findings}
    assert {finding.place.file for finding in caught.value.findings} == {"scoring/工作日历.yaml"}


def test_a_file_that_is_named_but_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidError):
        WorkCalendar.load(tmp_path / "scoring" / "工作日历.yaml")


def test_every_day_of_the_librarys_years_is_known() -> None:
    known = WorkCalendar.load(None)
    first = date(2004, 1, 1)
    assert sum(known.is_working(first + timedelta(days=number)) for number in range(366)) == 252
