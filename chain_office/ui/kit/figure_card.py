"""A headline figure on paper: what it is, how much, what it is made of; a click opens its rows, 口径 says how it is
counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from chain_office.ui.kit.figure_menu import FigureOffer, explain_figures
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.strips import MonthSparks, PartsStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from chain_office.domain.figures import Figure
    from chain_office.queries.output import MonthPoint
    from chain_office.services.overview import Card
    from chain_office.ui.palette import Palette


class FigureCard(QFrame):
    """One card; :meth:`show_card` fills it."""

    opened = Signal()
    """The rows of the whole card are wanted."""
    figure_opened = Signal(object)
    """The rows of one of its figures are wanted: the Figure."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._figures: tuple[Figure, ...] = ()
        self.offer = FigureOffer(self, lambda _at: self._figures, self.figure_opened.emit)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("点击打开这些行；右键：口径、复制")
        self._label = label("", "quiet")
        self._value = label("", "figure")
        self._parts = label("", "quiet", wrap=True)
        self._details = label("", "quiet", wrap=True)
        self._strip = PartsStrip(palette)
        self._months = MonthSparks(palette)
        self._months.hide()
        self.info = self._make_info()
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self.info)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._value)
        column.addWidget(self._strip)
        column.addWidget(self._months)
        column.addWidget(self._parts)
        column.addWidget(self._details)
        column.addStretch(1)

    def _make_info(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setText("口径")
        button.setToolTip("这个数是怎么算的")
        button.setFixedHeight(22)
        button.setStyleSheet(f"padding: 0 4px; color: {self._palette.quiet};")
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.clicked.connect(self.explain)
        return button

    def show_card(self, card: Card) -> None:
        """Show a figure."""
        self._figures = card.figures
        self._label.setText(card.label)
        self._value.setText(card.value)
        self._strip.setVisible(bool(card.parts))
        self._strip.show_parts(card.parts)
        self._parts.setVisible(bool(card.parts))
        self._parts.setText("  ".join(part.text for part in card.parts).strip())
        self._details.setText("\n".join(card.details))
        self.setAccessibleName(f"{card.label} {card.value}")
        self.setAccessibleDescription("，".join((self._parts.text(), *card.details)))
        self.info.setAccessibleName(f"{card.label}的口径")

    def show_months(self, months: Sequence[MonthPoint]) -> None:
        """Show a figure's months as small bars."""
        self._months.setVisible(bool(months))
        self._months.show_months(months)

    def explain(self) -> None:
        """Show how each of its figures is counted."""
        if self._figures:
            below = self.info.mapToGlobal(self.info.rect().bottomRight())
            explain_figures(self, below, self._figures, self.figure_opened.emit)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens the rows."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """So do Enter and the space bar."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit()
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
