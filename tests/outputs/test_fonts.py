from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import documents
import pytest
from font_files import FANDOL, ROOT, renamed
from fontTools.ttLib import TTFont

from tongbao.errors import Code, OutputError, Severity
from tongbao.outputs.fonts import ROLES, FontSet, resolve, standard_characters
from tongbao.outputs.fonts.passages import passages
from tongbao.reports.document import Document


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return resolve(ROOT, [])


def body(*texts: str) -> Document:
    document = documents.notice(rows=1)
    return dataclasses.replace(document, blocks=tuple(documents.paragraph(text) for text in texts), attachments=())


def test_every_role_resolves_to_a_file_and_the_stack_covers_the_standard_characters(fonts: FontSet) -> None:
    assert fonts.findings == ()
    wanted = {ord(character) for character in standard_characters()}
    assert len(wanted) == 8105
    for role in ROLES:
        assert fonts.roles[role][0].source.is_file()
        assert wanted <= fonts.coverage(role), role


def test_standard_characters_begin_and_end_as_printed() -> None:
    text = standard_characters()
    assert text.startswith("一乙二十丁厂七卜八人入儿匕几九刁了刀力乃")
    assert text[3499:3501] == "矗乂"  # 一级字表 has 3500 characters
    assert set("堃喆镕玥祎翀昉旸曌赟垟埗") <= set(text)


def test_fang_song_is_fandol_and_a_rare_name_falls_back_to_wenkai(fonts: FontSet) -> None:
    common, rare = fonts.face("仿宋", "通"), fonts.face("仿宋", "堃")
    assert common is not None
    assert common.name == "FandolFang-Regular"
    assert rare is not None
    assert rare.name == "LXGWWenKai-Light"


