"""What is said over something that opens rows: how a figure is counted, up to when, and what a click does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.services.figures import shown
from chain_office.ui.kit.pdf_pages import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chain_office.domain.figures import Figure
    from chain_office.services.packs import Place

PAGES: Final = {
    "problem": "problems", "project": "projects", "enterprise": "enterprises", "visit": "visits", "match": "finance",
    "need": "finance", "unit": "problems", "month": "output", "target": "enterprises", "chart": "charts",
}  # fmt: skip
"""The page that shows a record of a table."""


def page_of(reference: str) -> str:
    """The page that shows a record or the rows of a figure."""
    kind, _, name = reference.partition(":")
    return name.partition(".")[0] if kind == "figure" else PAGES.get(kind, "")


def figure_tip(figure: Figure) -> str:
    """收集问题 87 个, how it is counted, up to when."""
    formula = "；".join((figure.formula, *figure.notes))
    return f"{figure.label} {shown(figure)}\n口径：{formula}\n截至 {figure.as_of.isoformat()}"


def tip(reference: str, figures: Mapping[str, Figure]) -> str:
    """What is said over a place that opens ``reference``."""
    kind, _, name = reference.partition(":")
    if kind == "chart":
        return "点击：在“图表”里打开这张图"
    if kind != "figure":
        return "点击：打开这条记录"
    figure = figures.get(name)
    said = "" if figure is None else f"{figure_tip(figure)}\n"
    return f"{said}点击：打开这些行"


def spots(places: Iterable[Place], figures: Iterable[Figure]) -> tuple[Spot, ...]:
    """The places of a paper with what is said over each."""
    known = {one.key: one for one in figures}
    return tuple(Spot(*one[:5], one.reference, tip(one.reference, known)) for one in places)
