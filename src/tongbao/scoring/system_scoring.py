"""One system for one month: figures, points, sums and places of all its units."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from tongbao.errors import Code, Finding, Severity
from tongbao.inputs.table import Missing, SourceFile
from tongbao.period import Period
from tongbao.scoring.aggregate import Part, group_parts, total
from tongbao.scoring.decimals import round_half_up, show, tidy
from tongbao.scoring.definition import Leaf, SystemValue
from tongbao.scoring.evaluate import Result, evaluate
from tongbao.scoring.figures import Figure, by_events, by_formula, by_system, outside
from tongbao.scoring.formula import parse
from tongbao.scoring.frequency import by_frequency
from tongbao.scoring.judges import by_judges
from tongbao.scoring.ledger import Booked, book
from tongbao.scoring.operations import compare
from tongbao.scoring.outcomes import Award
from tongbao.scoring.outline import Outline
from tongbao.scoring.progress import Progress, TaskStatus
from tongbao.scoring.ranking import rank
from tongbao.scoring.reweighting import Reweighting
from tongbao.scoring.rules import Case, award
from tongbao.scoring.scheme_model import InForce
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Key, Reference, Score, Scoreboard
from tongbao.scoring.tables import Board
from tongbao.scoring.tasks import by_task
from tongbao.scoring.time_weights import about_months, by_months
from tongbao.scoring.timeliness import by_limit
from tongbao.scoring.verification import stray_clauses, stray_units, verify, verify_all

ZERO = Decimal(0)


class SystemScoring:
    """Scores all units of one system for one month."""

    def __init__(
        self, outline: Outline, scope: Scope, below: Mapping[Board, Scoreboard], weights: Reweighting | None = None
    ) -> None:
        self.outline = outline
        self.scope = scope
        self.below = below
        self.weights = weights
        self.findings: list[Finding] = []
        self.provisional: set[str] = set()
        self.left_out: dict[str, list[Key]] = {}

    def board(self, sources: tuple[SourceFile, ...], scheme: InForce) -> Scoreboard:
        """Score everything by the rules in force and put it together, under other weights where they are tried out."""
        outline = self.outline
        if outline.system.name in scheme.lapsed:
            self.findings.append(scheme.lapsed[outline.system.name])
        if not outline.units:
            message = f"体系“{outline.system.name}”在{self.scope.period.words}没有评价对象"
            place, remedy = outline.loaded.positions.place("对象"), "请核对 对象，以及单位名录的 生效、截止"
            self.findings.append(Finding(Code.VALUE_INVALID, message, place, remedy))
        booked = book(outline, self.scope)
        self.findings.extend(booked.findings)
        self.findings.extend(stray_clauses(scheme, outline, self.scope))
        self.findings.extend(stray_units(scheme, outline, self.scope))
        self.findings.extend(self._errors_of_months())
        leaves: dict[str, dict[Key, Part]] = {unit: {} for unit in outline.units}
        for key, leaf in outline.leaves.items():
            for unit, part in self._leaf(key, leaf, booked).items():
                leaves[unit][key] = part
        self.findings.extend(self._smaller_bases())
        if self.weights is not None and self.weights.base is outline.system:
            outline = self.weights.outline(outline)
            leaves = {
                unit: {key: self.weights.part(key, part) for key, part in own.items()} for unit, own in leaves.items()
            }
        parts = {unit: group_parts(outline, unit, leaves[unit]) for unit in outline.units}
        sums = {unit: total(outline, parts[unit]) for unit in outline.units}
        order = tuple(outline.entries)
        return Scoreboard(
            system=outline.system,
            digest=hashlib.sha256(outline.loaded.content).hexdigest(),
            period=self.scope.period,
            standings=rank(outline, sums, self.provisional),
            scores={unit: {key: parts[unit][key].score for key in order} for unit in outline.units},
            order=order,
            leaf_keys=tuple(outline.leaves),
            sources=sources,
            findings=tuple(self.findings),
        )

    def _errors_of_months(self) -> Iterator[Finding]:
        """What is wrong in the other months that the score rests on; their warnings were told in their own time."""
        for (_, month), board in self.below.items():
            if month != self.scope.period:
                yield from (finding for finding in board.findings if finding.severity is Severity.ERROR)

    def _smaller_bases(self) -> Iterator[Finding]:
        """剔除 in a system that only adds up: the unit cannot reach 满分 any more, and is ranked all the same (R18)."""
        full = self.outline.system.full
        if self.outline.prorated or full is None:
            return
        for unit, keys in self.left_out.items():
            rest = full - sum((self.outline.leaves[key].points or ZERO for key in keys), ZERO)
            names = "、".join(f"“{key[-1]}”" for key in keys)
            yield Finding(
                Code.VALUE_MISSING,
                f"{unit}剔除{names}，本体系不折算，{unit}的满分减为{show(rest)}分",
                self.outline.place(keys[0]),
                "如应折算，请把体系的 汇总 写作 按适用分值折算",
                Severity.WARNING,
            )

    def _leaf(self, key: Key, leaf: Leaf, booked: Booked) -> dict[str, Part]:
        outline, place = self.outline, self.outline.place(key)
        part = leaf.value.system
        if part is not None and part.weighted:
            self.findings.extend(about_months(leaf, part, self._months(part), self.scope.period, place))
        if leaf.waits(self.scope.period):
            return {unit: self._waiting(key, leaf, unit, booked) for unit in outline.units}
        figures = {unit: self._figure(key, leaf, unit, booked) for unit in outline.units}
        best = self._best(leaf, figures)
        target = leaf.scoring.target
        self.findings.extend(verify_all(leaf, self.scope, self.outline.place(key, "核验")))
        result: dict[str, Part] = {}
        for unit, figure in figures.items():
            self.findings.extend(figure.findings)
            case = Case(
                leaf=leaf,
                unit=unit,
                figure=figure,
                best=best.get(outline.roster.group_of[unit]),
                target=self._target(target.target, unit) if target and figure.reason is None else None,
                close=self.scope.period.last_day,
                place=place,
                prorated=outline.prorated,
            )
            given = award(case)
            self.findings.extend(given.findings)
            if figure.reason is None and leaf.checks:
                self.findings.extend(verify(leaf, unit, self.scope, figure.place(place)))
            if given.left_out and leaf.points and key not in outline.bonus_keys:
                self.left_out.setdefault(unit, []).append(key)
            if given.provisional or figure.provisional:
                self.provisional.add(unit)
            result[unit] = self._part(key, leaf, case, given)
        return result

    def _figure(self, key: Key, leaf: Leaf, unit: str, booked: Booked) -> Figure:  # noqa: PLR0911 - one a way
        if unit not in self.outline.leaf_units[key]:
            return outside(leaf, unit)
        if leaf.value.ledger is not None:
            if (self.scope.period, leaf.value.ledger.table) not in self.scope.tables:
                return _unread(leaf.value.ledger.table, self.scope.period)
            return by_events(leaf, booked.events.get((unit, key), ()))
        if leaf.value.judged is not None:
            return by_judges(leaf, leaf.value.judged, unit, self.scope)
        if leaf.value.task is not None:
            return by_task(leaf, leaf.value.task, unit, self.scope, self.outline.roles_of(key, unit))
        if leaf.value.timely is not None:
            return by_limit(leaf, leaf.value.timely, unit, self.scope)
        if leaf.value.frequency is not None:
            return by_frequency(leaf, leaf.value.frequency, unit, self.scope)
        if leaf.value.system is not None:
            return self._share(leaf.value.system, unit)
        return by_formula(leaf, unit, self.scope)

    def _share(self, part: SystemValue, unit: str) -> Figure:
        if part.weighted:
            return by_months(part, unit, self._months(part), self.scope.period)
        return by_system(unit, self.below[part.name, self.scope.period])

    def _months(self, part: SystemValue) -> Mapping[Period, Scoreboard]:
        """The boards of a part that is weighted over months."""
        return {month: self.below[part.name, month] for month in part.months() if (part.name, month) in self.below}

    def _target(self, text: str, unit: str) -> Result:
        return evaluate(parse(text), unit, self.scope)

    def _best(self, leaf: Leaf, figures: Mapping[str, Figure]) -> dict[str, Reference]:
        """The best of each group; who has no figure or is no object of the indicator stays out."""
        relative = leaf.scoring.gap or (leaf.scoring.proportional and leaf.scoring.proportional.reference)
        best: dict[str, Reference] = {}
        if not relative:
            return best
        for unit, figure in figures.items():
            if isinstance(figure.value, Decimal) and not figure.told:
                group = self.outline.roster.group_of[unit]
                if group not in best or compare(">", figure.value, best[group].value):
                    best[group] = Reference(unit, figure.value)
        return best

    def _waiting(self, key: Key, leaf: Leaf, unit: str, booked: Booked) -> Part:
        """Its time has not come: nothing is scored, and what would have counted is shown."""
        if leaf.points is not None and key not in self.outline.bonus_keys:
            self.provisional.add(unit)  # a part of 满分 is still to come
        figure = by_events(leaf, booked.events.get((unit, key), ())) if leaf.value.ledger else Figure(None)
        when = "年终计分" if leaf.period == "年终" else "尚未到计分的月份"
        steps = (f"{when}，{self.scope.period.words}不计分",)
        applicable = unit in self.outline.leaf_units[key]
        score = Score(
            unit=unit, key=key, points=None, full=self._full(key, leaf), value=None, reason=None, rate=None, met=None,
            applicable=applicable, trace=replace(figure.trace, steps=steps),
        )  # fmt: skip
        return Part(None, None, ZERO, score)

    def _full(self, key: Key, leaf: Leaf) -> Decimal | None:
        return None if key in self.outline.bonus_keys else leaf.points

    def _part(self, key: Key, leaf: Leaf, case: Case, given: Award) -> Part:
        figure = case.figure
        steps = (*figure.trace.steps, *given.steps)
        exact = None if given.points is None else tidy(given.points)
        points = exact
        rounding = self.outline.system.rounding
        if exact is not None and rounding.place == "指标":
            points = round_half_up(exact, rounding.digits)
            if points != exact:
                steps = (*steps, f"{show(exact)}四舍五入到{rounding.digits}位为{points}")
        inputs = figure.trace.inputs
        if case.target is not None and case.target.inputs:
            inputs = tuple(dict.fromkeys((*inputs, *case.target.inputs)))
        progress = figure.progress or given.progress
        met = given.met if figure.progress is None else figure.progress.met
        if progress is None and met is not None:  # the definition says what a missing figure is
            progress = Progress.one(TaskStatus.DONE if met else TaskStatus.OPEN)
        score = Score(
            unit=case.unit,
            key=key,
            points=points,
            full=self._full(key, leaf),
            value=figure.value,
            reason=figure.reason,
            rate=given.rate,
            met=met,
            applicable=given.applicable,
            trace=replace(figure.trace, inputs=inputs, reference=given.reference, steps=steps),
            pending=given.pending,
            progress=progress,
            status=figure.progress.words if figure.progress is not None else "",
        )
        in_base = given.in_base and key not in self.outline.bonus_keys
        return Part(points, exact, leaf.points or ZERO if in_base else ZERO, score)


def _unread(table: str, period: Period) -> Figure:
    return Figure(None, Missing.NOT_REPORTED, words=f"没有{period.words}的台账“{table}”")