def test_font_of_the_pack_comes_first_known_by_name_or_by_word(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    renamed(FANDOL / "FandolKai-Regular.otf", pack / "fonts" / "a.otf", "FangSong_GB2312")
    renamed(FANDOL / "FandolSong-Regular.otf", pack / "fonts" / "县政府小标宋.otf", "Whatever-Bold")
    found = resolve(ROOT, [pack])
    assert found.roles["仿宋"][0].name == "FangSong_GB2312"
    assert found.roles["小标宋"][0].name == "Whatever-Bold"
    assert found.roles["楷体"][0].name == "FandolKai-Regular"


def test_more_specific_pack_wins(tmp_path: Path) -> None:
    near = renamed(FANDOL / "FandolKai-Regular.otf", tmp_path / "near" / "fonts" / "仿宋.otf", "Near")
    renamed(FANDOL / "FandolKai-Regular.otf", tmp_path / "far" / "fonts" / "仿宋.otf", "Far")
    found = resolve(ROOT, [tmp_path / "near", tmp_path / "far"])
    assert [face.name for face in found.roles["仿宋"][:2]] == ["Near", "Far"]
    assert found.roles["仿宋"][0].source == near


def test_machine_without_fonts_says_so_for_every_role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found = resolve(tmp_path, [], system=[])
    assert [finding.code for finding in found.findings] == [Code.FONT_MISSING] * 5
    assert "小标宋" in found.findings[0].message


def test_damaged_font_of_the_office_is_an_error_not_a_silent_substitute(tmp_path: Path) -> None:
    broken = tmp_path / "pack" / "fonts" / "方正小标宋简体.ttf"
    broken.parent.mkdir(parents=True)
    broken.write_bytes((FANDOL / "FandolSong-Bold.otf").read_bytes()[:2000])
    (finding,) = resolve(ROOT, [tmp_path / "pack"]).findings
    assert finding.code is Code.FILE_DAMAGED
    assert finding.severity is Severity.ERROR
    assert "方正小标宋简体.ttf" in str(finding)


def test_face_of_a_collection_is_taken_out_once_and_whole(
    fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = dataclasses.replace(fonts.roles["黑体"][0])
    assert face.index is not None  # Noto comes as a collection
    source = Path(shutil.copy(face.source, tmp_path / face.source.name))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    copy = dataclasses.replace(face, source=source)
    assert copy.path == copy.path
    assert [path.suffix for path in copy.path.parent.iterdir()] == [".otf"]
    with TTFont(copy.path, lazy=True) as font:
        assert font["name"].getDebugName(6) == face.name
        assert frozenset(font.getBestCmap()) == face.code_points


def test_cache_that_cannot_be_written_is_an_error_with_a_remedy(
    fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = fonts.roles["黑体"][0]
    assert face.index is not None  # Noto comes as a collection
    (tmp_path / "cache").write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source = Path(shutil.copy(face.source, tmp_path / face.source.name))
    with pytest.raises(OutputError, match="无法写入字体缓存"):
        _ = dataclasses.replace(face, source=source).path


def test_missing_glyph_is_an_error_that_names_character_and_place(fonts: FontSet) -> None:
    findings = fonts.check(body("各单位：", "现对李𲎯同志任职情况予以通报。再提李𲎯一次。"))
    (missing,) = [finding for finding in findings if finding.code is Code.GLYPH_MISSING]
    assert missing.severity is Severity.ERROR
    assert "“𲎯”（U+323AF）" in missing.message
    assert "正文“现对李𲎯同志任职情况予" in str(missing.place)


def test_missing_glyph_in_a_table_cell_names_the_table(fonts: FontSet) -> None:
    document = documents.notice(rows=2)
    table = document.attachments[0].blocks[0]
    cell = dataclasses.replace(table.body[1][1], text="市\ue000局")
    rows = (table.body[0], (table.body[1][0], cell, *table.body[1][2:]))
    attachment = dataclasses.replace(document.attachments[0], blocks=(dataclasses.replace(table, body=rows),))
    (missing,) = [
        finding
        for finding in fonts.check(dataclasses.replace(document, attachments=(attachment,)))
        if finding.code is Code.GLYPH_MISSING
    ]
    assert "U+E000" in missing.message
    assert "附件1表1单元格“市" in str(missing.place)


def test_control_character_is_missing_too(fonts: FontSet) -> None:
    assert any("U+0007" in finding.message for finding in fonts.check(body("响铃\x07。")))


def test_substitution_is_remarked_once_a_character(fonts: FontSet) -> None:
    findings = fonts.check(body("李堃、王堃、赵喆。", "又见李堃。"))
    assert [(f.code, f.severity) for f in findings] == [(Code.GLYPH_SUBSTITUTED, Severity.REMARK)] * 2
    assert "FandolFang-Regular 没有“堃”（U+5803），改由 LXGWWenKai-Light 显示" in findings[0].message


def test_sample_notice_is_shown_by_the_first_faces_alone(fonts: FontSet) -> None:
    document = documents.notice()
    assert fonts.check(document) == ()
    assert {face.name for face in fonts.used(document)} == {fonts.roles[role][0].name for role in ROLES}


def test_digests_are_of_the_files_found(fonts: FontSet) -> None:
    import hashlib

    digest = hashlib.sha256((FANDOL / "FandolFang-Regular.otf").read_bytes()).hexdigest()
    assert fonts.digests["FandolFang-Regular.otf"] == digest


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ("份号密级紧急程度", ("000012", "机密★1年", "特急")),
        ("两个机关联合", ("昌吉市人民政府办公室昌吉市政务服务局文件", "昌吉市人民政府办公室昌吉市政务服务局")),
        ("三位签发人", ("签发人：", "某甲某乙某某丙")),
        ("纪要", ("出席：", "市统计局")),
        ("签名章", ("市长",)),
        ("附注", ("（此件公开发布）",)),
        ("主送移入版记", ("市第120部门。抄送：市委办公室",)),
    ],
)
def test_every_element_of_the_standard_is_gone_through(element: str, words: tuple[str, ...]) -> None:
    texts = [passage.text for passage in passages(documents.ELEMENTS[element]())]
    assert all(any(word in text for text in texts) for word in words)
