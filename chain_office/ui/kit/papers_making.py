"""Papers of a kind from a view: looked at first, or made into a folder; what was written is said below."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from chain_office.domain.errors import KnownError
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper

if TYPE_CHECKING:
    from datetime import date

    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers import PaperOrder, Written
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

MOST_SHOWN = 80
"""So many papers are looked at together; the folder takes them all."""


class PapersMaking(QWidget):
    """``of``: the kind of paper; ``day``: of which day, None for the one shown; ``campaign``: of which campaign, "" for none.
    Where its two buttons stand is the view's business."""

    def __init__(self, office: Office, of: str) -> None:
        super().__init__()
        self._office, self.of = office, of
        self.day: date | None = None
        self.campaign = ""
        self.dialog: PaperDialog | None = None
        self._folder: Path | None = None
        self.do = QPushButton(icon("download", office.palette.accent), "生成文件……")
        self.do.setAccessibleName(f"生成{of}")
        self.do.clicked.connect(lambda: self.ask())
        self.open = QPushButton(icon("folder-open", office.palette.accent), "打开文件夹")
        self.open.clicked.connect(lambda: self.open_folder())
        self.open.hide()
        self.said = label("", "quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.said)
        self.said.hide()

    def _gather(self) -> partial[PaperOrder]:
        day = self.day or self._office.as_of
        return partial(_order, of=self.of, day=day, campaign=self.campaign, actor=self._office.actor)

    def look(self) -> None:
        """Show the papers before anything is written."""
        workshop, gather, of = self._office.work.workshop, self._gather(), self.of

        def ordered(ledger: Ledger) -> PaperOrder:
            order = gather(ledger)
            if not order.files:
                raise KnownError("".join(order.notes) or "没有要看的材料。")
            return order

        def make(order: PaperOrder, progress: Progress) -> tuple[Paper, bytes, int]:
            from chain_office.services.papers.together import set_together, word_together

            papers = tuple(file.content for file in order.files)[:MOST_SHOWN]
            progress(0, 0, f"正在排 {len(papers)} 份{of}")
            data = workshop.do(set_together, papers, order.system_fonts, wanted=progress.check)
            word = workshop.do(word_together, papers, wanted=progress.check) if len(papers) == 1 else b""
            return read_paper(data), word, len(order.files)

        self._office.work.make(f"预览{of}", ordered, make, lambda made: self._show(*made), owner=self)

    def _show(self, paper: Paper, word: bytes, number: int) -> None:
        title = self.of if number <= MOST_SHOWN else f"{self.of}（前 {MOST_SHOWN} 份，共 {number} 份）"
        self.dialog = PaperDialog(self._office, paper, title, self, word=word)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def ask(self) -> None:
        """Ask for the folder, then make."""
        dialog = QFileDialog(self, "把材料放到哪个文件夹")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.fileSelected.connect(lambda path: self.make(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        QFileDialog.open(dialog)

    def make(self, folder: Path) -> None:
        """Make the papers into a folder."""
        workshop, gather = self._office.work.workshop, self._gather()
        orders: list[PaperOrder] = []

        def write(order: PaperOrder, progress: Progress) -> Written:
            from chain_office.services.papers import write_papers

            orders.append(order)
            return write_papers(order, folder, progress, run=partial(workshop.do, wanted=progress.check))

        self._office.work.make(
            f"生成{self.of}", gather, write, lambda written: self._tell(orders[-1], written, folder), owner=self
        )

    def _tell(self, order: PaperOrder, written: Written, folder: Path) -> None:
        self._folder = folder
        self.open.setVisible(bool(written))
        said = [f"已写好 {len(written)} 个文件，在 {folder}" if written else "没有要写的材料", *order.notes]
        if written.missing:
            said.append(f"这些字没有字体，印成了〓：{written.missing}")
        self.said.setText("；".join(part.rstrip("。") for part in said) + "。")
        self.said.show()

    def open_folder(self) -> None:
        """Show where they were written."""
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _order(ledger: Ledger, of: str, day: date, campaign: str, actor: str) -> PaperOrder:
    from chain_office.services.papers import order_papers  # brings every kind of paper

    return order_papers(ledger, of, day, campaign or None, actor=actor)
