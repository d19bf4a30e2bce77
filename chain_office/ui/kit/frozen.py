"""The first columns of a list once more, over its left side: they stay when the list is scrolled sideways. Nothing of it
is drawn until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from chain_office.ui.kit.heading import Heading
from chain_office.ui.kit.lit import Lit

if TYPE_CHECKING:
    from chain_office.ui.kit.desk_model import DeskModel
    from chain_office.ui.kit.desk_view import DeskView
    from chain_office.ui.palette import Palette


class Frozen(QTableView):
    """Lies on a view, shares its model and selection, scrolls down with it."""

    def __init__(self, view: DeskView, model: DeskModel, palette: Palette) -> None:
        super().__init__(view)
        self._view = view
        self._number = 0
        self.setModel(model)
        self.setItemDelegate(Lit(self))
        self.setSelectionModel(view.selectionModel())
        self.heading = Heading(model, palette, self)
        self.setHorizontalHeader(self.heading)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            "QTableView { border: 0; border-right: 1px solid palette(highlight); } QTableView::item { padding: 0 3px; }"
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(view.verticalHeader().defaultSectionSize())
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(view.verticalScrollBar().setValue)
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.place())
        view.heading.sectionResized.connect(lambda *_: self.place())
        view.heading.sectionMoved.connect(lambda *_: self.place())
        view.resized.connect(self.place)
        self.activated.connect(view.activated)
        self.hide()

    def freeze(self, number: int) -> None:
        """Show so many columns."""
        self._number = number
        self.place()

    def place(self) -> None:
        """Lie where the first columns were, if they have been scrolled away."""
        theirs = self._view.heading
        if not self._number or not self._view.horizontalScrollBar().value():
            self.hide()
            return
        shown = [
            place for place in map(theirs.logicalIndex, range(theirs.count())) if not theirs.isSectionHidden(place)
        ]
        for at, place in enumerate(map(theirs.logicalIndex, range(theirs.count()))):
            self.heading.moveSection(self.heading.visualIndex(place), at)
            self.setColumnHidden(place, place not in shown[: self._number])
            self.setColumnWidth(place, theirs.sectionSize(place))
        width = sum(theirs.sectionSize(place) for place in shown[: self._number])
        edge = self._view.frameWidth()
        self.setGeometry(edge, edge, width + 1, theirs.height() + self._view.viewport().height())
        self.verticalScrollBar().setValue(self._view.verticalScrollBar().value())
        self.show()
        self.raise_()
