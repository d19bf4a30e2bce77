"""A paper in a window of its own: looked through, printed, saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office import files
from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.paper_view import PaperView
from chain_office.ui.kit.printing import choose_printer, make_printer, print_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter

    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.office import Office

_SHARE: Final = 0.9


class PaperDialog(QDialog):
    """Shows a paper over a page. Ctrl+P prints, Esc closes. ``word``: the same as a Word document, which can be saved."""

    def __init__(self, office: Office, paper: Paper, title: str, parent: QWidget, *, word: bytes = b"") -> None:
        super().__init__(parent)
        self._office = office
        self._paper = paper
        self._title = title
        self._word = word
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = PaperView(office.work, office.palette)
        self.page = label("", "quiet")
        self.said = label("", "quiet")
        self._lay_out()
        self.view.page_changed.connect(lambda page, pages: self.page.setText(f"第 {page} 页，共 {pages} 页"))
        self.view.show_paper(paper)
        keys.shortcut("print_paper", self, self.print)
        room = parent.window().size()
        self.resize(round(room.width() * _SHARE), round(room.height() * _SHARE))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.print_button = self._button("printer", "打印……", self.print)
        self.print_button.setDefault(True)
        self.save_button = self._button("download", "另存为 PDF……", self.save)
        self.word_button = self._button("file-text", "另存为 Word……", self.save_word)
        self.word_button.setVisible(bool(self._word))
        for widget in (
            self.print_button,
            self.save_button,
            self.word_button,
            self._button("zoom-out", "缩小", self.view.zoom_out),
            self._button("zoom-in", "放大", self.view.zoom_in),
            self._button("", "整页", self.view.fit_page),
            self._button("", "页宽", self.view.fit_width),
            self.page,
            self.said,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._button("x", "关闭", self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.view, 1)

    def _button(self, sign: str, word: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(word)
        if sign:
            button.setIcon(icon(sign, self._office.palette.accent))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: do())
        return button

    def print(self) -> None:
        """Let the person choose a printer and pages."""
        printer = make_printer(self._paper, self._title)
        choose_printer(
            printer, len(self._paper.sizes), self, lambda: self.print_on(printer), self._office.work.refused.emit
        )

    def print_on(self, printer: QPrinter) -> None:
        """Print in a job."""
        paper = self._paper
        self._office.work.make(
            "打印",
            lambda _ledger: paper,
            lambda found, progress: print_pages(found, printer, progress),
            lambda pages: self.said.setText(f"已送打印机 {pages} 页。"),
            owner=self,
        )

    def save(self) -> None:
        """Ask where, and save there."""
        dialog = QFileDialog(self, "保存 PDF", f"{self._title}.pdf", "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda path: self.save_as(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def save_word(self) -> None:
        """Ask where, and save the Word document there."""
        dialog = QFileDialog(self, "保存 Word", f"{self._title}.docx", "Word (*.docx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("docx")
        dialog.fileSelected.connect(lambda path: self.save_as(Path(path), self._word))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def save_as(self, path: Path, data: bytes = b"") -> None:
        """Save the PDF (or other data), whole or not at all."""
        data = data or self._paper.data
        self._office.work.aside(
            lambda: files.write_bytes(path, data), lambda _: self.said.setText(f"已保存到 {path}"), owner=self
        )
