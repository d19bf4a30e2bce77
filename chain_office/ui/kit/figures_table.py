"""A table of figures: a line a name, a column a measure, the total above; sorted by any column, every cell opens its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from chain_office.ui import keys
from chain_office.ui.kit.copying import html_table, tab_separated
from chain_office.ui.kit.figure_menu import FigureOffer
from chain_office.ui.kit.figures_model import Cell, FiguresModel, FiguresRow, Index, Measured
from chain_office.ui.kit.frozen_figures import FrozenFigures
from chain_office.ui.kit.lit import Lit
from chain_office.ui.measure import Rescaling, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from chain_office.domain.figures import Figure

__all__ = ["Cell", "FiguresModel", "FiguresRow", "FiguresView", "Measured"]
_ROW = 28
_CELL_PADDING = 14
_MEASURED = 200
"""So many lines, the totals among them, say how wide a column of numbers is."""
_NAMES = 90
"""The first column gets so much of the room left over."""


class FiguresView(QTableView):
    """Arrows go from cell to cell, Enter or a double click opens what stands behind one; a click on a heading sorts."""

    opened = Signal(str, str)
    """The rows behind a cell are wanted: whose line, which column."""
    moved = Signal(str)
    """The cursor is in this column."""
    left_out = Signal(list)
    """There is no room for these headings."""
    shortened = Signal(bool)
    """Cells say it shorter than they would, or in full again."""

    def __init__(self, model: FiguresModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(Lit(self))
        self._figures = model
        self._widths: list[int] = []
        self._brief_widths: list[int] = []
        self._frozen: FrozenFigures | None = None
        self._kept = 0
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        Rescaling(self, _ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.sectionClicked.connect(self.sort_at)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)
        here = Qt.ShortcutContext.WidgetShortcut
        keys.shortcut("copy", self, lambda: self.copy(headings=False), context=here)
        keys.shortcut("copy_headed", self, lambda: self.copy(headings=True), context=here)
        self.offer = FigureOffer(self, self._meant, lambda _figure: self._open(self.currentIndex()))
        model.modelReset.connect(self._fit)

    def freeze(self, columns: int) -> None:
        """Keep so many of the first columns in sight when the rest is scrolled sideways."""
        self._frozen = FrozenFigures(self, columns)
        self._kept = columns

    def _fit(self) -> None:
        header = self.horizontalHeader()
        header.setMinimumSectionSize(scaled(36))
        for place in range(len(self._figures.columns)):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
        self._measure()
        self._leave_out()
        if self._figures.rowCount() and not self.currentIndex().isValid():
            numbers = [place for place, column in enumerate(self._figures.columns) if column.right]
            self.setCurrentIndex(self._figures.index(0, min(numbers, default=0)))

    def _measure(self) -> None:
        """How wide each column wants to be, in full and with its shorter texts."""
        figures, held = self._figures, self._figures.brief
        figures.brief = False
        self._widths = [self._width(place, column) for place, column in enumerate(figures.columns)]
        figures.brief = True
        brief = any(cell.brief for row in figures.rows[:_MEASURED] for cell in row.cells)
        self._brief_widths = (
            [self._width(place, column) for place, column in enumerate(figures.columns)] if brief else []
        )
        figures.brief = held

    def _width(self, place: int, column: Measured) -> int:
        """As wide as it wants, or as its longest number, which is bold in a total."""
        if not column.right:
            return scaled(column.width)
        figures = self._figures
        longest = max((figures.shown(row.cells[place]) for row in figures.rows[:_MEASURED]), key=len, default="")
        bold = QFont(self.font())
        bold.setBold(True)
        said = QFontMetrics(bold).horizontalAdvance(longest) + _CELL_PADDING
        if figures.brief and any(row.cells[place].brief for row in figures.rows[:_MEASURED]):
            return max(said, QFontMetrics(self.font()).horizontalAdvance(column.heading) + _CELL_PADDING)
        return max(scaled(column.width), said)

    def _leave_out(self) -> None:
        """Hide the least important columns until the rest fit, so that nothing has to be scrolled sideways."""
        columns = list(enumerate(self._figures.columns))
        room = self.viewport().width()
        if len(self._widths) != len(columns):
            return
        needed = sum(width for (_, column), width in zip(columns, self._widths, strict=True) if not column.rank)
        brief = bool(self._brief_widths) and needed > room
        if brief != self._figures.brief:
            self._figures.brief = brief
            self.viewport().update()
            self.shortened.emit(brief)
        widths = self._brief_widths if brief else self._widths
        wanted = sum(widths)
        out: set[int] = set()
        for place, column in sorted(columns, key=lambda one: -one[1].rank):
            if wanted > room and column.rank:
                out.add(place)
                wanted -= widths[place]
        if wanted > room and self._frozen is not None:  # it is scrolled sideways whatever is left out
            out = set()
        for place, _ in columns:
            self.setColumnHidden(place, place in out)
        self._share(max(0, room - wanted), [place for place, _ in columns if place not in out], widths)
        self.left_out.emit([column.heading for place, column in columns if place in out])

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger texts want other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._widths:
            self._fit()

    def _share(self, room: int, places: Sequence[int], widths: Sequence[int]) -> None:
        """Give the room left over to the columns: some to the names, the rest to all alike."""
        names = min(room, scaled(_NAMES)) if len(places) > 1 else room
        each, odd = divmod(room - names, max(1, len(places) - 1))
        for place in places:
            self.setColumnWidth(place, widths[place] + (each if place else names + odd))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Other columns fit."""
        super().resizeEvent(event)
        self._leave_out()
        if self._frozen is not None:
            self._frozen.place()

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """The cursor's cell is not scrolled under the columns that stay; going to one of those scrolls nothing sideways."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if self._frozen is None:
            return
        if index.column() < self._kept:
            bar.setValue(before)
        elif bar.value():
            bar.setValue(bar.value() - max(0, self._frozen.wide - self.columnViewportPosition(index.column())))

    def sort_at(self, section: int) -> None:
        """Sort by the column of this place; again for the other way round."""
        column = self._figures.columns[section]
        key, down = self._figures.sorted_by
        descending = not down if key == column.key else column.right
        self._figures.sort_by(column.key, descending=descending)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        self.moved.emit(column.key)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.moved.emit(self._figures.columns[now.column()].key)

    def _meant(self, at: QPoint | None) -> tuple[Figure, ...]:
        """The figure under the mouse, which the cursor then goes to, or under the cursor."""
        if at is not None:
            over = self._frozen
            table = over if over is not None and over.isVisible() and at.x() < over.wide else self
            under = table.indexAt(table.viewport().mapFrom(self, at))
            if not under.isValid():
                return ()
            self.setCurrentIndex(under)
        found = self._figures.figure(self.currentIndex())
        return () if found is None else (found,)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self._figures.row(index.row()).cells[index.column()].opens:
            self.opened.emit(self._figures.row(index.row()).id, self._figures.columns[index.column()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens what stands behind the cell."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self, *, headings: bool) -> None:
        """Copy the chosen cells; with headings, the names of their lines too."""
        chosen = self.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        places = sorted(
            {index.column() for index in chosen if not self.isColumnHidden(index.column())}
            | ({0} if headings else set())
        )
        self._copy(rows, places, headings=headings)

    def copy_all(self) -> None:
        """Copy the whole table with its headings."""
        self._copy(list(range(self._figures.rowCount())), list(range(self._figures.columnCount())), headings=True)

    def _copy(self, rows: Sequence[int], places: Sequence[int], *, headings: bool) -> None:
        cells = [[self._figures.row(row).cells[place].text for place in places] for row in rows]
        words = [self._figures.columns[place].heading for place in places] if headings else []
        right = {at for at, place in enumerate(places) if self._figures.columns[place].right}
        data = QMimeData()
        data.setText(tab_separated([words, *cells] if words else cells))
        data.setHtml(html_table(cells, right, words))
        QGuiApplication.clipboard().setMimeData(data)
