"""The public face of 抽查: draw and lay the sheet down, or read the filled sheet as a table; never one over another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tongbao.errors import Code, Finding, InvalidError, Place
from tongbao.inputs.cases.definition import DRAWN, POPULATION, CaseTable, SampleTable, asked_of
from tongbao.inputs.cases.item_lists import draw_from_list
from tongbao.inputs.cases.reader import Counted, with_session
from tongbao.inputs.cases.sample_sheet import Checked, read_sheet, write_sheet
from tongbao.inputs.cases.sampling import Draw, UnitDraw, draw, rule_of
from tongbao.inputs.cases.session import Office
from tongbao.inputs.contract import TableContract
from tongbao.inputs.table import Cell, Origin, Row, SourceFile, Table
from tongbao.ooxml.archive import Refused

FOLDER = "抽查"
"""Below inputs/<期间>/<辖区>/: sheets to fill in and the records of their draws."""
_AGAIN = "确要重抽的，请把这份表和同名的 .json 移走后再运行 tongbao sample"


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet that lies ready: where, what was drawn, and whether it was there before."""

    sheet: str
    record: str
    drawn: Draw
    kept: bool


def lay_sample(
    sample: SampleTable, table: CaseTable | TableContract, office: Office
) -> tuple[Laid, tuple[Finding, ...]]:
    """Draw, and lay the sheet and the record down; a sheet that is there already is never touched.

    Raises:
        InvalidError: the records or the list are wrong, or a sheet of another draw is there.
    """
    drawn, findings = _drawn(sample, table, office)
    sheet, record = _paths(sample, office)
    if sheet.exists() or record.exists():
        before = _record(record, office)
        if not sheet.exists() or before.units != drawn.units or before.checks != drawn.checks:
            words = "已有抽查表或抽取记录，与现在抽取的结果不同（数据、种子或定义有了变化）"
            raise InvalidError([Finding(Code.SAMPLE_CHANGED, words, Place(office.folder.relative(record)), _AGAIN)])
    else:
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_bytes(drawn.content())
        sheet.write_bytes(write_sheet(drawn, sample.not_applicable))
        before = None
    laid = Laid(office.folder.relative(sheet), office.folder.relative(record), drawn, before is not None)
    return laid, findings


def _drawn(sample: SampleTable, table: CaseTable | TableContract, office: Office) -> tuple[Draw, tuple[Finding, ...]]:
    if isinstance(table, TableContract):
        return draw_from_list(sample, table, office)
    columns = (*sample.shown, *([sample.item] if sample.item else []))
    (drawn, short), findings = with_session(
        table, office, lambda session: draw(session, sample), columns, sample.condition
    )
    return drawn, (*findings, *short)


def read_sample_table(sample: SampleTable, office: Office) -> Counted:
    """The filled sheet as a table with the columns of its definition; a row for each unit drawn from."""
    sheet, record = _paths(sample, office)
    try:
        drawn = _record(record, office)
        content, name = _content(sheet, office)
        findings = list(_differences(sample, drawn, office.folder.relative(record)))
        checked = read_sheet(content, drawn, name, sample.not_applicable)
    except InvalidError as error:
        return Counted(None, error.findings)
    except Refused as refused:
        place = Place(office.folder.relative(sheet), refused.sheet, refused.cell)
        return Counted(None, (Finding(refused.code, refused.message, place, refused.remedy),))
    findings += checked.findings
    if findings:
        return Counted(None, tuple(findings))
    rows = tuple(_row(number, unit, sample, drawn, checked, name) for number, unit in enumerate(drawn.units, start=1))
    by_unit = {row.unit: row for row in rows if row.unit is not None}
    parts = tuple(
        SourceFile(office.folder.relative(path), hashlib.sha256(path.read_bytes()).hexdigest(), name)
        for path in (sheet, record)
    )
    return Counted(Table(sample.name, rows, parts[0], by_unit, parts), ())


def _paths(sample: SampleTable, office: Office) -> tuple[Path, Path]:
    folder = office.folder.path / FOLDER
    return folder / f"{sample.name}.xlsx", folder / f"{sample.name}.json"


def _content(path: Path, office: Office) -> tuple[bytes, str]:
    files, findings = office.folder.find_all([f"{FOLDER}/{path.name}"], _MOST_BYTES)
    if not files:
        remedy = f"请先运行 tongbao sample {office.period}，填好 {FOLDER}/{path.name}"
        raise InvalidError([Finding(each.code, each.message, each.place, remedy) for each in findings])
    return files[0].read_bytes(), office.folder.relative(files[0])


_MOST_BYTES = 20_000_000


def _record(path: Path, office: Office) -> Draw:
    content, name = _content(path, office)
    try:
        return Draw.of(content)
    except ValueError as error:
        raise InvalidError([Finding(Code.SAMPLE_CHANGED, str(error), Place(name), _AGAIN)]) from None


def _differences(sample: SampleTable, drawn: Draw, record: str) -> Iterator[Finding]:
    """What the definition says otherwise than the record."""
    stated = {"种子": sample.seed, "抽取办法": rule_of(sample), "核查项": "、".join(sample.checks)}
    kept = {"种子": drawn.seed, "抽取办法": drawn.rule, "核查项": "、".join(drawn.checks)}
    for key, value in stated.items():
        if kept[key] != value:
            words = f"抽取记录的{key}是“{kept[key]}”，定义是“{value}”"
            yield Finding(Code.SAMPLE_CHANGED, words, Place(record), _AGAIN)


def _row(number: int, unit: UnitDraw, sample: SampleTable, drawn: Draw, checked: Checked, file: str) -> Row:
    origin = Origin(file, "", "", "")
    note = f"{drawn.rule}，种子“{drawn.seed}”，可抽{unit.population}项，抽取{len(unit.items)}项"
    counts = {POPULATION: unit.population, DRAWN: checked.answered.get(unit.unit, 0)}
    counts |= {check: checked.yes.get((unit.unit, check), 0) for check in drawn.checks}
    counts |= {asked_of(check): checked.asked.get((unit.unit, check), 0) for check in sample.not_applicable}
    cells: dict[str, Cell] = {name: Cell(Decimal(count), None, origin, note) for name, count in counts.items()}
    return Row(unit.unit, cells, number)
