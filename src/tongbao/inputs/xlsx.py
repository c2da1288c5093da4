"""Reads .xlsx and .xlsm: values through calamine, and beside them everything that calamine would lose in silence."""

from __future__ import annotations

import io
import posixpath
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from tongbao.inputs.grid import Sheet, Span, Workbook
from tongbao.inputs.xlsx_marks import scan
from tongbao.ooxml.archive import Archive, open_archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from python_calamine import CalamineWorkbook

_BUILT_IN_PERCENTS = frozenset({9, 10})  # 0% and 0.00%
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def open_xlsx(content: bytes) -> Workbook:
    """Open a workbook of the OOXML kind.

    Raises:
        Refused: it is damaged, encrypted or too big.
    """
    package = _Package(open_archive(content), content)
    return Workbook(tuple(package.sheets), cache(package.sheet), package.hidden)


def is_percent_format(code: str) -> bool:
    """Tell whether a number format multiplies by a hundred and shows a percent sign (a quoted sign does not)."""
    return "%" in _LITERALS.sub("", code).partition(";")[0]


@dataclass(frozen=True)
class _Package:
    """The parts of one workbook."""

    archive: Archive
    content: bytes

    @cached_property
    def _main(self) -> str:
        for relation in _all(self.archive.xml("_rels/.rels"), "Relationship"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        return "xl/workbook.xml"

    @cached_property
    def _targets(self) -> dict[str, str]:
        folder, name = posixpath.split(self._main)
        relations = self.archive.xml(f"{folder}/_rels/{name}.rels")
        return {
            relation.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip(
                "/"
            )
            for relation in _all(relations, "Relationship")
        }

    @cached_property
    def _sheet_tags(self) -> list[tuple[str, str, bool]]:
        """Name, part and whether it is hidden, in the workbook's order."""
        tags = []
        for tag in _all(self.archive.xml(self._main), "sheet"):
            identity = next((value for key, value in tag.attrib.items() if key.endswith("}id")), "")
            part = self._targets.get(identity, "")
            if "/chartsheets/" not in f"/{part}" and "/dialogsheets/" not in f"/{part}":
                tags.append((tag.get("name", ""), part, tag.get("state", "visible") != "visible"))
        return tags

    @cached_property
    def sheets(self) -> dict[str, str]:
        """Part of every sheet by its name."""
        return {name: part for name, part, _ in self._sheet_tags}

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Names of the hidden sheets."""
        return frozenset(name for name, _, hidden in self._sheet_tags if hidden)

    @cached_property
    def _percent_styles(self) -> frozenset[int]:
        folder = posixpath.dirname(self._main)
        part = next(
            (target for target in self._targets.values() if target.endswith("styles.xml")), f"{folder}/styles.xml"
        )
        if part not in self.archive:
            return frozenset()
        root = self.archive.xml(part)
        percents = {str(number) for number in _BUILT_IN_PERCENTS}
        for tag in _all(root, "numFmt"):
            is_percent = is_percent_format(tag.get("formatCode", ""))
            (percents.add if is_percent else percents.discard)(tag.get("numFmtId", ""))
        formats = next(iter(_all(root, "cellXfs")), None)
        entries = list(formats) if formats is not None else []
        return frozenset(index for index, entry in enumerate(entries) if entry.get("numFmtId", "0") in percents)

    @cached_property
    def _calamine(self) -> CalamineWorkbook:
        from python_calamine import CalamineWorkbook

        return CalamineWorkbook.from_filelike(io.BytesIO(self.content))

    def sheet(self, name: str) -> Sheet:
        """Scan a sheet, then read its values."""
        marks = scan(self.archive.chunks(self.sheets[name]), self._percent_styles, name)
        source = self._calamine.get_sheet_by_name(name)
        rows = source.to_python(skip_empty_area=False)
        merged = source.merged_cell_ranges or []
        return Sheet(
            name=name,
            rows=rows,
            errors=marks.errors,
            uncalculated=marks.uncalculated,
            percents=marks.percents,
            merged=tuple(Span(top, left, bottom, right) for (top, left), (bottom, right) in merged),
            hidden_rows=marks.hidden_rows,
            hidden_columns=marks.hidden_columns,
        )


def _all(root: Element, name: str) -> list[Element]:
    """Every element of that local name: transitional and strict files differ in their namespaces."""
    return [
        element for element in root.iter() if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name
    ]
