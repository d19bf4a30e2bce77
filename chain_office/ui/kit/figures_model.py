"""What a table of figures holds: lines of cells under measured columns, in the order of any of them, the totals above."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from chain_office.domain.figures import Figure, RowsQuery
from chain_office.ui.kit.rows import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.ui.palette import Palette

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_GROUND = int(Qt.ItemDataRole.BackgroundRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
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
    ``figure``: what 口径 says of it, where that is more than its column's formula. ``brief``: what is shown instead where
    there is too little room for all columns; its tip, copies and prints say it in full."""

    text: str
    value: Any = None
    light: str = ""
    opens: bool = False
    figure: Figure | None = None
    brief: str = ""


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
        self.brief = False
        """Whether cells that have a shorter text show it."""

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

    def shown(self, cell: Cell) -> str:
        """What a cell shows just now."""
        return cell.brief if self.brief and cell.brief else cell.text

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
            return self.shown(cell)
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
