"""What a search found, under the search box: grouped by desk, the words found marked, walked with ↑ ↓."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QVBoxLayout

from chain_office.queries.search import Marked
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from chain_office.queries.search import Answer, Group, Hit
    from chain_office.ui.palette import Palette

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ROW = int(Qt.ItemDataRole.UserRole)
_SELECTED = QStyle.StateFlag.State_Selected
_NUMBER_WIDTH = 64
_LINE, _TWO_LINES, _HEADING = 28, 46, 26
_MARGIN = 10
_WIDTH = 760
_ROOM_BELOW = 24
_LONGEST = 160
"""No line has room for more characters."""
SEARCH = "search"
"""A reference that lists a search on a desk: "search:<what was typed>"."""


@dataclass(frozen=True, slots=True)
class Row:
    """A heading (no page), a hit, or the way to all of a desk's hits (``hit`` None)."""

    text: str
    page: str = ""
    reference: str = ""
    hit: Hit | None = None
    note: str = ""


def number_text(number: int, most: int) -> str:
    """A count as it is said: "1000+" stands for more than are counted."""
    return f"{most}+" if number >= most else str(number)


def rows_of(answer: Answer) -> Iterator[Row]:
    """The lines of an answer."""
    for group in answer.groups:
        yield Row(group.word, note=_note(group, answer.most))
        for hit in group.hits:
            said = "  ".join(part for part in (hit.number.text, hit.title.text, hit.beside) if part)
            context = f"{hit.label}：{hit.context.text}" if hit.context.text else ""
            yield Row("\n".join(part for part in (said, context) if part), hit.page, hit.reference, hit)
        if group.listed > 1:
            these = "全部" if group.listed >= answer.most else f"这 {group.listed} 条"
            text = f"在“{group.word}”中列出{these}"
            yield Row(text, group.page, f"{SEARCH}:{answer.text}")


def _note(group: Group, most: int) -> str:
    shown = len(group.hits)
    count = f"{number_text(group.count, most)} 条"
    return count if shown == group.count else f"{count}，显示前 {shown} 条"


