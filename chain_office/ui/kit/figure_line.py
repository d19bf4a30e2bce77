"""A line of words in which each number is a figure: 口径, its rows and copies by the right mouse button or the keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from chain_office.ui.kit.figure_menu import FigureOffer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent

    from chain_office.domain.figures import Figure


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as it reads in a line: 逾期 3, 总投资 77.02 亿元."""

    text: str
    figure: Figure


class FigureLine(QLabel):
    """Plain text; the keyboard reaches it by Tab. Under the mouse the figure pointed at comes first."""

    opened = Signal(object)
    """The rows of a figure are wanted: the Figure."""

    def __init__(self, role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        self._told: tuple[str | Told, ...] = ()
        self.offer = FigureOffer(self, self._meant, self.opened.emit)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, from the left."""
        return tuple(one.figure for one in self._told if isinstance(one, Told))

    def tell(self, *told: str | Told) -> None:
        """Show words and figures one after the other; nothing of an empty line can be reached."""
        self._told = told
        self.setText("".join(one if isinstance(one, str) else one.text for one in told))
        there = bool(self.figures)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if there else Qt.FocusPolicy.NoFocus)
        self.setToolTip("右键：口径、复制" if there else "")

    def _meant(self, at: QPoint | None) -> Sequence[Figure]:
        found = self.figures
        pointed = None if at is None or self.wordWrap() else self._under(at.x())
        return found if pointed is None else (pointed, *(one for one in found if one is not pointed))

    def _under(self, x: int) -> Figure | None:
        """The figure at a place of a line that is not broken."""
        metrics, room = self.fontMetrics(), self.contentsRect()
        right = bool(self.alignment() & Qt.AlignmentFlag.AlignRight)
        left = room.right() - metrics.horizontalAdvance(self.text()) if right else room.left()
        so_far = ""
        for one in self._told:
            so_far += one if isinstance(one, str) else one.text
            if x < left + metrics.horizontalAdvance(so_far):
                return one.figure if isinstance(one, Told) else None
        return None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The line, and one in the accent below it while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QColor(self.palette().highlight().color()))
            painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
            painter.end()


def told(parts: Sequence[Told], between: str = "　") -> tuple[str | Told, ...]:
    """Figures with a space between them, as :meth:`FigureLine.tell` takes them."""
    found: list[str | Told] = []
    for place, one in enumerate(parts):
        found += [between, one] if place else [one]
    return tuple(found)
