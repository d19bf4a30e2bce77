"""The cards of one column of a board as a list that is walked, opened and carried from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from chain_office.ui.kit.board_cards import CardDelegate, CardsModel, Index

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from chain_office.ui.palette import Palette


class Cards(QListView):
    """The cards of a column. Left and right go to the columns beside it."""

    opened = Signal(str)
    left = Signal(int)
    """The cursor leaves for the column before (-1) or after (1)."""
    entered_card = Signal(str)
    """The cursor is on this card."""
    menu_wanted = Signal(str)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = CardsModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(palette, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "board")
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda _at: self._ask_menu())
        self.doubleClicked.connect(lambda index: self._open(index))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.cards.card(index.row()).id)

    def _ask_menu(self) -> None:
        if self.current_id:
            self.menu_wanted.emit(self.current_id)

    @property
    def current_id(self) -> str:
        """The card the cursor is on, "" for none."""
        index = self.currentIndex()
        return self.cards.card(index.row()).id if index.isValid() else ""

    def currentChanged(self, now: Index, before: Index) -> None:  # noqa: N802 - Qt's name
        """The cursor is on another card."""
        super().currentChanged(now, before)
        if now.isValid():
            self.entered_card.emit(self.cards.card(now.row()).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, left and right leave the column."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and not event.modifiers():
            self.left.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor is on a card as soon as the column has the focus."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0, 0))
        elif self.currentIndex().isValid():
            self.entered_card.emit(self.current_id)
            self.selectionModel().select(self.currentIndex(), self.selectionModel().SelectionFlag.ClearAndSelect)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Only the column one is in shows a cursor."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.selectionModel().clearSelection()
