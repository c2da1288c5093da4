"""Draws items at random so that anybody can draw them again: by a stated seed, whatever order the rows come in.

Every item gets a number, the sha256 of seed, period, unit and item; those with the smallest numbers are drawn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.cases.database import Database, Params
from tongbao.inputs.cases.definition import SampleTable
from tongbao.inputs.cases.language import parse_condition
from tongbao.inputs.cases.session import Office, Session
from tongbao.inputs.table import SourceFile


@dataclass(frozen=True, slots=True)
class Item:
    """One drawn item: a case number or the value of the 抽取项, and what the sheet shows of it."""

    key: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitDraw:
    """What was drawn for one unit.

    Attributes:
        unit: canonical name.
        population: how many items there were.
        digest: sha256 of all of them, sorted, one a line.
        items: the drawn ones, by their keys.
    """

    unit: str
    population: int
    digest: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """The record of a draw; kept beside the sheet as evidence."""

    sample: str
    period: str
    seed: str
    rule: str
    shown: tuple[str, ...]
    checks: tuple[str, ...]
    files: Mapping[str, str]
    units: tuple[UnitDraw, ...]

    def content(self) -> bytes:
        """As JSON, with a digest of itself that shows a later change."""
        plain = asdict(self)
        return json.dumps({**plain, "digest": _digest(plain)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def of(cls, content: bytes) -> Draw:
        """Read a record.

        Raises:
            ValueError: it is no record, or was changed after the draw.
        """
        try:
            plain: dict[str, Any] = json.loads(content)
            stated = plain.pop("digest")
            units = tuple(
                UnitDraw(
                    each["unit"],
                    each["population"],
                    each["digest"],
                    tuple(Item(item["key"], tuple(item["shown"])) for item in each["items"]),
                )
                for each in plain["units"]
            )
            lists = {"shown": tuple(plain["shown"]), "checks": tuple(plain["checks"])}
            found = cls(**{**plain, **lists, "units": units})
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError("不是抽取记录") from None
        if stated != _digest(asdict(found)):
            raise ValueError("抽取记录在抽取以后被改动过")
        return found


def _digest(plain: object) -> str:
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def rule_of(sample: SampleTable) -> str:
    """“每单位10项”, “每单位5%”."""
    if sample.each is not None:
        return f"每单位{sample.each}项"
    return f"每单位{(sample.share or 0) * 100:f}".rstrip("0").rstrip(".") + "%"


def draw(session: Session, sample: SampleTable) -> tuple[Draw, tuple[Finding, ...]]:
    """Draw from the counted cases of the period.

    Args:
        session: the opened 案卷表, deadlines and units laid.
        sample: what to draw.

    Returns:
        The draw, and a warning for each unit that has fewer items than are asked for.
    """
    compiler = session.compiler()
    conditions = [session.within(compiler), f"({session.excluded(compiler)}) = -1", "u.unit IS NOT NULL"]
    if sample.condition is not None:
        conditions.append(compiler.condition(parse_condition(sample.condition)))
    key = "r.number" if sample.item is None else compiler.canonical(sample.item)
    conditions.append(f"{key} IS NOT NULL")
    shown = "".join(f", CAST(min({compiler.column(name)}) AS VARCHAR) s{n}" for n, name in enumerate(sample.shown))
    items = (
        f"SELECT u.unit unit, {key} item{shown} FROM {session.source(compiler)} "
        f"WHERE {' AND '.join(conditions)} GROUP BY 1, 2"
    )
    population = Population(session.database, items, compiler.params, session.sources, session.label)
    return draw_from(population, sample, session.office)


@dataclass(frozen=True, slots=True)
class Population:
    """What is drawn from.

    Attributes:
        database: where the items lie.
        items: a statement that gives unit, item and what is shown of it, each item of a unit once.
        params: its values.
        sources: the files that the items came from.
        label: those files as findings name them.
    """

    database: Database
    items: str
    params: Params
    sources: Sequence[SourceFile]
    label: str


def draw_from(population: Population, sample: SampleTable, office: Office) -> tuple[Draw, tuple[Finding, ...]]:
    """Draw by the one rule, whatever is drawn from.

    Returns:
        The draw, and a warning for each unit that has fewer items than are asked for.
    """
    params = population.params
    seed = params.bind(f"{sample.seed}|{office.period}|")
    if sample.each is not None:
        most = params.bind(sample.each)
    else:
        most = f"ceil({params.bind(sample.share)} * count(*) OVER (PARTITION BY unit))"
    found = population.database.rows(
        f"WITH items AS ({population.items}), "
        "whole AS (SELECT unit, count(*) n, sha256(string_agg(item, chr(10) ORDER BY item)) digest "
        "FROM items GROUP BY 1), "
        "drawn AS (SELECT * FROM items QUALIFY row_number() OVER "
        f"(PARTITION BY unit ORDER BY sha256({seed} || unit || '|' || item), item) <= {most}) "
        "SELECT unit, n, digest, drawn.* EXCLUDE (unit) FROM drawn JOIN whole USING (unit) ORDER BY unit, item",
        params,
    )
    by_unit: dict[str, list[tuple[Any, ...]]] = {}
    for row in found:
        by_unit.setdefault(row[0], []).append(row)
    units = tuple(
        UnitDraw(
            unit, rows[0][1], rows[0][2], tuple(Item(row[3], tuple(text or "" for text in row[4:])) for row in rows)
        )
        for unit in office.roster.units
        if (rows := by_unit.get(unit))
    )
    files = {source.path: source.sha256 for source in population.sources}
    made = Draw(
        sample.name, str(office.period), sample.seed, rule_of(sample), sample.shown, sample.checks, files, units
    )
    few = [unit for unit in units if sample.each is not None and unit.population < sample.each]
    return made, tuple(
        Finding(
            Code.SAMPLE_SHORT,
            f"抽查表“{sample.name}”：{unit.unit}只有{unit.population}项可抽，少于{sample.each}项，已全部抽取",
            Place(population.label),
            "无须改动；抽查结果按实际抽取的项数计算",
            Severity.WARNING,
        )
        for unit in few
    )
