"""One firm's output month by month beside the year before: as small as it stands on a page of 企业简况."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure

from chain_office.charts.style import (
    ACCENT,
    ACCENT_PALE,
    INK,
    MUTED,
    OVERDUE,
    SANS,
    face,
    look,
    money_scale,
    percent_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.results import MonthOutput

_BAR: Final = 0.38
_KEY, _FOOT = 0.24, 0.36
"""Inches above the bars for the key, below for months and growth."""


def draw(months: Sequence[MonthOutput], width: float, height: float) -> Figure:
    """Bars of the year before (pale) and of this year, the amounts above, the growth below each month."""
    scale = money_scale(amount for one in months for amount in (one.output_yuan, one.base_yuan))
    with look():
        figure = Figure(figsize=(width, height), dpi=100, facecolor="white")
        axes = figure.add_axes((0.01, _FOOT / height, 0.98, (height - _FOOT - _KEY) / height))
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        tallest = max((scale.number(abs(y)) for m in months for y in (m.output_yuan, m.base_yuan) if y), default=1.0)
        for shift, colour, heights in (
            (-_BAR / 2, ACCENT_PALE, {at: one.base_yuan for at, one in enumerate(months)}),
            (_BAR / 2, ACCENT, {at: one.output_yuan for at, one in enumerate(months)}),
        ):
            known = {at + shift: scale.number(yuan) for at, yuan in heights.items() if yuan is not None}
            axes.bar(list(known), list(known.values()), _BAR, color=colour, edgecolor=ACCENT, linewidth=0.4)
        for at, one in enumerate(months):
            if one.output_yuan is not None:
                axes.text(
                    at + _BAR / 2, max(0.0, scale.number(one.output_yuan)) + tallest * 0.02, scale.text(one.output_yuan),
                    fontproperties=face(6.5), color=INK, ha="center", va="bottom",
                )  # fmt: skip
            if one.yoy_percent is not None:
                figure.text(
                    0.01 + 0.98 * (at + 0.6) / (len(months) + 0.2), 0.03 / height, percent_text(one.yoy_percent),
                    fontproperties=face(6.5), color=OVERDUE if one.yoy_percent < 0 else MUTED, ha="center", va="bottom",
                )  # fmt: skip
        axes.set_xlim(-0.6, len(months) - 0.4)
        axes.set_ylim(0, tallest * 1.16)
        axes.set_yticks([])
        axes.set_xticks(range(len(months)), [f"{int(one.month[5:])}月" for one in months])
        axes.tick_params(length=0, labelfontfamily=SANS, labelsize=7.5, pad=2)
        _key(figure, height, scale.unit, months)
        return figure


def _key(figure: Figure, height: float, unit: str, months: Sequence[MonthOutput]) -> None:
    width = float(figure.get_size_inches()[0])
    year = months[0].month[:4] if months else ""
    left, level = 0.06, 1 - 0.11 / height
    before = str(int(year) - 1) if year else ""
    for colour, words in ((ACCENT_PALE, f"{before}年同月"), (ACCENT, f"{year}年")):
        figure.text(left / width, level, "■", fontproperties=face(8), color=colour, va="center")
        figure.text((left + 0.15) / width, level, words, fontproperties=face(7.5), color=INK, va="center")
        left += 0.35 + 0.11 * len(words)
    said = f"单位：{unit}；月份下为同比"
    figure.text(1 - 0.06 / width, level, said, fontproperties=face(7.5), color=MUTED, ha="right", va="center")
