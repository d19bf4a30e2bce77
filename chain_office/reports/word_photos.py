"""Photographs of a Word paper: a row of cells without rules, each with a picture and a line below it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from docx.image.image import Image
from docx.oxml.shape import CT_Inline
from docx.shared import Pt

from chain_office.reports.geometry import SIZE_S4
from chain_office.reports.photo_page import fitted
from chain_office.reports.word_styles import HEADING, SMALL_CELL, SPACER
from chain_office.reports.word_tables import bare_table
from chain_office.reports.word_xml import node, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from chain_office.reports.papers import Photo, Photos

_SIDE: Final = 6.0


def photo_rows(document: Document, part: Photos, width: float) -> list[BaseOxmlElement]:
    """The heading, then the pictures row by row."""
    out: list[BaseOxmlElement] = []
    if part.heading:
        size = node("sz", val=round(2 * SIZE_S4))
        out.append(paragraph(HEADING, run(part.heading, "", size), keep=node("keepNext")))
    else:
        out.append(paragraph(SPACER))
    share = width / part.across
    cells = [
        [_picture(document, one, number, share - 2 * _SIDE), *_caption(one)]
        for number, one in enumerate(part.photos, start=1)
    ]
    out.append(bare_table(cells, [share] * part.across))
    return out


def _picture(document: Document, photo: Photo, number: int, width: float) -> BaseOxmlElement:
    image = Image.from_blob(photo.data)
    across, down = fitted((image.px_width, image.px_height), width)
    relation, _ = document.part.get_or_add_image(BytesIO(photo.data))
    inline = CT_Inline.new_pic_inline(number, relation, f"照片{number}", Pt(across), Pt(down))
    drawing = node("drawing")
    drawing.append(inline)
    line = node("spacing", line=240, lineRule="auto")  # the style's fixed pitch would cut the picture
    return paragraph(
        SMALL_CELL, node("r", drawing), keep=node("keepNext"), spacing=line, align=node("jc", val="center")
    )


def _caption(photo: Photo) -> list[BaseOxmlElement]:
    return [paragraph(SMALL_CELL, photo.caption, align=node("jc", val="center"))] if photo.caption else []
