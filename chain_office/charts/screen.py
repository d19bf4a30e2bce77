"""A figure as the dots of a screen, drawn again and again: what was measured for one drawing serves the next.

The dots are those of matplotlib's own canvas. Its canvas measures every text anew for each figure, and asks the font file
for the height of a line each time; here the renderer is kept with what it has measured, for as long as the size stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import findfont, get_font

from chain_office.charts.style import look

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

_LINE_TABLES = (
    ("OS/2", "sTypoAscender", "sTypoDescender", "sTypoLineGap"),
    ("hhea", "ascent", "descent", "lineGap"),
)  # fmt: skip


class _Renderer(RendererAgg):
    """Matplotlib's, which remembers how high a line of each face is."""

    def __init__(self, width: float, height: float, dpi: float) -> None:
        super().__init__(width, height, dpi)  # type: ignore[no-untyped-call]  # its stub has none
        self._lines: dict[FontProperties, tuple[float, float, float] | tuple[None, None, None]] = {}

    def _get_font_height_metrics(self, face: FontProperties) -> tuple[float, float, float] | tuple[None, None, None]:
        """Ascent, descent and gap of a line in dots, as a text asks its renderer for them."""
        found = self._lines.get(face)
        if found is None:
            found = self._lines[face.copy()] = _line_of(face, self.dpi)
        return found


def _line_of(face: FontProperties, dpi: float) -> tuple[float, float, float] | tuple[None, None, None]:
    font: Any = get_font(findfont(face))
    for name, *keys in _LINE_TABLES:
        table = font.get_sfnt_table(name)
        if table is not None:
            scale = 1 / font.get_sfnt_table("head")["unitsPerEm"] * face.get_size_in_points() * dpi / 72
            ascent, descent, gap = (table[key] * scale for key in keys)
            return ascent, -descent, gap
    return None, None, None


class _Canvas(FigureCanvasAgg):
    """Matplotlib's, with the renderer of the drawing before."""

    kept: _Renderer | None = None

    def get_renderer(self) -> RendererAgg:
        """The one kept, where the size is the same."""
        width, height = self.get_width_height(physical=True)
        dpi = self.figure.dpi
        kept = _Canvas.kept
        if kept is None or (kept.width, kept.height, kept.dpi) != (width, height, dpi):
            kept = _Canvas.kept = _Renderer(width, height, dpi)
        self.renderer = kept
        return kept


def pixels(figure: Figure, dpi: int) -> tuple[int, int, bytes]:
    """Width, height and the red, green, blue and alpha of every dot: what a screen shows, without packing a file."""
    figure.set_dpi(dpi)
    canvas: Any = _Canvas(figure)  # its stub has no types for what is drawn
    with look():
        canvas.draw()
    width, height = canvas.get_width_height(physical=True)
    return width, height, bytes(canvas.buffer_rgba())
