"""Pages of a PDF as pictures. Only to be called on the bench: PDFium knows one thread at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QImage

POINTS_PER_INCH: Final = 72


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a page that opens something: points from the page's upper left corner, what it opens, and its tip."""

    page: int
    left: float
    top: float
    width: float
    height: float
    reference: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF, the sizes of its pages in points, and what on them can be opened."""

    data: bytes
    sizes: tuple[tuple[float, float], ...]
    spots: tuple[Spot, ...] = ()


def read_paper(data: bytes, spots: tuple[Spot, ...] = ()) -> Paper:
    """Measure a PDF's pages."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return Paper(data, tuple(document.get_page_size(place) for place in range(len(document))), spots)


def draw_page(paper: Paper, place: int, scale: float) -> QImage:
    """One page at ``scale`` dots a point."""
    import pypdfium2

    with pypdfium2.PdfDocument(paper.data) as document:
        bitmap = document[place].render(scale=scale, prefer_bgrx=True)
        shown = QImage(
            memoryview(bitmap.buffer).cast("B"), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        )
        return shown.copy()
