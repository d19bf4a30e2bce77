"""A row that breaks into lines as words do, so that a narrow page needs no horizontal scroll bar. (A widget that places
its children itself: a layout of Python's would hand its items to Qt, which deletes them behind its back.)"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent


class Flow(QWidget):
    """From the left, as many as fit, then the next line; each line is as high as its highest."""

    def __init__(self, gap: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._held: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget, before: QWidget | None = None, *, shown: bool = True) -> None:
        """Put a widget at the end, or before another."""
        self._held.insert(self._held.index(before) if before is not None else len(self._held), widget)
        widget.setParent(self)
        widget.setVisible(shown)
        self.arrange()

    def drop(self, widget: QWidget) -> None:
        """Take a widget out; it is deleted when nothing is done with it any more."""
        self._held.remove(widget)
        widget.hide()
        widget.deleteLater()
        self.arrange()

    def arrange(self) -> None:
        """Set the widgets anew: one was shown, hidden, or has another word."""
        self._set(QRect(0, 0, self.width(), 0), move=True)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """The lines' height."""
        return self._set(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All in one line."""
        shown = [widget.sizeHint() for widget in self._held if not widget.isHidden()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The widest widget."""
        shown = [widget.minimumSizeHint() for widget in self._held if not widget.isHidden()]
        return QSize(max((size.width() for size in shown), default=0), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Other lines, perhaps another height."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Fonts and styles are known now."""
        super().showEvent(event)
        self.arrange()

    def _set(self, rect: QRect, *, move: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        for widget in self._held:
            if widget.isHidden():
                continue
            size = widget.sizeHint().boundedTo(QSize(max(rect.width(), 1), 1 << 20))
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, high = rect.x(), y + high + self._gap, 0
            if move:
                widget.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            high = max(high, size.height())
        return y + high - rect.y()
