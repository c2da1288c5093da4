from __future__ import annotations

import io
import zipfile

from tongbao.ooxml.package import pack, repack


def archive(when: tuple[int, int, int, int, int, int], *, system: int = 3, level: int = 1) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(zipfile.ZipInfo("word/", when), b"")
        for name in ("[Content_Types].xml", "word/document.xml", "_rels/.rels"):
            entry = zipfile.ZipInfo(name, when)
            entry.create_system = system
            entry.external_attr = 0o600 << 16
            made.writestr(entry, (name * 50).encode(), zipfile.ZIP_DEFLATED, level)
    return buffer.getvalue()


def test_clock_platform_and_compression_leave_no_trace() -> None:
    assert repack(archive((2022, 12, 9, 8, 30, 0))) == repack(archive((2023, 1, 2, 3, 4, 6), system=0, level=9))


def test_parts_keep_names_contents_and_order() -> None:
    with zipfile.ZipFile(io.BytesIO(repack(archive((2022, 12, 9, 8, 30, 0))))) as made:
        assert made.namelist() == ["[Content_Types].xml", "word/document.xml", "_rels/.rels"]
        assert made.read("word/document.xml") == b"word/document.xml" * 50
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in made.infolist()} == {zipfile.ZIP_DEFLATED}


def test_a_changed_part_changes_the_bytes() -> None:
    assert pack([("a.xml", b"<a/>")]) != pack([("a.xml", b"<b/>")])


def test_repacking_twice_changes_nothing() -> None:
    once = repack(archive((2022, 12, 9, 8, 30, 0)))
    assert repack(once) == once
