"""The list under a box: what fits so far, in as many rows as are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chain_office.ui.kit.form.floating import Floating
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter

    from chain_office.domain.forms import Option
    from chain_office.ui.kit.form.offered import Offered

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_HINT = int(Qt.ItemDataRole.UserRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_READ_OUT = int(Qt.ItemDataRole.AccessibleTextRole)
FETCHED = 200
"""So many rows at a time."""
_ROW = 26
_MOST_ROWS = 9
_LEAST_WIDTH = 300
Index = QModelIndex | QPersistentModelIndex


class OfferModel(QAbstractListModel):
    """The options that fit; rows come in batches as they are scrolled to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = ()
        self._places: list[int] = []
        self._shown = 0

    def show(self, offered: Offered, places: list[int]) -> None:
        """Show these of the options."""
        self.beginResetModel()
        self._options, self._places = offered.options, places
        self._shown = min(FETCHED, len(places))
        self.endResetModel()

    @property
    def total(self) -> int:
        """How many fit, shown or not."""
        return len(self._places)

    def option(self, row: int) -> Option:
        """The option of a row."""
        return self._options[self._places[row]]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Rows fetched so far."""
        return 0 if parent.isValid() else self._shown

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether more fit than are fetched."""
        return not parent.isValid() and self._shown < len(self._places)

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        """The next batch."""
        last = min(self._shown + FETCHED, len(self._places)) - 1
        if parent.isValid() or last < self._shown:
            return
        self.beginInsertRows(QModelIndex(), self._shown, last)
        self._shown = last + 1
        self.endInsertRows()

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The label; the hint beside it."""
        if not index.isValid():
            return None
        option = self.option(index.row())
        if role == _DISPLAY:
            return option.label
        if role == _HINT:
            return option.hint
        if role == _READ_OUT:
            return f"{option.label} {option.hint}".strip()
        return plain_tip(f"{option.label}\n{option.hint}".strip()) if role == _TIP else None


class _Drawing(QStyledItemDelegate):
    """The label, and in quiet small letters at the right what tells it from its namesakes."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        rect: QRect = option.rect
        if chosen:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.Highlight))
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        room = rect.adjusted(8, 0, -8, 0)
        painter.setPen(palette.color(role))
        metrics = painter.fontMetrics()
        words, hint = str(index.data(_DISPLAY)), str(index.data(_HINT) or "")
        taken = min(metrics.horizontalAdvance(words), room.width())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(room, flags, metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room.width()))
        rest = room.adjusted(taken + 12, 0, 0, 0)
        if hint and rest.width() > 40:
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 0.9)
            painter.setFont(font)
            painter.setPen(palette.color(role if chosen else QPalette.ColorRole.PlaceholderText))
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            shown = painter.fontMetrics().elidedText(hint, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, right, shown)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Rows of one height."""
        return QSize(80, _ROW)


class Popup(Floating):
    """The list below (or above) a box."""

    chosen = Signal(object)

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self.model = OfferModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Drawing(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self.chosen.emit(self.model.option(index.row())))
        self.foot = label("", "quiet")
        self.foot.setContentsMargins(8, 2, 8, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.list)
        column.addWidget(self.foot)

    def offer(self, offered: Offered, places: list[int], foot: str, at: int = 0) -> None:
        """Show what fits, the cursor on the first, or on the row ``at``."""
        self.model.show(offered, places)
        self.foot.setText(foot)
        self.foot.setVisible(bool(foot))
        self.list.setVisible(bool(places))
        self.open_at(self._wanted(), 4 * _ROW)
        self._go(at)

    @property
    def current(self) -> Option | None:
        """The option the cursor is on."""
        index = self.list.currentIndex()
        return self.model.option(index.row()) if self.isVisible() and index.isValid() else None

    def move_by(self, step: int) -> None:
        """Move the cursor; at an end it stays."""
        self._go(self.list.currentIndex().row() + step)

    def _go(self, row: int) -> None:
        while row >= self.model.rowCount() and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(max(0, min(self.model.rowCount() - 1, row))))

    def _wanted(self) -> QSize:
        rows = min(_MOST_ROWS, self.model.total)
        foot = self.foot.sizeHint().height() if self.foot.text() else 0
        return QSize(max(self.box.width(), _LEAST_WIDTH), rows * _ROW + foot + 4)
