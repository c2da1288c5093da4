"""Draws the check sheets of a period for all jurisdictions or for one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tongbao.errors import Code, Finding, InvalidError, UsageError
from tongbao.period import Period
from tongbao.scoring.known import case_office
from tongbao.scoring.scheme import load_scheme

if TYPE_CHECKING:
    from tongbao.inputs.cases.definition import CaseTable
    from tongbao.inputs.cases.samples import Laid
    from tongbao.inputs.contract import TableContract


@dataclass(frozen=True)
class Sampled:
    """What came of one 抽查表: the sheet, or the findings that forbade it."""

    jurisdiction: str
    name: str
    laid: Laid | None
    findings: tuple[Finding, ...]


def sample_period(workspace: Path, period: Period, jurisdictions: tuple[str, ...] = ()) -> tuple[Sampled, ...]:
    """Draw every 抽查表 in force; one that cannot be drawn does not stop the others.

    Raises:
        InvalidError: the definitions of a jurisdiction are wrong.
        UsageError: there is no such jurisdiction, or nothing to draw at all.
    """
    known = sorted(path.name for path in (workspace / "scoring").glob("*") if path.is_dir())
    unknown = [name for name in jurisdictions if name not in known]
    if unknown:
        raise UsageError(f"没有辖区“{unknown[0]}”，现有：{'、'.join(known) or '无'}")
    sampled = [found for name in jurisdictions or known for found in _jurisdiction(workspace, period, name)]
    if not sampled:
        raise UsageError("定义中没有抽查表；请在 数据表.yaml 的 抽查表 里写明总体、每单位抽几项和种子")
    return tuple(sampled)


def _jurisdiction(workspace: Path, period: Period, name: str) -> list[Sampled]:
    from tongbao.inputs.cases.samples import lay_sample

    scheme = load_scheme(workspace, name)
    contracts = scheme.at(period).contracts
    tables: dict[str, CaseTable | TableContract] = {table.name: table for table in contracts.tables}
    tables |= {table.name: table for table in contracts.cases}
    sampled: list[Sampled] = []
    for sample in contracts.samples:
        population = tables.get(sample.population)
        if population is None:
            message = f"抽查表“{sample.name}”的总体“{sample.population}”在{period.words}没有生效"
            place = scheme.contracts.positions.place("抽查表")
            finding = Finding(Code.REFERENCE_UNKNOWN, message, place, "请使两者的 生效、截止 一致")
            sampled.append(Sampled(name, sample.name, None, (finding,)))
            continue
        try:
            laid, findings = lay_sample(sample, population, case_office(workspace, scheme, period))
        except InvalidError as error:
            sampled.append(Sampled(name, sample.name, None, error.findings))
        else:
            sampled.append(Sampled(name, sample.name, laid, findings))
    return sampled
