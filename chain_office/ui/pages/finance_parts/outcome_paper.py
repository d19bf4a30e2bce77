"""落实情况表 looked at before it is printed, and saved as PDF, Word or a workbook."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from chain_office import files
from chain_office.domain.errors import KnownError
from chain_office.ui.icons import icon
from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers import PaperFile
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.office import Office
    from chain_office.ui.pages.finance_parts.scope import EventBox
    from chain_office.ui.work import Progress

KIND: Final = "落实情况表"
_FORMATS: Final = ((".docx", "Word", "file-text"), (".xlsx", "Excel", "columns-3"))


class OutcomeDialog(PaperDialog):
    """The paper with what it can be saved as beside the PDF."""

    again = Signal(bool)
    """It is wanted with the sum rounded down (True) or exact (False)."""

    def __init__(
        self, office: Office, paper: Paper, title: str, parent: QWidget, others: Mapping[str, bytes], *, rounded: bool
    ) -> None:
        super().__init__(office, paper, title, parent)
        self._name = title
        row = QHBoxLayout()
        row.setSpacing(8)
        self.saves: dict[str, QPushButton] = {}
        for ending, word, sign in _FORMATS:
            button = QPushButton(icon(sign, office.palette.accent), f"另存为 {word}……")
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._ask_where, ending, word, others[ending]))
            row.addWidget(button)
            self.saves[ending] = button
        self.rounded = QCheckBox("文字里的放款合计写成“7亿余元”的样子（表中总是精确数）")
        self.rounded.setChecked(rounded)
        self.rounded.toggled.connect(self.again)
        row.addWidget(self.rounded)
        row.addStretch(1)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(1, row)

    def _ask_where(self, ending: str, word: str, data: bytes) -> None:
        dialog = QFileDialog(self, f"保存 {word}", f"{self._name}{ending}", f"{word} (*{ending})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.fileSelected.connect(lambda path: self.keep(Path(path), data))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def keep(self, path: Path, data: bytes) -> None:
        """Save it there, whole or not at all."""
        self._office.work.aside(
            lambda: files.write_bytes(path, data), lambda _: self.said.setText(f"已保存到 {path}"), owner=self
        )


class OutcomePaper(QObject):
    """Mounted on a view once; of the event its box names."""

    def __init__(self, view: QWidget, office: Office, events: EventBox) -> None:
        super().__init__(view)
        self._view, self._office, self._events = view, office, events
        self.dialog: OutcomeDialog | None = None

    def preview(self, *, rounded: bool = False) -> None:
        """Make it as of the day shown, and show it."""
        day, event, workshop = self._office.as_of, self._events.name, self._office.work.workshop
        actor = self._office.actor

        def gather(ledger: Ledger) -> tuple[PaperFile, bool]:
            from chain_office.services.papers import order_papers  # brings every kind of paper

            order = order_papers(ledger, KIND, day, event, actor=actor, rounded=rounded)
            if not order.files:
                raise KnownError("".join(order.notes))
            return order.files[0], order.system_fonts

        def make(found: tuple[PaperFile, bool], progress: Progress) -> tuple[Paper, dict[str, bytes], str]:
            from chain_office.services.papers.setting import set_file

            file, system_fonts = found
            progress(0, 0, "正在排版")
            made = workshop.do(set_file, file, system_fonts, wanted=progress.check)
            data = {ending: one for ending in file.formats if isinstance(one := made[ending], bytes)}
            return read_paper(data[".pdf"]), data, file.content.name

        self._office.work.make(KIND, gather, make, lambda made: self._show(*made, rounded=rounded), owner=self)

    def _show(self, paper: Paper, data: Mapping[str, bytes], title: str, *, rounded: bool) -> None:
        self.dialog = OutcomeDialog(self._office, paper, title, self._view, data, rounded=rounded)
        self.dialog.again.connect(self._again)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _again(self, rounded: bool) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.preview(rounded=rounded)

    def _closed(self) -> None:
        if self.dialog is not None and self.sender() is self.dialog:
            self.dialog = None
