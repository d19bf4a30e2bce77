"""The last annex: every headline figure with its value and the formula it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.reports.content import Column, Section, Table
from chain_office.services.packing.wording import figure_text, full_width

if TYPE_CHECKING:
    from chain_office.services.packing.facts import Facts

ANNEX = "主要指标及口径"
_ONLY_IF_ANY = frozenset(
    {"problems.to_assign", "problems.solved_on_site", "problems.escalated", "projects.stopped", "output.from"}
)


def annex(facts: Facts) -> Section:
    """All of them, in their fixed order."""
    columns = (Column("指标", 13), Column("数值", 9, "right"), Column("口径", 54))
    rows = tuple(
        (full_width(figure.label), figure_text(figure), full_width(figure.formula))
        for figure in facts.headline.figures
        if figure.value != 0 or figure.key not in _ONLY_IF_ANY
    )
    notes = (*map(full_width, facts.headline.notes), "金额为现价；未掌握的数不作零计。")
    return Section(ANNEX, tables=(Table("", columns, rows, notes=notes, density="compact"),), annex=True)
