"""Files that are torn, locked, disguised or built to do harm are refused in words, fast and in little memory."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import textwrap
import zipfile
import zlib
from pathlib import Path

import pytest
from desks import MAIN, Desk, codes, only, raw_xlsx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from other_formats import cell, ods, xls

from tongbao.errors import Code, has_errors
from tongbao.inputs.contract import TableContract
from tongbao.inputs.reader import read_tables
from tongbao.inputs.roster import Roster
from tongbao.period import Period

ROWS = [["单位", "件数"], ["市公安局", 5]]
PLAIN = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>单位</t></is></c><c r="B1" t="inlineStr"><is><t>件数</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>市公安局</t></is></c><c r="B2"><v>5</v></c></row>'
)


def refused(desk: Desk, code: Code) -> str:
    """The message of the one finding; no table comes of the file."""
    read = desk.read()
    finding = only(read.findings)
    assert finding.code is code, finding
    assert finding.remedy
    assert read.tables == {}
    return str(finding)


def test_a_missing_file_names_the_folder_and_what_is_there(desk: Desk) -> None:
    desk.put("x", "好差评.csv")
    message = refused(desk, Code.FILE_MISSING)
    assert "inputs/2022-11/昌吉市" in message
    assert "工单.*" in message
    assert "好差评.csv" in message


def test_a_missing_folder_is_a_missing_file(desk: Desk) -> None:
    refused(desk, Code.FILE_MISSING)


def test_lock_files_are_no_files(desk: Desk) -> None:
    desk.xlsx(ROWS)
    desk.put(b"\0", "~$工单.xlsx")
    desk.put(b"\0", ".~工单.xlsx")
    assert desk.read(文件="*工单.*").findings == ()


def test_several_files_that_would_do_are_all_named(desk: Desk) -> None:
    desk.xlsx(ROWS)
    desk.xlsx(ROWS, name="工单.xlsm")
    message = refused(desk, Code.FILE_AMBIGUOUS)
    assert "工单.xlsm、工单.xlsx" in message


def test_a_name_with_brackets_is_taken_as_it_is(desk: Desk) -> None:
    desk.xlsx(ROWS, name="工单[11月].xlsx")
    assert desk.read(文件="工单[11月].xlsx").findings == ()


@pytest.mark.parametrize("pattern", ["../嘉峪关市/工单.xlsx", "/etc/passwd", "a/../../x", "..\\x"])
def test_a_contract_cannot_lead_out_of_the_folder(desk: Desk, pattern: str) -> None:
    desk.xlsx(ROWS)
    assert only(desk.read(文件=pattern).findings).code is Code.FILE_UNSAFE


def test_a_link_out_of_the_folder_is_not_followed(desk: Desk) -> None:
    secret = desk.workspace / "secret.csv"
    secret.write_text("单位,件数\n市公安局,5\n")
    desk.folder.mkdir(parents=True)
    (desk.folder / "工单.csv").symlink_to(secret)
    refused(desk, Code.FILE_UNSAFE)
    (desk.folder / "工单.csv").unlink()
    (desk.folder / "工单.csv").symlink_to(desk.workspace / "nowhere.csv")
    refused(desk, Code.FILE_UNSAFE)


def test_a_link_inside_the_folder_is_followed(desk: Desk) -> None:
    desk.put("单位,件数\n市公安局,5\n", "原件/工单.csv")
    (desk.folder / "工单.csv").symlink_to(desk.folder / "原件" / "工单.csv")
    assert desk.read().findings == ()


def test_a_linked_folder_out_of_inputs_is_refused(desk: Desk) -> None:
    outside = desk.workspace / "outside"
    outside.mkdir()
    (outside / "工单.csv").write_text("单位,件数\n市公安局,5\n")
    desk.folder.parent.mkdir(parents=True)
    desk.folder.symlink_to(outside)
    refused(desk, Code.FILE_UNSAFE)


@pytest.mark.parametrize("jurisdiction", ["../..", "昌吉市/..", "..", "", "昌吉市\u202e"])
def test_a_jurisdiction_cannot_be_a_path(desk: Desk, jurisdiction: str) -> None:
    desk.xlsx(ROWS)
    read = read_tables(desk.workspace, Period(2022, 11), jurisdiction, [], desk.roster)
    assert codes(read.findings) == [Code.FILE_UNSAFE]


def test_a_pipe_is_not_opened(desk: Desk) -> None:
    desk.folder.mkdir(parents=True)
    os.mkfifo(desk.folder / "工单.csv")
    refused(desk, Code.FILE_UNSAFE)


def test_a_file_name_with_invisible_characters_is_refused(desk: Desk) -> None:
    desk.put("单位,件数\n", "工单.\u202excsv")
    assert "\u202e" not in refused(desk, Code.FILE_UNSAFE)


def test_a_password_on_a_new_workbook(desk: Desk) -> None:
    plain = desk.xlsx(ROWS).read_bytes()
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt("密码", stream)
    desk.put(stream.getvalue())
    assert "取消密码" in refused(desk, Code.FILE_ENCRYPTED)


@pytest.mark.parametrize("method", [b"\x00\x00", b"\x01\x00", b"\xff\xff"])
def test_a_password_on_an_old_workbook(desk: Desk, method: bytes) -> None:
    content = bytearray(xls(ROWS))
    begin = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # the beginning of the workbook's globals
    first = begin + 20
    content[first : first + 2] = b"\x2f\x00"  # FILEPASS in the place of the record that followed
    content[first + 4 : first + 6] = method
    desk.put(bytes(content), "工单.xls")
    refused(desk, Code.FILE_ENCRYPTED)


@pytest.mark.parametrize("keep", [0, 4, 100, 0.5, 0.9, -1])
def test_a_torn_workbook(desk: Desk, keep: float) -> None:
    content = desk.xlsx(ROWS).read_bytes()
    desk.put(content[: int(keep * len(content)) if isinstance(keep, float) else keep])
    refused(desk, Code.FILE_DAMAGED)


def test_a_torn_old_workbook(desk: Desk) -> None:
    desk.put(xls(ROWS)[:2000], "工单.xls")
    refused(desk, Code.FILE_DAMAGED)


def test_a_workbook_with_a_flipped_byte(desk: Desk) -> None:
    content = bytearray(raw_xlsx(PLAIN))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content[info.header_offset + 30 + len(info.filename) + 40] ^= 0xFF
    desk.put(bytes(content))
    refused(desk, Code.FILE_DAMAGED)


def test_a_csv_whose_quote_never_ends(desk: Desk) -> None:
    desk.put('单位,件数\n"市公安局,5\n', "工单.csv")
    assert "第2行" in refused(desk, Code.FILE_DAMAGED)


def test_a_csv_in_no_known_encoding(desk: Desk) -> None:
    desk.put("单位,件数\n市公安局,5\n".encode("utf-16"), "工单.csv")
    refused(desk, Code.ENCODING)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("工单.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "HTML"),
        ("工单.xls", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "HTML"),
        ("工单.xls", "<table>".encode("utf-16"), "HTML"),
        ("工单.xls", b'<?xml version="1.0"?><Workbook/>', "XML"),
        ("工单.xls", "单位\t件数\n".encode("gb18030"), "文本"),
        ("工单.xlsx", b"%PDF-1.7", "PDF"),
        ("工单.csv", raw_xlsx(PLAIN), ".xlsx"),
        (
            "工单.xlsx",
            ods(f'<table:table table:name="甲"><table:table-row>{cell("x")}</table:table-row></table:table>'),
            "ODF",
        ),
        ("工单.docx", b"PK\x03\x04", ".docx"),
    ],
)
def test_files_that_are_not_what_they_are_called(desk: Desk, name: str, content: bytes, what: str) -> None:
    desk.put(content, name)
    assert what in refused(desk, Code.FILE_DISGUISED)


def test_a_document_type_in_the_sheet_is_refused(desk: Desk) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    desk.put(raw_xlsx("", sheet=f'{entity}<worksheet xmlns="{MAIN}"><sheetData>{PLAIN}</sheetData></worksheet>'))
    refused(desk, Code.FILE_DAMAGED)
    desk.put(raw_xlsx(PLAIN))
    assert desk.read().findings == ()


def test_members_of_the_same_name_are_refused(desk: Desk) -> None:
    stream = io.BytesIO(raw_xlsx(PLAIN))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/Worksheets/Sheet1.xml", "<worksheet/>")
    desk.put(stream.getvalue())
    refused(desk, Code.FILE_DAMAGED)


def test_a_directory_that_lies_about_sizes_is_refused(desk: Desk) -> None:
    """The stream holds more than the directory says: a reader that trusts the stream would unpack it."""
    content = raw_xlsx(PLAIN + " " * 100_000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        first = archive.read(info)[:100]
    honest = struct.pack("<LLL", info.CRC, info.compress_size, info.file_size)
    lie = struct.pack("<LLL", zlib.crc32(first), info.compress_size, 100)
    assert honest in content
    desk.put(content.replace(honest, lie))
    refused(desk, Code.FILE_DAMAGED)


BOMBS = {
    "one member of a gigabyte": """
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "")
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
                for _ in range(1000):
                    member.write(bytes(1_000_000))
        """,
    "a member of 200 MB that packs a thousandfold": """
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "")
            archive.writestr("xl/worksheets/sheet1.xml", bytes(200_000_000))
        """,
    "a cell at XFD1048576": """
        path.write_bytes(raw_xlsx(PLAIN + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
        """,
    "an empty text at XFD1048576": """
        path.write_bytes(raw_xlsx(PLAIN + '<row r="1048576"><c r="XFD1048576" t="str"><v></v></c></row>'))
        """,
    "a cell at XFD1048576 without spaces where Excel has them": """
        path.write_bytes(raw_xlsx(PLAIN + "<row><c\\n t='str' r='XFD1048576'\\n/></row>"))
        """,
    "a sheet as wide as it is long": """
        cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 100_000))
        path.write_bytes(raw_xlsx(PLAIN + cells + '<row r="100000"><c r="ALL100000"><v>1</v></c></row>'))
        """,
    "cells that never end": """
        path.write_bytes(raw_xlsx(PLAIN + "<c " * 1_000_000))
        """,
    "an open document that repeats": """
        path = path.with_suffix(".ods")
        cells = cell("1").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
        row = f'<table:table-row table:number-rows-repeated="1048576">{cells}</table:table-row>'
        path.write_bytes(ods(f'<table:table table:name="甲">{row}</table:table>'))
        """,
    "a text of commas": """
        path = path.with_suffix(".csv")
        path.write_bytes(b"," * 50_000_000)
        """,
}
REFUSE = """
    import resource, sys, time
    from pathlib import Path
    from tongbao.inputs.contract import TableContract
    from tongbao.inputs.reader import read_tables
    from tongbao.inputs.roster import Roster
    from tongbao.period import Period

    limit = 300 * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    keys = {"名称": "工单", "文件": "工单.*", "单位列": "单位", "列": [{"名称": "件数"}]}
    contract = TableContract.model_validate(keys)
    roster = Roster.model_validate({"辖区": "昌吉市", "组": []})
    start = time.process_time()
    read = read_tables(Path(sys.argv[1]), Period(2022, 11), "昌吉市", [contract], roster)
    assert time.process_time() - start < 2, time.process_time() - start
    print(*(finding.code.name for finding in read.findings))
    """


@pytest.mark.parametrize("bomb", list(BOMBS))
def test_bombs_are_refused_in_two_seconds_and_300_megabytes(desk: Desk, bomb: str) -> None:
    path = desk.put(b"")
    path.unlink()
    names = {"path": path, "raw_xlsx": raw_xlsx, "PLAIN": PLAIN, "zipfile": zipfile, "cell": cell, "ods": ods}
    exec(textwrap.dedent(BOMBS[bomb]), names)  # noqa: S102  # the recipes stand above, as text only to have names
    process = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(REFUSE), str(desk.workspace)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    expected = {"cells that never end": "FILE_DAMAGED"}.get(bomb, "FILE_OVERSIZED")
    assert process.stdout.split() == [expected]


def test_the_cell_that_is_too_far_away_is_named(desk: Desk) -> None:
    desk.put(raw_xlsx(PLAIN + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert "XFD1048576" in refused(desk, Code.FILE_OVERSIZED)


def test_an_empty_formatted_cell_far_away_does_no_harm(desk: Desk) -> None:
    desk.put(raw_xlsx(PLAIN + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'))
    assert desk.read().findings == ()


def test_a_file_that_cannot_be_read_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.xlsx(ROWS)

    def fail(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", fail)
    refused(desk, Code.FILE_DAMAGED)


WORKBOOKS = {".xlsx": raw_xlsx(PLAIN), ".xls": xls(ROWS), ".csv": "单位,件数\n市公安局,5\n".encode("gb18030")}


@given(
    suffix=st.sampled_from(sorted(WORKBOOKS)),
    places=st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), min_size=1, max_size=20),
    cut=st.integers(0, 7000),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_nothing_is_raised(desk: Desk, suffix: str, places: list[tuple[int, int]], cut: int) -> None:
    content = bytearray(WORKBOOKS[suffix])
    for place, value in places:
        content[place % len(content)] = value
    for path in desk.folder.glob("*"):
        path.unlink()
    desk.put(bytes(content[: max(cut, 1)]), f"工单{suffix}")
    read = desk.read()
    assert has_errors(read.findings) or len(read.tables["工单"].rows) <= 1


def test_all_files_with_something_wrong_are_told_at_once(desk: Desk) -> None:
    desk.put(b"<html>", "一.xls")
    desk.put("单位,件数\n市公安局,若干\n", "二.csv")
    roster: Roster = desk.roster
    contracts = [
        TableContract.model_validate({"名称": name, "文件": file, "单位列": "单位", "列": [{"名称": "件数"}]})
        for name, file in (("一", "一.xls"), ("二", "二.csv"), ("三", "三.csv"))
    ]
    read = read_tables(desk.workspace, Period(2022, 11), "昌吉市", contracts, roster)
    assert codes(read.findings) == [Code.FILE_DISGUISED, Code.CELL_NOT_NUMBER, Code.FILE_MISSING]
    assert list(read.tables) == ["二"]
