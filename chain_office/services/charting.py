"""Charts of a ledger at a date: the figures behind each, as a file or as an exhibit of a paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from chain_office.charts.catalogue import CHARTS, DEFAULT_WIDTH, chart
from chain_office.domain.errors import KnownError
from chain_office.domain.results import (
    BankLadder,
    BridgeStep,
    FinanceLadder,
    GrowthBridge,
    MonthOutput,
    OutputMonthly,
    Pipeline,
    ProblemsByUnit,
    StageProjects,
    UnitProblems,
)
from chain_office.queries.projects import STAGES
from chain_office.reports.content import Chart
from chain_office.services.packing.facts import Facts, gather
from chain_office.services.packing.wording import said, span

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.chain import Chain
    from chain_office.domain.figures import Figure

FORMATS: Final = ("png", "svg", "pdf")
STAGE_ORDER: Final = ("completed", "under_construction", "planned", "stopped")
WIDTH_INCHES: Final = DEFAULT_WIDTH
"""How wide a chart is made for the screen and for files."""
_MM: Final = 25.4
_FIGURES: Final = {
    "output-monthly": ("output.total_yuan", "output.base_yuan", "output.yoy_percent"),
    "problems-by-unit": (
        "problems.assigned", "problems.closed", "problems.reported", "problems.open", "problems.parked", "problems.overdue",
    ),
    "pipeline": ("projects.total", "projects.planned", "projects.under_construction", "projects.completed"),
    "finance-ladder": ("finance.enterprises", "finance.banks", "finance.granted_yuan", "finance.drawn_yuan"),
    "growth-bridge": ("output.base_yuan", "output.total_yuan", "output.nominal_yoy_percent", "output.yoy_percent"),
    "chain-map": ("enterprises.total", "output.total_yuan", "output.yoy_percent"),
}  # fmt: skip
"""The headline figures a chart shows."""


def chart_list() -> list[tuple[str, str]]:
    """Id and title of every chart."""
    return [(kind.id, kind.title) for kind in CHARTS]


def chart_result(facts: Facts, chart_id: str) -> object | None:
    """What the chart is drawn from; None where the ledger holds nothing to draw."""
    return _RESULTS[chart(chart_id).id](facts)


@dataclass(frozen=True, slots=True)
class ChartOrder:
    """A chart read from the ledger and ready to be drawn anywhere. ``figures``: the headline figures it shows."""

    chart_id: str
    day: date
    result: object
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class RawPicture:
    """A drawn chart, not packed into any format: rows of red, green, blue and alpha bytes."""

    width: int
    height: int
    data: bytes


def order_chart(ledger: Ledger, chart_id: str, day: date) -> ChartOrder:
    """All that is needed of the ledger to draw the chart. Raises :class:`KnownError` where there is nothing to draw."""
    facts = gather(ledger, day)
    result = chart_result(facts, chart_id)
    if result is None:
        title = chart(chart_id).title
        raise KnownError(f"截至{day.isoformat()}，台账里没有画“{title}”所需的数据；请先导入，或换一个截止日期。")
    known = tuple(facts.headline[key] for key in _FIGURES[chart_id])
    return ChartOrder(chart_id, day, result, tuple(one for one in known if one.value is not None))


def draw_chart(ledger: Ledger, chart_id: str, suffix: str, day: date) -> bytes:
    """The chart as a file; ``suffix`` is .png, .svg or .pdf."""
    return write_chart(order_chart(ledger, chart_id, day), form_of(suffix))


def form_of(suffix: str) -> str:
    """The format a file's ending asks for. Raises :class:`KnownError` for one there is not."""
    form = suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise KnownError(f"不支持“{suffix}”格式的图表，请用 .png、.svg 或 .pdf 作文件后缀。")
    return form


def write_chart(order: ChartOrder, form: str, *, mono: bool = False) -> bytes:
    """The chart as a file's bytes; ``mono``: for a black-and-white printer. Needs no ledger."""
    from chain_office.charts.output import render  # brings matplotlib

    return render(_figure(order, mono=mono), form)


