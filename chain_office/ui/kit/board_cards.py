"""The cards of one column of a board: a model of any length, and a delegate that paints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chain_office.ui.kit.rows import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFontMetrics

    from chain_office.ui.palette import Palette

MIME: Final = "application/x-chain-office-cards"
_PAD: Final = 8
_GAP: Final = 6
_EDGE: Final = 3
_LINES: Final = 4
"""Number and firm, two lines of text, unit and due day."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A card: whose it is, its number, its heading, two lines of text, what stands at its foot (left and right), its light
    with the word for it, and why it has that light."""

    id: str
    number: str
    heading: str
    text: str
    foot: str
    due: str
    light: str
    light_word: str
    tip: str
    mark: str = ""


class CardsModel(QAbstractListModel):
    """Cards as given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: Sequence[BoardCard] = ()

    def show(self, cards: Sequence[BoardCard]) -> None:
        """Show these cards."""
        self.beginResetModel()
        self._cards = cards
        self.endResetModel()

    def card(self, row: int) -> BoardCard:
        """The card of a row."""
        return self._cards[row]

    def row_of(self, card_id: str) -> int:
        """Where a card stands; -1 if it is not here."""
        return next((row for row, card in enumerate(self._cards) if card.id == card_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Cards shown."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a card says, for those who cannot see it; the delegate paints the card itself."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return f"{card.number} {card.heading} {card.text}"
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            said = (card.number, card.heading, card.text, card.foot, card.due, card.light_word, card.mark)
            return "，".join(part for part in said if part)
        return plain_tip(card.tip) if role == int(Qt.ItemDataRole.ToolTipRole) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be taken and carried."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """What is carried."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """The ids of the cards carried."""
        data = QMimeData()
        ids = "\n".join(self._cards[index.row()].id for index in indexes)
        data.setData(MIME, QByteArray(ids.encode()))
        return data


class CardDelegate(QStyledItemDelegate):
    """Paints a card: a bar in the colour of its light at the left, words for everything the colour says."""

    def __init__(self, palette: Palette, parent: QObject) -> None:
        super().__init__(parent)
        self._colours = palette

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Every card is as high as the next."""
        return QSize(80, _LINES * (option.fontMetrics.height() + 1) + 2 * _PAD + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One card."""
        model = index.model()
        if not isinstance(model, CardsModel):
            return
        card, p = model.card(index.row()), self._colours
        state: Any = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        room: QRect = option.rect.adjusted(2, 0, -2, -_GAP)
        light = QColor(getattr(p, card.light) if card.light else p.line)
        painter.save()
        painter.setPen(QPen(QColor(p.accent if focused or chosen else p.line), 2 if focused else 1))
        painter.setBrush(QColor(p.selected if chosen else p.paper))
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 3, 3)
        painter.fillRect(room.left() + 1, room.top() + 3, _EDGE, room.height() - 6, light)
        inside = room.adjusted(_PAD + _EDGE - 1, _PAD - 2, -_PAD, -_PAD + 2)
        self._write(painter, card, inside, option.font)
        painter.restore()

    def _write(self, painter: QPainter, card: BoardCard, room: QRect, font: QFont) -> None:
        p = self._colours
        painter.setFont(font)
        metrics = painter.fontMetrics()
        line = metrics.height() + 1
        self._pair(
            painter, QRect(room.left(), room.top(), room.width(), line), card.number, card.mark, p.quiet, p.amber
        )
        used = metrics.horizontalAdvance(card.number) + 6
        mark = metrics.horizontalAdvance(card.mark) + 6 if card.mark else 0
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(p.text))
        _elided(painter, QRect(room.left() + used, room.top(), room.width() - used - mark, line), card.heading)
        painter.setFont(font)
        _two_lines(painter, QRect(room.left(), room.top() + line, room.width(), 2 * line), card.text)
        foot = QRect(room.left(), room.top() + 3 * line + 2, room.width(), line)
        colour = getattr(p, card.light) if card.light else p.quiet
        self._pair(painter, foot, card.foot, card.due, p.quiet, colour)

    def _pair(self, painter: QPainter, room: QRect, left: str, right: str, ink: str, right_ink: str) -> None:
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(right)
        painter.setPen(QColor(right_ink))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), right)
        painter.setPen(QColor(ink))
        _elided(painter, room.adjusted(0, 0, -wide - 6 if right else 0, 0), left)


def _elided(painter: QPainter, room: QRect, text: str) -> None:
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), short)


def _two_lines(painter: QPainter, room: QRect, text: str) -> None:
    """Two lines of a text, the second cut with … where there is more."""
    metrics: QFontMetrics = painter.fontMetrics()
    flat = text.replace("\n", " ")
    layout = QTextLayout(flat, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(room.width())
    end = first.textStart() + first.textLength()
    layout.endLayout()
    height = room.height() // 2
    at = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(QRect(room.left(), room.top(), room.width(), height), at, flat[:end])
    rest = metrics.elidedText(flat[end:].lstrip(), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(QRect(room.left(), room.top() + height, room.width(), height), at, rest)
