"""A desk's list on paper, and rows from a spreadsheet onto a desk: Ctrl+P and Ctrl+V."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from chain_office.services.list_paper import ListedColumn, ListPaper, refuse_too_long, set_list
from chain_office.services.pasting import keep_pasted
from chain_office.ui import keys
from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.work import Progress

INTAKE = "intake"


class ListPrinting(QObject):
    """Mounted on a desk once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.dialog: PaperDialog | None = None
        desk.bar.add("打印列表", "printer", self.print, shortcut=keys.key("print_list").keys[0], right=True)

    def print(self) -> None:
        """Set the list as it stands on the screen, whole, and show it as it will be printed."""
        desk, shown = self._desk, self._desk.office.shown
        if shown is None:
            return
        model, places = desk.model, desk.shown_columns.shown()
        columns = [model.columns[place] for place in places]
        listed = tuple(
            ListedColumn(one.heading, desk.list.columnWidth(at), one.right)
            for one, at in zip(columns, places, strict=True)
        )
        ids, title, filtered = model.ids, f"{desk.title}列表", tuple(desk.filters.words)
        day, sample, workshop = shown.as_of, shown.sample, desk.office.work.workshop

        def read(ledger: Ledger) -> ListPaper:
            refuse_too_long(len(ids))
            lines = model.lines(ledger, ids)
            rows = tuple(tuple(one.text(line).replace("\n", " ") for one in columns) for line in lines)
            return ListPaper(title, listed, rows, filtered, day, sample)

        def make(paper: ListPaper, progress: Progress) -> Paper:
            progress(0, 0, f"正在排版 {len(paper.rows)} 行")
            return read_paper(workshop.do(set_list, paper, wanted=progress.check))

        desk.office.work.make("打印列表", read, make, lambda paper: self._show(paper, title), owner=self)

    def _show(self, paper: Paper, title: str) -> None:
        self.dialog = PaperDialog(self._desk.office, paper, title, self._desk)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None


class Pasting(QObject):
    """Mounted on a desk once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        keys.shortcut("paste", desk.list, self.paste, context=Qt.ShortcutContext.WidgetShortcut)

    def paste(self) -> None:
        """Hand the clipboard's rows to the import, which shows what they would do before anything is written."""
        desk = self._desk
        text = QGuiApplication.clipboard().text()
        headings = [desk.model.columns[place].heading for place in desk.shown_columns.shown()]

        def told(path: Path) -> None:
            desk.wanted.emit(INTAKE, f"paste:{path}")

        desk.office.work.aside(lambda: keep_pasted(text, headings), told, owner=self)
