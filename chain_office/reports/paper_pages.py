"""Which page a paper is set on, and what stands at its foot: the same for PDF and Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.reports.geometry import FORM, LIST_ACROSS, LIST_UPRIGHT, OFFICIAL
from chain_office.reports.papers import Grid
from chain_office.reports.tidying import one_line

if TYPE_CHECKING:
    from chain_office.reports.geometry import Sheet
    from chain_office.reports.papers import Paper


def sheet_of(paper: Paper) -> Sheet:
    """Letters on the official page, lists on pages with narrow margins, forms between."""
    if paper.masthead:
        return OFFICIAL
    if paper.wide:
        return LIST_ACROSS
    return FORM if any(isinstance(part, Grid) for part in paper.parts) or paper.signed else LIST_UPRIGHT


def foot_of(paper: Paper) -> str:
    """The small print at the foot: 回执号, then the note."""
    code = f"回执号 {one_line(paper.code)}" if paper.code else ""
    return "　".join(part for part in (code, one_line(paper.note)) if part)
