"""The command: exit codes, one sentence for what cannot be read, JSON with every place."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pdf_notice import SOURCE, typeset
from word_notice import sound, text

from tongbao.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["lint", *map(str, words)])


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_a_sound_file_ends_with_0_and_one_line(tmp_path: Path) -> None:
    file = tmp_path / "通报.docx"
    file.write_bytes(sound())
    result = run(file)
    assert result.exit_code == 0
    assert result.output == f"{file}（文件，检查了90条规则）：符合\n"


def test_a_fault_ends_with_1_and_is_told_with_rule_place_and_remedy(tmp_path: Path) -> None:
    file = tmp_path / "通报.docx"
    file.write_bytes(text("昌市政办发〔2022〕87号", "昌市政办发[2022]87号")(sound()))
    result = run(file)
    assert result.exit_code == 1
    shown = result.output.replace("\n", "").replace(" ", "")
    assert "1条不合规，0条建议" in shown
    assert "GW-7.2.5-1" in shown
    data = json.loads(run(file, "--json").output)
    (told,) = data["files"][0]["observations"]
    assert (told["rule"], told["clause"], told["severity"]) == ("GW-7.2.5-1", "7.2.5", "fail")
    assert told["measured"] == "“昌市政办发[2022]87号”"
    assert told["places"] == [{"page": None, "line": None, "paragraph": 2, "words": "昌市政办发[2022]87号"}]


def test_advice_alone_ends_with_0(tmp_path: Path) -> None:
    file = tmp_path / "通报.pdf"
    file.write_bytes(typeset(SOURCE, tags=False))
    assert run(file).exit_code == 0


def test_words_that_the_command_cannot_take_end_with_2(tmp_path: Path) -> None:
    assert run().exit_code == 2
    assert run(tmp_path / "没有.docx").exit_code == 2


BOMB = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 99 + b'"><!ENTITY b "&a;&a;">]><x>&b;</x>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
UNREADABLE = {
    "empty": (b"", "不是 .docx 或 .pdf 文件"),
    "text": ("通报".encode(), "不是 .docx 或 .pdf 文件"),
    "old .doc": (OLE, "不是 .docx 或 .pdf 文件"),
    "encrypted .docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "文件设有打开密码"),
    "zip without Word": (packed(a=b"1"), "不是 .docx 或 .pdf 文件"),
    "cut .docx": (sound()[:3000], "文件已损坏或不完整"),
    "entities": (packed(word__document_xml=b"1", **{"word/document.xml": BOMB}), "文件已损坏或不完整"),
    "broken XML": (packed(**{"word/document.xml": b"<w:document"}), "文件已损坏或不完整"),
    "zip bomb": (packed(**{"word/document.xml": bytes(60_000_000)}), "文件过大"),
    "cut .pdf": (b"%PDF-1.7\n1 0 obj", "文件已损坏或不完整"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_ends_with_3_and_one_sentence(name: str, tmp_path: Path) -> None:
    content, message = UNREADABLE[name]
    file = tmp_path / "来件.docx"
    file.write_bytes(content)
    result = run(file)
    assert result.exit_code == 3
    assert message in result.output
    assert result.output.count("\n") == 1


def test_the_other_files_are_still_looked_at(tmp_path: Path) -> None:
    good, bad = tmp_path / "好.docx", tmp_path / "坏.pdf"
    good.write_bytes(sound())
    bad.write_bytes(b"%PDF-1.7")
    data = json.loads(run(bad, good, "--json").output)
    assert [each["file"] for each in data["files"]] == [str(good)]
    assert [each["code"] for each in data["findings"]] == ["文件损坏"]


def test_a_link_to_elsewhere_is_never_followed(tmp_path: Path) -> None:
    file = tmp_path / "通报.docx"
    file.write_bytes(text('Target="styles.xml"', 'Target="file:///etc/passwd" TargetMode="External"', RELS)(sound()))
    assert run(file).exit_code in (0, 1)


RELS = "word/_rels/document.xml.rels"
