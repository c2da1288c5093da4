"""Named styles, so that a leader's changes to the text keep the official format and a later change of one style is one.

Built-in names are used where Word has one (Normal, heading 1, Title, footer): navigation, outlines and other offices'
templates know them; Word shows the Chinese name next to them as an alias.
"""

from __future__ import annotations

from typing import Final

from tongbao.outputs.word.page import (
    LINE,
    PAGE_NUMBER,
    PAGE_NUMBER_INSET,
    TIGHTENING,
    TITLE_PITCH,
    TWIPS_A_MM,
    TWIPS_A_POINT,
    character,
    twips,
)
from tongbao.reports.document import Style

NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FANG: Final = "仿宋_GB2312"
KAI: Final = "楷体_GB2312"
HEI: Final = "黑体"
SONG: Final = "宋体"
TITLE: Final = "方正小标宋简体"

_ALTERNATES: Final = {
    FANG: ("仿宋,FangSong", "modern", "fixed"),
    KAI: ("楷体,KaiTi", "modern", "fixed"),
    HEI: ("SimHei", "modern", "fixed"),
    SONG: ("SimSun", "auto", "variable"),
    TITLE: ("方正小标宋_GBK,华文中宋", "script", "fixed"),
}
_LEVELS: Final = {1: ("一级标题", HEI), 2: ("二级标题", KAI), 3: ("三级标题", FANG), 4: ("四级标题", FANG)}
_NUMBER_LINE: Final = 360
# The mark's line box: at 1.09 em the tops of the characters stand within 1 mm whether a program centres
# them in an exact line (Word) or sets them on its bottom (LibreOffice).
_MARK_LINE: Final = 1.09
_RULE_SPACE: Final = 10  # points from line box to red rule; with the box's own white it makes 4 mm


def fonts(name: str) -> str:
    """Name a font for every script, without theme fonts, which would win over it."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'


def font_table() -> str:
    """Write fontTable.xml: an office without the named font gets its nearest relative instead of any font."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, (others, family, pitch) in _ALTERNATES.items()
    )
    return f"{DECLARATION}<w:fonts {NAMESPACE}>{entries}</w:fonts>"


def styles(style: Style, mark_size: float) -> str:
    """Write styles.xml for a county's style tokens.

    Args:
        style: the tokens.
        mark_size: size of 发文机关标志 in pt, already fitted to the width.
    """
    return "".join(
        (
            f"{DECLARATION}<w:styles {NAMESPACE}>",
            _defaults(style),
            *_headings(style),
            *_body(style),
            *_letterhead(style, mark_size),
            *_tables(style),
            *_closing(style),
            *_roles(),
            "</w:styles>",
        )
    )


def _defaults(style: Style) -> str:
    size = round(style.body_size * 2)
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANG)}"
        f'<w:spacing w:val="{TIGHTENING}"/><w:kern w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:aliases w:val="公文基准"/><w:qFormat/><w:pPr>'
        # No hanging punctuation and no space between Chinese and digits: 28 characters fill 156 mm, not more.
        '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/>'
        "</w:pPr></w:style>"
    )


def _headings(style: Style) -> list[str]:
    written = []
    for level, (alias, font) in _LEVELS.items():
        written += [
            _paragraph(
                f"Heading{level}",
                f"heading {level}",
                f"<w:keepNext/><w:keepLines/>{_indent(style)}",
                fonts(font),
                alias=alias,
                after="NoticeBody",
                link=f"Heading{level}Char",
                outline=level - 1,
            ),
            _characters(f"Heading{level}Char", f"{alias} 字符", fonts(font), link=f"Heading{level}"),
            # Notices go on after “（一）市直部门。” in the same line: the outline knows it, the page does not.
            _paragraph(f"RunIn{level}", f"{alias}（接正文）", _indent(style), after="NoticeBody", outline=level - 1),
        ]
    return written


def _body(style: Style) -> list[str]:
    pitch = round(TITLE_PITCH * style.title_size / 22)
    return [
        _paragraph("NoticeBody", "公文正文", _indent(style)),
        _paragraph("NoticeFlush", "公文正文（顶格）", ""),
        _paragraph("Recipients", "主送机关", "", after="NoticeBody"),
        _paragraph(
            "Title",
            "Title",
            f"<w:keepLines/>{_spacing(before=2 * LINE, after=LINE, line=pitch)}{_align('center')}",
            _face(TITLE, style.title_size),
            alias="公文标题",
            after="Recipients",
        ),
    ]


def _letterhead(style: Style, mark_size: float) -> list[str]:
    colour = style.red.lstrip("#").upper()
    box = round(mark_size * _MARK_LINE * TWIPS_A_POINT)
    blank = (LINE - _NUMBER_LINE) // 2
    return [
        _paragraph(
            "LetterheadMark",
            "发文机关标志",
            f"{_spacing(before=round(35 * TWIPS_A_MM), line=box)}{_align('center')}",
            f'{fonts(TITLE)}<w:color w:val="{colour}"/><w:spacing w:val="0"/>{_size(mark_size)}',
        ),
        _paragraph(
            "DocumentNumber",
            "发文字号",
            f'<w:pBdr><w:bottom w:val="single" w:sz="{round(style.rule_pt * 8)}" w:space="{_RULE_SPACE}" '
            f'w:color="{colour}"/></w:pBdr>{_spacing(before=2 * LINE + blank, line=_NUMBER_LINE)}{_align("center")}',
        ),
    ]


