"""The last annex: the leading figures with the formula each follows, and the bridge between the two growth rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.reports.content import Column, Section, Table
from chain_office.services.charting import exhibit
from chain_office.services.packing.linking import cell_links
from chain_office.services.packing.wording import UNKNOWN, figure_text, full_width

if TYPE_CHECKING:
    from chain_office.domain.figures import Figure
    from chain_office.services.packing.facts import Facts

ANNEX = "主要指标及口径"
_KEYS = frozenset(
    {
        "enterprises.total", "visits.enterprises_visited", "problems.collected", "problems.screened_in",
        "problems.assigned", "problems.overdue", "finance.enterprises",
        "finance.granted_yuan", "finance.drawn_yuan", "projects.completed", "projects.total",
        "output.total_yuan", "output.base_yuan", "output.yoy_percent", "output.nominal_yoy_percent",
    }
)  # fmt: skip
"""What the sections lead with; the tables' own notes define the rest."""
_CHART_MM = 56.0


def annex(facts: Facts) -> Section:
    """In their fixed order."""
    columns = (Column("指标", 15), Column("数值", 9, "right"), Column("口径", 54))
    told = [figure for figure in facts.headline.figures if figure.key in _KEYS]
    rows = tuple((full_width(one.label), _value(facts, one), full_width(one.formula)) for one in told)
    notes = (*map(full_width, facts.headline.notes), "金额为现价；未掌握的数不作零计。")
    links = tuple(link for row, one in enumerate(told) for link in cell_links(row, ((-1, one.key),)))
    table = Table("", columns, rows, notes=notes, density="compact", links=links)
    bridge = exhibit("growth-bridge", facts, most_mm=_CHART_MM) if facts.bridge and facts.bridge.steps else None
    return Section(ANNEX, tables=(table,), charts=() if bridge is None else (bridge,), annex=True)


def _value(facts: Facts, figure: Figure) -> str:
    """A count from a desk that holds nothing is not known, rather than none."""
    return figure_text(figure) if getattr(facts.desks, figure.key.split(".")[0]) else UNKNOWN
