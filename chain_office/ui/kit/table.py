"""A table over a list of any length: ids are held, lines are fetched a block at a time as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from chain_office.queries import list_window
from chain_office.queries.facet_orders import SIGN
from chain_office.ui.kit.lit import Lit
from chain_office.ui.kit.rows import plain_tip
from chain_office.ui.measure import Rescaling, scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chain_office.queries.facets import Condition
    from chain_office.queries.lists import ListKind
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.work import Work

_BLOCK = 128
_ROW = 28
_KEPT = 24
_MOST_RANGES = 2000
"""More stretches of selected rows than this are not selected again: Qt would take seconds."""
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
ID_ROLE = int(Qt.ItemDataRole.UserRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: heading, the text of a line in it, width in pixels at 100 %, the order a click on it asks for (or ""),
    where it has lights the colour of a line in it ("" for none), the facet it is filtered by (or ""), and the field of the
    record's form it shows as it is (or "": worked out, or another record's)."""

    heading: str
    text: Callable[[Any], str]
    width: int = 100
    order: str = ""
    right: bool = False
    colour: Callable[[Any], str] | None = None
    facet: str = ""
    field: str = ""

    @property
    def sorted_by(self) -> str:
        """The order a click on the heading asks for: its own, else its facet's, "" for none."""
        return self.order or (f"{SIGN}{self.facet}" if self.facet else "")


