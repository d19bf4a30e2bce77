"""Why nominal and same-sample growth differ: from last year's published total to the same firms' base, to this year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.charts.style import (
    ACCENT,
    ACCENT_PALE,
    INK,
    ON_TRACK,
    OVERDUE,
    Sheet,
    face,
    look,
    money_scale,
    percent_text,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from chain_office.domain.results import GrowthBridge

TITLE: Final = "名义增速与同口径增速的差别"


def height(result: GrowthBridge) -> float:
    del result
    return 3.4


def draw(result: GrowthBridge, width: float, height: float, *, titled: bool = True) -> Figure:
    rise = result.total_yuan - result.base_yuan
    bars = [("上年公布数", 0, result.published_base_yuan, ACCENT_PALE, "")]
    level = result.published_base_yuan
    for label, change in [*((step.label, step.yuan) for step in result.steps), ("", 0), ("同口径增减", rise)]:
        if not label:
            bars.append(("同口径基数", 0, level, ACCENT_PALE, ""))
            continue
        bars.append((label, level, change, ON_TRACK if change >= 0 else OVERDUE, "+" if change > 0 else ""))
        level += change
    bars.append(("本年累计", 0, result.total_yuan, ACCENT, ""))
    scale = money_scale(abs(change) for _label, _start, change, _colour, _sign in bars)
    most = max(scale.number(max(start, start + change)) for _label, start, change, _colour, _sign in bars) or 1.0
    with look():
        sheet = Sheet(result.about, (width, height), TITLE, _headline(result), titled=titled)
        sheet.key([(ON_TRACK, "增加"), (OVERDUE, "减少")], unit=scale.unit)
        axes = sheet.axes(0.2, sheet.bottom + 0.3, width - 0.2, sheet.top)
        for position, (_label, start, change, colour, sign) in enumerate(bars):
            axes.bar(
                position,
                scale.number(change),
                0.6,
                bottom=scale.number(start),
                color=colour,
                edgecolor=INK,
                linewidth=0.5,
            )
            axes.text(
                position, scale.number(max(start, start + change)) + most * 0.015, f"{sign}{scale.text(change)}",
                fontproperties=face(9), color=INK, ha="center", va="bottom",
            )  # fmt: skip
        axes.set_xticks(range(len(bars)), [bar[0] for bar in bars])
        axes.set_xlim(-0.55, len(bars) - 0.45)
        axes.set_ylim(0, most * 1.1)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        return sheet.figure


def _headline(result: GrowthBridge) -> str:
    texts = []
    for word, percent in (("名义增速", result.nominal_percent), ("同口径增速", result.same_sample_percent)):
        texts.append(f"{word}{'未知' if percent is None else percent_text(percent)}")
    return f"{result.period}　" + "，".join(texts)
