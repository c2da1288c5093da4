"""A pack's own 样式.css: what it may not do is told with its line, everything else lies over ours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tongbao.errors import Code, InvalidError
from tongbao.templates.pack import load_pack

GOOD = """/* 甲县 */
h2 { color: #333; letter-spacing: 1pt }
@page { margin-top: 40mm; @bottom-center { content: "第" counter(page) "页" } }
@media screen { body { box-shadow: 0 0 2px #000 } .hei::before { content: none } }
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    base, county = tmp_path / "templates/base", tmp_path / "templates/甲县"
    base.mkdir(parents=True)
    county.mkdir()
    (base / "通报.html").write_text("<p>基础</p>", encoding="utf-8")
    return tmp_path


def write(workspace: Path, text: str, pack: str = "甲县") -> None:
    (workspace / f"templates/{pack}/样式.css").write_text(text, encoding="utf-8")


def told(workspace: Path) -> list[tuple[Code, str, int | None]]:
    with pytest.raises(InvalidError) as caught:
        load_pack(workspace, "甲县")
    return [(each.code, each.message, each.place.line) for each in caught.value.findings]


def test_sheets_of_base_and_county_lie_one_over_the_other(workspace: Path) -> None:
    write(workspace, "p { color: #111 }", "base")
    write(workspace, GOOD)
    pack = load_pack(workspace, "甲县")
    assert [sheet.file for sheet in pack.look.sheets] == ["templates/base/样式.css", "templates/甲县/样式.css"]
    assert pack.look.sheets[1].text == GOOD
    assert pack.files["templates/甲县/样式.css"] == GOOD.encode()  # a change makes the documents again


def test_pack_without_a_sheet_reads_no_css(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tinycss2", None)
    assert load_pack(workspace, "甲县").look.sheets == ()


@pytest.mark.parametrize(
    ("text", "code", "words", "line"),
    [
        ("p { color: red }\n@import 'x.css';", Code.TEMPLATE_MARKUP, "@import", 2),
        ("@IMPORT url(x.css);", Code.TEMPLATE_MARKUP, "@IMPORT", 1),
        ("@font-face { font-family: x; src: url(x.otf) }", Code.TEMPLATE_MARKUP, "@font-face", 1),
        ("\n\np { background: url(http://127.0.0.1/x.png) }", Code.FILE_UNSAFE, "background", 3),
        ("p { background: URL('file:///etc/passwd') }", Code.FILE_UNSAFE, "background", 1),
        ("p { background: u\\72l(x.png) }", Code.FILE_UNSAFE, "background", 1),
        ("p { --x: url(x.png) }", Code.FILE_UNSAFE, "--x", 1),
        ("p { background: image-set('x.png' 1x) }", Code.FILE_UNSAFE, "background", 1),
        ("@media screen {\n p { background: url(x.png) } }", Code.FILE_UNSAFE, "background", 2),
        ("@page { @bottom-center { content: url(x.png) } }", Code.FILE_UNSAFE, "content", 1),
        ("p { q { background: url(x.png) } }", Code.FILE_UNSAFE, "background", 1),
        ("p::before { content: '另有' }", Code.TEMPLATE_MARKUP, "content", 1),
        (".closing { DISPLAY: NONE }", Code.TEMPLATE_MARKUP, "DISPLAY", 1),
        (".closing { visibility: hidden }", Code.TEMPLATE_MARKUP, "visibility", 1),
        ("p { color red }", Code.TEMPLATE_SYNTAX, "语法", 1),
        ("p { color: red", None, "", 0),  # CSS closes what is left open
        ("p { }\n/* </style><script>1</script> */", Code.FILE_UNSAFE, "<", 2),
    ],
)
def test_what_a_sheet_may_not_do_is_told_with_its_line(
    workspace: Path, text: str, code: Code | None, words: str, line: int
) -> None:
    write(workspace, text)
    if code is None:
        assert load_pack(workspace, "甲县").sheets
        return
    [(found, message, at)] = told(workspace)
    assert (found, at) == (code, line)
    assert words in message


def test_every_fault_is_told_at_once(workspace: Path) -> None:
    write(workspace, "@import 'x';\np { display: none; background: url(y) }\nq { content: 'z' }")
    assert [line for _, _, line in told(workspace)] == [1, 2, 2, 3]


def test_sheet_in_another_encoding_and_one_too_long_are_refused(workspace: Path) -> None:
    (workspace / "templates/甲县/样式.css").write_bytes("/* 甲县 */".encode("gb18030"))
    assert [code for code, _, _ in told(workspace)] == [Code.ENCODING]
    write(workspace, "p { color: red }\n" * 20_000)
    assert [code for code, _, _ in told(workspace)] == [Code.FILE_OVERSIZED]
