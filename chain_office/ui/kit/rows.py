"""A small read-only table of texts: what a page has already in hand, at most some hundreds of lines or a plan's rows."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from chain_office.ui.kit.copying import html_table, tab_separated
from chain_office.ui.kit.lit import Lit
from chain_office.ui.measure import Rescaling, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from chain_office.ui.palette import Palette

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ROW_HEIGHT = 28
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, its width at 100 %, and how its cells stand."""

    heading: str
    width: int = 100
    right: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is ("" for nothing to open), its cells, and the light each cell is coloured by ("" for none)."""

    id: str
    cells: tuple[str, ...]
    lights: tuple[str, ...] = ()


def plain_tip(text: str) -> str:
    """A text as a tool tip that shows it as it stands: Qt would take what looks like markup for markup."""
    return f"<p style='white-space:pre-wrap'>{html.escape(text)}</p>" if text else ""


class RowsModel(QAbstractTableModel):
    """Lines as given."""

    def __init__(self, columns: Sequence[Column], palette: Palette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._lines: Sequence[Line] = ()
        self._palette = palette

    def show(self, lines: Sequence[Line], columns: Sequence[Column] | None = None) -> None:
        """Show these lines (under other headings)."""
        self.beginResetModel()
        self._lines = lines
        if columns is not None:
            self.columns = tuple(columns)
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Lines shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Columns shown."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """Headings."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].heading
        return (_RIGHT if self.columns[section].right else _LEFT) if role == _ALIGN else None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        if role == _ALIGN:
            return _RIGHT if self.columns[index.column()].right else _LEFT
        line = self._lines[index.row()]
        text = line.cells[index.column()] if index.column() < len(line.cells) else ""
        if role == _DISPLAY:
            return text
        if role == _TIP:
            return plain_tip(text)
        if role == _COLOUR and index.column() < len(line.lights):
            light = line.lights[index.column()]
            return QColor(getattr(self._palette, light)) if light else None
        return None


class RowsView(QTableView):
    """The look of a list: whole rows of one height. ``links``: one click opens a row, as a link does."""

    opened = Signal(str)
    """A line was opened: its id."""

    def __init__(
        self, model: RowsModel, *, stretch: int = -1, links: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(Lit(self))
        self._rows = model
        self._stretch = stretch
        self._links = links
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        Rescaling(self, _ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        if links:
            self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda index: self._open(index.row()))
        model.modelReset.connect(self.fit_columns)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give the columns their widths; one of them takes what is left."""
        header = self.horizontalHeader()
        for place, column in enumerate(self._rows.columns):
            stretched = place == self._stretch
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, mode)
            if not stretched:
                self.setColumnWidth(place, scaled(column.width))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the row; Ctrl+C copies the rows chosen as a table."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as a table."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        cells = [self._rows.line(row).cells for row in rows]
        data = QMimeData()
        data.setText(tab_separated(cells))
        data.setHtml(html_table(cells, {place for place, column in enumerate(self._rows.columns) if column.right}))
        QGuiApplication.clipboard().setMimeData(data)

    def _open(self, row: int) -> None:
        row_id = self._rows.line(row).id
        if row_id:
            self.opened.emit(row_id)
