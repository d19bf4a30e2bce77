"""Photographs onto the page: a few beside one another, each with a line below it, never larger than its share of the width."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportlab.lib.utils import ImageReader

from chain_office.reports.geometry import MM, SIZE_4, SIZE_S5
from chain_office.reports.paragraph import Paragraph, Span
from chain_office.reports.wrapping import wrap

if TYPE_CHECKING:
    from chain_office.reports.papers import Photos
    from chain_office.reports.press import Press

TALLEST: Final = 82 * MM
_GAP: Final = 10.0
_CAPTION: Final = 14.0
_HEADING: Final = SIZE_4 * 2.0


def fitted(size: tuple[int, int], width: float) -> tuple[float, float]:
    """Width and height in points of a picture of so many dots, as large as its room allows."""
    across, down = max(1, size[0]), max(1, size[1])
    scale = min(width / across, TALLEST / down)
    return across * scale, down * scale


class PhotoSetter:
    """Sets photographs at the press's cursor; a row of them stays on one page."""

    def __init__(self, press: Press, part: Photos) -> None:
        self._press, self._part = press, part
        self._width = (press.sheet.width - _GAP * (part.across - 1)) / part.across

    def set(self) -> None:
        """Heading, then row by row."""
        press, part = self._press, self._part
        rows = [part.photos[at : at + part.across] for at in range(0, len(part.photos), part.across)]
        for number, row in enumerate(rows):
            readers = [ImageReader(BytesIO(one.data)) for one in row]
            sizes = [fitted(one.getSize(), self._width) for one in readers]
            high = max(height for _, height in sizes)
            heading = _HEADING if number == 0 and part.heading else 0.0
            if not press.fresh and not press.fits(heading + high + _CAPTION):
                press.next_page()
            if heading:
                words = Paragraph((Span(part.heading, "hei"),), SIZE_4, "left", 0.0, tracking=0.0, pitch=_HEADING)
                press.paragraph(words, snap=False)
            for place, (reader, size, one) in enumerate(zip(readers, sizes, row, strict=True)):
                left = press.sheet.left + place * (self._width + _GAP) + (self._width - size[0]) / 2
                top = press.y + (high - size[1])
                press.canvas.drawImage(reader, left, press.up(top + size[1]), size[0], size[1])
                self._caption(one.caption, place, press.y + high)
            press.y += high + _CAPTION + 4.0

    def _caption(self, text: str, place: int, down: float) -> None:
        press = self._press
        if not text:
            return
        line = wrap(press.book.widths("fang"), text, self._width / SIZE_S5)[0]
        width = press.book.width(line, "fang", SIZE_S5)
        left = press.sheet.left + place * (self._width + _GAP)
        press.line(line, "fang", SIZE_S5, down + _CAPTION - 3.0, x=left - press.sheet.left + (self._width - width) / 2)
