"""A board: columns of cards side by side. A column may be folded to a strip; a card may be carried to another column,
which asks the page what that would mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from chain_office.ui.kit.board_column import BoardColumn, BoardPile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from chain_office.ui.palette import Palette


class Board(QScrollArea):
    """Columns side by side; they share the room there is and scroll sideways where it is too little."""

    opened = Signal(str)
    dropped = Signal(str, list)
    entered_card = Signal(str)
    menu_wanted = Signal(str)
    fold_changed = Signal()
    figure_opened = Signal(object)

    def __init__(self, palette: Palette, why_not: Callable[[str, Sequence[str]], str]) -> None:
        super().__init__()
        self._palette, self._why_not = palette, why_not
        self.columns: dict[str, BoardColumn] = {}
        self._inside = QWidget()
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("看板")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_piles(self, piles: Sequence[BoardPile]) -> None:
        """Show these columns; made once, filled again."""
        for pile in piles:
            column = self.columns.get(pile.id)
            if column is None:
                self._make(pile)
            else:
                column.show_pile(pile)

    def _make(self, pile: BoardPile) -> None:
        column = BoardColumn(pile, self._palette, self._why_not)
        self.columns[pile.id] = column
        self._row.addWidget(column)
        column.dropped.connect(self.dropped)
        column.fold_changed.connect(self.fold_changed)
        column.figure_opened.connect(self.figure_opened)
        column.cards.opened.connect(self.opened)
        column.cards.entered_card.connect(self.entered_card)
        column.cards.menu_wanted.connect(self.menu_wanted)
        column.cards.left.connect(lambda by: self._beside(column, by))
        column.strip.left.connect(lambda by: self._beside(column, by))

    def _beside(self, column: BoardColumn, by: int) -> None:
        """The column beside, at the same height."""
        order = list(self.columns.values())
        at = order.index(column) + by
        if not 0 <= at < len(order):
            return
        other = order[at]
        if not other.is_folded and not column.is_folded:
            top = column.cards.visualRect(column.cards.currentIndex()).center()
            index = other.cards.indexAt(top)
            if not index.isValid() and other.cards.cards.rowCount():
                index = other.cards.cards.index(other.cards.cards.rowCount() - 1, 0)
            if index.isValid():
                other.cards.setCurrentIndex(index)
        other.taker.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(other)

    def first(self) -> QWidget:
        """What takes the focus: the first column with cards."""
        for column in self.columns.values():
            if not column.is_folded and column.cards.cards.rowCount():
                return column.cards
        return next((column.taker for column in self.columns.values()), self)

    def go_to(self, card_id: str) -> bool:
        """Put the cursor on a card; False if no column shows it."""
        for column in self.columns.values():
            row = column.cards.cards.row_of(card_id)
            if row >= 0:
                column.set_folded(on=False)
                column.cards.setCurrentIndex(column.cards.cards.index(row, 0))
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As high as the room."""
        super().resizeEvent(event)
        self._inside.setMaximumHeight(self.viewport().height())
