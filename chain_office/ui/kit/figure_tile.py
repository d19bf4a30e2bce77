"""A figure on a small card: its word, its value, a line of what is to be known of it; a click or Enter opens its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chain_office.services.figures import shown
from chain_office.ui.kit.figure_menu import FigureOffer
from chain_office.ui.kit.figure_tips import figure_tip
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.rows import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from chain_office.domain.figures import Figure
    from chain_office.ui.palette import Palette


class FigureTile(QFrame):
    """Filled by :meth:`show_figure`; says 口径 by the right mouse button and the key of 口径."""

    opened = Signal(object)
    """Its rows are wanted: the Figure."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self.figure: Figure | None = None
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer = FigureOffer(self, lambda _at: () if self.figure is None else (self.figure,), self.opened.emit)
        self._label = label("", "quiet")
        self._value = label("", "title")
        self._note = label("", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 8, 6)
        column.setSpacing(1)
        for widget in (self._label, self._value, self._note):
            widget.setMinimumWidth(0)
            column.addWidget(widget)

    def show_figure(self, figure: Figure, light: str = "") -> None:
        """Show this one."""
        self.figure = figure
        value = "—" if figure.value is None else shown(figure)
        note = next(iter(figure.notes), figure.basis)
        self._label.setText(figure.label)
        self._value.setText(value)
        show_light(self._value, light)
        self._note.setText(note)
        self.setAccessibleName(f"{figure.label} {value}")
        self.setAccessibleDescription(note)
        opens = figure.rows is not None
        self.setToolTip(plain_tip(f"{figure_tip(figure)}\n{'点击：打开这些行；' if opens else ''}右键：口径、复制"))
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def _open(self) -> None:
        if self.figure is not None and self.figure.rows is not None:
            self.opened.emit(self.figure)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens the rows."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._open()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """So do Enter and the space bar."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The card, and a frame in the accent while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QColor(self._palette.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()
