"""The 上下游图谱 on a sheet of its own, A4 or A3 across: the title of the paper, the map as large as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.reports.figure import draw_figure
from chain_office.reports.fonts import FontBook
from chain_office.reports.geometry import LIST_ACROSS, MM, Sheet
from chain_office.reports.paragraph import Paragraph, Span
from chain_office.reports.press import Furniture, Press

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure as Drawing

A3_ACROSS: Final = Sheet(420 * MM, 297 * MM, 16 * MM, 16 * MM, 388 * MM, 261 * MM, counted=True)
SHEETS: Final = {"A4": LIST_ACROSS, "A3": A3_ACROSS}
_TITLE: Final = 22.0
_POINTS: Final = 72.0


def render_map(
    draw: Callable[[float, float], Drawing], title: str, note: str, *, sample: bool, size: str = "A4", author: str = ""
) -> bytes:
    """The PDF. ``draw(width, height)`` makes the figure at that size in inches, without a title of its own; ``size``: A4 or
    A3; ``note``: small print at the foot."""
    sheet = SHEETS[size]
    press = Press(FontBook(), Furniture(title=title, author=author, note=note, sample=sample), sheet)
    larger = _TITLE * (1.35 if size == "A3" else 1.0)
    press.paragraph(
        Paragraph((Span(title, "title"),), larger, "center", 0.0, tracking=0.0, pitch=larger * 1.4), snap=False
    )
    high = press.room - 4.0
    figure = draw(sheet.width / _POINTS, high / _POINTS)
    draw_figure(press.canvas, press.book, figure, sheet.left, press.up(press.y + 4.0 + high))
    return press.finish()
