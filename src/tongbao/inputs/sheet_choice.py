"""Picks the sheet that a contract means and says which columns it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.contract import Shape, TableContract
from tongbao.inputs.grid import Sheet, Workbook, letters
from tongbao.inputs.header import Header, find_header
from tongbao.inputs.rows import header_of
from tongbao.inputs.text import normal, shown

_MOST_HEADERS_NAMED = 40


@dataclass(frozen=True)
class Choice:
    """A sheet with its header, and what there is to say about them; no sheet when none can be meant."""

    sheet: Sheet | None
    header: Header | None
    findings: tuple[Finding, ...]


def choose_sheet(book: Workbook, contract: TableContract, file: str) -> Choice:
    """Pick the named sheet, or the first visible one that has all headers, or the one that has most of them.

    Args:
        book: the file.
        contract: what the table must hold.
        file: path for the findings.

    Raises:
        Refused: the sheet cannot be read.
    """
    required, wanted = _headers(contract)
    if contract.sheet is not None:
        name = next((name for name in book.names if normal(name) == normal(contract.sheet)), None)
        if name is None:
            present = "、".join(f"“{shown(name)}”" for name in book.names)
            finding = Finding(
                Code.SHEET_MISSING,
                f"没有工作表“{shown(contract.sheet)}”，文件中有{present}",
                Place(file),
                "请改正工作表名称，或修改数据表定义中的“工作表”",
            )
            return Choice(None, None, (finding,))
        candidates = [name]
    else:
        candidates = sorted(book.names, key=lambda name: name in book.hidden)  # stable: visible ones first
    found: list[tuple[Sheet, Header]] = []
    for name in candidates:
        sheet = book.load(name)
        found.append((sheet, find_header(sheet, wanted)))
    fitting = [(sheet, header) for sheet, header in found if _fits(header, required)]
    if not found:
        return Choice(None, None, (Finding(Code.TABLE_EMPTY, "文件中没有工作表", Place(file), "请核对文件"),))
    sheet, header = fitting[0] if fitting else max(found, key=lambda pair: len(pair[1].columns))
    findings = [*_columns(sheet, header, contract, file), *_hidden(book, sheet, file)]
    rivals = [other.name for other, _ in fitting[1:] if other.name not in book.hidden]
    if rivals and sheet.name not in book.hidden:
        others = "、".join(f"“{shown(name)}”" for name in rivals)
        findings.append(
            Finding(
                Code.FILE_AMBIGUOUS,
                f"工作表{others}也有所需的各列，读取的是“{shown(sheet.name)}”",
                Place(file, sheet.name),
                "请在数据表定义中写明“工作表”",
                Severity.WARNING,
            )
        )
    return Choice(sheet, header, tuple(findings))


def _headers(contract: TableContract) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headers that must be there, and all that may be."""
    unit = (contract.unit_header,) if contract.unit_header and contract.shape is not Shape.SINGLE else ()
    required = tuple(header_of(column) for column in contract.columns if column.required)
    return tuple(dict.fromkeys(unit + required)), tuple(
        dict.fromkeys(unit + tuple(header_of(column) for column in contract.columns))
    )


def _fits(header: Header, required: tuple[str, ...]) -> bool:
    return not header.doubtful and not set(header.missing) & set(required) and bool(header.columns)


def _columns(sheet: Sheet, header: Header, contract: TableContract, file: str) -> list[Finding]:
    required, _ = _headers(contract)
    place = Place(file, sheet.name or None)
    present = [f"“{shown(word)}”" for word in header.found[:_MOST_HEADERS_NAMED]]
    more = f"等{len(header.found)}列" if len(header.found) > _MOST_HEADERS_NAMED else ""
    told = f"表头有{'、'.join(present)}{more}" if present else "表中没有找到表头"
    findings = [
        Finding(
            Code.COLUMN_MISSING,
            f"缺少列“{shown(missing)}”；{told}",
            place,
            "请补上该列，或修改数据表定义中的“表头”",
            Severity.ERROR if missing in required else Severity.REMARK,
        )
        for missing in header.missing
    ]
    for doubtful, columns in header.doubtful.items():
        names = "、".join(f"{letters(column)}列" for column in columns)
        findings.append(
            Finding(
                Code.COLUMN_AMBIGUOUS,
                f"{names}的表头都是“{shown(doubtful)}”",
                place,
                "请在数据表定义的“表头”中写出各级表头，如 线上/办件量",
            )
        )
    return findings


def _hidden(book: Workbook, sheet: Sheet, file: str) -> list[Finding]:
    if sheet.name in book.hidden:
        return [
            Finding(
                Code.HIDDEN,
                "读取的是隐藏的工作表",
                Place(file, sheet.name),
                "请核对数据；无误的，可取消隐藏",
                Severity.WARNING,
            )
        ]
    return [
        Finding(
            Code.HIDDEN,
            "隐藏的工作表未读取",
            Place(file, name),
            "如需读取，请在数据表定义中写明“工作表”",
            Severity.REMARK,
        )
        for name in book.names
        if name in book.hidden
    ]