class ResultsModel(QAbstractListModel):
    """The lines of one answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_answer(self, answer: Answer) -> None:
        """Show another answer."""
        self.beginResetModel()
        self.rows = tuple(rows_of(answer))
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """How many lines."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        """The line's text; the delegate asks for the line itself."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        return row.text if role == _DISPLAY else row if role == _ROW else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not index.isValid() or not self.rows[index.row()].page:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    """Number, name and what it is on one line, the context on a second; pieces that were looked for stand out."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._text, self._quiet, self._accent = (QColor(one) for one in (palette.text, palette.quiet, palette.accent))
        self._line, self._selected, self._raised = (
            QColor(one) for one in (palette.line, palette.selected, palette.raised)
        )
        self._plain = QFont(parent.font())
        self._bold = QFont(self._plain)
        self._bold.setWeight(QFont.Weight.Bold)
        self._small = QFont(self._plain)
        self._small.setPointSizeF(self._plain.pointSizeF() - 0.5)
        self._plain_size, self._bold_size, self._small_size = (
            QFontMetrics(font) for font in (self._plain, self._bold, self._small)
        )

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Headings and one-line hits are lower."""
        row: Row = index.data(_ROW)
        if not row.page:
            return QSize(0, _HEADING)
        return QSize(0, _TWO_LINES if row.hit is not None and row.hit.context.pieces else _LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a line."""
        row: Row = index.data(_ROW)
        area: QRect = option.rect
        painter.save()
        if not row.page:
            self._paint_heading(painter, area, row)
        else:
            if option.state & _SELECTED:
                painter.fillRect(area, self._selected)
                painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), self._accent)
            inner = area.adjusted(_MARGIN, 0, -_MARGIN, 0)
            if row.hit is None:
                self._pieces(painter, inner, Marked(((row.text, False),)), self._accent)
            else:
                self._paint_hit(painter, inner, row.hit)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRect, row: Row) -> None:
        painter.fillRect(area, self._raised)
        painter.setPen(QPen(self._line))
        painter.drawLine(area.topLeft(), area.topRight())
        inner = area.adjusted(_MARGIN, 0, -_MARGIN, 0)
        used = self._pieces(painter, inner, Marked(((row.text, True),)), self._text)
        rest = inner.adjusted(used + 8, 0, 0, 0)
        self._pieces(painter, rest, Marked(((row.note, False),)), self._quiet)

    def _paint_hit(self, painter: QPainter, area: QRect, hit: Hit) -> None:
        above = area.adjusted(0, 3, 0, -area.height() + 25) if hit.context.pieces else area
        indent = _NUMBER_WIDTH if hit.number.pieces else 0
        if indent:
            self._pieces(painter, QRect(above.left(), above.top(), indent, above.height()), hit.number, self._quiet)
        right = min(self._small_size.horizontalAdvance(hit.beside), above.width() // 3)
        title = above.adjusted(indent, 0, -(right + 16 if right else 0), 0)
        self._pieces(painter, title, hit.title, self._text)
        if right:
            painter.setFont(self._small)
            painter.setPen(self._quiet)
            place = QRect(above.right() - right, above.top(), right + 1, above.height())
            text = self._small_size.elidedText(hit.beside, Qt.TextElideMode.ElideRight, right)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        if hit.context.pieces:
            below = QRect(
                area.left() + indent, above.bottom(), area.width() - indent, area.bottom() - above.bottom() - 3
            )
            pieces = ((f"{hit.label}：", False), *hit.context.pieces) if hit.label else hit.context.pieces
            self._pieces(painter, below, Marked(pieces), self._quiet)

    def _pieces(self, painter: QPainter, area: QRect, text: Marked, colour: QColor) -> int:
        """Draw pieces on one line, cut with … where the room ends; returns the width used."""
        left = area.left()
        for piece, marked in text.pieces:
            room = area.right() - left + 1
            if room <= 0:
                break
            metrics = self._bold_size if marked else self._plain_size
            shown = piece[:_LONGEST]
            width = metrics.horizontalAdvance(shown)
            if width > room:
                shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room)
            painter.setFont(self._bold if marked else self._plain)
            painter.setPen(self._accent if marked and colour != self._text else self._text if marked else colour)
            painter.drawText(QRect(left, area.top(), room, area.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            left += width
            if shown != piece:
                break
        return left - area.left()


class Results(QFrame):
    """The list under the box, over the page. It never takes the focus from the box."""

    chosen = Signal(str, str)
    """A hit was chosen: its page and reference."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("found")
        self.setAutoFillBackground(True)
        self.model = ResultsModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Painter(palette, self))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.list.setAccessibleName("搜索结果")
        self.list.setMouseTracking(True)
        self.list.entered.connect(self._hover)
        self.list.clicked.connect(self._choose)
        self.said = label("", "quiet", wrap=True)
        self.said.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.list)
        column.addWidget(self.said)
        self.hide()

    def show_answer(self, answer: Answer, below: QWidget) -> None:
        """Show what was found, under a widget."""
        self.model.show_answer(answer)
        self.list.setVisible(bool(self.model.rows))
        self.said.setText(_sentence(answer))
        self._place(below)
        self.show()
        self.raise_()
        self.step(1)

    def _place(self, below: QWidget) -> None:
        window = self._over
        corner = below.mapTo(window, QPoint(0, below.height() + 3))
        width = min(_WIDTH, window.width() - corner.x() - _MARGIN)
        wanted = sum(self.list.sizeHintForRow(row) for row in range(len(self.model.rows)))
        self.said.setFixedWidth(width - 2)
        foot = self.said.heightForWidth(width - 2)
        height = min(wanted + foot + 4, window.height() - corner.y() - _ROOM_BELOW)
        self.setGeometry(corner.x(), corner.y(), width, height)

    def step(self, way: int) -> None:
        """Go to the next (or former) line that can be chosen, from the last on to the first."""
        rows = self.model.rows
        if not any(row.page for row in rows):
            return
        at = self.list.currentIndex().row()
        at = (at + way) % len(rows) if self.list.currentIndex().isValid() else 0
        while not rows[at].page:
            at = (at + way) % len(rows)
        self.list.setCurrentIndex(self.model.index(at))
        if at == 1:
            self.list.scrollToTop()

    def choose_current(self) -> None:
        """Open the line the cursor is on."""
        self._choose(self.list.currentIndex())

    def _hover(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.rows[index.row()].page:
            self.list.setCurrentIndex(index)

    def _choose(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()] if index.isValid() else None
        if row is not None and row.page:
            self.hide()
            self.chosen.emit(row.page, row.reference)


def _sentence(answer: Answer) -> str:
    if not answer.total:
        return (
            f"没有找到“{answer.text}”。可以试试：少写几个字；写拼音首字母（如 slty）；写编号（如 WT0078）；"
            "写信用代码或电话的一部分。删除的记录在回收站里，这里不找。"
        )
    total = f"{answer.most}+" if answer.capped else str(answer.total)
    shown = f"，显示前 {answer.shown} 条" if answer.shown < answer.total else ""
    return f"共 {total} 条{shown}。↑ ↓ 选择，Enter 打开，Esc 关闭。"
