"""The styles of a Word paper, under the names Windows knows the faces by, with what stands in where one is missing.

Offices have 仿宋_GB2312 and 方正小标宋 installed or not; the document names them and, in its font table, their substitutes.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from chain_office.reports.geometry import SIZE_2, SIZE_3, SIZE_4, SIZE_5, SIZE_S4, SIZE_S5

LINE: Final = 28.95  # points; 22 times 29 would be a fifth of a point more than the type area
EM: Final = 15.75  # a character of 16 pt with its spacing
TITLE_LINE: Final = 36.2
RED: Final = "C8102E"
GREY: Final = "5A5F66"
_LATIN: Final = "Times New Roman"
_NO_AUTOSPACE: Final = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'  # no quarter blank beside digits
_TRACKING: Final = -5  # twips: 28 characters in the line

BODY, MARK, NUMBER, TITLE, TO, SIGN = "GwBody", "GwMark", "GwNumber", "Title", "GwTo", "GwSign"
LIST_TITLE, LIST_LINE, LIST_TEXT, HEADING = "GwListTitle", "GwListLine", "GwListText", "GwFormHeading"
CELL, CELL_HEAD, SMALL_CELL, SMALL_HEAD = "GwCell", "GwCellHead", "GwSmallCell", "GwSmallCellHead"
FORM, FORM_HEAD, NOTE, COPIES, SPACER = "GwForm", "GwFormHead", "GwNote", "GwCopies", "GwSpacer"
FOOTER, FOOT_NUMBER, HEADER, LEAD, STAMP, SMALL_PRINT = (
    "Footer",
    "GwFootNumber",
    "Header",
    "GwLead",
    "GwStamp",
    "GwSmallPrint",
)


class Face(NamedTuple):
    """A face and what stands in for it, in order."""

    name: str
    instead: tuple[str, ...]
    latin: str = _LATIN
    family: str = "modern"


FANG: Final = Face("仿宋_GB2312", ("仿宋", "FangSong", "华文仿宋", "GW Fang"))
KAI: Final = Face("楷体_GB2312", ("楷体", "KaiTi", "华文楷体", "GW Kai"))
HEI: Final = Face("黑体", ("SimHei", "微软雅黑", "GW Hei"), "黑体", "auto")
BIAO_SONG: Final = Face(
    "方正小标宋简体", ("方正小标宋_GBK", "华文中宋", "宋体", "GW BiaoSong"), "方正小标宋简体", "auto"
)
SONG: Final = Face("宋体", ("SimSun", "新宋体", "GW Song"), "宋体", "auto")
FACES: Final = (FANG, KAI, HEI, BIAO_SONG, SONG)


class Style(NamedTuple):
    """Lengths in points. `line` is exact. `outline`: its level in the navigation pane."""

    identity: str
    name: str
    face: Face
    size: float
    line: float
    align: str = "left"
    first: float = 0.0
    colour: str = ""
    outline: int = -1
    keep: bool = False
    tracking: int = 0
    base: str = "Normal"
    after: str = ""


STYLES: Final = (
    Style(BODY, "公文正文", FANG, SIZE_3, LINE, "both", 2 * EM, tracking=_TRACKING),
    Style("Heading1", "heading 1", HEI, SIZE_3, LINE, "left", 2 * EM, "", 0, True, _TRACKING, after=BODY),
    Style("Heading2", "heading 2", KAI, SIZE_3, LINE, "left", 2 * EM, "", 1, True, _TRACKING, after=BODY),
    Style("Heading3", "heading 3", FANG, SIZE_3, LINE, "left", 2 * EM, "", 2, True, _TRACKING, after=BODY),
    Style(MARK, "发文机关标志", BIAO_SONG, 40.0, 48.0, "center", colour=RED, keep=True),
    Style(NUMBER, "发文字号", FANG, SIZE_3, LINE, "center", keep=True, tracking=_TRACKING),
    Style(TITLE, "Title", BIAO_SONG, SIZE_2, TITLE_LINE, "center", keep=True, after=TO),
    Style(TO, "主送机关", FANG, SIZE_3, LINE, "left", tracking=_TRACKING, after=BODY),
    Style(SIGN, "署名日期", FANG, SIZE_3, LINE, "right", tracking=_TRACKING),
    Style(COPIES, "版记", FANG, SIZE_4, 22.4, "left"),
    Style(LIST_TITLE, "清单标题", BIAO_SONG, 20.0, 28.0, "center", keep=True),
    Style(LIST_LINE, "清单说明", FANG, SIZE_4, 23.0, "left", keep=True),
    Style(LIST_TEXT, "清单正文", FANG, SIZE_4, 23.0, "both", 2 * SIZE_4),
    Style(HEADING, "表单小标题", HEI, SIZE_4, 28.0, "left", outline=0, keep=True),
    Style(CELL, "表格文字", FANG, SIZE_5, 14.0, "left"),
    Style(CELL_HEAD, "表头文字", HEI, SIZE_5, 14.0, "center"),
    Style(SMALL_CELL, "表格小字", FANG, SIZE_S5, 11.5, "left"),
    Style(SMALL_HEAD, "表头小字", HEI, SIZE_S5, 11.5, "center"),
    Style(FORM, "表单文字", FANG, SIZE_S4, 18.0, "left"),
    Style(FORM_HEAD, "表单栏目", HEI, SIZE_S4, 18.0, "center"),
    Style(NOTE, "表注", FANG, SIZE_S5, 13.5, "left"),
    Style(SPACER, "间隔", FANG, 2.0, 8.0, "left"),
    Style(FOOTER, "footer", FANG, SIZE_S5, 14.0, "left", colour=GREY),
    Style(FOOT_NUMBER, "页码", SONG, SIZE_4, 14.0, "left"),
    Style(HEADER, "header", FANG, SIZE_S5, 20.0, "right"),
)


def fonts_of(face: Face) -> str:
    """w:rFonts of a face."""
    return f'<w:rFonts w:ascii="{face.latin}" w:hAnsi="{face.latin}" w:eastAsia="{face.name}" w:cs="{_LATIN}"/>'


def _style(style: Style) -> str:
    indent = f'<w:ind w:firstLine="{round(style.first * 20)}"/>' if style.first else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    tracking = f'<w:spacing w:val="{style.tracking}"/>' if style.tracking else ""
    custom = (
        ""
        if style.name in {"heading 1", "heading 2", "heading 3", "Title", "footer", "header"}
        else ' w:customStyle="1"'
    )
    after = f'<w:next w:val="{style.after}"/>' if style.after else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.identity}"{custom}><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.base}"/>{after}<w:qFormat/><w:pPr>{"<w:keepNext/>" if style.keep else ""}'
        f'{_NO_AUTOSPACE}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{round(style.line * 20)}" w:lineRule="exact"/>'
        f'{indent}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{fonts_of(style.face)}{colour}{tracking}"
        f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/></w:rPr></w:style>'
    )


def _character_style(identity: str, name: str, properties: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def styles_xml(namespace: str) -> str:
    """word/styles.xml."""
    size = round(SIZE_3 * 2)
    lead = _character_style(LEAD, "段首楷体", fonts_of(KAI))
    stamp = _character_style(
        STAMP,
        "示例数据章",
        f'{fonts_of(HEI)}<w:color w:val="{RED}"/><w:sz w:val="28"/>'
        f'<w:bdr w:val="single" w:sz="6" w:space="0" w:color="{RED}"/>',
    )
    small = _character_style(SMALL_PRINT, "回执号", f'{fonts_of(FANG)}<w:color w:val="{GREY}"/><w:sz w:val="18"/>')
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="100" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )
    return (
        f'<w:styles xmlns:w="{namespace}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts_of(FANG)}<w:kern w:val="0"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        f'<w:widowControl w:val="0"/>{_NO_AUTOSPACE}'
        f'<w:spacing w:line="{round(LINE * 20)}" w:lineRule="exact"/><w:jc w:val="both"/>'
        "</w:pPr>"
        "</w:style>" + lead + stamp + small + table + "".join(map(_style, STYLES)) + "</w:styles>"
    )


def font_table_xml(namespace: str) -> str:
    """word/fontTable.xml: what stands in for a face that is not installed."""
    fonts = "".join(
        f'<w:font w:name="{face.name}"><w:altName w:val="{",".join(face.instead)}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{face.family}"/><w:pitch w:val="default"/></w:font>'
        for face in FACES
    )
    return f'<w:fonts xmlns:w="{namespace}">{fonts}</w:fonts>'
