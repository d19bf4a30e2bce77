"""A figure as the dots of a screen, drawn again and again: what was measured for one drawing serves the next.

The dots are those of matplotlib's own canvas. Its canvas measures every text anew for each figure, and asks the font file
for the height of a line each time; here the renderer is kept with what it has measured, for as long as the size stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.font_manager import findfont, get_font
from matplotlib.ft2font import RenderMode

from chain_office.charts.style import look

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

_Glyph = tuple[Any, float, int, int, int, float, float]
"""A letter of a face, its size, number, slant and width, and where it stands in its text."""
_PARTS: Final = 64
"""A letter stands at 64ths of a dot: its dots are the same wherever it stands at the same 64th."""
_MOST: Final = 8_000
_HINTING: Final[Any] = get_hinting_flag
_LEVEL: Final[Any] = np.array([[0x10000, 0], [0, 0x10000]])
_LINE_TABLES = (
    ("OS/2", "sTypoAscender", "sTypoDescender", "sTypoLineGap"),
    ("hhea", "ascent", "descent", "lineGap"),
)  # fmt: skip


class _Renderer(RendererAgg):
    """Matplotlib's, which remembers how high a line of each face is, how a text was laid out, and the dots of a letter.

    The bodies of :meth:`draw_text` and :meth:`_draw_text_glyphs_and_boxes` do what matplotlib's do; a test compares the
    dots. Whatever is not plain level text goes to matplotlib's own."""

    def __init__(self, width: float, height: float, dpi: float) -> None:
        super().__init__(width, height, dpi)  # type: ignore[no-untyped-call]  # its stub has none
        self._laid: dict[tuple[str, FontProperties], list[_Glyph]] = {}
        self._letters: dict[tuple[Any, ...], tuple[Any, int, int]] = {}
        self._lines: dict[FontProperties, tuple[float, float, float] | tuple[None, None, None]] = {}

    def _get_font_height_metrics(self, face: FontProperties) -> tuple[float, float, float] | tuple[None, None, None]:
        """Ascent, descent and gap of a line in dots, as a text asks its renderer for them."""
        found = self._lines.get(face)
        if found is None:
            found = self._lines[face.copy()] = _line_of(face, self.dpi)
        return found

    @property
    def _own(self) -> Any:
        """Matplotlib's own ways, for which its stub has no types."""
        return super()

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        """A text, laid out once for each face and size."""
        if ismath or (mtext is not None and (mtext.get_fontfeatures() or mtext.get_language())):
            self._own.draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        glyphs = self._laid.get((s, prop))
        if glyphs is None:
            font = self._own._prepare_font(prop)  # noqa: SLF001
            size = prop.get_size_in_points()
            items = font._layout(s, flags=_HINTING(), features=None, language=None)  # noqa: SLF001
            glyphs = [(one.ft_object, size, one.glyph_index, 0, 1, one.x, one.y) for one in items]
            _keep(self._laid, (s, prop.copy()), glyphs)
        self._draw_text_glyphs_and_boxes(gc, x, y, angle, glyphs, [])

    def _draw_text_glyphs_and_boxes(
        self, gc: Any, x: float, y: float, angle: float, glyphs: list[_Glyph], boxes: list[Any]
    ) -> None:
        if angle or boxes or not gc.get_antialiased():
            self._own._draw_text_glyphs_and_boxes(gc, x, y, angle, glyphs, boxes)  # noqa: SLF001
            return
        bottom = int(self.height)
        for font, size, glyph, _, _, right, up in glyphs:
            across, above = round(_PARTS * (x + right)), round(_PARTS * (self.height - y + up))
            key = (font.fname, size, glyph, across % _PARTS, above % _PARTS)
            letter = self._letters.get(key)
            if letter is None:
                font.set_size(size, self.dpi)
                font._set_transform(_LEVEL, [across, above])  # noqa: SLF001
                bitmap = font._render_glyph(glyph, _HINTING(), RenderMode.NORMAL)  # noqa: SLF001
                letter = bitmap.buffer.copy(), bitmap.left - across // _PARTS, bitmap.top - above // _PARTS
                _keep(self._letters, key, letter)
            dots, left, top = letter
            low = bottom - (top + above // _PARTS) + dots.shape[0]
            self._renderer.draw_text_image(dots, left + across // _PARTS, low, 0, gc)


def _keep(known: dict[Any, Any], key: object, value: object) -> None:
    if len(known) >= _MOST:
        known.clear()
    known[key] = value


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
