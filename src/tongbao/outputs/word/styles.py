"""Named styles, so that a leader's changes to the text keep the official format and a later change of one style is one.

Built-in names are used where Word has one (Normal, heading 1, Title, footer): navigation, outlines and other offices'
templates know them; Word shows the Chinese name next to them as an alias.
"""

from __future__ import annotations

from typing import Final

from tongbao.outputs.word.faces import DECLARATION, FANG, HEI, KAI, NAMESPACE, SONG, TITLE, fonts
from tongbao.outputs.word.frame_styles import closing_styles, letterhead_styles
from tongbao.outputs.word.page import LINE, TIGHTENING, TITLE_PITCH, twips
from tongbao.outputs.word.style_xml import aligned, character_style, face, indented, paragraph_style, spacing
from tongbao.reports.document import Style

_LEVELS: Final = {1: ("一级标题", HEI), 2: ("二级标题", KAI), 3: ("三级标题", FANG), 4: ("四级标题", FANG)}


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
            *letterhead_styles(style, mark_size),
            *_tables(style),
            *closing_styles(style),
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
            paragraph_style(
                f"Heading{level}",
                f"heading {level}",
                f"<w:keepNext/><w:keepLines/>{indented(style)}",
                fonts(font),
                alias=alias,
                after="NoticeBody",
                link=f"Heading{level}Char",
                outline=level - 1,
            ),
            character_style(f"Heading{level}Char", f"{alias} 字符", fonts(font), link=f"Heading{level}"),
            # Notices go on after “（一）市直部门。” in the same line: the outline knows it, the page does not.
            paragraph_style(
                f"RunIn{level}", f"{alias}（接正文）", indented(style), after="NoticeBody", outline=level - 1
            ),
        ]
    return written


def _body(style: Style) -> list[str]:
    pitch = round(TITLE_PITCH * style.title_size / 22)
    return [
        paragraph_style("NoticeBody", "公文正文", indented(style)),
        # Where a few words would otherwise push 署名 to a page of its own.
        paragraph_style(
            "NoticeBodyTight", "公文正文（紧排）", "", f'<w:spacing w:val="{TIGHTENING - 11}"/>', based="NoticeBody"
        ),
        paragraph_style("NoticeFlush", "公文正文（顶格）", ""),
        paragraph_style("Recipients", "主送机关", "", after="NoticeBody"),
        paragraph_style(
            "Title",
            "Title",
            f"<w:keepLines/>{spacing(before=2 * LINE, after=LINE, line=pitch)}{aligned('center')}",
            face(TITLE, style.title_size),
            alias="公文标题",
            after="Recipients",
        ),
    ]


def _tables(style: Style) -> list[str]:
    line = twips(style.table_size * 5 / 4)
    small = face(FANG, style.table_size)
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
        paragraph_style("TableText", "表格文字", f"{spacing(line=line)}{aligned('center')}", small),
        paragraph_style("TableHead", "表头", f"{spacing(line=line)}{aligned('center')}", face(HEI, style.table_size)),
        paragraph_style(
            "TableCaption",
            "表题",
            f"<w:keepNext/>{spacing(before=line // 2, after=line // 4, line=line)}{aligned('center')}",
            face(HEI, style.table_size),
        ),
        paragraph_style("TableNote", "表注", spacing(before=line // 4, line=line), small),
        # An exact line would cut a picture off: this is the one place where a line is as high as what it holds.
        paragraph_style(
            "Figure",
            "图",
            '<w:keepNext/><w:spacing w:before="120" w:line="240" w:lineRule="auto"/>' + aligned("center"),
        ),
        paragraph_style(
            "FigureCaption",
            "图题",
            f"{spacing(before=line // 4, after=line // 2, line=line)}{aligned('center')}",
            face(HEI, style.table_size),
        ),
    ]


def _roles() -> list[str]:
    return [
        character_style("RoleFang", "仿宋字符", fonts(FANG)),
        character_style("RoleKai", "楷体字符", fonts(KAI)),
        character_style("RoleHei", "黑体字符", fonts(HEI)),
        character_style("RoleSong", "宋体字符", fonts(SONG)),
        character_style("RoleTitle", "小标宋字符", fonts(TITLE)),
    ]
