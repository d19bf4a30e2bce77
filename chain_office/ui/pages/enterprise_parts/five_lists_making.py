"""五单 out of the window: one list as a workbook, everything into a folder, a list on paper, the map on paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from chain_office import files
from chain_office.domain import five_lists
from chain_office.services.lists.making import five_lists_of
from chain_office.services.lists.writing import (
    book_of,
    file_name,
    map_pdf,
    map_title,
    order_lists,
    paper_pdf,
    write_order,
)
from chain_office.ui.kit.file_asking import ask_where_to_save
from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper

if TYPE_CHECKING:
    from chain_office.domain.five_lists import FiveLists
    from chain_office.services.ledgers import Ledger
    from chain_office.services.lists.writing import ListsOrder
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

_WORKBOOK: Final = "Excel 工作簿 (*.xlsx)"


class ListsMaking(QObject):
    """Mounted on a view once. Everything is read on the database thread and set in the workshop."""

    def __init__(self, office: Office, view: QWidget) -> None:
        super().__init__(view)
        self._office, self._view = office, view
        self.dialog: PaperDialog | None = None

    # Into files.

    def ask_one(self, list_id: str) -> None:
        """Ask where one list goes, and write it."""
        name = file_name(list_id, self._office.as_of).partition("_")[2].removesuffix(".xlsx")
        ask_where_to_save(
            self._view,
            f"导出{five_lists.FIVE[list_id]}",
            name,
            (_WORKBOOK,),
            lambda path, _kind: self.one(list_id, path),
        )

    def one(self, list_id: str, path: Path) -> None:
        """One list as a workbook."""
        target = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        day, workshop = self._office.as_of, self._office.work.workshop

        def write(five: FiveLists, progress: Progress) -> Path:
            progress(0, 0, f"正在写 {target.name}")
            files.write_bytes(target, workshop.do(book_of, five, (list_id,), wanted=progress.check))
            return target

        self._office.work.make(
            "导出清单", lambda ledger: five_lists_of(ledger, day), write,
            lambda done: self._office.said.emit(f"已导出到 {done}"), owner=self,
        )  # fmt: skip

    def ask_all(self) -> None:
        """Ask for a folder, and write all five and the map there."""
        dialog = QFileDialog(self._view, "把五单一图谱放到哪个文件夹")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.fileSelected.connect(lambda path: self.all(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        QFileDialog.open(dialog)

    def all(self, folder: Path) -> None:
        """All five and the map into a folder."""
        day, workshop = self._office.as_of, self._office.work.workshop

        def write(order: ListsOrder, progress: Progress) -> int:
            return len(write_order(order, folder, run=partial(workshop.do, wanted=progress.check), progress=progress))

        self._office.work.make(
            "导出五单一图谱", lambda ledger: order_lists(ledger, day), write,
            lambda number: self._office.said.emit(f"五单一图谱 {number} 个文件已写到 {folder}"), owner=self,
        )  # fmt: skip

    # On paper.

    def print(self, list_id: str) -> None:
        """One list as a paper, looked at before it is printed."""
        day, workshop = self._office.as_of, self._office.work.workshop

        def gather(ledger: Ledger) -> FiveLists:
            return five_lists_of(ledger, day)

        def make(five: FiveLists, progress: Progress) -> Paper:
            progress(0, 0, f"正在排版{five_lists.FIVE[list_id]}")
            return read_paper(workshop.do(paper_pdf, five, (list_id,), wanted=progress.check))

        title = f"{five_lists.FIVE[list_id]}-截至{day.isoformat()}"
        self._office.work.make("打印清单", gather, make, lambda paper: self._show(paper, title), owner=self)

    def print_map(self, size: str) -> None:
        """The map on a sheet of A4 or A3."""
        day, workshop = self._office.as_of, self._office.work.workshop

        def make(order: ListsOrder, progress: Progress) -> tuple[Paper, str]:
            progress(0, 0, "正在画上下游图谱")
            data = workshop.do(map_pdf, order.chain, order.five.office, size, wanted=progress.check)
            return read_paper(data), f"{map_title(order.chain)}-{size}-截至{day.isoformat()}"

        self._office.work.make(
            "打印图谱", lambda ledger: order_lists(ledger, day), make, lambda made: self._show(*made), owner=self
        )

    def _show(self, paper: Paper, title: str) -> None:
        self.dialog = PaperDialog(self._office, paper, title, self._view)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None
