"""Names with rare characters come out right, or are refused with the character that is meant and what to do."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import documents
import pytest
from font_files import ROOT, drawn

from tongbao.errors import Code, Finding
from tongbao.gb18030 import MEANT
from tongbao.outputs.fonts import FontSet, resolve
from tongbao.outputs.fonts.find import system_folders

NAMES = "堃喆镕玥祎翀昉旸曌赟垟埗䶮㐂𠮷"


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return resolve(ROOT, [])


def said(text: str, fonts: FontSet) -> list[Finding]:
    document = documents.notice(rows=1)
    blocks = (documents.paragraph(f"通报{text}。"),)
    return list(fonts.check(dataclasses.replace(document, blocks=blocks, attachments=())))


@pytest.mark.parametrize(
    ("private", "standard", "place"),
    [  # GB 18030-2022, where the 24 private characters of GB 18030-2005 and those before them stand today
        ("\ue78d", "︐", "U+FE10"),
        ("\ue796", "︙", "U+FE19"),
        ("\ue81e", "龴", "U+9FB4"),
        ("\ue826", "龵", "U+9FB5"),
        ("\ue82b", "龶", "U+9FB6"),
        ("\ue82c", "龷", "U+9FB7"),
        ("\ue832", "龸", "U+9FB8"),
        ("\ue843", "龹", "U+9FB9"),
        ("\ue854", "龺", "U+9FBA"),
        ("\ue864", "龻", "U+9FBB"),
        ("\ue816", "𠂇", "U+20087"),
        ("\ue817", "𠂉", "U+20089"),
        ("\ue818", "𠃌", "U+200CC"),
        ("\ue831", "𡗗", "U+215D7"),
        ("\ue83b", "𢦏", "U+2298F"),
        ("\ue855", "𤇾", "U+241FE"),
        ("\ue863", "䶮", "U+4DAE"),
        ("\ue7c7", "ḿ", "U+1E3F"),
        ("\ue7e7", "〾", "U+303E"),
    ],
)
def test_private_place_of_an_old_system_is_refused_with_the_standard_character(
    private: str, standard: str, place: str, fonts: FontSet
) -> None:
    (finding,) = said(private, fonts)
    assert finding.code is Code.GLYPH_MISSING
    assert f"U+{ord(private):04X}" in finding.message
    assert f"GB 18030-2022 规定的是“{standard}”（{place}）" in finding.message
    assert f"改录为“{standard}”" in finding.remedy


def test_private_places_agree_with_the_code_table_of_the_standard() -> None:
    # Python's codec holds GB 18030-2000: where it knows the character of a two-byte code, both must be the same.
    codes = {0xE815 + place: byte for place, byte in enumerate(each for each in range(0x50, 0xA1) if each != 0x7F)}
    decoded = {chr(place): bytes((0xFE, byte)).decode("gb18030") for place, byte in codes.items()}
    assert len(decoded) == 80
    public = {place: meant for place, meant in decoded.items() if not "\ue000" <= meant <= "\uf8ff"}
    assert len(public) == 66  # the other fourteen were private still in 2000; they are literal above
    assert all(MEANT[place] == meant for place, meant in public.items())


def test_own_shape_of_another_machine_is_refused_and_shown_by_the_offices_font_alone(tmp_path: Path) -> None:
    (refused,) = said("\ue000", resolve(ROOT, []))
    assert "这是自造字" in refused.message
    drawn(tmp_path / "pack" / "fonts" / "仿宋.ttf", "TestFang", "\ue000\ue863通报")
    own = resolve(ROOT, [tmp_path / "pack"])
    assert not [finding for finding in said("\ue000", own) if finding.code is Code.GLYPH_MISSING]
    assert [finding.code for finding in said("\ue863", own)][:1] != []
    assert "“䶮”" in next(f.message for f in said("\ue863", own) if f.code is Code.GLYPH_MISSING)


def test_spare_font_of_the_machine_never_shows_a_private_character(tmp_path: Path) -> None:
    drawn(tmp_path / "SimSun-ExtB.ttf", "SimSun-ExtB", "\ue000𪜀")
    fonts = resolve(ROOT, [], system=[tmp_path, *system_folders()])
    assert [finding.code for finding in said("\ue000", fonts)] == [Code.GLYPH_MISSING]


@pytest.mark.parametrize("character", ["𪜀", "𫝀", "𫠠", "𬺰", "𰀀", "𱍐"])  # the first of extensions C, D, E, F, G, H
def test_character_of_level_3_is_refused_or_shown_by_a_font_for_it(
    character: str, tmp_path: Path, fonts: FontSet
) -> None:
    (refused,) = said(character, fonts)
    assert refused.code is Code.GLYPH_MISSING
    assert f"“{character}”（U+{ord(character):X}）" in refused.message
    assert "SimSun-ExtB" in refused.remedy
    drawn(tmp_path / "simsunb.ttf", "SimSun-ExtB", character)
    (shown,) = said(character, resolve(ROOT, [], system=[tmp_path, *system_folders()]))
    assert shown.code is Code.GLYPH_SUBSTITUTED
    assert "改由 SimSun-ExtB 显示" in shown.message


def test_variant_form_is_shown_only_by_a_face_that_has_it(tmp_path: Path, fonts: FontSet) -> None:
    variant = "葛\U000e0100"
    (refused,) = said(variant, fonts)
    assert refused.code is Code.GLYPH_MISSING
    assert "“葛”（U+845B U+E0100）" in refused.message
    assert "删去其后的变体选择符" in refused.remedy
    target = tmp_path / "pack" / "fonts" / "仿宋.ttf"
    drawn(target, "TestFang", "葛噶", variants={("葛", "\U000e0100"): "噶"})
    own = resolve(ROOT, [tmp_path / "pack"])
    assert not [finding for finding in said(variant, own) if "葛" in finding.message]
    assert [f.code for f in said("葛\U000e0101", own) if "葛" in f.message] == [Code.GLYPH_MISSING]


def test_mark_stands_in_the_face_of_its_letter(fonts: FontSet) -> None:
    shown = fonts.face("仿宋", "e\u0301")  # é in two characters: FandolFang has the letter and lacks the mark
    assert shown is not None
    assert shown.name == "LXGWWenKai-Light"
    (refused,) = said("n\u0331", fonts)  # no face has the mark
    assert refused.code is Code.GLYPH_MISSING
    assert "U+006E U+0331" in refused.message
    assert refused.remedy == "请改录为一个字符“ṉ”（U+1E49）"


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("\ufffd", "对照原件"),
        ("\x07", "控制符"),
        ("\u202e", "控制符"),
        ("\u0628", "规范汉字或常用符号"),
    ],
)
def test_what_is_no_hanzi_has_a_remedy_of_its_own(character: str, words: str, fonts: FontSet) -> None:
    (refused,) = said(character, fonts)
    assert refused.code is Code.GLYPH_MISSING
    assert words in refused.message + refused.remedy


@pytest.mark.parametrize("role", ["小标宋", "仿宋", "楷体", "黑体", "宋体"])
def test_names_have_a_face_in_every_role(role: str, fonts: FontSet) -> None:
    assert all(fonts.face(role, character) for character in NAMES)  # type: ignore[arg-type]
