"""One look for every chart, on screen and on paper: palette, faces, axes, small print."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from chain_office.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from matplotlib.axes import Axes

    from chain_office.domain.results import About

ACCENT: Final = "#1B5E73"  # deep teal-blue
ACCENT_PALE: Final = "#BCD3D9"
DONE: Final = "#2F6DA8"  # blue
REPORTED: Final = "#9DBFE0"
ON_TRACK: Final = "#4C9A6A"  # green
NEAR: Final = "#D9920A"  # amber
OVERDUE: Final = "#B3261E"  # red
PARKED: Final = "#B4B9BE"  # grey
INK: Final = "#20262B"
MUTED: Final = "#5A6168"
GRID: Final = "#DDE2E5"

SANS, BOLD = "GW Sans", "GW Hei"
_FILES: Final = ("GWSans-Regular.ttf", "GWHei-Bold.ttf")
_RC: Final[Any] = {
    "font.family": [SANS],
    "font.size": 9.0,
    "text.color": INK,
    "text.parse_math": False,
    "axes.unicode_minus": False,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.labelcolor": MUTED,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.fonttype": "path",
    "svg.hashsalt": "chain-office",
    "pdf.fonttype": 42,
}


@cache
def register_faces(folder: Path | None = None) -> None:
    """Tell matplotlib of the bundled faces, once."""
    for name in _FILES:
        font_manager.fontManager.addfont((folder or resource("fonts")) / name)


def look() -> AbstractContextManager[None]:
    """The settings under which figures are made and written; the process-wide ones stay as they are."""
    register_faces()
    return mpl.rc_context(_RC)


def face(size: float, *, bold: bool = False) -> FontProperties:
    return FontProperties(family=[BOLD if bold else SANS], size=size, weight=700 if bold else 400)


class Scale(NamedTuple):
    """How money is written on one chart."""

    divisor: int
    unit: str
    places: int

    def number(self, yuan: int) -> float:
        """For positions only; what is read is `text`."""
        return yuan / self.divisor

    def text(self, yuan: int) -> str:
        value = Decimal(yuan) / self.divisor
        return f"{value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP):,}"


def money_scale(amounts: Iterable[int | None]) -> Scale:
    """亿元, 万元 or 元, by the largest amount; two decimals for small 亿, one from 10亿 up."""
    largest = max((abs(amount) for amount in amounts if amount is not None), default=0)
    if largest >= 100_000_000:
        return Scale(100_000_000, "亿元", 2 if largest < 1_000_000_000 else 1)
    if largest >= 10_000:
        return Scale(10_000, "万元", 0)
    return Scale(1, "元", 0)


def money_text(yuan: int) -> str:
    """An amount in a sentence: 亿元 always with two decimals, as the paper around the chart writes it."""
    scale = money_scale([yuan])
    return f"{(scale._replace(places=2) if scale.unit == '亿元' else scale).text(yuan)}{scale.unit}"


def percent_text(value: Decimal) -> str:
    """+34.5%: always with its sign, one decimal, half up."""
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):+}%"


def day_text(about: About) -> str:
    day = about.as_of
    return f"{day.year}年{day.month}月{day.day}日"


class Sheet:
    """An empty figure with its title, headline, small print and stamp, and the room left for axes (inches)."""

    def __init__(self, about: About, size: tuple[float, float], title: str, headline: str, *, titled: bool) -> None:
        self.width, self.height = size
        self.figure = Figure(figsize=size, dpi=100, facecolor="white")
        self.top = self.height - 0.08
        self.bottom = 0.30
        if titled:
            self._text(0.12, self.top - 0.05, title, face(13, bold=True))
            self.top -= 0.36
        if headline:
            self._text(0.12, self.top - 0.03, headline, face(9))
            self.top -= 0.24
        source = f"数据来源：{about.source}　截至{day_text(about)}　{about.chain}"
        self.figure.text(
            0.12 / self.width, 0.08 / self.height, source, fontproperties=face(7.5), color=MUTED, va="bottom"
        )
        if about.sample and titled:
            self.figure.text(
                1 - 0.15 / self.width,
                1 - 0.14 / self.height,
                "示例数据",
                fontproperties=face(9, bold=True),
                color=OVERDUE,
                ha="right",
                va="top",
                bbox={"boxstyle": "square,pad=0.3", "facecolor": "white", "edgecolor": OVERDUE, "linewidth": 0.8},
            )

    def axes(self, left: float, bottom: float, right: float, top: float) -> Axes:
        """Axes between these edges, in inches from the figure's lower left corner."""
        box = (left / self.width, bottom / self.height, (right - left) / self.width, (top - bottom) / self.height)
        axes: Axes = self.figure.add_axes(box)
        axes.tick_params(length=0, labelfontfamily=SANS, labelsize=8.5)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        axes.set_axisbelow(True)
        return axes

    def key(self, entries: Iterable[tuple[str, str]], *, line: str = "", unit: str = "") -> None:
        """Colour samples with their words on one line, then what the black line is, and the unit at the right."""
        y, x = self.top - 0.10, 0.12
        samples = [("■", colour, word) for colour, word in entries] + ([("●", INK, line)] if line else [])
        for mark, colour, word in samples:
            self._text(x, y, mark, face(9), colour, va="center")
            self._text(x + 0.17, y, word, face(8.5), va="center")
            x += 0.35 + 0.125 * len(word)
        if unit:
            self._text(self.width - 0.15, y, f"单位：{unit}", face(8.5), MUTED, ha="right", va="center")
        self.top -= 0.24

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        font: FontProperties,
        colour: str = INK,
        *,
        ha: str = "left",
        va: str = "top",
    ) -> None:
        self.figure.text(x / self.width, y / self.height, text, fontproperties=font, color=colour, ha=ha, va=va)
