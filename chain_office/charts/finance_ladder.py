"""意向, 授信 and 放款 of each bank: three stages of the same money, side by side and never added together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.charts.style import ACCENT, ACCENT_PALE, INK, MUTED, Sheet, face, look, money_scale, money_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from chain_office.domain.results import FinanceLadder

TITLE: Final = "银企对接落实情况"
_MIDDLE: Final = "#6E9FAE"
STAGES: Final = (("意向", ACCENT_PALE), ("授信", _MIDDLE), ("放款", ACCENT))


def height(result: FinanceLadder) -> float:
    return 1.25 + 0.62 * max(2, len(result.banks))


def draw(result: FinanceLadder, width: float, height: float, *, titled: bool = True) -> Figure:
    banks = [(bank.bank, (bank.intended_yuan, bank.granted_yuan, bank.drawn_yuan)) for bank in result.banks]
    scale = money_scale(amount for _name, amounts in banks for amount in amounts)
    most = max((scale.number(amount or 0) for _name, amounts in banks for amount in amounts), default=0.0) or 1.0
    drawn = sum(bank.drawn_yuan or 0 for bank in result.banks)
    with look():
        headline = f"累计放款{money_text(drawn)}（意向、授信、放款为同一资金的不同阶段，不相加）"
        sheet = Sheet(result.about, (width, height), TITLE, headline, titled=titled)
        sheet.key([(colour, word) for word, colour in STAGES])
        longest = max((len(name) for name, _amounts in banks), default=3)
        axes = sheet.axes(0.25 + longest * 9 / 72, sheet.bottom + 0.02, width - 1.0, sheet.top - 0.02)
        for row, (_name, amounts) in enumerate(banks):
            for number, amount in enumerate(amounts):
                at = row + (number - 1) * 0.27
                if amount is not None:
                    axes.barh(at, scale.number(amount), 0.25, color=STAGES[number][1], edgecolor=ACCENT, linewidth=0.5)
                label = "未记载" if amount is None else f"{scale.text(amount)}{scale.unit}"
                axes.text(
                    scale.number(amount or 0) + most * 0.01, at, label, fontproperties=face(8),
                    color=MUTED if amount is None else INK, ha="left", va="center",
                )  # fmt: skip
        axes.set_yticks(range(len(banks)), [name for name, _amounts in banks])
        axes.tick_params(axis="y", labelsize=9)
        axes.set_ylim(max(len(banks), 1) - 0.45, -0.55)
        axes.set_xlim(0, most * 1.004)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        return sheet.figure
