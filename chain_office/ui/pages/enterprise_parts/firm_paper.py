"""企业简况 from where one works: the firms' pages looked at, printed, saved as PDF or Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers.together import Paper as Content
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

_NAME = "企业简况"


class FirmPaper(QObject):
    """Mounted on a view, or on the desk, once."""

    def __init__(self, view: QWidget, office: Office) -> None:
        super().__init__(view)
        self._view, self._office = view, office
        self.dialog: PaperDialog | None = None

    def show(self, firms: Sequence[str], *, phones: bool = False) -> None:
        """A page of each of these firms, in this order, as one paper; ``phones``: telephone numbers in full."""
        chosen = tuple(dict.fromkeys(firms))
        if not chosen:
            return
        day, workshop = self._office.as_of, self._office.work.workshop

        def gather(ledger: Ledger) -> tuple[tuple[Content, ...], bool]:
            from chain_office.services.papers.firm_brief import briefs_of
            from chain_office.services.papers.letterhead import letterhead
            from chain_office.services.papers.together import let_out

            head = letterhead(ledger)
            found = briefs_of(ledger, chosen, day, head)
            return found if phones else let_out(found, head.phone), head.system_fonts

        def make(found: tuple[tuple[Content, ...], bool], progress: Progress) -> tuple[Paper, bytes, str]:
            from chain_office.services.papers.together import set_together, word_together

            papers, system_fonts = found
            progress(0, 0, f"正在排 {len(papers)} 页")
            data = workshop.do(set_together, papers, system_fonts, wanted=progress.check)
            word = workshop.do(word_together, papers, wanted=progress.check)
            title = papers[0].name if len(papers) == 1 else f"{_NAME}_{day.isoformat()}_{len(papers)}家"
            return read_paper(data), word, title

        self._office.work.make(_NAME, gather, make, lambda made: self._open(*made), owner=self)

    def _open(self, paper: Paper, word: bytes, title: str) -> None:
        self.dialog = PaperDialog(self._office, paper, title, self._view, word=word)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None
