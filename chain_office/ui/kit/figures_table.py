"""A table of figures: a line a name, a column a measure, the total above; sorted by any column, every cell opens its rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from chain_office.domain.figures import Figure, RowsQuery
from chain_office.ui import keys
from chain_office.ui.kit.copying import html_table, tab_separated
from chain_office.ui.kit.figure_menu import FigureOffer
from chain_office.ui.kit.lit import Lit
from chain_office.ui.kit.rows import plain_tip
from chain_office.ui.measure import Rescaling, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from chain_office.ui.palette import Palette

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_GROUND = int(Qt.ItemDataRole.BackgroundRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ROW = 28
_CELL_PADDING = 14
_MEASURED = 200
"""So many lines, the totals among them, say how wide a column of numbers is."""
_NAMES = 90
"""The first column gets so much of the room left over."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Measured:
    """A column: what it is for the page, its heading, how it is worked out, width at 100 %. ``rank``: where there is too
    little room the columns of the highest rank are left out on the screen; those of 0 never are. ``unit``: what its
    numbers count, for 口径."""

    key: str
    heading: str
    formula: str = ""
    width: int = 70
    right: bool = True
    rank: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, what it is sorted by (None: unknown, always last), its light, and whether rows stand behind it.
    ``figure``: what 口径 says of it, where that is more than its column's formula."""

    text: str
    value: Any = None
    light: str = ""
    opens: bool = False
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """A line: whose it is, its cells."""

    id: str
    cells: tuple[Cell, ...]
    total: bool = False


