"""The pages' names at the left, each with what waits there. It knows pages only by what their classes say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.ledger_jobs import waiting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QPoint

    from chain_office.domain.figures import Figure
    from chain_office.services.counts import Count
    from chain_office.ui.kit.figure_menu import FigureOffer
    from chain_office.ui.office import Office
    from chain_office.ui.page import Page, PageKind
    from chain_office.ui.palette import Palette

_ID = int(Qt.ItemDataRole.UserRole)
_COUNT = _ID + 1
_SPACE = 12
_DOT = 6
_LINE = 17
_LATER_MILLISECONDS = 200
"""The page in the middle reads first."""


class Navigation(QListWidget):
    """Pages in the order given; those set apart stand under a line."""

    wanted = Signal(str)
    figure_opened = Signal(object)
    """The rows of a count are wanted: the Figure."""

    def __init__(self, office: Office, pages: Sequence[PageKind | type[Page]]) -> None:
        super().__init__()
        self._office = office
        self._rows: dict[str, int] = {}
        self._counted = {kind.id: kind.count_key for kind in pages if kind.count_key}
        self.setProperty("role", "nav")
        self.setAccessibleName("导航")
        self.setIconSize(QSize(18, 18))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Drawn(office.palette, self))
        self._fill(pages)
        self._fit()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LATER_MILLISECONDS)
        self._timer.timeout.connect(self._ask)
        self.currentRowChanged.connect(self._moved)
        self.offer: FigureOffer | None = None
        """From the first count on."""
        office.shown_changed.connect(self._timer.start)
        office.work.changed.connect(lambda _changes: self._timer.start())

    def _fill(self, pages: Sequence[PageKind | type[Page]]) -> None:
        apart = False
        for number, kind in enumerate(pages, start=1):
            if kind.apart and not apart and self.count():
                line = QListWidgetItem()
                line.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(line)
            apart = kind.apart
            item = QListWidgetItem(icon(kind.icon_name, self._office.palette.quiet), kind.title)
            item.setData(_ID, kind.id)
            if number <= keys.PAGES:
                item.setToolTip(f"{kind.title}（Ctrl+{number % keys.PAGES}）")
            self._rows[kind.id] = self.count()
            self.addItem(item)

    def _fit(self) -> None:
        """As wide as the longest name with a number of four digits, rows as high as the text needs."""
        metrics = QFontMetrics(self.font())
        row = max(34, metrics.height() + 16)
        for place in range(self.count()):
            item = self.item(place)
            item.setSizeHint(QSize(0, row if item.data(_ID) else _LINE))
        words = max((metrics.horizontalAdvance(self.item(place).text()) for place in range(self.count())), default=0)
        self.setFixedWidth(words + metrics.horizontalAdvance("0000") + 18 + 5 * _SPACE)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """A larger text needs more room."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def show_page(self, page_id: str) -> None:
        """Mark the page that is shown."""
        row = self._rows[page_id]
        if self.currentRow() != row:
            self.blockSignals(True)
            self.setCurrentRow(row)
            self.blockSignals(False)
            self.viewport().update()

    def _moved(self, row: int) -> None:
        if row >= 0 and self.item(row).data(_ID):
            self.wanted.emit(self.item(row).data(_ID))

    def figures(self, at: QPoint | None) -> tuple[Figure, ...]:
        """The count under the mouse, or of the page shown, as a figure; nothing where nothing is counted."""
        item = self.currentItem() if at is None else self.itemAt(at)
        counted: Count | None = item.data(_COUNT) if item is not None else None
        if item is None or counted is None:
            return ()
        from chain_office.services.counts import figure_of  # figures are loaded when one is asked for

        return (figure_of(self._counted[item.data(_ID)], counted.number, self._office.as_of),)

    def count_of(self, page_id: str) -> Count | None:
        """What is shown beside a page's name."""
        found: Count | None = self.item(self._rows[page_id]).data(_COUNT)
        return found

    def _ask(self) -> None:
        if self._office.shown is not None and self._counted:
            day = self._office.as_of
            self._office.work.ask(lambda ledger: waiting(ledger, day), self._take, owner=self)

    def _take(self, found: Mapping[str, Count]) -> None:
        if self.offer is None:
            from chain_office.ui.kit.figure_menu import FigureOffer  # not before the first paint

            self.offer = FigureOffer(self, self.figures, self.figure_opened.emit)
        for page_id, key in self._counted.items():
            item = self.item(self._rows[page_id])
            counted = found.get(key)
            item.setData(_COUNT, counted)
            item.setToolTip(counted.says if counted else item.text())
            said = f"{item.text()}，{counted.says}" if counted and counted.number else item.text()
            item.setData(int(Qt.ItemDataRole.AccessibleTextRole), said)


class _Drawn(QStyledItemDelegate):
    """Draws a row as the style does, then its number and, where something is late, a red dot."""

    def __init__(self, palette: Palette, parent: Navigation) -> None:
        super().__init__(parent)
        self._palette = palette

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        room: QRect = option.rect
        if not index.data(_ID):
            line = QRect(room.left() + _SPACE, room.center().y(), room.width() - 2 * _SPACE, 1)
            painter.fillRect(line, QColor(self._palette.line))
            return
        super().paint(painter, option, index)
        counted: Count | None = index.data(_COUNT)
        if counted is None or not (counted.number or counted.urgent):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = room.adjusted(0, 0, -_SPACE, 0)
        if counted.urgent:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._palette.red))
            painter.drawEllipse(QRect(right.right() - _DOT, room.center().y() - _DOT // 2 + 1, _DOT, _DOT))
        painter.setPen(QColor(self._palette.quiet))
        painter.drawText(
            right.adjusted(0, 0, -_DOT - 4, 0),
            int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            str(counted.number),
        )
        painter.restore()