def _tables(style: Style) -> list[str]:
    line = twips(style.table_size * 5 / 4)
    small = _face(FANG, style.table_size)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="NoticeTable"><w:name w:val="公文表格"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>'
        '<w:top w:w="20" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/>'
        '<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return [
        grid,
        _paragraph("TableText", "表格文字", f"{_spacing(line=line)}{_align('center')}", small),
        _paragraph("TableHead", "表头", f"{_spacing(line=line)}{_align('center')}", _face(HEI, style.table_size)),
        _paragraph(
            "TableCaption",
            "表题",
            f"<w:keepNext/>{_spacing(before=line // 2, after=line // 4, line=line)}{_align('center')}",
            _face(HEI, style.table_size),
        ),
        _paragraph("TableNote", "表注", _spacing(before=line // 4, line=line), small),
        # An exact line would cut a picture off: this is the one place where a line is as high as what it holds.
        _paragraph(
            "Figure",
            "图",
            '<w:keepNext/><w:spacing w:before="120" w:line="240" w:lineRule="auto"/>' + _align("center"),
        ),
        _paragraph(
            "FigureCaption",
            "图题",
            f"{_spacing(before=line // 4, after=line // 2, line=line)}{_align('center')}",
            _face(HEI, style.table_size),
        ),
    ]


def _closing(style: Style) -> list[str]:
    return [
        _paragraph("AttachmentNote", "附件说明", f"<w:keepNext/>{_align('left')}"),
        _paragraph("Organ", "署名", f"<w:keepNext/><w:keepLines/>{_align('right')}", after="IssueDate"),
        _paragraph("IssueDate", "成文日期", f"<w:keepLines/>{_align('right')}"),
        _paragraph("AttachmentLabel", "附件标识", "<w:pageBreakBefore/>" + _align("left"), fonts(HEI)),
        _paragraph(
            "AttachmentTitle",
            "附件标题",
            f"<w:keepNext/>{_spacing(before=LINE, after=LINE // 2, line=round(TITLE_PITCH * style.title_size / 22))}"
            f"{_align('center')}",
            _face(TITLE, style.title_size),
            after="NoticeBody",
            outline=0,
        ),
        _paragraph("Imprint", "版记", f"{_spacing(line=400)}{_align('left')}", _face(FANG, 14)),
        _paragraph("Anchor", "版记定位", _spacing(line=20), _size(1)),
        _paragraph("Header", "header", _spacing(line=240), _size(9), alias="页眉"),
        _paragraph("Footer", "footer", f"{_spacing(line=PAGE_NUMBER)}{_align('right')}", _face(SONG, 14), alias="页码"),
        _paragraph("FooterOdd", "单页页码", f'<w:ind w:right="{PAGE_NUMBER_INSET}"/>', based="Footer"),
        _paragraph("FooterEven", "双页页码", f'<w:ind w:left="{PAGE_NUMBER_INSET}"/>{_align("left")}', based="Footer"),
    ]


def _roles() -> list[str]:
    return [
        _characters("RoleFang", "仿宋字符", fonts(FANG)),
        _characters("RoleKai", "楷体字符", fonts(KAI)),
        _characters("RoleHei", "黑体字符", fonts(HEI)),
        _characters("RoleSong", "宋体字符", fonts(SONG)),
        _characters("RoleTitle", "小标宋字符", fonts(TITLE)),
    ]


def _paragraph(  # noqa: PLR0913 - each is one element of w:style
    identifier: str,
    name: str,
    properties: str,
    characters: str = "",
    *,
    alias: str = "",
    based: str = "Normal",
    after: str = "",
    link: str = "",
    outline: int | None = None,
) -> str:
    built_in = ' w:customStyle="1"' if name[0] > "\x7f" else ""
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="paragraph"{built_in} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        + (f'<w:aliases w:val="{alias}"/>' if alias else "")
        + f'<w:basedOn w:val="{based}"/>'
        + (f'<w:next w:val="{after}"/>' if after else "")
        + (f'<w:link w:val="{link}"/>' if link else "")
        + f"<w:qFormat/><w:pPr>{properties}{level}</w:pPr><w:rPr>{characters}</w:rPr></w:style>"
    )


def _characters(identifier: str, name: str, properties: str, *, link: str = "") -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/>'
        + (f'<w:link w:val="{link}"/>' if link else "")
        + f"<w:qFormat/><w:rPr>{properties}</w:rPr></w:style>"
    )


def _indent(style: Style) -> str:
    return f'<w:ind w:firstLineChars="200" w:firstLine="{2 * character(style)}"/>'


def _spacing(*, line: int, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def _align(side: str) -> str:
    return f'<w:jc w:val="{side}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _face(font: str, size: float) -> str:
    """A font at its natural spacing: the tightening belongs to the 28 characters of body text only."""
    return f'{fonts(font)}<w:spacing w:val="0"/>{_size(size)}'
