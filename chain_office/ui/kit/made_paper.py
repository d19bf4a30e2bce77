"""A paper in the window: made just now from an order, or issued before and opened again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chain_office.ui.kit.figure_tips import spots
from chain_office.ui.kit.pdf_pages import read_paper

if TYPE_CHECKING:
    from datetime import date

    from chain_office.services.issuing import Issued, Opened
    from chain_office.services.packs import PackOrder, PrintedPack
    from chain_office.ui.kit.pdf_pages import Paper


@dataclass(frozen=True, slots=True)
class MadePaper:
    """Of what kind, at which date; ``order`` and ``printed`` of one made just now, ``issued`` of one that was issued."""

    kind: str
    day: date
    paper: Paper
    missing: tuple[str, ...] = ()
    order: PackOrder | None = None
    printed: PrintedPack | None = None
    issued: Issued | None = None

    @property
    def title(self) -> str:
        """Its name as a file's, without the ending."""
        if self.issued is not None:
            return self.issued.name.removesuffix(".pdf")
        return f"{self.kind}材料-截至{self.day.isoformat()}"

    def as_issued(self, pack: Issued) -> MadePaper:
        """The same once it was issued."""
        return replace(self, issued=pack)


def fresh(order: PackOrder, printed: PrintedPack) -> MadePaper:
    """A paper that was made just now. Runs on the bench."""
    paper = read_paper(printed.data, spots(printed.places, order.content.figures))
    return MadePaper(order.kind, order.day, paper, printed.missing, order, printed)


def reopened(opened: Opened) -> MadePaper:
    """A paper as it was issued. Runs on the bench."""
    pack = opened.pack
    paper = read_paper(opened.data, spots(opened.places, opened.figures))
    return MadePaper(pack.kind, pack.as_of, paper, issued=pack)
