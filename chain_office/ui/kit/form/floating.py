"""What opens under a box: part of the window it stands in, so that it never takes the focus from the box or breaks an input
method's composition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QSize

_AROUND = 8
"""Pixels kept free at the window's edge."""


class Floating(QFrame):
    """A frame below (or above) a box."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self.box = box
        self.setProperty("role", "offers")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def open_at(self, wanted: QSize, least: int) -> None:
        """Show it, ``wanted`` large where there is room, at least ``least`` pixels high."""
        self._place(wanted, least)
        if not self.isVisible():
            self.show()
            application().installEventFilter(self)
        self.raise_()

    def close_list(self) -> None:
        """Put it away."""
        if self.isVisible():
            application().removeEventFilter(self)
            self.setParent(self.box)  # hidden with it, and gone with it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A click or a turn of the wheel elsewhere closes it, and so does another size of the window."""
        kind = event.type()
        if isinstance(watched, QWidget):
            own = watched is self.box or watched is self or self.isAncestorOf(watched) or self.box.isAncestorOf(watched)
            pressed = kind in {QEvent.Type.MouseButtonPress, QEvent.Type.Wheel} and not own
            if pressed or (kind == QEvent.Type.Resize and watched is self.window()):
                self.close_list()
        return False

    def _place(self, wanted: QSize, least: int) -> None:
        """Below the box where there is room, else above; inside the window."""
        window = self.box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        top = self.box.mapTo(window, QPoint(0, 0))
        above, below = top.y() - _AROUND, window.height() - (top.y() + self.box.height()) - _AROUND
        down = below >= min(wanted.height(), least) or below >= above
        height = min(wanted.height(), max(least // 2, below if down else above))
        width = min(wanted.width(), window.width() - _AROUND)
        left = max(_AROUND // 2, min(top.x(), window.width() - width - _AROUND // 2))
        self.setGeometry(left, top.y() + self.box.height() + 1 if down else top.y() - height - 1, width, height)


def application() -> QApplication:
    """The one there is."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise LookupError("no application")
    return app