class ListModel(QAbstractTableModel):
    """Passive: told what to show by :meth:`load`; asks the database thread for blocks of lines."""

    counted = Signal(int)
    """The list has this many rows."""

    def __init__(
        self, work: Work, kind: ListKind[Any], columns: tuple[ListColumn, ...], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._kind = kind
        self.columns = columns
        self._ids: tuple[str, ...] = ()
        self._blocks: OrderedDict[int, dict[str, Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0
        self._brushes: dict[str, QBrush] = {}

    def load(
        self,
        filters: Mapping[str, str | None] | None = None,
        order: str = "",
        *,
        descending: bool | None = None,
        only: frozenset[str] | None = None,
        conditions: Sequence[Condition] = (),
        near: str = "",
    ) -> None:
        """Show the list with these filters, conditions and order; ``only`` keeps just those ids (a search's hits). The
        lines around ``near`` (of the first rows, if it is not there) come along, for they are looked at first."""
        kind, wanted, met = self._kind, dict(filters or {}), tuple(conditions)

        def read(ledger: Ledger) -> tuple[tuple[str, ...], int, dict[str, Any]]:
            ids = list_window.ids_in_order(
                ledger, kind, filters=wanted, conditions=met, order=order, descending=descending
            )
            ids = ids if only is None else tuple(one for one in ids if one in only)
            block = ids.index(near) // _BLOCK if near in ids else 0
            return ids, block, list_window.lines(ledger, kind, ids[block * _BLOCK : (block + 1) * _BLOCK])

        self._generation += 1
        generation = self._generation
        self._work.ask(read, lambda found: self._take_ids(*found, generation), owner=self)

    def _take_ids(self, ids: tuple[str, ...], block: int, lines: dict[str, Any], generation: int) -> None:
        if generation != self._generation:
            return
        self.beginResetModel()
        self._ids = ids
        self._blocks.clear()
        self._blocks[block] = lines
        self._asked.clear()
        self.endResetModel()
        self.counted.emit(len(ids))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Rows of the list."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Columns shown."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """Headings."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == _DISPLAY:
                return self.columns[section].heading
            if role == _ALIGN:
                return _RIGHT if self.columns[section].right else _LEFT
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell; "…" until its block has come."""
        if not index.isValid() or role not in {_DISPLAY, _ALIGN, _COLOUR, _TIP, ID_ROLE}:
            return None
        column = self.columns[index.column()]
        if role == _ALIGN:
            return _RIGHT if column.right else _LEFT
        row_id = self._ids[index.row()]
        if role == ID_ROLE:
            return row_id
        line = self._line(index.row(), row_id)
        if line is None:
            return "…" if role == _DISPLAY else None
        if role == _COLOUR:
            name = column.colour(line) if column.colour else ""
            return self._brush(name) if name else None
        return plain_tip(column.text(line)) if role == _TIP else column.text(line)

    def row_of(self, row_id: str) -> int:
        """Where a record stands; -1 if it is not in the list."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    @property
    def ids(self) -> tuple[str, ...]:
        """Every record of the list, in order."""
        return self._ids

    def id_at(self, row: int) -> str:
        """The record of a row."""
        return self._ids[row]

    def _line(self, row: int, row_id: str) -> Any | None:
        block = row // _BLOCK
        if block in self._blocks:
            self._blocks.move_to_end(block)
            return self._blocks[block].get(row_id)
        if block not in self._asked:
            self._asked.add(block)
            ids, kind, generation = self._ids[block * _BLOCK : (block + 1) * _BLOCK], self._kind, self._generation
            self._work.ask(
                lambda ledger: list_window.lines(ledger, kind, ids),
                lambda found: self._take_block(block, found, generation),
                owner=self,
            )
        return None

    def _take_block(self, block: int, found: dict[str, Any], generation: int) -> None:
        if generation != self._generation:
            return
        self._asked.discard(block)
        self._blocks[block] = found
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        last = min((block + 1) * _BLOCK, len(self._ids)) - 1
        self.dataChanged.emit(self.index(block * _BLOCK, 0), self.index(last, len(self.columns) - 1))

    def _brush(self, colour: str) -> QBrush:
        if colour not in self._brushes:
            self._brushes[colour] = QBrush(QColor(colour))
        return self._brushes[colour]


@dataclass(frozen=True, slots=True)
class Held:
    """What a list held before it was read again: the records selected, if more than one, and the column of the cursor."""

    ids: frozenset[str] = frozenset()
    column: int = 0


class ListView(QTableView):
    """The look of every list: fixed row height, whole rows, sorting by a click on a heading."""

    opened = Signal(str)
    """Enter or a double click on a record."""
    current = Signal(str)
    """The record the cursor is on."""
    sort_wanted = Signal(str, bool)
    """A heading was clicked: the order's name, descending."""
    selected = Signal(int)
    """So many records are selected now."""

    def __init__(self, model: ListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(Lit(self))
        self._list = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        Rescaling(self, _ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.sectionClicked.connect(self._clicked)
        for place, column in enumerate(model.columns):
            self.setColumnWidth(place, scaled(column.width))
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit(self.selected_number))
        self._held = Held()
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(lambda: self.selected.emit(0))
        self.activated.connect(lambda index: self.opened.emit(self._list.id_at(index.row())))
        self._sorted_by = ("", False)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.current.emit(self._list.id_at(now.row()))

    def _clicked(self, section: int) -> None:
        order = self._list.columns[section].sorted_by
        if order:
            self.sort(section, descending=self._sorted_by == (order, False))

    def sort(self, section: int, *, descending: bool) -> None:
        """Ask for the order of a heading."""
        order = self._list.columns[section].sorted_by
        self._sorted_by = (order, descending)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(section, way)
        self.sort_wanted.emit(order, descending)

    @property
    def selected_number(self) -> int:
        """How many rows are selected. Ranges are counted, never rows."""
        parts = self.selectionModel().selection()
        return sum(parts.at(place).height() for place in range(parts.count()))

    def selected_rows(self) -> list[int]:
        """The selected rows from the top."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.count())]
        return [
            row for top, bottom in sorted((one.top(), one.bottom()) for one in parts) for row in range(top, bottom + 1)
        ]

    def selected_ids(self) -> tuple[str, ...]:
        """The selected records from the top."""
        return tuple(map(self._list.id_at, self.selected_rows()))

    @property
    def current_id(self) -> str:
        """The record the cursor is on, "" for none."""
        index = self.currentIndex()
        return self._list.id_at(index.row()) if index.isValid() else ""

    def setCurrentIndex(self, index: Index) -> None:  # noqa: N802 - Qt's name
        """The program moves the cursor: the selection goes with it, whatever keys are held down."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def selectRow(self, row: int) -> None:  # noqa: N802 - Qt's name
        """The program chooses a row: that one alone, whatever keys are held down. (Qt's own way would take Ctrl, held or
        pressed last, for a wish to add or to drop the row.)"""
        self.setCurrentIndex(self._list.index(row, max(0, self.currentIndex().column())))

    def go_to(self, row_id: str) -> bool:
        """Put the cursor on a record, in the column it was in; False if the list does not show it."""
        row = self._list.row_of(row_id)
        if row < 0:
            return False
        self.setCurrentIndex(self._list.index(row, self._column()))
        return True

    def choose_again(self, held: Held) -> None:
        """Select the records that were selected before the list was read again, those of them that are still there."""
        if len(held.ids) < 2:
            return
        flags = QItemSelectionModel.SelectionFlag
        ranges = _ranges(row for row, row_id in enumerate(self._list.ids) if row_id in held.ids)
        last = self._list.columnCount() - 1
        chosen = QItemSelection()
        for top, bottom in ranges[:_MOST_RANGES]:
            chosen.append(QItemSelectionRange(self._list.index(top, 0), self._list.index(bottom, last)))
        if ranges and len(ranges) <= _MOST_RANGES:
            self.selectionModel().select(chosen, flags.ClearAndSelect)

    @property
    def held(self) -> Held:
        """What was selected, and the column of the cursor, when the list was last read again."""
        return self._held

    def _hold(self) -> None:
        """The list is about to be read again, which drops all selection."""
        number = self.selected_number
        ids = frozenset(self.selected_ids()) if number > 1 else frozenset()
        self._held = Held(
            ids, max(0, self.currentIndex().column()) if self.currentIndex().isValid() else self._held.column
        )

    def _column(self) -> int:
        at = self.currentIndex()
        return at.column() if at.isValid() else min(self._held.column, self._list.columnCount() - 1)


def _ranges(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Rows from the top as unbroken stretches."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
