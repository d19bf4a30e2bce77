"""A small table whose cells are edited in place, each change told at once: the lists of 设置."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from chain_office.ui.kit.rows import plain_tip
from chain_office.ui.kit.sheet_rows import NONE, TICK, SheetColumn, SheetRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.ui.palette import Palette

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """Rows as given. With ``adding`` there is one more, where typing a name makes a new one."""

    edited = Signal(str, str, object)
    """A cell was edited: row ("" for a new one), column, value."""

    def __init__(self, palette: Palette, *, adding: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[SheetColumn, ...] = ()
        self._rows: tuple[SheetRow, ...] = ()
        self._palette = palette
        self.adding = adding
        self._refused: dict[tuple[str, str], tuple[Any, str]] = {}

    def show(self, columns: Sequence[SheetColumn], rows: Sequence[SheetRow], *, adding: str | None = None) -> None:
        """Show these; what has not changed stays as it is, so that the cursor does."""
        columns, rows = tuple(columns), tuple(rows)
        if self.fits(columns, rows, adding):
            self.columns, self._rows = columns, rows
            if columns and self.rowCount():
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(columns) - 1))
            return
        self.beginResetModel()
        self.columns, self._rows = columns, rows
        self._refused.clear()
        if adding is not None:
            self.adding = adding
        self.endResetModel()

    def fits(self, columns: Sequence[SheetColumn], rows: Sequence[SheetRow], adding: str | None) -> bool:
        """Whether these are the same rows and columns, perhaps with other texts."""
        return (
            [(one.id, one.heading) for one in columns] == [(one.id, one.heading) for one in self.columns]
            and [row.id for row in rows] == [row.id for row in self._rows]
            and adding in {None, self.adding}
        )

    def row(self, place: int) -> SheetRow | None:
        """The row at a place; None for the one where new ones are typed."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, row_id: str) -> int:
        """Where a row stands; -1 if it does not."""
        return next((place for place, row in enumerate(self._rows) if row.id == row_id), -1)

    def column_of(self, column_id: str) -> int:
        """Where a column stands; -1 if there is none."""
        return next((place for place, one in enumerate(self.columns) if one.id == column_id), -1)

    def refuse(self, row_id: str, column_id: str, value: Any, message: str) -> None:
        """What was typed could not be saved: it stays in its cell, in red, until it is put right."""
        self._refused[row_id, column_id] = (value, message)
        self._tell(row_id, column_id)

    def accept(self, row_id: str, column_id: str) -> None:
        """A cell is in order again."""
        if self._refused.pop((row_id, column_id), None) is not None:
            self._tell(row_id, column_id)

    def refused_value(self, row_id: str, column_id: str) -> Any:
        """What was typed into a cell and refused; None for nothing."""
        return self._refused.get((row_id, column_id), (None, ""))[0]

    def _tell(self, row_id: str, column_id: str) -> None:
        place = self.place_of(row_id) if row_id else len(self._rows)
        index = self.index(place, self.column_of(column_id))
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Rows, and the one for a new name."""
        return 0 if parent.isValid() else len(self._rows) + bool(self.adding and self.columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """Headings; what a column is for as their tool tip."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.heading
        if role == _TIP:
            return plain_tip(column.tip)
        return (_RIGHT if column.right else _LEFT) if role == _ALIGN else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells can be edited."""
        usual = super().flags(index)
        if not index.isValid():
            return usual
        row, column = self.row(index.row()), self.columns[index.column()]
        if row is None:
            return usual | Qt.ItemFlag.ItemIsEditable if index.column() == 0 else usual
        if column.id in row.fixed or column.edited == NONE:
            return usual
        return usual | (Qt.ItemFlag.ItemIsUserCheckable if column.edited == TICK else Qt.ItemFlag.ItemIsEditable)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        row, column = self.row(index.row()), self.columns[index.column()]
        refused = self._refused.get((row.id if row else "", column.id))
        if role == _ALIGN:
            return _RIGHT if column.right else _LEFT
        if row is None:
            return self._new(index.column(), role, refused)
        if role == _CHECK and column.edited == TICK and column.id not in row.fixed:
            return Qt.CheckState.Checked if row.values.get(column.id) else Qt.CheckState.Unchecked
        if role == _EDIT:
            return refused[0] if refused else row.values.get(column.id, row.texts.get(column.id, ""))
        if role == _DISPLAY:
            return _shown(refused[0]) if refused else row.texts.get(column.id, "")
        if role == _TIP:
            return plain_tip(refused[1] if refused else row.tips.get(column.id) or row.texts.get(column.id, ""))
        if role == _COLOUR:
            light = "red" if refused else row.lights.get(column.id, "")
            return QColor(getattr(self._palette, light)) if light else None
        return None

    def _new(self, column: int, role: int, refused: tuple[Any, str] | None) -> Any:
        if column:
            return None
        if role == _EDIT:
            return refused[0] if refused else ""
        if role == _DISPLAY:
            return _shown(refused[0]) if refused else self.adding
        if role == _COLOUR:
            return QColor(self._palette.red if refused else self._palette.quiet)
        return plain_tip(refused[1]) if role == _TIP and refused else None

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:  # noqa: N802 - Qt's name
        """Tell of an edit; what was there stays until it has been written."""
        if not index.isValid() or role not in {_EDIT, _CHECK}:
            return False
        row, column = self.row(index.row()), self.columns[index.column()]
        row_id = row.id if row else ""
        if role == _CHECK:
            value = Qt.CheckState(value) == Qt.CheckState.Checked
        before = self.data(index, _EDIT)
        if value == before and self.refused_value(row_id, column.id) is None and role == _EDIT:
            return False
        if row is None and not str(value).strip():
            self.accept("", column.id)
            return False
        self.edited.emit(row_id, column.id, value)
        return True


def _shown(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value).replace("\n", "、")
