"""Draws a matplotlib figure straight into a reportlab canvas: vector, real text, in the document's own faces.

The caller brings the figure; nothing here is imported before one is to be drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.backend_bases import RendererBase
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from chain_office.domain.errors import BugError
from chain_office.reports.geometry import ASCENT
from chain_office.reports.paragraph import draw_lines, set_one_line

if TYPE_CHECKING:
    from matplotlib.backend_bases import GraphicsContextBase
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text
    from matplotlib.transforms import Transform
    from reportlab.pdfgen.canvas import Canvas

    from chain_office.reports.fonts import Family, FontBook

# matplotlib's family name -> ours; anything else is set in the sans face.
_FAMILIES: Final[dict[str, Family]] = {
    "GW Sans": "sans",
    "GW Hei": "hei",
    "GW Fang": "fang",
    "GW Kai": "kai",
    "GW BiaoSong": "title",
}
_CAPS: Final = {"butt": 0, "round": 1, "projecting": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}


class CanvasRenderer(RendererBase):
    """One matplotlib pixel is one point."""

    def __init__(self, canvas: Canvas, book: FontBook, width: float, height: float) -> None:
        super().__init__()
        self._canvas, self._book = canvas, book
        self._size = (width, height)

    def flipy(self) -> bool:
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def points_to_pixels(self, points: Any) -> Any:
        return points

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803 - the library's name
    ) -> None:
        if gc.get_hatch():
            raise BugError("hatched figures are not drawn into papers: use a colour and a label")
        canvas = self._canvas
        width = float(gc.get_linewidth())
        face = _rgba(rgbFace, gc)
        canvas.saveState()
        self._clip(gc)
        if width > 0:
            self._pen(gc, width)
        if face is not None:
            canvas.setFillColorRGB(*face[:3])
            if face[3] < 1:
                canvas.setFillAlpha(face[3])
        self._trace(path, transform, stroke=width > 0, fill=face is not None)
        canvas.restoreState()

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        canvas, size = self._canvas, float(prop.get_size_in_points())
        canvas.saveState()
        self._clip(gc)
        red, green, blue, alpha = gc.get_rgb()
        canvas.setFillColorRGB(red, green, blue)
        if alpha < 1:
            canvas.setFillAlpha(alpha)
        line = set_one_line(self._book, s, _family(prop), size)
        if angle:
            canvas.translate(x, y)
            canvas.rotate(angle)
            x = y = 0.0
        draw_lines(canvas, [line], x, [y], size)
        canvas.restoreState()

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        size = float(prop.get_size_in_points())
        return self._book.width(s, _family(prop), size), size, (1 - ASCENT) * size

    def _pen(self, gc: GraphicsContextBase, width: float) -> None:
        canvas = self._canvas
        red, green, blue, alpha = gc.get_rgb()
        canvas.setStrokeColorRGB(red, green, blue)
        if alpha < 1:
            canvas.setStrokeAlpha(alpha)
        canvas.setLineWidth(width)
        canvas.setLineCap(_CAPS[gc.get_capstyle()])
        canvas.setLineJoin(_JOINS[gc.get_joinstyle()])
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            lengths: Any = dashes
            canvas.setDash([float(length) for length in lengths], float(offset))

    def _clip(self, gc: GraphicsContextBase) -> None:
        canvas = self._canvas
        rectangle = gc.get_clip_rectangle()
        if rectangle is not None:
            outline = canvas.beginPath()
            outline.rect(*rectangle.bounds)
            canvas.clipPath(outline, stroke=0, fill=0)
        path, transform = gc.get_clip_path()
        if path is not None:
            canvas.clipPath(self._outline(path, transform or Affine2D()), stroke=0, fill=0)

    def _trace(self, path: Path, transform: Transform, *, stroke: bool, fill: bool) -> None:
        if stroke or fill:
            self._canvas.drawPath(self._outline(path, transform), stroke=int(stroke), fill=int(fill))

    def _outline(self, path: Any, transform: Transform) -> Any:
        outline = self._canvas.beginPath()
        here = (0.0, 0.0)
        for points, code in path.iter_segments(transform, simplify=False):
            at = [float(value) for value in points]
            if code == Path.MOVETO:
                outline.moveTo(*at)
            elif code == Path.LINETO:
                outline.lineTo(*at)
            elif code == Path.CURVE4:
                outline.curveTo(*at)
            elif code == Path.CURVE3:  # quadratic to cubic
                (x0, y0), (x1, y1, x2, y2) = here, at
                outline.curveTo(
                    x0 + (x1 - x0) * 2 / 3,
                    y0 + (y1 - y0) * 2 / 3,
                    x2 + (x1 - x2) * 2 / 3,
                    y2 + (y1 - y2) * 2 / 3,
                    x2,
                    y2,
                )
            elif code == Path.CLOSEPOLY:
                outline.close()
                continue
            here = (at[-2], at[-1])
        return outline


def _family(prop: FontProperties) -> Family:
    for name in prop.get_family():
        if name in _FAMILIES:
            return _FAMILIES[name]
    return "hei" if prop.get_weight() in {"bold", 700} else "sans"


def _rgba(face: Any, gc: Any) -> tuple[float, float, float, float] | None:
    """The fill as matplotlib gives it to a renderer: RGB or RGBA floats, or None."""
    if face is None:
        return None
    red, green, blue, *rest = (float(value) for value in face)
    alpha = float(gc.get_alpha()) if gc.get_forced_alpha() or not rest else rest[0]
    return (red, green, blue, alpha) if alpha > 0 else None


def draw_figure(canvas: Canvas, book: FontBook, figure: Figure, x: float, y: float) -> None:
    """Draw with the figure's lower left corner at (x, y), at the size the figure has in inches."""
    before = figure.dpi
    figure.dpi = 72
    width, height = (float(side) * 72 for side in figure.get_size_inches())
    canvas.saveState()
    canvas.translate(x, y)
    figure.draw(CanvasRenderer(canvas, book, width, height))
    canvas.restoreState()
    figure.dpi = before
