from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tongbao.reports import wording


@pytest.mark.parametrize(
    ("change", "measure", "words"),
    [
        ("1.35", "分", "较10月提高1.35分"),
        ("-0.42", "分", "较10月下降0.42分"),
        ("0.00", "分", "与10月持平"),
        ("2.50", "%", "较10月提高2.50个百分点"),
    ],
)
def test_changes_in_words(change: str, measure: str, words: str) -> None:
    assert wording.change_words(Decimal(change), measure, "10月") == words


def test_nothing_to_compare_with_says_nothing() -> None:
    assert wording.change_words(None, "分", "10月") == ""
    assert wording.change_words(Decimal(1), "分", "") == ""
    assert wording.arrow(None) == ""


@pytest.mark.parametrize(
    ("change", "words", "arrow"), [(9, "上升9位", "↑"), (-2, "下降2位", "↓"), (0, "位次不变", "→")]
)
def test_places_in_words(change: int, words: str, arrow: str) -> None:
    assert wording.place_words(change) == words
    assert wording.arrow(change) == arrow


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("0.97345"), "%", "97.35%"),  # half up, where binary floats give 97.34
        (Decimal(1), "%", "100.00%"),
        (Decimal("3.00"), "次", "3次"),
        (Decimal("0.5"), "", "0.5"),
        (Decimal(100), "", "100"),
        (Decimal("15.75"), "万人", "15.75万人"),
        ("是", "", "是"),
        (None, "%", "—"),
    ],
)
def test_figures(value: Decimal | str | None, unit: str, text: str) -> None:
    assert wording.figure(value, unit) == text


def test_days_have_no_leading_zeros() -> None:
    assert wording.day_words(date(2022, 12, 9)) == "2022年12月9日"
