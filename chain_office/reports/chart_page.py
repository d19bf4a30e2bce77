"""A chart onto the page of a paper: as wide as the page, vector in the PDF, a sharp picture in Word."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from chain_office.reports.geometry import MM, SIZE_S4, baseline_in

if TYPE_CHECKING:
    from chain_office.reports.content import Chart
    from chain_office.reports.press import Press

_CAPTION: Final = SIZE_S4 * 1.7
_DPI: Final = 300
_GAP: Final = 4.0


def set_chart(press: Press, chart: Chart) -> None:
    """At the press's cursor, its caption below it where it has one; never torn over two pages."""
    from chain_office.reports.figure import draw_figure

    high, width = chart.tall_mm * MM, press.sheet.width
    below = _CAPTION if chart.caption else 0.0
    if not press.fresh and not press.fits(high + below):
        press.next_page()
    figure = chart.figure(width / 72, high / 72)
    draw_figure(press.canvas, press.book, figure, press.sheet.left, press.up(press.y + high))
    press.y += high + _GAP
    if chart.caption:
        wide = press.book.width(chart.caption, "hei", SIZE_S4)
        down = press.y + baseline_in(_CAPTION, SIZE_S4)
        press.line(chart.caption, "hei", SIZE_S4, down, x=max(0.0, (width - wide) / 2))
        press.y += _CAPTION


def chart_picture(chart: Chart, width: float) -> tuple[bytes, float, float]:
    """The chart as PNG at ``width`` points, with its width and height in points."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    high = chart.tall_mm * MM
    figure = chart.figure(width / 72, high / 72)
    FigureCanvasAgg(figure)
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=_DPI, metadata={"Software": None})
    return buffer.getvalue(), width, high
