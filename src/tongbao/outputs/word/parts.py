"""The parts of a Word file that are not its text: styles, settings, margins, properties, and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from tongbao.outputs.fonts.office import Faces
from tongbao.outputs.word.chart import CHART_TYPE
from tongbao.outputs.word.faces import DECLARATION, NAMESPACE, font_table
from tongbao.outputs.word.margins import MARGINS, margin_parts
from tongbao.outputs.word.naming import named, named_whole, renamed
from tongbao.outputs.word.styles import styles
from tongbao.outputs.word.xml import escape
from tongbao.reports.document import Meta, Style

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGES: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MODE: Final = "http://schemas.microsoft.com/office/word"

_OPENING: Final = "$(£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
_CLOSING: Final = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—－"
)

_SETTINGS: Final = (
    f"{DECLARATION}<w:settings {NAMESPACE}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    # No mark that closes or goes on stands at the beginning of a line, none that opens at its end.
    f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{_OPENING}"/><w:noLineBreaksBefore w:lang="zh-CN" w:val="{_CLOSING}"/>'
    # A title broken by hand must not be stretched to the margins.
    "<w:compat><w:doNotExpandShiftReturn/>"
    + "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{_MODE}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    + '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


@lru_cache(maxsize=32)
def fixed_parts(style: Style, mark_size: float, watermark: str, letter_room: str, faces: Faces) -> Mapping[str, bytes]:
    """Write what the documents of one county share, once a process."""
    named_styles = renamed(styles(style, mark_size), faces)
    margins = {name: renamed(xml, faces) for name, xml in margin_parts(watermark, letter_room).items()}
    parts = {
        "word/styles.xml": named_styles,
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": font_table(faces),
        **{f"word/{name}.xml": named(named_whole(xml, faces), named_styles, faces) for name, xml in margins.items()},
        "docProps/app.xml": f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>tongbao</Application></Properties>",
        "_rels/.rels": f'{DECLARATION}<Relationships xmlns="{_PACKAGES}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGES}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>'
        "</Relationships>",
    }
    return {name: xml.encode() for name, xml in parts.items()}


def content_types(charts: int) -> str:
    """Write [Content_Types].xml."""
    overrides = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        **{f"/word/{name}.xml": f"{_WORD}.{_kind(name)}+xml" for name in MARGINS},
        **{f"/word/charts/chart{number}.xml": CHART_TYPE for number in range(1, charts + 1)},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGES}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="xlsx" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
        + "</Types>"
    )


def relationships(charts: int) -> str:
    """Write the relationships of the text; none leads out of the file."""
    targets = {
        "styles": ("styles", "styles.xml"),
        "settings": ("settings", "settings.xml"),
        "fontTable": ("fontTable", "fontTable.xml"),
        **{name: (_kind(name), f"{name}.xml") for name in MARGINS},
        **{f"chart{number}": ("chart", f"charts/chart{number}.xml") for number in range(1, charts + 1)},
    }
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGES}/relationships">'
        + "".join(
            f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
            for name, (kind, target) in targets.items()
        )
        + "</Relationships>"
    )


def core_properties(meta: Meta) -> str:
    """Write what archives read of a file from outside; the dates are the notice's own, never the clock's."""
    moment = f"{meta.created.isoformat()}T00:00:00Z"
    organ = escape(meta.organ)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGES}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(meta.title)}</dc:title><dc:subject>{escape(meta.subject)}</dc:subject>"
        f"<dc:creator>{organ}</dc:creator><cp:keywords>{escape('；'.join(meta.keywords))}</cp:keywords>"
        f"<cp:lastModifiedBy>{organ}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _kind(name: str) -> str:
    return "header" if name.startswith("header") else "footer"
