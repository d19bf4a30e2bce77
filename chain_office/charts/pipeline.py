"""Projects by stage: how many, and how much investment, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.charts.style import ACCENT, ACCENT_PALE, INK, MUTED, Scale, Sheet, face, look, money_scale, money_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from chain_office.domain.results import Pipeline, StageProjects

TITLE: Final = "项目推进情况"


def height(result: Pipeline) -> float:
    return 1.35 + 0.42 * max(2, len(result.stages))


def draw(result: Pipeline, width: float, height: float, *, titled: bool = True) -> Figure:
    stages = result.stages
    scale = money_scale(stage.investment_yuan for stage in stages)
    with look():
        sheet = Sheet(result.about, (width, height), TITLE, _headline(result), titled=titled)
        longest = max((len(stage.stage) for stage in stages), default=3)
        left = 0.25 + longest * 9.5 / 72
        middle = left + (width - left) * 0.45
        low, high = sheet.bottom + 0.05, sheet.top - 0.32
        counts = sheet.axes(left, low, middle - 0.55, high)
        money = sheet.axes(middle + 0.1, low, width - 1.05, high)
        _bars(counts, [float(s.count) for s in stages], [f"{s.count}个" for s in stages], ACCENT, "项目数")
        sums = [stage.investment_yuan for stage in stages]
        _bars(
            money,
            [None if yuan is None else scale.number(yuan) for yuan in sums],
            [_sum_text(stage, scale) for stage in stages],
            ACCENT_PALE,
            "总投资",
        )
        for axes in (counts, money):
            axes.set_yticks(
                range(len(stages)), [stage.stage for stage in stages] if axes is counts else [""] * len(stages)
            )
        counts.tick_params(axis="y", labelsize=9.5)
        return sheet.figure


def _sum_text(stage: StageProjects, scale: Scale) -> str:
    if stage.investment_yuan is None:
        return "未填总投资" if stage.count else "—"
    return f"{scale.text(stage.investment_yuan)}{scale.unit}"


def _headline(result: Pipeline) -> str:
    known = [stage.investment_yuan for stage in result.stages if stage.investment_yuan is not None]
    text = f"共{sum(stage.count for stage in result.stages)}个项目"
    if known:
        text += f"，总投资{money_text(sum(known))}"
    unpriced = sum(stage.unpriced for stage in result.stages)
    return text + (f"（另有{unpriced}个未填总投资）" if unpriced and known else "")


def _bars(axes: Axes, values: list[float | None], labels: list[str], colour: str, title: str) -> None:
    most = max((value for value in values if value is not None), default=0.0) or 1.0
    for position, (value, label) in enumerate(zip(values, labels, strict=True)):
        if value:
            axes.barh(position, value, 0.58, color=colour, edgecolor=ACCENT, linewidth=0.6)
        axes.text(
            (value or 0.0) + most * 0.025, position, label, fontproperties=face(9.5),
            color=MUTED if value is None else INK, ha="left", va="center",
        )  # fmt: skip
    axes.set_title(title, loc="left", fontproperties=face(8.5), color=MUTED, pad=5)
    axes.set_ylim(max(len(values), 1) - 0.4, -0.6)
    axes.set_xlim(0, most * 1.004)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
