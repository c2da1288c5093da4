"""拟 → 确认 / 不采纳: by a named person, once, and open again when the facts have changed."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from databases import act, decide_all, reviewed, signing

from tongbao.errors import RefusedError
from tongbao.period import Period
from tongbao.register import notices
from tongbao.register.consequences import Decided, Verdict, decide, listed, propose_all
from tongbao.register.database import Register
from tongbao.register.life import NoticeKey
from tongbao.scoring.consequences import Proposal

KEY = NoticeKey("甲县通报", Period(2022, 11))
PRAISE = Proposal("通报表扬", "县公安局", ("得分98.00分",))
BLAME = Proposal("通报批评", "县税务局", ("得分50.00分，低于60分",))


def proposed(register: Register, *proposals: Proposal) -> None:
    with register.write() as connection:
        notices.draft(connection, KEY, None, act())
        propose_all(connection, KEY, proposals)


def verdicts(register: Register) -> dict[str, str]:
    with register.read() as connection:
        return {each.unit: each.verdict.value for each in listed(connection, KEY.report, KEY.period)}


def test_undecided_consequences_stop_the_signature_and_are_named(register: Register) -> None:
    proposed(register, PRAISE, BLAME)
    with register.write() as connection:
        notices.review(connection, KEY, act(), "b")
        decide(connection, 1, Verdict.CONFIRMED, act("主任"))
    with pytest.raises(RefusedError) as caught, register.write() as connection:
        notices.sign(connection, KEY, act(), signing())
    assert [finding.message for finding in caught.value.findings] == ["拟对县税务局予以“通报批评”，还没有决定"]
    with register.write() as connection:
        decide(connection, 2, Verdict.DROPPED, act("主任", "已整改"))
    now = Decided((("通报表扬", "县公安局"),), (("通报批评", "县税务局"),))
    with pytest.raises(RefusedError, match="决定刚有变化"), register.write() as connection:
        notices.sign(connection, KEY, act(), signing())  # the papers were made with other decisions
    with register.write() as connection:
        notices.sign(connection, KEY, act(), signing(decided=now))
    with pytest.raises(RefusedError, match="通报已签发"), register.write() as connection:
        decide(connection, 1, Verdict.DROPPED, act("主任", "改"), revise=True)


def test_a_decision_stands_until_it_is_revised_with_a_reason(register: Register) -> None:
    proposed(register, BLAME)
    with pytest.raises(RefusedError, match="须写理由"), register.write() as connection:
        decide(connection, 1, Verdict.DROPPED, act("主任"))
    with register.write() as connection:
        decide(connection, 1, Verdict.CONFIRMED, act("主任", "属实"))
    told = "“县税务局 通报批评”已由主任于2022-12-09T10:00:00\\+08:00决定：确认（属实）"
    with pytest.raises(RefusedError, match=told), register.write() as connection:
        decide(connection, 1, Verdict.DROPPED, act("副主任", "不同意"))
    with pytest.raises(RefusedError, match="须写理由"), register.write() as connection:
        decide(connection, 1, Verdict.DROPPED, act("主任"), revise=True)
    with register.write() as connection:
        found = decide(connection, 1, Verdict.DROPPED, act("主任", "申诉成立"), revise=True)
    assert [(entry.act, entry.comment) for entry in found.entries] == [("确认", "属实"), ("不采纳", "申诉成立")]


def test_new_facts_open_a_decision_again(register: Register) -> None:
    proposed(register, PRAISE, BLAME)
    with register.write() as connection:
        decide(connection, 1, Verdict.CONFIRMED, act("主任"))
        decide(connection, 2, Verdict.CONFIRMED, act("主任"))
    proposed(register, PRAISE, Proposal("通报批评", "县税务局", ("得分40.00分，低于60分",)))
    assert verdicts(register) == {"县公安局": "确认", "县税务局": "拟"}
    proposed(register, PRAISE)  # the figures no longer speak for the criticism
    assert verdicts(register) == {"县公安局": "确认"}
    with pytest.raises(RefusedError, match="没有编号为2的拟议措施"), register.write() as connection:
        decide(connection, 2, Verdict.CONFIRMED, act("主任"))


def test_of_two_who_decide_the_same_the_second_is_told_who_did(
    tmp_path: Path, register: Register, environment: dict[str, str]
) -> None:
    proposed(register, *(Proposal("通报批评", f"单位{number}", ()) for number in range(20)))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        clerks = [pool.submit(decide_all, tmp_path, environment, by, 20) for by in ("张三", "李四")]
        told = [clerk.result() for clerk in clerks]
    assert len(told[0]) + len(told[1]) == 20  # each consequence was refused to exactly one of the two
    assert all("已由李四" in sentence for sentence in told[0])
    assert all("已由张三" in sentence for sentence in told[1])
    with register.read() as connection:
        found = listed(connection, KEY.report, KEY.period)
    assert [len(each.entries) for each in found] == [1] * 20


def test_a_signed_notice_keeps_its_consequences(register: Register) -> None:
    reviewed(register, KEY)
    with register.write() as connection:
        notices.sign(connection, KEY, act(), signing())
        propose_all(connection, KEY, [BLAME])
    assert verdicts(register) == {}
