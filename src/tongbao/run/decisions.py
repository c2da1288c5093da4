"""表扬、批评、约谈 as the office decides them, before the notice is signed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tongbao.period import Period
from tongbao.register import consequences
from tongbao.register.consequences import Consequence, Verdict
from tongbao.register.database import Register, exists
from tongbao.register.life import Act


def proposals(workspace: Path, period: Period | None = None) -> tuple[Consequence, ...]:
    """What is proposed in a period, or in all, with the numbers that a decision names."""
    if not exists(workspace):
        return ()
    with Register(workspace).read() as connection:
        return consequences.listed(connection, period=period)


def decide(
    workspace: Path, numbers: Sequence[int], verdict: str, by: str, reason: str, *, revise: bool = False
) -> tuple[Consequence, ...]:
    """Confirm or drop proposals: all of them or, where one is refused, none.

    Raises:
        RefusedError: decided already and by whom, signed already, no reason, nobody named.
    """
    act = Act.now(by, reason)
    with Register(workspace).write() as connection:
        return tuple(
            consequences.decide(connection, number, Verdict(verdict), act, revise=revise)
            for number in sorted(set(numbers))
        )
