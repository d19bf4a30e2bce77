"""What the desk's list prints of visits: the page before a visit to the firm the cursor is on, and the visit's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper
from chain_office.ui.pages.visit_parts.briefing import Briefing

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers.together import Paper as Content
    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.work import Progress


class VisitPrinting(QObject):
    """Mounted on the desk of visits once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._office = desk, desk.office
        self.briefing = Briefing(desk, desk.office)
        self.dialog: PaperDialog | None = None
        p = desk.office.palette
        self.brief_action = QAction(icon("file-text", p.text), "走访前一页纸", self)
        self.brief_action.setShortcut(keys.sequences("brief")[0])
        self.brief_action.setToolTip(keys.hint("这家企业的走访前一页纸", "brief"))
        self.brief_action.triggered.connect(self.brief)
        self.record_action = QAction(icon("printer", p.text), "打印记录", self)
        self.record_action.setToolTip("打印选中的走访记录，附承诺、问题和现场照片")
        self.record_action.triggered.connect(self.record)
        desk.addAction(self.brief_action)

    def brief(self) -> None:
        """The page before a visit, of the firms of the visits chosen."""
        ids = self._desk.selected_ids()
        if not ids:
            return
        self._office.work.ask(lambda ledger: _firms(ledger, ids), self.briefing.show, owner=self)

    def record(self) -> None:
        """The records of the visits chosen, with their photographs."""
        ids, day, workshop = self._desk.selected_ids(), self._office.as_of, self._office.work.workshop
        if not ids:
            return

        def gather(ledger: Ledger) -> tuple[tuple[Content, ...], bool]:
            from chain_office.services.papers.letterhead import letterhead
            from chain_office.services.papers.together import let_out
            from chain_office.services.papers.visit_record import records_of

            head = letterhead(ledger)
            return let_out(records_of(ledger, ids, day, head), head.phone), head.system_fonts

        def make(found: tuple[tuple[Content, ...], bool], progress: Progress) -> tuple[Paper, bytes, str]:
            from chain_office.services.papers.together import set_together, word_together

            papers, system_fonts = found
            progress(0, 0, f"正在排 {len(papers)} 份")
            data = workshop.do(set_together, papers, system_fonts, wanted=progress.check)
            word = workshop.do(word_together, papers, wanted=progress.check)
            return read_paper(data), word, papers[0].name if len(papers) == 1 else f"走访记录_{len(papers)}份"

        self._office.work.make("走访记录", gather, make, lambda made: self._open(*made), owner=self)

    def _open(self, paper: Paper, word: bytes, title: str) -> None:
        self.dialog = PaperDialog(self._office, paper, title, self._desk, word=word)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None


def _firms(ledger: Ledger, visits: tuple[str, ...]) -> tuple[str, ...]:
    from chain_office.queries.visiting.record import firms_of

    return firms_of(ledger, visits)
