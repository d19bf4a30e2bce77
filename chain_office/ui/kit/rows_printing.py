"""Rows a view has in hand, on paper: as they stand on the screen, looked at before they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_office.services.list_paper import ListedColumn, ListPaper, refuse_too_long, set_list
from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.kit.rows import Column
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress


class RowsPrinting(QObject):
    """Mounted on a view once."""

    def __init__(self, view: QWidget, office: Office) -> None:
        super().__init__(view)
        self._view, self._office = view, office
        self.dialog: PaperDialog | None = None

    def print(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], said: Sequence[str] = ()
    ) -> None:
        """Set the rows under their headings; ``said``: what stands below them."""
        shown = self._office.shown
        if shown is None:
            return
        listed = tuple(ListedColumn(one.heading, one.width, one.right) for one in columns)
        cells = tuple(tuple(cell.replace("\n", " ") for cell in row) for row in rows)
        paper = ListPaper(title, listed, cells, (), shown.as_of, shown.sample, tuple(said))
        workshop = self._office.work.workshop

        def gather(_ledger: object) -> ListPaper:
            refuse_too_long(len(paper.rows))
            return paper

        def make(found: ListPaper, progress: Progress) -> Paper:
            progress(0, 0, f"正在排版 {len(found.rows)} 行")
            return read_paper(workshop.do(set_list, found, wanted=progress.check))

        self._office.work.make("打印列表", gather, make, lambda made: self._show(made, title), owner=self)

    def _show(self, paper: Paper, title: str) -> None:
        self.dialog = PaperDialog(self._office, paper, title, self._view)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None
