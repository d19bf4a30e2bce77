"""Monthly output beside the prior-year base of the same firms, and the growth between them in a strip above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.charts.style import (
    ACCENT,
    ACCENT_PALE,
    GRID,
    INK,
    MUTED,
    OVERDUE,
    Scale,
    Sheet,
    face,
    look,
    money_scale,
    money_text,
    percent_text,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from chain_office.domain.results import MonthOutput, OutputMonthly

TITLE: Final = "月度产值与同口径增速"
_BAR: Final = 0.38


def height(result: OutputMonthly) -> float:
    del result
    return 3.6


def draw(result: OutputMonthly, width: float, height: float, *, titled: bool = True) -> Figure:
    scale = money_scale(amount for month in result.months for amount in (month.output_yuan, month.base_yuan))
    with look():
        sheet = Sheet(result.about, (width, height), TITLE, _headline(result), titled=titled)
        sheet.key([(ACCENT, "本年"), (ACCENT_PALE, "上年同期（同口径）")], line="同口径增速", unit=scale.unit)
        top = sheet.top
        split = sheet.bottom + (top - sheet.bottom) * 0.70
        bars = sheet.axes(0.15, sheet.bottom + 0.24, width - 0.15, split - 0.06)
        growth = sheet.axes(0.15, split + 0.04, width - 0.15, top)
        _bars(bars, result.months, scale)
        _growth(growth, result.months)
        return sheet.figure


def _headline(result: OutputMonthly) -> str:
    known = [month.month for month in result.months if month.output_yuan is not None]
    if result.total_yuan is None or not known:
        return ""
    until = f"{int(known[-1][5:])}月"
    span = until if known[-1].endswith("-01") else f"1—{until}"
    growth = "" if result.yoy_percent is None else f"，同口径增长{percent_text(result.yoy_percent).lstrip('+')}"
    if result.yoy_percent is not None and result.yoy_percent < 0:
        growth = f"，同口径下降{percent_text(-result.yoy_percent).lstrip('+')}"
    return f"{known[-1][:4]}年{span}累计{money_text(result.total_yuan)}{growth}"


def _month_label(month: str, first: bool) -> str:
    label = f"{int(month[5:])}月"
    return f"{label}\n{month[:4]}年" if first or month.endswith("-01") else label


def _bars(axes: Axes, months: tuple[MonthOutput, ...], scale: Scale) -> None:
    size = 8.0 if len(months) <= 12 else 6.5
    tallest = max((scale.number(m.output_yuan or 0) for m in months), default=0.0)
    tallest = max(tallest, max((scale.number(m.base_yuan or 0) for m in months), default=0.0), 1e-9)
    for shift, colour, heights in (
        (-_BAR / 2, ACCENT_PALE, {at: month.base_yuan for at, month in enumerate(months)}),
        (_BAR / 2, ACCENT, {at: month.output_yuan for at, month in enumerate(months)}),
    ):  # a call a series: a call a bar takes twice as long
        known = {at + shift: scale.number(yuan) for at, yuan in heights.items() if yuan is not None}
        axes.bar(list(known), list(known.values()), _BAR, color=colour, edgecolor=ACCENT, linewidth=0.6)
    for position, month in enumerate(months):
        if month.output_yuan is None:
            axes.text(
                position, tallest * 0.02, "未报", fontproperties=face(size), color=MUTED, ha="center", va="bottom"
            )
            continue
        output = scale.number(month.output_yuan)
        axes.text(
            position + _BAR / 2, output + tallest * 0.02, scale.text(month.output_yuan), fontproperties=face(size),
            color=INK, ha="center", va="bottom",
        )  # fmt: skip
    labels = [_month_label(month.month, position == 0) for position, month in enumerate(months)]
    axes.set_xticks(range(len(months)), labels)
    axes.set_xlim(-0.6, max(len(months), 1) - 0.4)
    axes.set_ylim(0, tallest * 1.16)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _growth(axes: Axes, months: tuple[MonthOutput, ...]) -> None:
    known = [(position, month.yoy_percent) for position, month in enumerate(months) if month.yoy_percent is not None]
    axes.set_xlim(-0.6, max(len(months), 1) - 0.4)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    if not known:
        return
    values = [float(value) for _position, value in known]
    low, high = min(0.0, *values), max(0.0, *values)
    spread = (high - low) or 1.0
    axes.set_ylim(low - spread * 0.25, high + spread * 0.6)
    axes.axhline(0, color=GRID, linewidth=0.8)
    axes.plot([position for position, _value in known], values, color=INK, linewidth=1.2, marker="o", markersize=3.5)
    for position, value in known:
        axes.text(
            position, float(value) + spread * 0.14, percent_text(value), fontproperties=face(8),
            color=OVERDUE if value < 0 else INK, ha="center", va="bottom",
        )  # fmt: skip
