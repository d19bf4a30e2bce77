"""The page of a Word paper: size, margins, page numbers, small print and the stamp on sample papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.oxml.ns import qn

from chain_office.reports.geometry import MM, SIZE_4
from chain_office.reports.press import SAMPLE_MARK
from chain_office.reports.word_styles import FOOT_NUMBER, FOOTER, HEADER, LINE, SMALL_PRINT, STAMP
from chain_office.reports.word_xml import field, node, paragraph, run, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import _Footer, _Header

    from chain_office.reports.geometry import Sheet

_NUMBER_FOOT: Final = 25.2 * MM  # the dashes of — 1 — stand 7 mm below the type area (GB/T 9704 7.5)
_COUNT_DROP: Final = 8.4 * MM  # of the foot of 第 1 页 below the type area
_STAMP_HEAD: Final = 22 * MM
_LIST_STAMP_RISE: Final = 11 * MM  # above the type area


def set_page(document: Document, sheet: Sheet, foot: str, *, sample: bool) -> None:
    """Everything that stands on each page."""
    section = document.sections[0]
    right = sheet.page_width - sheet.left - sheet.width
    bottom = sheet.page_height - sheet.top - sheet.height
    size = node("pgSz", w=twips(sheet.page_width), h=twips(sheet.page_height))
    if sheet.page_width > sheet.page_height:
        size.set(qn("w:orient"), "landscape")
    margins = node(
        "pgMar", top=twips(sheet.top), right=twips(right), bottom=twips(bottom), left=twips(sheet.left), gutter=0,
        header=twips(sheet.top - _LIST_STAMP_RISE if sheet.counted else _STAMP_HEAD),
        footer=twips(bottom - _COUNT_DROP if sheet.counted else _NUMBER_FOOT),
    )  # fmt: skip
    properties = document.element.body[-1]
    for child in (size, margins, node("docGrid", type_="lines", linePitch=twips(LINE))):
        properties.append(child)
    width = sheet.width
    if sheet.counted:
        _fill(section.footer, _count(foot, width))
        if sample:
            _fill(section.header, _stamp())
        return
    document.settings.odd_and_even_pages_header_footer = True
    _fill(section.footer, _number(foot, width, odd=True))
    _fill(section.even_page_footer, _number(foot, width, odd=False))
    if sample:
        _fill(section.header, _stamp())
        _fill(section.even_page_header, _stamp())


def _fill(place: _Footer | _Header, content: BaseOxmlElement) -> None:
    place.is_linked_to_previous = False
    inside = place._element  # noqa: SLF001  # the only door to its XML
    for child in list(inside):
        inside.remove(child)
    inside.append(content)


def _stamp() -> BaseOxmlElement:
    return paragraph(HEADER, run(f"\u00a0{SAMPLE_MARK}\u00a0", STAMP))


def _number(foot: str, width: float, *, odd: bool) -> BaseOxmlElement:
    """— 1 — outside, one character in; the small print opposite."""
    number = [run("— "), *field("PAGE"), run(" —")]
    small = run(foot, SMALL_PRINT)
    end = width - SIZE_4 if odd else width
    tabs = node("tabs", node("tab", val="right", pos=twips(end)))
    if odd:
        return paragraph(FOOT_NUMBER, small, node("r", node("tab")), *number, tabs=tabs)
    return paragraph(
        FOOT_NUMBER, *number, node("r", node("tab")), small, tabs=tabs, indent=node("ind", left=twips(SIZE_4))
    )


def _count(foot: str, width: float) -> BaseOxmlElement:
    """第 1 页，共 3 页 at the right; the small print at the left."""
    tabs = node("tabs", node("tab", val="right", pos=twips(width)))
    count = [run("第 "), *field("PAGE"), run(" 页，共 "), *field("NUMPAGES"), run(" 页")]
    return paragraph(FOOTER, run(foot, SMALL_PRINT), node("r", node("tab")), *count, tabs=tabs)
