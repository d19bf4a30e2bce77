"""月调度表 on paper: looked at and printed, or written into a folder as PDF, Word and Excel."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers import PaperOrder, Written
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.pages.project_parts.part import Part
    from chain_office.ui.work import Progress

KIND = "月调度表"


class MonthPrinting(QObject):
    """Mounted on the view once."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self._part = part
        self.dialog: PaperDialog | None = None
        self.written: tuple[Path, ...] = ()

    def print(self, month: str) -> None:
        """Set a month's table and show it."""
        workshop = self._part.office.work.workshop

        def make(order: PaperOrder, progress: Progress) -> Paper | None:
            from chain_office.services.papers.setting import set_file

            if not order.files:
                return None
            progress(0, 0, "正在排版月调度表")
            data = workshop.do(set_file, order.files[0], order.system_fonts, wanted=progress.check)[".pdf"]
            assert isinstance(data, bytes)
            return read_paper(data)

        self._part.office.work.make(
            "月调度表", partial(self._gather, month), make, lambda paper: self._show(paper, month), owner=self
        )

    def _gather(self, month: str, ledger: Ledger) -> PaperOrder:
        from chain_office.services.papers import order_papers  # brings every kind of paper

        return order_papers(ledger, KIND, self._part.office.as_of, month)

    def _show(self, paper: Paper | None, month: str) -> None:
        if paper is None:
            self._part.office.said.emit(f"{month} 没有纳入调度的项目，没有调度表。")
            return
        self.dialog = PaperDialog(self._part.office, paper, f"月调度表_{month}", self._part)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def ask_folder(self, month: str) -> None:
        """Ask where, and write it there."""
        dialog = QFileDialog(self._part, "把月调度表放到哪个文件夹")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.fileSelected.connect(lambda path: self.write(month, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        QFileDialog.open(dialog)

    def write(self, month: str, folder: Path) -> None:
        """Write the table as PDF, Word and Excel."""
        workshop = self._part.office.work.workshop

        def write(order: PaperOrder, progress: Progress) -> Written:
            from chain_office.services.papers import write_papers

            return write_papers(order, folder, progress, run=partial(workshop.do, wanted=progress.check))

        self._part.office.work.make("月调度表", partial(self._gather, month), write, self._tell, owner=self)

    def _tell(self, written: Written) -> None:
        self.written = tuple(written)
        said = (
            f"已写好 {len(written)} 个文件：{'、'.join(path.name for path in written)}"
            if written
            else "没有要写的调度表"
        )
        self._part.office.said.emit(f"{said}。")
