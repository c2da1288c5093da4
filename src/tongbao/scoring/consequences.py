"""表扬, 批评, 约谈: proposed by rules of the report definition, with facts, always 拟 until someone confirms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tongbao.definitions import Number, Strict
from tongbao.errors import Code, Finding, InvalidError, Place, Severity
from tongbao.scoring.incidents import Fact, Incidents, LedgerCondition, fact
from tongbao.scoring.scoreboard import Scoreboard, Standing

Measure = Literal["通报表扬", "通报批评", "约谈", "专门督导", "限期整改", "扣减绩效分", "取消评优评先资格", "追责问责"]
"""The measures that the source documents know."""

PRAISE: Measure = "通报表扬"
BLAME: Measure = "通报批评"
_BLAME: tuple[Measure, ...] = ("通报批评", "约谈", "专门督导", "限期整改", "扣减绩效分", "取消评优评先资格", "追责问责")

Positive = Annotated[int, Field(ge=1)]


class Rule(Strict):
    """One line of 措施: its conditions all hold; several lines of the same measure are alternatives."""

    measure: Measure = Field(alias="措施")
    groups: tuple[str, ...] = Field(default=(), alias="组", description="default: every group of the system")
    first: Positive | None = Field(default=None, alias="前", description="among the first so many places of the group")
    last: Positive | None = Field(
        default=None, alias="后", description="fewer than so many units of the group are worse"
    )
    at_least: Number | None = Field(default=None, alias="得分不低于")
    below: Number | None = Field(default=None, alias="得分低于")
    dropped: Positive | None = Field(default=None, alias="位次下降不少于", description="against the month before")
    ledger: LedgerCondition | None = Field(default=None, alias="台账", description="something was booked for the unit")
    consecutive: Positive = Field(default=1, alias="连续", description="all of it held in so many months on end")

    @model_validator(mode="before")
    @classmethod
    def _numbers(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        for key in ("前", "后", "位次下降不少于", "连续"):
            text = data.get(key)
            if text is not None and not (str(text).isascii() and str(text).isdigit() and int(str(text)) > 0):
                raise ValueError(f"{key} 应为正整数，写的是“{text}”")
        return data

    @model_validator(mode="after")
    def _some_condition(self) -> Rule:
        if not self.about_scores and self.ledger is None:
            raise ValueError("措施须写至少一个条件：前、后、得分不低于、得分低于、位次下降不少于、台账")
        return self

    @property
    def about_scores(self) -> bool:
        """Whether it asks for a place or a score, not for ledger rows alone."""
        asked = (self.first, self.last, self.at_least, self.below, self.dropped)
        return any(value is not None for value in asked)

    @property
    def months(self) -> int:
        """How many months of scores it looks at, the latest included."""
        return self.consecutive + (1 if self.dropped else 0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure proposed (拟) for a unit, with the facts that speak for it.

    Attributes:
        measure: 措施.
        unit: whom it is proposed for.
        facts: figures and ledger facts in the words of a notice.
        sources: of each fact where it stands, "" for what stands in the score table; empty where all of them do.
    """

    measure: Measure
    unit: str
    facts: tuple[str, ...]
    sources: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The facts, those of ledgers with file, sheet and cells, for whoever decides."""
        sources = self.sources or ("",) * len(self.facts)
        return tuple(Fact(words, source).located for words, source in zip(self.facts, sources, strict=True))


def propose(
    rules: Sequence[Rule],
    boards: Sequence[Scoreboard],
    place: Place | None = None,
    incidents: Incidents = MappingProxyType({}),
) -> tuple[Proposal, ...]:
    """Hold the rules against the scoreboards.

    Args:
        rules: from the report definition.
        boards: of one system, latest first; months that are missing end the history.
        place: where the rules are written, for messages.
        incidents: of the ledgers and months that the rules ask for, under the units' names of the latest month.

    Returns:
        Proposals by rule, then by standing; several rules for one measure and unit give one proposal.

    Raises:
        InvalidError: a unit would be praised and criticised in the same notice.
    """
    facts: dict[tuple[Measure, str], list[Fact]] = {}
    history = _history(boards)
    for rule in rules:
        for standing in history[0].standings if history else ():
            found = _facts(rule, standing.unit, history, incidents)
            if found is not None:
                known = facts.setdefault((rule.measure, standing.unit), [])
                known.extend(each for each in found if each not in known)
    proposals = tuple(_proposal(measure, unit, found) for (measure, unit), found in facts.items())
    conflicts = tuple(_conflicts(proposals, place or Place("reports")))
    if conflicts:
        raise InvalidError(conflicts)
    return proposals


def _proposal(measure: Measure, unit: str, facts: Sequence[Fact]) -> Proposal:
    sources = tuple(each.source for each in facts)
    return Proposal(measure, unit, tuple(each.words for each in facts), sources if any(sources) else ())


def missing_history(
    rules: Sequence[Rule], boards: Sequence[Scoreboard], place: Place | None = None
) -> tuple[Finding, ...]:
    """Tell which rules look further back than there are scores; their conditions count as not met."""
    history = _history(boards)
    if not history:
        return ()
    return tuple(
        Finding(
            Code.VALUE_MISSING,
            f"“{history[0].system.name}”的措施“{rule.measure}”要看{rule.months}个月的得分，"
            f"缺{history[0].period.shift(-len(history)).words}，视为条件不成立",
            place or Place("reports"),
            "请补齐该月的数据；确无数据的不必处理",
            Severity.REMARK,
        )
        for rule in rules
        if rule.months > len(history)
    )


def _history(boards: Sequence[Scoreboard]) -> tuple[Scoreboard, ...]:
    """The unbroken run of months that ends with the latest."""
    run: list[Scoreboard] = []
    for board in boards:
        if run and board.period != run[-1].period.shift(-1):
            break
        run.append(board)
    return tuple(run)


def _facts(rule: Rule, unit: str, history: Sequence[Scoreboard], incidents: Incidents) -> list[Fact] | None:
    """What speaks for the measure; None where the conditions do not hold."""
    if len(history) < rule.months:
        return None
    if not all(_holds(rule, unit, history, index) for index in range(rule.consecutive)):
        return None
    latest = history[0]
    standing = latest.standing_of[unit]
    facts = [Fact(words) for words in _figures(rule, latest, standing, history)] if rule.about_scores else []
    if rule.ledger is not None:
        happened = [fact(rule.ledger, unit, board.period, incidents) for board in history[: rule.consecutive]]
        if None in happened:
            return None
        facts += [each for each in happened[:1] if each is not None]
    if rule.consecutive > 1:
        facts.append(Fact(_lasting(rule, unit, history)))
    return facts


def _holds(rule: Rule, unit: str, history: Sequence[Scoreboard], index: int) -> bool:
    board = history[index]
    standing = board.standing_of.get(unit)
    if standing is None or standing.total is None or standing.rank is None:
        return False
    if rule.groups and standing.group not in rule.groups:
        return False
    if standing.peers == 1 and (rule.first or rule.last):
        return False  # alone in its group: first and last at once says nothing
    conditions = [
        rule.first is None or standing.rank <= rule.first,
        rule.last is None or _worse(board, standing) < rule.last,
        rule.at_least is None or standing.total >= rule.at_least,
        rule.below is None or standing.total < rule.below,
    ]
    if rule.dropped is not None:
        before = history[index + 1].standing_of.get(unit)
        fell = before is not None and before.rank is not None and before.group == standing.group
        conditions.append(fell and before is not None and standing.rank - (before.rank or 0) >= rule.dropped)
    return all(conditions)


def _worse(board: Scoreboard, standing: Standing) -> int:
    return sum(
        1
        for other in board.standings
        if other.group == standing.group and other.rank is not None and other.rank > (standing.rank or 0)
    )


def _figures(rule: Rule, board: Scoreboard, standing: Standing, history: Sequence[Scoreboard]) -> Iterator[str]:
    label, measure = board.system.label, board.system.measure
    total = f"{label}{standing.total}{measure}"
    if rule.below is not None:
        yield f"{total}，低于{_plain(rule.below)}{measure}"
    elif rule.at_least is not None:
        yield f"{total}，不低于{_plain(rule.at_least)}{measure}"
    else:
        yield total
    if rule.last is not None:
        worse = _worse(board, standing)
        yield f"位列{standing.group}末位" if worse == 0 else f"位列{standing.group}倒数第{worse + 1}位"
    elif rule.first is not None:
        yield f"位列{standing.group}第{standing.rank}位"
    if rule.dropped is not None:
        before = history[1].standing_of[standing.unit]
        yield f"较{history[1].period.month}月下降{(standing.rank or 0) - (before.rank or 0)}位"


def _lasting(rule: Rule, unit: str, history: Sequence[Scoreboard]) -> str:
    held = history[: rule.consecutive]
    standings = [board.standing_of[unit] for board in held]
    parts = []
    if rule.last is not None:
        at_bottom = all(_worse(board, standing) == 0 for board, standing in zip(held, standings, strict=True))
        parts.append("排名末位" if at_bottom else f"排名后{rule.last}位")
    if rule.first is not None:
        leading = all(standing.rank == 1 for standing in standings)
        parts.append(f"位列{standings[0].group}第1位" if leading else f"排名前{rule.first}位")
    system = history[0].system
    if rule.below is not None:
        parts.append(f"{system.label}低于{_plain(rule.below)}{system.measure}")
    if rule.at_least is not None:
        parts.append(f"{system.label}不低于{_plain(rule.at_least)}{system.measure}")
    if rule.dropped is not None:
        parts.append(f"位次下降{rule.dropped}位以上")
    if rule.ledger is not None:
        parts.append(f"{rule.ledger.called}{rule.ledger.times}次以上")
    return f"连续{rule.consecutive}个月{'、'.join(parts)}"


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _conflicts(proposals: Sequence[Proposal], place: Place) -> Iterator[Finding]:
    praised = {proposal.unit: proposal for proposal in proposals if proposal.measure == PRAISE}
    for proposal in proposals:
        if proposal.measure in _BLAME and proposal.unit in praised:
            yield Finding(
                Code.VALUE_INVALID,
                f"{proposal.unit}既拟通报表扬（{'，'.join(praised[proposal.unit].facts)}）"
                f"又拟{proposal.measure}（{'，'.join(proposal.facts)}）",
                place,
                "请改正措施的条件，例如在 后 之外再写 得分低于",
            )
