"""The last annex: every headline figure with its value and the formula it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.reports.content import Column, Section, Table
from chain_office.services.packing.wording import day, figure_text, full_width

if TYPE_CHECKING:
    from chain_office.services.packing.facts import Facts

ANNEX = "主要指标及口径"


def annex(facts: Facts) -> Section:
    """All of them, in their fixed order."""
    columns = (Column("指标", 15), Column("数值", 12, "right"), Column("口径", 45))
    rows = tuple(
        (full_width(figure.label), figure_text(figure), full_width(figure.formula)) for figure in facts.headline.figures
    )
    notes = (*map(full_width, facts.headline.notes), f"数据截至{day(facts.day)}；金额为现价；未掌握的数不作零计。")
    return Section(ANNEX, tables=(Table(ANNEX, columns, rows, notes=notes),), annex=True)
