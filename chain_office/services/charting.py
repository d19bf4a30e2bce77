"""Charts of a ledger at a date: the figures behind each, as a file or as an exhibit of a paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from chain_office.charts.catalogue import CHARTS, chart
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

FORMATS: Final = ("png", "svg", "pdf")
STAGE_ORDER: Final = ("completed", "under_construction", "planned", "stopped")
_MM: Final = 25.4


def chart_list() -> list[tuple[str, str]]:
    """Id and title of every chart."""
    return [(kind.id, kind.title) for kind in CHARTS]


def chart_result(facts: Facts, chart_id: str) -> object | None:
    """What the chart is drawn from; None where the ledger holds nothing to draw."""
    return _RESULTS[chart(chart_id).id](facts)


def draw_chart(ledger: Ledger, chart_id: str, suffix: str, day: date) -> bytes:
    """The chart as a file; ``suffix`` is .png, .svg or .pdf."""
    form = suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise KnownError(f"不支持“{suffix}”格式的图表，请用 .png、.svg 或 .pdf 作文件后缀。")
    kind = chart(chart_id)
    result = chart_result(gather(ledger, day), chart_id)
    if result is None:
        raise KnownError(f"截至{day.isoformat()}，台账里没有画“{kind.title}”所需的数据；请先导入，或换一个截止日期。")
    from chain_office.charts.output import render  # brings matplotlib

    return render(kind.draw(result), form)


def exhibit(chart_id: str, facts: Facts, note: str = "", most_mm: float = 200.0) -> Chart | None:
    """The chart as it stands in a paper, which prints title and stamp itself, at most ``most_mm`` high; None where
    there is nothing to draw."""
    kind = chart(chart_id)
    result = chart_result(facts, chart_id)
    if result is None:
        return None
    return Chart(kind.title, partial(kind.draw, result, titled=False), min(most_mm, kind.height(result) * _MM), note)


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


_RESULTS: Final[dict[str, Callable[[Facts], object | None]]] = {
    "output-monthly": _output_monthly,
    "problems-by-unit": _problems_by_unit,
    "pipeline": _pipeline,
    "finance-ladder": _finance_ladder,
    "growth-bridge": _growth_bridge,
}
