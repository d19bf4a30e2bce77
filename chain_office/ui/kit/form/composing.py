"""Boxes that leave an input method alone: while a composition is under way its keys are its own, and nobody is told of a
text that is not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QResizeEvent

_KEYS = frozenset({QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease})
_LEAST_LINES = 2
_MOST_LINES = 14


class Line(QLineEdit):
    """One line. ``settled`` tells of a text once it stands; ``keys`` may take a key before the box does."""

    settled = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self.keys: Callable[[QKeyEvent], bool] | None = None
        self.held: Callable[[int], bool] | None = None
        self._told = ""
        self.textChanged.connect(lambda _text: self._tell())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Notice a composition before it changes anything."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        """Keys during a composition are the input method's: no shortcut, no Tab, no Enter."""
        if self.composing and event.type() in _KEYS:
            event.accept()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.holds(event.key()):
            event.accept()
            return True
        return super().event(event)

    def holds(self, key: int) -> bool:
        """Whether a key is for this box even where the window has a shortcut for it."""
        return self.held is not None and self.held(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What the popup does not want goes to the box."""
        if self.keys is not None and self.keys(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the cursor came."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """A composition ends with the focus."""
        super().focusOutEvent(event)
        self.composing = False
        self._tell()
        self.left.emit()

    def put(self, text: str) -> None:
        """Replace the text as typing would: it can be undone."""
        if text != self.text():
            self.selectAll()
            self.insert(text)
            if not self.hasFocus():
                self.setCursorPosition(0)

    def _tell(self) -> None:
        if not self.composing and self.text() != self._told:
            self._told = self.text()
            self.settled.emit()


class Paragraph(QPlainTextEdit):
    """Several lines. It grows with its text; Tab leaves it."""

    settled = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self._told = ""
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self._tell)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """As for one line."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        """As for one line."""
        if self.composing and event.type() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """As for one line."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """As for one line."""
        super().focusOutEvent(event)
        self.composing = False
        self._tell()
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width wraps the text elsewhere."""
        super().resizeEvent(event)
        self._grow()

    def put(self, text: str) -> None:
        """Replace the text as typing would: it can be undone."""
        if text != self.toPlainText():
            self.selectAll()
            self.insertPlainText(text)

    def _grow(self) -> None:
        lines = max(_LEAST_LINES, min(_MOST_LINES, int(self.document().size().height())))
        around = int(2 * self.document().documentMargin()) + 2 * self.frameWidth() + 6
        height = lines * self.fontMetrics().lineSpacing() + around
        if height != self.height():
            self.setFixedHeight(height)

    def _tell(self) -> None:
        if not self.composing and self.toPlainText() != self._told:
            self._told = self.toPlainText()
            self.settled.emit()
