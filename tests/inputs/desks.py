"""A desk on which tests lay the files that an office might send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.errors import Code, Finding
from tongbao.inputs.contract import TableContract
from tongbao.inputs.reader import TableSet, read_tables
from tongbao.inputs.roster import Roster
from tongbao.inputs.table import Cell
from tongbao.period import Period

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def raw_xlsx(sheet_data: str, *, styles: str = "", before: str = "", sheet: str | None = None) -> bytes:
    """A workbook part by part, for what no library writes."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="数据" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
        f'Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": sheet
        or f'<worksheet xmlns="{MAIN}">{before}<sheetData>{sheet_data}</sheetData></worksheet>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def contract(**keys: Any) -> TableContract:
    """The contract of 工单: units, and one whole number called 件数 unless the test says otherwise."""
    return TableContract.model_validate(
        {"名称": "工单", "文件": "工单.*", "单位列": "单位", "列": [{"名称": "件数"}], **keys}
    )


@dataclass
class Desk:
    """A workspace with one jurisdiction."""

    workspace: Path
    units: Sequence[str] = ("市公安局", "市税务局", "市人力资源和社会保障局")
    aliases: Mapping[str, Sequence[str]] = field(default_factory=lambda: {"市人力资源和社会保障局": ["市人社局"]})

    @property
    def folder(self) -> Path:
        return self.workspace / "inputs" / "2022-11" / "昌吉市"

    @property
    def roster(self) -> Roster:
        units = [{"名称": name, "别名": list(self.aliases.get(name, ()))} for name in self.units]
        return Roster.model_validate({"辖区": "昌吉市", "组": [{"名称": "市直部门", "单位": units}]})

    def put(self, content: bytes | str, name: str = "工单.xlsx") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def xlsx(
        self,
        rows: Iterable[Sequence[Any]],
        change: Callable[[Worksheet], object] | None = None,
        name: str = "工单.xlsx",
    ) -> Path:
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.title = "数据"
        for row in rows:
            sheet.append(list(row))
        if change is not None:
            change(sheet)
        stream = io.BytesIO()
        book.save(stream)
        return self.put(stream.getvalue(), name)

    def read(self, *contracts: TableContract, **keys: Any) -> TableSet:
        return read_tables(self.workspace, Period(2022, 11), "昌吉市", contracts or (contract(**keys),), self.roster)

    def cell(self, value: Any, number_format: str | None = None, **column: Any) -> tuple[Cell, list[Finding]]:
        """What a single cell of a declared column comes to."""
        self.xlsx([["单位", "甲"], ["市公安局", value]], lambda sheet: _format(sheet, number_format))
        read = self.read(列=[{"名称": "甲", **column}])
        return read.tables["工单"].rows[0].cells["甲"], list(read.findings)


def _format(sheet: Worksheet, number_format: str | None) -> None:
    if number_format is not None:
        sheet["B2"].number_format = number_format


def codes(findings: Iterable[Finding]) -> list[Code]:
    return [finding.code for finding in findings]


def only(findings: Iterable[Finding]) -> Finding:
    """The one finding, or a failure that shows all of them."""
    found = list(findings)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]
