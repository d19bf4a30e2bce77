"""A list under headings: the lines of several groups one below the other, walked through as one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView

from chain_office.ui.kit.rows import Line, RowsModel, RowsView, plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QWidget

    from chain_office.ui.kit.rows import Column
    from chain_office.ui.palette import Palette

_FONT = int(Qt.ItemDataRole.FontRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together. ``key``: what they are for the page; ``tip``: which lines belong here."""

    key: str
    heading: str
    lines: tuple[Line, ...]
    light: str = ""
    tip: str = ""


class GroupedModel(RowsModel):
    """The groups' headings are rows of their own that can neither be chosen nor opened."""

    def __init__(self, columns: Sequence[Column], palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(columns, palette, parent)
        self._heads: dict[int, Group] = {}
        self._groups: list[Group] = []

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups; those without a line are left out."""
        lines: list[Line] = []
        self._heads, self._groups = {}, []
        for group in groups:
            if group.lines:
                self._heads[len(lines)] = group
                lines.append(Line("", (group.heading,), (group.light or "text",)))
                lines += group.lines
                self._groups += [group] * (len(group.lines) + 1)
        self.show(lines)

    @property
    def heads(self) -> tuple[int, ...]:
        """The rows of the headings."""
        return tuple(self._heads)

    def group(self, row: int) -> Group:
        """The group a row belongs to."""
        return self._groups[row]

    def row_of(self, line_id: str) -> int:
        """Where a line stands; -1 if it is not there."""
        return next((row for row in range(self.rowCount()) if line_id and self.line(row).id == line_id), -1)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """A heading is only looked at."""
        return Qt.ItemFlag.NoItemFlags if index.row() in self._heads else super().flags(index)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        """A cell; a heading is bold and says which lines stand under it."""
        group = self._heads.get(index.row()) if index.isValid() else None
        if group is not None and role == _FONT:
            font = QFont()
            font.setBold(True)
            return font
        if group is not None and role == _TIP:
            return plain_tip(group.tip)
        if group is not None and role == _ALIGN:
            return _LEFT
        return super().data(index, role)


class GroupedView(RowsView):
    """Enter or a double click opens a line; several lines of one group may be chosen."""

    chosen = Signal()
    """Other lines are chosen, or the cursor is on another one."""

    def __init__(self, model: GroupedModel, *, stretch: int, parent: QWidget | None = None) -> None:
        super().__init__(model, stretch=stretch, parent=parent)
        self._grouped = model
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        model.modelReset.connect(self._span)

    def _span(self) -> None:
        self.clearSpans()
        wide = self._grouped.columnCount()
        for row in self._grouped.heads if wide > 1 else ():
            self.setSpan(row, 0, 1, wide)

    def go_to(self, line_id: str) -> None:
        """Put the cursor on a line, else on the first one."""
        row = self._grouped.row_of(line_id)
        if row < 0 and self._grouped.rowCount():
            row = 1
        if row >= 0:
            self.setCurrentIndex(self._grouped.index(row, 0))
            self.scrollTo(self._grouped.index(max(0, row - 1) if row == 1 else row, 0))

    @property
    def current_id(self) -> str:
        """The line the cursor is on, "" for none."""
        index = self.currentIndex()
        return self._grouped.line(index.row()).id if index.isValid() else ""

    @property
    def current_group(self) -> Group | None:
        """The group the cursor is in."""
        index = self.currentIndex()
        return self._grouped.group(index.row()) if index.isValid() else None

    def chosen_ids(self) -> tuple[str, ...]:
        """The lines chosen in the cursor's group, from the top."""
        here = self.current_group
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._grouped.line(row).id for row in rows if self._grouped.group(row) is here)

    def choose_group(self) -> None:
        """Choose every line of the cursor's group."""
        here = self.current_group
        if here is not None:
            rows = [row for row in range(self._grouped.rowCount()) if self._grouped.group(row) is here]
            model, last = self._grouped, self._grouped.columnCount() - 1
            chosen = self.selectionModel()
            chosen.select(
                QItemSelection(model.index(rows[1], 0), model.index(rows[-1], last)),
                chosen.SelectionFlag.ClearAndSelect | chosen.SelectionFlag.Rows,
            )