class FiguresModel(QAbstractTableModel):
    """Lines as given, in the order of a column; totals stay above."""

    def __init__(self, palette: Palette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._given: tuple[FiguresRow, ...] = ()
        self._rows: list[FiguresRow] = []
        self.columns: tuple[Measured, ...] = ()
        self.sorted_by: tuple[str, bool] = ("", False)
        self.as_of: date | None = None

    def show(self, columns: Sequence[Measured], rows: Sequence[FiguresRow], as_of: date | None = None) -> None:
        """Show these lines under these headings, in the order chosen before, as they are at a date."""
        self.beginResetModel()
        self.as_of = as_of or self.as_of
        self.columns, self._given = tuple(columns), tuple(rows)
        self._order()
        self.endResetModel()

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Put the lines in the order of a column; "" for the order they came in."""
        self.layoutAboutToBeChanged.emit()
        before = [(one, self._rows[one.row()].id) for one in self.persistentIndexList()]
        self.sorted_by = (key, descending)
        self._order()
        places = {row.id: place for place, row in enumerate(self._rows)}
        for index, row_id in before:
            self.changePersistentIndex(index, self.index(places[row_id], index.column()))
        self.layoutChanged.emit()

    def _order(self) -> None:
        key, down = self.sorted_by
        place = next((at for at, column in enumerate(self.columns) if column.key == key), -1)
        totals = [row for row in self._given if row.total]
        rows = [row for row in self._given if not row.total]
        if place >= 0:
            known = [row for row in rows if row.cells[place].value is not None]
            unknown = [row for row in rows if row.cells[place].value is None]
            rows = sorted(known, key=lambda row: row.cells[place].value, reverse=down) + unknown
        self._rows = totals + rows

    def figure(self, index: Index) -> Figure | None:
        """What a cell is as a figure; None for names, and before it is known at which date they stand."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        cell = row.cells[index.column()]
        if cell.figure is not None or not column.right or self.as_of is None:
            return cell.figure
        known = isinstance(cell.value, int | Decimal) and not isinstance(cell.value, bool)
        rows = RowsQuery("", (("row", row.id), ("column", column.key))) if cell.opens else None
        return Figure(
            column.key,
            f"{row.cells[0].text}　{column.heading}",
            cell.value if known else None,
            column.unit,
            column.formula or column.heading,
            self.as_of,
            rows,
            worked="" if cell.text in {str(cell.value), "—", ""} else cell.text,
        )

    def row(self, at: int) -> FiguresRow:
        """The line of a row."""
        return self._rows[at]

    @property
    def rows(self) -> tuple[FiguresRow, ...]:
        """The lines as they stand."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Lines shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Columns shown."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """Headings; a tip says how the column is worked out."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.heading
        if role == _TIP:
            return plain_tip(f"{column.heading}\n{column.formula}" if column.formula else "")
        return (_RIGHT if column.right else _LEFT) if role == _ALIGN else None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        cell = row.cells[index.column()]
        if role == _DISPLAY:
            return cell.text
        if role == _ALIGN:
            return _RIGHT if column.right else _LEFT
        if role == _TIP:
            return plain_tip(f"{row.cells[0].text}　{column.heading} {cell.text}\n{column.formula}".rstrip())
        if role == _COLOUR and cell.light:
            return QColor(getattr(self._palette, cell.light))
        if row.total and role == _GROUND:
            return QColor(self._palette.raised)
        if row.total and role == _FONT:
            font = QFont()
            font.setBold(True)
            return font
        return None


class FiguresView(QTableView):
    """Arrows go from cell to cell, Enter or a double click opens what stands behind one; a click on a heading sorts."""

    opened = Signal(str, str)
    """The rows behind a cell are wanted: whose line, which column."""
    moved = Signal(str)
    """The cursor is in this column."""
    left_out = Signal(list)
    """There is no room for these headings."""

    def __init__(self, model: FiguresModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(Lit(self))
        self._figures = model
        self._widths: list[int] = []
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
        header.sectionClicked.connect(self._sort)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)
        here = Qt.ShortcutContext.WidgetShortcut
        keys.shortcut("copy", self, lambda: self.copy(headings=False), context=here)
        keys.shortcut("copy_headed", self, lambda: self.copy(headings=True), context=here)
        self.offer = FigureOffer(self, self._meant, lambda _figure: self._open(self.currentIndex()))
        model.modelReset.connect(self._fit)

    def _fit(self) -> None:
        header = self.horizontalHeader()
        header.setMinimumSectionSize(scaled(36))
        self._widths = [self._width(place, column) for place, column in enumerate(self._figures.columns)]
        for place, width in enumerate(self._widths):
            self.setColumnWidth(place, width)
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
        self._leave_out()
        if self._figures.rowCount() and not self.currentIndex().isValid():
            numbers = [place for place, column in enumerate(self._figures.columns) if column.right]
            self.setCurrentIndex(self._figures.index(0, min(numbers, default=0)))

    def _width(self, place: int, column: Measured) -> int:
        """As wide as it wants, or as its longest number, which is bold in a total."""
        if not column.right:
            return scaled(column.width)
        longest = max((row.cells[place].text for row in self._figures.rows[:_MEASURED]), key=len, default="")
        bold = QFont(self.font())
        bold.setBold(True)
        return max(scaled(column.width), QFontMetrics(bold).horizontalAdvance(longest) + _CELL_PADDING)

    def _leave_out(self) -> None:
        """Hide the least important columns until the rest fit, so that nothing has to be scrolled sideways."""
        columns = list(enumerate(self._figures.columns))
        room = self.viewport().width()
        if len(self._widths) != len(columns):
            return
        wanted = sum(self._widths)
        out: set[int] = set()
        for place, column in sorted(columns, key=lambda one: -one[1].rank):
            if wanted > room and column.rank:
                out.add(place)
                wanted -= self._widths[place]
        for place, _ in columns:
            self.setColumnHidden(place, place in out)
        self._share(max(0, room - wanted), [place for place, _ in columns if place not in out])
        self.left_out.emit([column.heading for place, column in columns if place in out])

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger texts want other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._widths:
            self._fit()

    def _share(self, room: int, places: Sequence[int]) -> None:
        """Give the room left over to the columns: some to the names, the rest to all alike."""
        names = min(room, scaled(_NAMES)) if len(places) > 1 else room
        each, odd = divmod(room - names, max(1, len(places) - 1))
        for place in places:
            self.setColumnWidth(place, self._widths[place] + (each if place else names + odd))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Other columns fit."""
        super().resizeEvent(event)
        self._leave_out()

    def _sort(self, section: int) -> None:
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
            under = self.indexAt(self.viewport().mapFrom(self, at))
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
