"""A chart in a Word paper: a picture in a paragraph of its own, its caption below it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx.oxml.shape import CT_Inline
from docx.shared import Pt

from chain_office.reports.chart_page import chart_picture
from chain_office.reports.word_styles import SMALL_CELL
from chain_office.reports.word_xml import node, paragraph

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from chain_office.reports.content import Chart


def chart_paragraphs(document: Document, chart: Chart, width: float, number: int) -> list[BaseOxmlElement]:
    """The picture as wide as the page. ``number`` tells it from other pictures of the document."""
    data, across, down = chart_picture(chart, width)
    relation, _ = document.part.get_or_add_image(BytesIO(data))
    drawing = node("drawing")
    drawing.append(CT_Inline.new_pic_inline(number, relation, f"图{number}", Pt(across), Pt(down)))
    centre = node("jc", val="center")
    line = node("spacing", line=240, lineRule="auto")  # the style's fixed pitch would cut the picture
    below = node("keepNext") if chart.caption else None
    made = [paragraph(SMALL_CELL, node("r", drawing), keep=below, spacing=line, align=centre)]
    if chart.caption:
        made.append(paragraph(SMALL_CELL, chart.caption, align=node("jc", val="center")))
    return made
