"""The pane beside a list: one record as a form in sections, its links, its hidden numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from chain_office.ui.kit.record_document import GO, REVEAL, Writing

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from chain_office.queries.records import Record
    from chain_office.ui.palette import Palette


class Detail(QTextBrowser):
    """Shows a record; its links and hidden numbers answer to the mouse and to Tab and Enter."""

    wanted = Signal(str, str)
    """A related record was chosen: its page and reference."""
    left = Signal()
    """Esc: back to the list."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = palette
        self._record: Record | None = None
        self._revealed = False
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("详细内容")
        self.setMinimumWidth(300)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # every text wraps
        self.setStyleSheet(f"QTextBrowser {{ background: {palette.paper}; border: 0; }}")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(self._follow)

    @property
    def record(self) -> Record | None:
        """What is shown."""
        return self._record

    def show_record(self, record: Record | None) -> None:
        """Show a record, or nothing. The same record read again keeps its place."""
        same = record is not None and self._record is not None and record.reference == self._record.reference
        place = self.verticalScrollBar().value() if same else 0
        self._revealed = self._revealed and same
        self._record = record
        self._write()
        self.verticalScrollBar().setValue(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _follow(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith(REVEAL):
            place = self.verticalScrollBar().value()
            self._revealed = not self._revealed
            self._write()
            self.verticalScrollBar().setValue(place)
        elif text.startswith(GO):
            page, _, reference = text.removeprefix(GO).partition("/")
            self.wanted.emit(page, reference)

    def _write(self) -> None:
        writing = Writing(self._colours, self.font(), revealed=self._revealed)
        self.setDocument(writing.document(self._record, self))  # the one before goes with it, being this widget's own
