"""The pane beside a list: one record as a form in sections, its links, its hidden numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from chain_office.ui.kit.record_document import ADD, GO, RESTORE, REVEAL, THUMB, Writing
from chain_office.ui.kit.steps.timeline import CORRECT, EDIT, HANG, PART, TAKE_BACK

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent

    from chain_office.queries.records import Record
    from chain_office.ui.palette import Palette

THUMB_SIDE = 160
"""Dots of the longer side of a small picture, at 100 %."""
_MOST_THUMBS = 200


class Detail(QTextBrowser):
    """Shows a record; its links and hidden numbers answer to the mouse and to Tab and Enter."""

    wanted = Signal(str, str)
    """A related record was chosen: its page and reference."""
    left = Signal()
    """Esc: back to the list."""
    shown = Signal()
    """Another record is shown, or the same one read again."""
    part_wanted = Signal(str, str)
    """A part of the record is to be changed (its table and id) or added (its table and "")."""
    hang_wanted = Signal(str)
    """Files are to be hung on a part of the record ("problem_event:<id>")."""
    correct_wanted = Signal(str)
    """The texts of the last step are to be put right ("problem_event:<id>")."""
    take_back_wanted = Signal(str)
    """The last step is to be taken back ("problem_event:<id>")."""
    restore_wanted = Signal(int)
    """A change is to be taken back: its number in the history."""
    dropped = Signal(list, str)
    """Files were dropped on the record: their paths, and the part of it they fell on ("" for the record itself)."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = palette
        self._record: Record | None = None
        self._revealed = False
        self._thumbs: dict[str, QImage] = {}
        self.editable = False
        """Whether the links that change the record are shown."""
        self.setOpenLinks(False)
        self.setAcceptDrops(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("详细内容")
        self.setMinimumWidth(300)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # every text wraps
        self.setStyleSheet("QTextBrowser { background: palette(base); border: 0; }")
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
        self.shown.emit()

    # Small pictures.

    @property
    def lacking(self) -> tuple[str, ...]:
        """The pictures of the record that have not been made small yet: ids of attachments."""
        record = self._record
        every = [one.id for section in record.sections for one in section.pictures] if record is not None else []
        return tuple(one for one in every if one not in self._thumbs)

    def take_thumb(self, attachment: str, picture: QImage) -> None:
        """A picture of the record made small; it is shown where its place was kept."""
        if len(self._thumbs) > _MOST_THUMBS:
            self._thumbs.clear()
        self._thumbs[attachment] = picture
        sections = self._record.sections if self._record is not None else ()
        if any(one.id == attachment for section in sections for one in section.pictures):
            place = self.verticalScrollBar().value()
            self._write()
            self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802, ARG002 - Qt's name
        """Small pictures come from here and from nowhere else: no record makes the window read a file."""
        text = name if isinstance(name, str) else name.toString()
        if not text.startswith(THUMB):
            return None
        found = self._thumbs.get(text.removeprefix(THUMB))
        if found is not None:
            return found
        room = QImage(THUMB_SIDE, THUMB_SIDE * 3 // 4, QImage.Format.Format_RGB32)
        room.fill(QColor(self._colours.ground))
        return room

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
        elif text.startswith(EDIT):
            table, _, row_id = text.removeprefix(EDIT).partition(":")
            self.part_wanted.emit(table, row_id)
        elif text.startswith(ADD):
            self.part_wanted.emit(text.removeprefix(ADD), "")
        elif text.startswith(HANG):
            self.hang_wanted.emit(text.removeprefix(HANG))
        elif text.startswith(CORRECT):
            self.correct_wanted.emit(text.removeprefix(CORRECT))
        elif text.startswith(TAKE_BACK):
            self.take_back_wanted.emit(text.removeprefix(TAKE_BACK))
        elif text.startswith(RESTORE):
            self.restore_wanted.emit(int(text.removeprefix(RESTORE)))

    # Files hung on the record.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files may be let go here while a record is shown."""
        if self.editable and self._record is not None and _files(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """As on entering."""
        if self.editable and self._record is not None and _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Hang the files on the record."""
        found = _files(event)
        if self.editable and self._record is not None and found:
            event.acceptProposedAction()
            block = self.cursorForPosition(event.position().toPoint()).blockFormat()
            self.dropped.emit(found, str(block.property(PART) or ""))

    def _write(self) -> None:
        writing = Writing(self._colours, self.font(), revealed=self._revealed, editable=self.editable)
        self.setDocument(writing.document(self._record, self))  # the one before goes with it, being this widget's own


def _files(event: QDropEvent) -> list[Path]:
    """The files something dragged stands for."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.is_file()]
