"""起草 → 核稿 → 签发 → 用印 → 归档: no step skipped, and only 签发 gives number and date."""

from __future__ import annotations

from datetime import date

import pytest
from databases import act, reviewed, signing

from tongbao.errors import RefusedError
from tongbao.period import Period
from tongbao.register import notices
from tongbao.register.database import Register
from tongbao.register.life import Act, NoticeKey, Step

KEY = NoticeKey("甲县通报", Period(2022, 11))


def step_of(register: Register) -> str:
    with register.read() as connection:
        found = notices.find(connection, KEY)
    assert found is not None
    return found.step.value


def test_a_notice_lives_from_draft_to_archive(register: Register) -> None:
    reviewed(register, KEY)
    with register.write() as connection:
        signed = notices.sign(connection, KEY, act("王五", "同意", "2022-12-10"), signing())
        assert (signed.signed_on, signed.numbers) == (date(2022, 12, 9), {"通报": 1})
        notices.record_issued(connection, KEY, "key", {"通报.docx": "d1"})
        notices.seal(connection, KEY, act("赵六"))
        notices.file(connection, KEY, act("钱七", "卷3"))
    with register.read() as connection:
        notice = notices.find(connection, KEY)
    assert notice is not None
    assert notice.next_step is None
    assert notice.numbers == {"通报": 1}
    assert notice.files == {"通报.docx": "d1"}
    assert [(entry.act, entry.by, entry.comment) for entry in notice.entries] == [
        ("起草", "张三", ""),
        ("核稿", "李四", ""),
        ("签发", "王五", "同意"),
        ("用印", "赵六", ""),
        ("归档", "钱七", "卷3"),
    ]
    assert notice.entries[2].at == "2022-12-10T10:00:00+08:00"


def test_no_step_is_skipped_or_taken_twice(register: Register) -> None:
    with register.write() as connection:
        notices.draft(connection, KEY, None, act())
    with (
        pytest.raises(RefusedError, match="现在到“起草”，不能办“签发”。下一步是“核稿”"),
        register.write() as connection,
    ):
        notices.sign(connection, KEY, act(), signing())
    reviewed(register, KEY)
    with pytest.raises(RefusedError, match="“核稿”已由李四于2022-12-09T10:00:00"), register.write() as connection:
        notices.review(connection, KEY, act("孙八"), "b")
    with pytest.raises(RefusedError, match="不能办“用印”"), register.write() as connection:
        notices.seal(connection, KEY, act())
    with pytest.raises(RefusedError, match="不能办“归档”"), register.write() as connection:
        notices.file(connection, KEY, act())
    assert step_of(register) == "核稿"


def test_what_was_never_made_cannot_be_proof_read(register: Register) -> None:
    with pytest.raises(RefusedError, match=r"还没有起草.*tongbao run 2022-11"), register.write() as connection:
        notices.review(connection, KEY, act(), "b")


def test_a_seal_waits_for_the_issued_papers(register: Register) -> None:
    reviewed(register, KEY)
    with register.write() as connection:
        notices.sign(connection, KEY, act(), signing())
    with pytest.raises(RefusedError, match="印发件还没有生成"), register.write() as connection:
        notices.seal(connection, KEY, act())


def test_a_draft_is_sent_back_with_a_reason_only(register: Register) -> None:
    reviewed(register, KEY)
    with pytest.raises(RefusedError, match="没有写原因"), register.write() as connection:
        notices.send_back(connection, KEY, act())
    with register.write() as connection:
        notices.send_back(connection, KEY, act("王五", "数据不全"))
    assert step_of(register) == Step.DRAFTED
    with pytest.raises(RefusedError, match="还在起草"), register.write() as connection:
        notices.send_back(connection, KEY, act("王五", "再退"))
    reviewed(register, KEY)
    with register.write() as connection:
        notices.sign(connection, KEY, act(), signing())
    with pytest.raises(RefusedError, match="已签发，不能退回"), register.write() as connection:
        notices.send_back(connection, KEY, act("王五", "晚了"))


def test_what_is_signed_is_what_was_proof_read(register: Register) -> None:
    reviewed(register, KEY)
    with pytest.raises(RefusedError, match="核稿以后数据、定义或模板有了变化"), register.write() as connection:
        notices.sign(connection, KEY, act(), signing(basis="other"))
    assert step_of(register) == "核稿"


def test_issued_papers_are_recorded_once(register: Register) -> None:
    reviewed(register, KEY)
    with register.write() as connection:
        notices.sign(connection, KEY, act(), signing())
        notices.record_issued(connection, KEY, "first", {"通报.docx": "d1"})
        notices.record_issued(connection, KEY, "second", {"通报.docx": "d2"})
        found = notices.find(connection, KEY)
    assert found is not None
    assert found.files == {"通报.docx": "d1"}


def test_an_act_needs_a_name_and_no_future(register: Register) -> None:
    with pytest.raises(RefusedError, match="没有写明由谁办理"):
        Act.now(" ")
    reviewed(register, KEY)
    with pytest.raises(RefusedError, match="签发日期2022-12-10在今天之后"), register.write() as connection:
        notices.sign(connection, KEY, act(), signing(day=date(2022, 12, 10)))
