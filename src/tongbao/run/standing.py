"""What stands where: every notice of a month with what has to be done next; a unit's history over the months."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tongbao.definitions import load
from tongbao.errors import InvalidError, UsageError
from tongbao.inputs.roster import Roster
from tongbao.period import Period
from tongbao.register import appeals, consequences, notices, runs
from tongbao.register.appeals import Appeal
from tongbao.register.consequences import Consequence, Verdict
from tongbao.register.database import Register, exists
from tongbao.register.life import Notice, Step
from tongbao.scoring.scheme import ROSTER_FILE
from tongbao.scoring.suggestions import did_you_mean


@dataclass(frozen=True)
class Status:
    """A notice, what has been proposed in it, and what has to be done next."""

    notice: Notice
    consequences: tuple[Consequence, ...]

    @property
    def undecided(self) -> tuple[Consequence, ...]:
        """Proposals that nobody has decided on."""
        return tuple(each for each in self.consequences if each.verdict is Verdict.PROPOSED)

    @property
    def next_words(self) -> str:
        """What to type next, or that all is done."""
        notice = self.notice
        report, period = notice.key.report, notice.key.period
        if notice.next_step is None:
            return "已办完"
        if self.undecided and not notice.signed and not notice.key.edition:
            return f"{len(self.undecided)}项措施待定：tongbao decide --period {period}"
        if notice.step is Step.SIGNED and not notice.files:
            remade = f"appeal notice {report} {period}" if notice.key.edition else f"run {period} --report {report}"
            return f"印发件未生成：tongbao {remade}"
        words = f"tongbao approve {report} {period} --step {notice.next_step}"
        return f"{words} --correction {notice.key.edition}" if notice.key.edition else words


@dataclass(frozen=True)
class History:
    """All that the register holds of one unit, oldest first."""

    unit: str
    standings: tuple[runs.Standing, ...]
    consequences: tuple[Consequence, ...]
    appeals: tuple[Appeal, ...]


def status(workspace: Path, period: Period | None = None) -> tuple[Status, ...]:
    """Every notice of a period, or of all, with its proposals; none where nothing was ever recorded."""
    if not exists(workspace):
        return ()
    with Register(workspace).read() as connection:
        proposed = consequences.listed(connection, period=period)
        return tuple(
            Status(
                notice,
                tuple(
                    each
                    for each in proposed
                    if (each.report, each.period, 0) == (notice.key.report, notice.key.period, notice.key.edition)
                ),
            )
            for notice in notices.all_of(connection, period)
        )


def history(workspace: Path, unit: str) -> History:
    """A unit's places and totals over the months under all the names it bore, and what was proposed and decided.

    Raises:
        UsageError: the register knows no such unit.
    """
    if not exists(workspace):
        raise UsageError("登记簿里还没有任何记录，请先运行 tongbao run 期间")
    names = _names(workspace, unit)
    with Register(workspace).read() as connection:
        standings = runs.history(connection, names)
        if not standings:
            raise UsageError(f"登记簿里没有单位“{unit}”。{did_you_mean(unit, runs.units(connection))}")
        return History(
            unit, standings, consequences.of_unit(connection, names), appeals.listed(connection, units=names)
        )


def _names(workspace: Path, unit: str) -> tuple[str, ...]:
    """The name asked for with every other name that the unit bore (更名自); a broken roster hides none of them."""
    found = [unit]
    for path in sorted((workspace / "scoring").glob(f"*/{ROSTER_FILE}")):
        try:
            roster = load(path, Roster, path.relative_to(workspace).as_posix()).value
        except InvalidError:
            continue  # the register holds what was; what is wrong with the roster is told by check
        found += roster.names_of(unit)
    return tuple(dict.fromkeys(found))
