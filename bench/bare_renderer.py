"""The least that draws a matplotlib figure on a reportlab canvas: the yardstick for charts in papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.backend_bases import RendererBase
from matplotlib.path import Path
from reportlab.pdfbase import pdfmetrics

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


class BareRenderer(RendererBase):
    """One face, no fallback, no clipping, no dashes."""

    def __init__(self, canvas: Canvas, face: str, width: float, height: float) -> None:
        super().__init__()
        self._canvas, self._face, self._size = canvas, face, (width, height)

    def flipy(self) -> bool:
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def points_to_pixels(self, points: Any) -> Any:
        return points

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:  # noqa: ARG002
        size = prop.get_size_in_points()
        return pdfmetrics.stringWidth(s, self._face, size), size, size * 0.2

    def draw_path(self, gc: Any, path: Path, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803
        canvas = self._canvas
        outline = canvas.beginPath()
        for points, code in path.iter_segments(transform, simplify=False, curves=True):
            at = points.tolist()
            if code == Path.MOVETO:
                outline.moveTo(*at)
            elif code == Path.LINETO:
                outline.lineTo(*at)
            elif code == Path.CURVE3:
                outline.curveTo(at[0], at[1], *at)
            elif code == Path.CURVE4:
                outline.curveTo(*at)
            elif code == Path.CLOSEPOLY:
                outline.close()
        canvas.setLineWidth(gc.get_linewidth())
        canvas.setStrokeColorRGB(*gc.get_rgb()[:3])
        if rgbFace is not None:
            canvas.setFillColorRGB(*rgbFace[:3])
        canvas.drawPath(outline, stroke=int(gc.get_linewidth() > 0), fill=int(rgbFace is not None))

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,  # noqa: ARG002
        mtext: Any = None,  # noqa: ARG002
    ) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.setFont(self._face, prop.get_size_in_points())
        canvas.setFillColorRGB(*gc.get_rgb()[:3])
        canvas.drawString(0, 0, s)
        canvas.restoreState()
