"""Figures in a row: each says itself, opens its rows by a click or a key, and says how it is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from chain_office.services.figures import shown
from chain_office.ui.kit.figure_menu import FigureOffer
from chain_office.ui.kit.figure_tips import figure_tip
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.figures import Figure


class FigureLinks(QWidget):
    """Buttons that look like words."""

    opened = Signal(str)
    """A figure's rows are wanted: its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._said = label("图中的数：", "quiet")
        self._row.addWidget(self._said)
        self._row.addStretch(1)
        self.buttons: list[QToolButton] = []

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._said.setVisible(bool(figures))
        self.buttons = [self._button(one) for one in figures]
        for place, button in enumerate(self.buttons, start=1):
            self._row.insertWidget(place, button)

    def _button(self, figure: Figure) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setText(f"{figure.label} {shown(figure)}")
        font = button.font()
        font.setUnderline(True)
        button.setFont(font)
        button.setToolTip(plain_tip(f"{figure_tip(figure)}\n点击：打开这些行；右键：口径、复制"))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.opened.emit(figure.key))
        FigureOffer(button, lambda _at: (figure,), lambda one: self.opened.emit(one.key))
        return button
