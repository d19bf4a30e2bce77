"""A list of values to tick, with how many lines have each. Days are ticked by the year and by the month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from chain_office.queries.facets import BLANK
from chain_office.queries.views import WITHOUT
from chain_office.ui.kit.rows import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent

    from chain_office.queries.facet_values import FacetValue

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_YEAR = 4
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Tick:
    """A row: the values it stands for (a year: its months), its word, how many lines; ``year``: the year it is."""

    values: tuple[str, ...]
    word: str
    number: int
    year: str = ""


def plain_ticks(values: Sequence[FacetValue]) -> list[Tick]:
    """One row a value."""
    return [Tick((one.value,), one.word.replace("\n", " "), one.number) for one in values]


def day_ticks(values: Sequence[FacetValue]) -> list[Tick]:
    """Years from the latest, their months under them, the blank at the end."""
    rows: list[Tick] = []
    for year in dict.fromkeys(one.value[:_YEAR] for one in values if one.value != BLANK):
        months = [one for one in values if one.value[:_YEAR] == year]
        rows.append(Tick(tuple(one.value for one in months), f"{year}年", sum(one.number for one in months), year))
        rows += [Tick((one.value,), f"　{int(one.value[5:7])}月", one.number) for one in months]
    return rows + [Tick((BLANK,), WITHOUT, one.number) for one in values if one.value == BLANK]


class TickModel(QAbstractListModel):
    """Rows to tick. What is ticked stays ticked while the rows are narrowed."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Tick] = []
        self._words: dict[str, str] = {}
        self.ticked: set[str] = set()

    def show(self, rows: list[Tick]) -> None:
        """Offer these rows."""
        self.beginResetModel()
        self._rows = rows
        self._words |= {row.values[0]: row.word.strip("　") for row in rows if len(row.values) == 1}
        self.endResetModel()

    def word(self, value: str) -> str:
        """What a value is called."""
        return self._words.get(value, value or WITHOUT)

    def offered(self) -> set[str]:
        """Every value offered."""
        return {value for row in self._rows for value in row.values}

    def whole_years(self) -> list[str]:
        """Years all of whose months are ticked."""
        return [row.year for row in self._rows if row.year and self.ticked.issuperset(row.values)]

    def tick(self, values: Iterable[str], *, on: bool) -> None:
        """Tick values, or take the ticks off."""
        (self.ticked.update if on else self.ticked.difference_update)(values)
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [_CHECK])
        self.ticked_changed.emit()

    def toggle(self, row: int) -> None:
        """Turn a row's tick."""
        values = self._rows[row].values
        self.tick(values, on=not self.ticked.issuperset(values))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Rows offered."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row is ticked by a click anywhere on it, so that Qt's own ticking stays out of the way."""
        ok = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return ok if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Word and number; the tick."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _DISPLAY:
            return f"{row.word}（{row.number}）"
        if role == _TIP:
            return plain_tip(row.word)
        if role == _CHECK:
            number = sum(value in self.ticked for value in row.values)
            return (
                Qt.CheckState.Unchecked if not number
                else Qt.CheckState.Checked if number == len(row.values)
                else Qt.CheckState.PartiallyChecked
            )  # fmt: skip
        return None


class TickList(QListView):
    """A click or the space bar turns a tick."""

    def __init__(self, model: TickModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._ticks = model
        self.setUniformItemSizes(True)
        self.setAccessibleName("可勾选的值")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(lambda index: model.toggle(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The space bar ticks; Enter is the popup's."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._ticks.toggle(self.currentIndex().row())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()
        else:
            super().keyPressEvent(event)
