"""A headline figure on paper: what it is, how much, what it is made of; a click opens its rows, ⓘ says how it is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from chain_office.services.figures import quoted
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.strips import MonthSparks, PartsStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from chain_office.domain.figures import Figure
    from chain_office.queries.output import MonthPoint
    from chain_office.services.overview import Card
    from chain_office.ui.palette import Palette

_WIDE = 420


class FigureCard(QFrame):
    """One card; :meth:`show_card` fills it."""

    opened = Signal()
    """Its rows are wanted."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._figures: tuple[Figure, ...] = ()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("点击打开这些行；右键：口径、复制")
        self._label = label("", "quiet")
        self._value = label("", "figure")
        self._parts = label("", "quiet", wrap=True)
        self._details = label("", "quiet", wrap=True)
        self._strip = PartsStrip(palette)
        self._months = MonthSparks(palette)
        self._months.hide()
        self.info = self._make_info()
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self.info)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._value)
        column.addWidget(self._strip)
        column.addWidget(self._months)
        column.addWidget(self._parts)
        column.addWidget(self._details)
        column.addStretch(1)

    def _make_info(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setText("口径")
        button.setToolTip("这个数是怎么算的")
        button.setFixedHeight(22)
        button.setStyleSheet(f"padding: 0 4px; color: {self._palette.quiet};")
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.clicked.connect(self.explain)
        return button

    def show_card(self, card: Card) -> None:
        """Show a figure."""
        self._figures = card.figures
        self._label.setText(card.label)
        self._value.setText(card.value)
        self._strip.setVisible(bool(card.parts))
        self._strip.show_parts(card.parts)
        self._parts.setVisible(bool(card.parts))
        self._parts.setText("  ".join(part.text for part in card.parts).strip())
        self._details.setText("\n".join(card.details))
        self.setAccessibleName(f"{card.label} {card.value}")
        self.setAccessibleDescription("，".join((self._parts.text(), *card.details)))
        self.info.setAccessibleName(f"{card.label}的口径")

    def show_months(self, months: Sequence[MonthPoint]) -> None:
        """Show a figure's months as small bars."""
        self._months.setVisible(bool(months))
        self._months.show_months(months)

    def explain(self) -> None:
        """Show how each of its figures is counted."""
        explain_at(self._figures, self.info)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Rows, 口径, copy."""
        rows_menu(self, event.globalPos(), self._figures, self.opened.emit, self.explain)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens the rows."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """So do Enter and the space bar."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The card, and a frame in the accent while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QColor(self._palette.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()


def explain_at(figures: Sequence[Figure], where: QWidget) -> None:
    """Show how figures are counted, below a widget."""
    popup = formulas(figures, where)
    place = where.mapToGlobal(where.rect().bottomRight())
    popup.adjustSize()
    screen = where.screen().availableGeometry()
    left = max(screen.left(), min(place.x() - popup.width(), screen.right() - popup.width()))
    popup.move(QPoint(left, place.y() + 4))
    popup.show()


def rows_menu(
    parent: QWidget, at: QPoint, figures: Sequence[Figure], rows: Callable[[], None], explain: Callable[[], None]
) -> QMenu:
    """What can be done with figures: open the rows, say how they are counted, copy one as it is put into a text."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("打开这些行").triggered.connect(lambda: rows())
    menu.addAction("口径").triggered.connect(lambda: explain())
    menu.addSeparator()
    for figure in figures:
        if figure.value is not None:
            text = quoted(figure)
            copied = menu.addAction(f"复制“{text}”")
            copied.triggered.connect(lambda _=False, text=text: QGuiApplication.clipboard().setText(text))
    menu.popup(at)
    return menu


def formulas(figures: Sequence[Figure], parent: QWidget) -> QFrame:
    """A note that lists how figures are counted; a click elsewhere or Esc closes it."""
    note = QFrame(parent, Qt.WindowType.Popup)
    note.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    note.setProperty("role", "card")
    note.setFixedWidth(_WIDE)
    column = QVBoxLayout(note)
    column.setContentsMargins(12, 10, 12, 10)
    column.setSpacing(4)
    for figure in figures:
        column.addWidget(label(figure.label, "section"))
        column.addWidget(label("；".join((figure.formula, *figure.notes)), "quiet", wrap=True))
    if figures:
        column.addWidget(label(f"截至 {figures[0].as_of.isoformat()}", "quiet"))
    return note