def picture_chart(order: ChartOrder, dpi: int, *, mono: bool = False) -> RawPicture:
    """The chart as it is shown on screen, ``dpi`` dots an inch. Needs no ledger."""
    from chain_office.charts.screen import pixels

    return RawPicture(*pixels(_figure(order, mono=mono), dpi))


def _figure(order: ChartOrder, *, mono: bool) -> Any:
    """A matplotlib figure."""
    drawn = chart(order.chart_id).draw(order.result)
    if mono:
        from chain_office.charts.mono import in_black_and_white

        in_black_and_white(drawn)
    return drawn


def exhibit(chart_id: str, facts: Facts, note: str = "", most_mm: float = 200.0) -> Chart | None:
    """The chart as it stands in a paper, which prints title and stamp itself, at most ``most_mm`` high; None where
    there is nothing to draw."""
    kind = chart(chart_id)
    result = chart_result(facts, chart_id)
    if result is None:
        return None
    draw = partial(kind.draw, result, titled=False)
    return Chart(kind.title, draw, most_mm, note, f"chart:{chart_id}", partial(_natural_mm, chart_id, result))


def _natural_mm(chart_id: str, result: object) -> float:
    return chart(chart_id).height(result) * _MM


def _output_monthly(facts: Facts) -> OutputMonthly | None:
    if not facts.months:
        return None
    sample = facts.grown.sample
    return OutputMonthly(
        facts.office.about(facts.day, "企业报送"),
        tuple(MonthOutput(one.month, one.output_yuan, one.base_yuan, one.yoy_percent) for one in facts.months),
        sample.total_yuan,
        sample.yoy_percent,
    )


def _problems_by_unit(facts: Facts) -> ProblemsByUnit | None:
    if not facts.units:
        return None
    units = tuple(
        UnitProblems(
            said(one.unit), one.closed, one.reported, one.open, one.parked, one.overdue_reported, one.overdue_open
        )
        for one in facts.units
    )
    return ProblemsByUnit(facts.office.about(facts.day, "问题交办台账"), units)


def _pipeline(facts: Facts) -> Pipeline | None:
    if not facts.projects:
        return None
    stages = []
    for stage in ("planned", "under_construction", "completed", "stopped"):
        projects = [project for project in facts.projects if project.stage == stage]
        if stage == "stopped" and not projects:
            continue
        known = [project.total_yuan for project in projects if project.total_yuan is not None]
        unpriced = len(projects) - len(known)
        total = 0 if not projects else sum(known) if known else None
        stages.append(StageProjects(STAGES[stage], len(projects), total, unpriced))
    return Pipeline(facts.office.about(facts.day, "重点项目调度台账"), tuple(stages))


def _finance_ladder(facts: Facts) -> FinanceLadder | None:
    if not facts.banks:
        return None
    banks = tuple(BankLadder(said(b.bank), b.intent_yuan, b.granted_yuan, b.drawn_yuan) for b in facts.banks)
    return FinanceLadder(facts.office.about(facts.day, "银企对接台账"), banks)


def _growth_bridge(facts: Facts) -> GrowthBridge | None:
    bridge, sample = facts.bridge, facts.grown.sample
    if bridge is None or sample.total_yuan is None:
        return None
    return GrowthBridge(
        facts.office.about(facts.day, "企业报送"),
        span(facts.grown.from_month or "", facts.grown.to_month or ""),
        bridge.published_yuan,
        tuple(BridgeStep(label, yuan) for label, yuan in bridge.steps),
        bridge.base_yuan,
        sample.total_yuan,
        facts.grown.nominal_percent,
        sample.yoy_percent,
    )


def _chain_map(facts: Facts) -> Chain | None:
    return facts.chain if facts.chain.roots and facts.chain.firms else None


_RESULTS: Final[dict[str, Callable[[Facts], object | None]]] = {
    "output-monthly": _output_monthly,
    "problems-by-unit": _problems_by_unit,
    "pipeline": _pipeline,
    "finance-ladder": _finance_ladder,
    "growth-bridge": _growth_bridge,
    "chain-map": _chain_map,
}
