"""A chart for a black-and-white printer: every colour a grey of its own, far enough from its neighbours to be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from chain_office.charts import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_GREYS: Final[dict[str, float]] = {
    style.ACCENT: 0.25, style.ACCENT_PALE: 0.82, style.DONE: 0.30, style.REPORTED: 0.76, style.ON_TRACK: 0.50,
    style.NEAR: 0.74, style.OVERDUE: 0.0, style.PARKED: 0.92, style.INK: 0.0, style.MUTED: 0.25, style.GRID: 0.85,
}  # fmt: skip
_KNOWN: Final = {colour.upper(): grey for colour, grey in _GREYS.items()}
_PALE: Final = 0.6
"""From here on a surface is drawn with an outline, or it would fade into the paper."""


def in_black_and_white(figure: Figure) -> None:
    """Recolour everything on the figure."""
    for artist in figure.findobj():
        if isinstance(artist, Text):
            artist.set_color(_ink(artist.get_color()))
            frame = artist.get_bbox_patch()
            if frame is not None:
                frame.set_edgecolor("black")
        elif isinstance(artist, Line2D):
            artist.set_color(_grey(artist.get_color()))
            for side in ("facecolor", "edgecolor"):
                marker = getattr(artist, f"get_marker{side}")()
                if marker not in ("auto", "none"):
                    getattr(artist, f"set_marker{side}")(_grey(marker))
        elif isinstance(artist, Patch):
            _surface(artist)


def _surface(patch: Patch) -> None:
    face: Any = patch.get_facecolor()
    if face[3] and to_hex(face).upper() != "#FFFFFF":
        grey = _grey(face)
        patch.set_facecolor(grey)
        if float(grey[0]) >= _PALE and patch.get_linewidth():
            patch.set_edgecolor((0.35, 0.35, 0.35, 1.0))
            patch.set_linewidth(0.6)
            return
    edge: Any = patch.get_edgecolor()
    if edge[3]:
        patch.set_edgecolor(_grey(edge))


def _grey(colour: Any) -> tuple[float, float, float, float]:
    red, green, blue, alpha = to_rgba(colour)
    grey = _KNOWN.get(to_hex(colour).upper())
    if grey is None:
        grey = round(0.299 * red + 0.587 * green + 0.114 * blue, 2)
    return (grey, grey, grey, alpha)


def _ink(colour: Any) -> tuple[float, float, float, float]:
    """Words are black unless they are white on a dark surface, or the sample of a colour in the key."""
    known = _KNOWN.get(to_hex(colour).upper())
    if known is not None:
        return _grey(colour)
    red, green, blue, alpha = to_rgba(colour)
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return (1.0, 1.0, 1.0, alpha) if light > 0.9 else (0.0, 0.0, 0.0, alpha)
