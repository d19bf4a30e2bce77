"""A text object for thousands of short texts: one placement and one string each, no book-keeping in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.textobject import PDFTextObject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.pdfgen.canvas import Canvas

_ESCAPES: Final = {
    code: f"\\{code:03o}" if code < 32 or code > 126 else f"\\{chr(code)}"
    for code in range(256)
    if code < 32 or code > 126 or chr(code) in "()\\"
}


class CellText(PDFTextObject):
    """`canvas.textOut` measures every string again and formats every number digit by digit: half the time of a list."""

    _code: list[str]
    _doc: Any

    def __init__(self, canvas: Canvas, size: float) -> None:
        super().__init__(canvas)
        self._size = size
        self._named = ""

    def put(self, x: float, y: float, runs: Iterable[tuple[str, str]]) -> None:
        """Runs (face, text), one after another from (x, y)."""
        add = self._code.append
        add(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        document = self._doc
        for face, text in runs:
            font: Any = pdfmetrics.getFont(face)
            for subset, codes in font.splitString(text, document):
                name = font.getSubsetInternalName(subset, document)
                if name != self._named:
                    add(f"{name} {self._size:g} Tf")
                    self._named = name
                add(f"({codes.decode('latin-1').translate(_ESCAPES)}) Tj")
