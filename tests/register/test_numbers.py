"""发文字号: one series per 机关代字 and year, no gap and no duplicate, whoever signs at the same time."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest
from databases import act, keys_of, reviewed, sign_all, signing

from tongbao.errors import RefusedError
from tongbao.period import Period
from tongbao.register import notices
from tongbao.register.database import Register
from tongbao.register.life import NoticeKey
from tongbao.register.numbers import Series, Stated

NOVEMBER = NoticeKey("甲县通报", Period(2022, 11))
DECEMBER = NoticeKey("甲县通报", Period(2022, 12))
SERIES = Series("甲政办发", 2022)


def sign(register: Register, key: NoticeKey, *papers: str, **more: object) -> dict[str, int]:
    reviewed(register, key)
    with register.write() as connection:
        when = more.get("day", date(2022, 12, 9))
        assert isinstance(when, date)
        return notices.sign(connection, key, act(day=when.isoformat()), signing(papers or ("通报",), **more)).numbers


def test_two_clerks_who_sign_at_the_same_time_use_every_number_once(
    tmp_path: Path, register: Register, environment: dict[str, str]
) -> None:
    reviewed(register, *keys_of("甲", 20), *keys_of("乙", 20))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        clerks = [pool.submit(sign_all, tmp_path, environment, report, 20) for report in ("甲", "乙")]
        given = [clerk.result() for clerk in clerks]
    # 2 clerks × 20 notices × 2 papers
    assert sorted(given[0] + given[1]) == list(range(1, 81))


def test_a_series_may_begin_in_mid_year_and_goes_on(register: Register) -> None:
    assert sign(register, NOVEMBER, "通报", "整改通知书-甲局", first=87) == {"通报": 87, "整改通知书-甲局": 88}
    assert sign(register, DECEMBER) == {"通报": 89}
    with pytest.raises(RefusedError, match="已编到89号，不能再写起始号3"):
        sign(register, NoticeKey("乙", Period(2022, 11)), first=3)


def test_every_code_and_every_year_has_its_own_series(register: Register) -> None:
    assert sign(register, NOVEMBER) == {"通报": 1}
    assert sign(register, NoticeKey("乙", Period(2022, 11)), code="甲政办督") == {"通报": 1}
    assert sign(register, DECEMBER, day=date(2023, 1, 9)) == {"通报": 1}
    assert sign(register, NoticeKey("丙", Period(2022, 11))) == {"通报": 2}


def test_a_number_that_a_definition_states_is_taken_over(register: Register) -> None:
    stated = [Stated(SERIES, 87, NOVEMBER, "通报")]
    assert sign(register, DECEMBER, stated=stated) == {"通报": 88}  # November has had 87 before the register began
    assert sign(register, NOVEMBER, stated=stated) == {"通报": 87}
    assert sign(register, NoticeKey("乙", Period(2022, 11)), stated=stated) == {"通报": 89}


def test_a_stated_number_that_is_taken_is_an_error(register: Register) -> None:
    sign(register, DECEMBER, first=87)
    with pytest.raises(RefusedError, match="甲政办发〔2022〕87号已编给甲县通报 2022-12的“通报”"):
        sign(register, NOVEMBER, stated=[Stated(SERIES, 87, NOVEMBER, "通报")])
    other = NoticeKey("乙", Period(2022, 11))
    with pytest.raises(RefusedError, match="序号为甲政办发〔2022〕90号，而这一件已编甲政办发〔2022〕87号"):
        sign(register, other, stated=[Stated(SERIES, 90, DECEMBER, "通报")])
    assert sign(register, NoticeKey("丙", Period(2022, 11))) == {"通报": 88}  # the refused ones took no number


def test_a_slip_in_a_stated_number_may_be_mended_before_signing(register: Register) -> None:
    sign(register, DECEMBER, stated=[Stated(SERIES, 870, NOVEMBER, "通报")])
    assert sign(register, NOVEMBER, stated=[Stated(SERIES, 87, NOVEMBER, "通报")]) == {"通报": 87}


def test_a_stated_number_of_one_year_is_none_of_another(register: Register) -> None:
    with pytest.raises(RefusedError, match="“通报”已编甲政办发〔2022〕87号，签发却在甲政办发〔2023〕"):
        sign(register, NOVEMBER, day=date(2023, 1, 9), stated=[Stated(SERIES, 87, NOVEMBER, "通报")])
