"""The 上下游图谱: segments from upstream to downstream with the firms in each, as the window draws it too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from chain_office.charts.style import ACCENT, INK, MUTED, OVERDUE, Sheet, face, look
from chain_office.domain.chain_layout import fit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from chain_office.domain.chain import Chain
    from chain_office.domain.chain_drawing import Arrow, Drawing, Patch, Words

TITLE: Final = "产业链上下游图谱"
_WIDE: Final = 10.4  # inches: A4 across within its margins
_HIGH: Final = 6.9
_POINTS: Final = 72.0
_LARGEST, _LEAST = 15.0, 5.5  # points of a firm's name
_EDGE: Final = 0.16
_MIDDLE: Final = 0.37  # of an em from the middle of a line down to its baseline
_TONES: Final = {"ink": INK, "muted": MUTED, "accent": ACCENT, "red": OVERDUE, "stream": "#FFFFFF"}
_TIP: Final = 0.7
_ARROW_LONG, _ARROW_WIDE = 0.62, 0.5


def height(_result: Chain) -> float:
    """That of the sheet it is made for."""
    return _HIGH


def draw(result: Chain, width: float, height: float, *, titled: bool = True) -> Figure:
    """The map on a sheet of this size, its letters as large as fit."""
    with look():
        sheet = Sheet(result.about, (width, height), TITLE, headline(result), titled=titled)
        room, high = width - 2 * _EDGE, sheet.top - 0.06 - sheet.bottom - 0.04
        drawing, em = fit(result, room * _POINTS, high * _POINTS, _LARGEST, _LEAST)
        inches = em / _POINTS
        top = sheet.top - 0.06 - max(0.0, high - drawing.height * inches) / 2
        axes = sheet.axes(_EDGE, top - drawing.height * inches, _EDGE + drawing.width * inches, top)
        axes.set_axis_off()
        axes.set_xlim(0, drawing.width)
        axes.set_ylim(drawing.height, 0)
        _draw(axes, drawing, em)
        return sheet.figure


def headline(result: Chain) -> str:
    """How many segments and firms, and where the chain is thin."""
    roots = list(result.every())
    firms = result.firms
    said = f"{len(roots)}个环节，在册企业{firms}家"
    for word in ("断点", "弱项"):
        names = [one.short for one in roots if one.gap == word]
        if names:
            said += f"；{word}：{'、'.join(names[:6])}{f'等{len(names)}个' if len(names) > 6 else ''}"
    return f"{said}。产值为{result.period}，同口径、现价" if result.period else said


def _draw(axes: Axes, drawing: Drawing, em: float) -> None:
    for patch in drawing.patches:
        _patch(axes, patch, em)
    for arrow in drawing.arrows:
        _arrow(axes, arrow, em)
    for words in drawing.words:
        _words(axes, words, em)


def _patch(axes: Axes, patch: Patch, em: float) -> None:
    x, y, width, height = patch.x, patch.y, patch.width, patch.height
    if patch.kind == "stream":
        tip = [
            (x, y),
            (x + width - _TIP, y),
            (x + width, y + height / 2),
            (x + width - _TIP, y + height),
            (x, y + height),
        ]
        axes.add_patch(Polygon(tip, closed=True, facecolor=ACCENT, edgecolor="none", linewidth=0))
        return
    missing = patch.kind in {"gap", "missing"}
    badge = patch.kind == "badge"
    axes.add_patch(
        Rectangle(
            (x, y),
            width,
            height,
            facecolor=ACCENT if patch.kind == "band" else "#FFFFFF",
            edgecolor=OVERDUE if missing or badge else ACCENT,
            linewidth=em * (0.06 if badge else 0.09),
            linestyle=(0, (4, 2)) if missing else "solid",
        )
    )


def _arrow(axes: Axes, arrow: Arrow, em: float) -> None:
    (before, level), (x, y) = arrow.points[-2:]
    way = 1 if x >= before else -1
    line = [*arrow.points[:-1], (x - way * _ARROW_LONG * 0.8, level)]
    axes.add_line(
        Line2D(
            [one for one, _ in line],
            [one for _, one in line],
            color=MUTED,
            linewidth=em * 0.09,
            solid_joinstyle="round",
        )
    )
    half = _ARROW_WIDE / 2
    head = [(x, y), (x - way * _ARROW_LONG, y - half), (x - way * _ARROW_LONG, y + half)]
    axes.add_patch(Polygon(head, closed=True, facecolor=MUTED, edgecolor="none", linewidth=0))


def _words(axes: Axes, words: Words, em: float) -> None:
    axes.text(
        words.x,
        words.y + _MIDDLE * words.size,
        words.text,
        fontproperties=face(em * words.size, bold=words.bold),
        color=_TONES[words.tone],
        ha=words.align,
        va="baseline",
    )
