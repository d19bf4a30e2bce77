"""The first columns of a table of figures once more, over its left side: names stay when it is scrolled sideways. Nothing of
it is drawn until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from chain_office.ui.kit.lit import Lit

if TYPE_CHECKING:
    from chain_office.ui.kit.figures_table import FiguresView


class FrozenFigures(QTableView):
    """Lies on a view, shares its model and its cursor, scrolls down with it."""

    def __init__(self, view: FiguresView, columns: int) -> None:
        super().__init__(view)
        self._view, self._columns = view, columns
        model = view.model()
        self.setModel(model)
        self.setSelectionModel(view.selectionModel())
        self.setItemDelegate(Lit(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(view)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableView { border: 0; border-right: 1px solid palette(mid); }")
        self.setAccessibleName(f"{view.accessibleName()}：固定的列")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(view.sort_at)
        view.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(view.verticalScrollBar().setValue)
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.place())
        view.horizontalHeader().sectionResized.connect(lambda *_: self.place())
        model.modelReset.connect(self.place)
        self.doubleClicked.connect(view.doubleClicked)
        self.clicked.connect(lambda _index: view.setFocus(Qt.FocusReason.MouseFocusReason))
        self.hide()

    @property
    def wide(self) -> int:
        """How much of the view's left side is covered when it is scrolled."""
        return sum(self._view.columnWidth(place) for place in range(self._columns))

    def place(self) -> None:
        """Lie where the first columns were, if they have been scrolled away."""
        view = self._view
        if not view.horizontalScrollBar().value():
            self.hide()
            return
        theirs = view.horizontalHeader()
        self.horizontalHeader().setMinimumSectionSize(theirs.minimumSectionSize())
        self.verticalHeader().setDefaultSectionSize(view.verticalHeader().defaultSectionSize())
        for place in range(theirs.count()):
            self.setColumnHidden(place, place >= self._columns)
            if place < self._columns:
                self.setColumnWidth(place, view.columnWidth(place))
        edge = view.frameWidth()
        self.setGeometry(edge, edge, self.wide + 1, theirs.height() + view.viewport().height())
        self.horizontalHeader().setFixedHeight(theirs.height())
        self.verticalScrollBar().setValue(view.verticalScrollBar().value())
        self.show()
        self.raise_()
