"""What a sheet of cells is made of for its view: a table model whose cells are written many at a time, each time one step
that can be taken back before anything is saved."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.forms import Option

Index = QModelIndex | QPersistentModelIndex
CHANGED = int(Qt.ItemDataRole.UserRole) + 1
"""Role: whether a cell holds something that is not saved yet."""
WRONG = int(Qt.ItemDataRole.UserRole) + 2
"""Role: the light of what is wrong with a cell ("red", "amber"), "" for nothing."""
PROPOSED = int(Qt.ItemDataRole.UserRole) + 3
"""Role: whether what a cell shows is only proposed."""


class CellsModel(QAbstractTableModel):
    """Texts go in by :meth:`write`; ``EditRole`` is a cell's text with nothing rounded away."""

    @abstractmethod
    def write(self, cells: Sequence[tuple[int, int, str]]) -> None:
        """Put texts into cells (row, column, text) as one step; cells that cannot be edited are left alone."""

    @abstractmethod
    def confirm(self, row: int, column: int) -> bool:
        """Take what a cell proposes for its value; False where it proposes nothing."""

    @abstractmethod
    def undo(self) -> bool:
        """Take the last step back; False where there is none."""

    @abstractmethod
    def redo(self) -> bool:
        """Do the last step taken back again; False where there is none."""

    @abstractmethod
    def can_undo(self, *, redo: bool = False) -> bool:
        """Whether there is a step to take back (to do again)."""

    def options(self, row: int, column: int) -> tuple[Option, ...]:  # noqa: ARG002 - for those that offer words
        """Words offered for a cell; another may be typed. Empty: a line to type in."""
        return ()

    def editable(self, row: int, column: int) -> bool:
        """Whether a cell can be typed into."""
        return bool(self.flags(self.index(row, column)) & Qt.ItemFlag.ItemIsEditable)
