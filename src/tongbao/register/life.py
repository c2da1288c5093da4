"""The life of a notice: 起草 → 核稿 → 签发 → 用印 → 归档, no step skipped, and who does what next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tongbao.errors import Code, Finding, Place, RefusedError
from tongbao.period import Period


class Step(StrEnum):
    """What has been done to a notice last."""

    DRAFTED = "起草"
    REVIEWED = "核稿"
    SIGNED = "签发"
    SEALED = "用印"
    FILED = "归档"


SENT_BACK = "退回"
"""The one act that is no step forward: the draft has to be made again, for a reason."""

ORDER = tuple(Step)


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when, and what they say to it; the only place where the clock comes into a document.

    Raises:
        RefusedError: nobody is named.
    """

    by: str
    at: datetime
    comment: str = ""

    def __post_init__(self) -> None:
        if not self.by.strip():
            place, remedy = Place("--by"), "请用 --by 写明办理人姓名"
            raise RefusedError(Finding(Code.STEP_REFUSED, "没有写明由谁办理", place, remedy))

    @classmethod
    def now(cls, by: str, comment: str = "") -> Act:
        """An act of this moment."""
        return cls(by.strip(), datetime.now().astimezone(), comment.strip())

    @property
    def moment(self) -> str:
        """As the register keeps it: 2022-12-09T15:30:00+08:00."""
        return self.at.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True, order=True)
class NoticeKey:
    """Which notice: a report of a period, itself (edition 0) or its first, second, … 更正."""

    report: str
    period: Period
    edition: int = 0

    def __str__(self) -> str:
        return f"{self.report} {self.period}" + (f" 更正{self.edition}" if self.edition else "")

    @property
    def place(self) -> Place:
        """Where messages say it is."""
        return Place(f"登记簿 {self}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a notice's history."""

    act: str
    by: str
    at: str
    comment: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Where a notice stands.

    Attributes:
        basis: digest of all that was read when it was proof-read; None before.
        signed_on: the date of signing, which the issued notice bears; None before.
        numbers: paper (通报, 整改通知书-市××局) to the number in its 发文字号.
        files: issued file to sha256; empty until they have been written.
        issued_key: key of the job that made them.
        entries: every act, oldest first.
    """

    key: NoticeKey
    step: Step
    basis: str | None
    signed_on: date | None
    numbers: dict[str, int]
    files: dict[str, str]
    issued_key: str | None
    entries: tuple[Entry, ...]

    @property
    def signed(self) -> bool:
        """Whether it has its number, so that its text is final."""
        return self.signed_on is not None

    @property
    def signed_at(self) -> datetime | None:
        """The moment of 签发; None before."""
        found = [entry.at for entry in self.entries if entry.act == Step.SIGNED]
        return datetime.fromisoformat(found[-1]) if found else None

    @property
    def next_step(self) -> Step | None:
        """What has to be done next; None when all is done."""
        return following(self.step)


def following(step: Step) -> Step | None:
    """The step after this one."""
    index = ORDER.index(step) + 1
    return ORDER[index] if index < len(ORDER) else None


def check_step(notice: Notice, wanted: Step) -> None:
    """Refuse a step that is not the next one, saying what is.

    Raises:
        RefusedError: it is done already, by whom and when, or another step comes first.
    """
    if wanted is notice.next_step:
        return
    done = [entry for entry in notice.entries if entry.act == wanted]
    if done and ORDER.index(wanted) <= ORDER.index(notice.step):
        message = f"“{wanted}”已由{done[-1].by}于{done[-1].at}办理"
    else:
        message = f"现在到“{notice.step}”，不能办“{wanted}”"
    follows = f"下一步是“{notice.next_step}”" if notice.next_step else "已全部办完"
    raise RefusedError(Finding(Code.STEP_REFUSED, message, notice.key.place, follows))
