"""A page's room that is squeezed before it is scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class SqueezedRoom(QScrollArea):
    """All of its room for what is inside, squeezed as far as ``lowest``; a scroll bar below that. (Qt's own way of it
    would scroll as soon as the texts have less than they would like.)"""

    lowest = 0

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another size, with or without the scroll bar."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give what is inside its size."""
        size = self.viewport().size()
        self._inside.resize(size.width(), max(size.height(), self.lowest))
