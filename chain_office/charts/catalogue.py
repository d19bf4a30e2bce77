"""Every chart there is: id, title, what it is drawn from, and how. Listing them imports no matplotlib."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from chain_office.domain import results
from chain_office.domain.chain import Chain
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DEFAULT_WIDTH: Final = 7.2  # inches


@dataclass(frozen=True, slots=True)
class ChartKind:
    """`module` in this package has `draw(result, width, height, *, titled)` and `height(result)`, in inches; `width`:
    how wide it is made where nobody asks for a width."""

    id: str
    title: str
    result: type
    module: str
    width: float = DEFAULT_WIDTH

    def draw(
        self, result: Any, width: float | None = None, height: float | None = None, *, titled: bool = True
    ) -> Figure:
        """The figure; `titled=False` where the page prints the title, caption and 示例数据 stamp itself."""
        if not isinstance(result, self.result):
            raise TypeError(f"{self.id} is drawn from {self.result.__name__}, not {type(result).__name__}")
        module = import_module(f"chain_office.charts.{self.module}")
        figure: Figure = module.draw(result, width or self.width, height or self.height(result), titled=titled)
        return figure

    def height(self, result: Any) -> float:
        """The height, in inches, at which the chart looks best."""
        return float(import_module(f"chain_office.charts.{self.module}").height(result))


CHARTS: Final = (
    ChartKind("output-monthly", "月度产值与同口径增速", results.OutputMonthly, "output_monthly"),
    ChartKind("problems-by-unit", "各牵头单位问题办理情况", results.ProblemsByUnit, "problems_by_unit"),
    ChartKind("pipeline", "项目推进情况", results.Pipeline, "pipeline"),
    ChartKind("finance-ladder", "银企对接落实情况", results.FinanceLadder, "finance_ladder"),
    ChartKind("growth-bridge", "名义增速与同口径增速的差别", results.GrowthBridge, "growth_bridge"),
    ChartKind("chain-map", "产业链上下游图谱", Chain, "chain_map", 10.4),
)


def chart(chart_id: str) -> ChartKind:
    for kind in CHARTS:
        if kind.id == chart_id:
            return kind
    raise KnownError(f"没有名为“{chart_id}”的图表，可用的有：{'、'.join(kind.id for kind in CHARTS)}。")
