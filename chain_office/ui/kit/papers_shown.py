"""Papers looked at from where one works: set as one PDF, printed, saved as PDF or Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_office.domain.errors import KnownError
from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers.letterhead import Letterhead
    from chain_office.services.papers.together import Paper as Content
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

    Gather = Callable[[Ledger, Letterhead], Sequence[Content]]
    """Reads what the papers say, on the database thread."""


class PapersShown(QObject):
    """Mounted on a view, or on a desk, once."""

    def __init__(self, view: QWidget, office: Office) -> None:
        super().__init__(view)
        self._view, self._office = view, office
        self.dialog: PaperDialog | None = None

    def show(self, name: str, gather: Gather, *, nothing: str = "没有可打印的内容，请刷新后再试。") -> None:
        """Papers of one kind (``name``), looked at in one dialog; ``nothing``: what is said where there are none."""
        day, workshop = self._office.as_of, self._office.work.workshop

        def read(ledger: Ledger) -> tuple[tuple[Content, ...], bool]:
            from chain_office.services.papers.letterhead import letterhead
            from chain_office.services.papers.together import let_out

            head = letterhead(ledger)
            found = let_out(tuple(gather(ledger, head)), head.phone)
            if not found:
                raise KnownError(nothing)
            return found, head.system_fonts

        def make(found: tuple[tuple[Content, ...], bool], progress: Progress) -> tuple[Paper, bytes, str]:
            from chain_office.services.papers.together import set_together, word_together

            papers, system_fonts = found
            progress(0, 0, f"正在排 {len(papers)} 份{name}")
            data = workshop.do(set_together, papers, system_fonts, wanted=progress.check)
            word = workshop.do(word_together, papers, wanted=progress.check)
            title = papers[0].name if len(papers) == 1 else f"{name}_{day.isoformat()}_{len(papers)}份"
            return read_paper(data), word, title

        self._office.work.make(name, read, make, lambda made: self._open(*made), owner=self)

    def _open(self, paper: Paper, word: bytes, title: str) -> None:
        self.dialog = PaperDialog(self._office, paper, title, self._view, word=word)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None
