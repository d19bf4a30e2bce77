"""口径: what a figure is, how it is worked out with its numbers put in, up to when; from here its rows are opened and it is
copied as it is put into a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chain_office.services.figures import approximate, bare, details, quoted, shown
from chain_office.ui.kit.labels import label
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.figures import Figure

_WIDE: Final = 400
_LIST: Final = 210
_LIST_ROWS: Final = 14
_CHOSEN: Final = Qt.TextInteractionFlag.TextSelectableByMouse


class FigurePanel(QFrame):
    """One figure, or several to choose from; a click elsewhere or Esc closes it."""

    opened = Signal(object)
    """A figure's rows are wanted: the :class:`Figure`."""

    def __init__(self, figures: Sequence[Figure], parent: QWidget, *, opens: bool = True) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._figures = tuple(figures)
        self._opens = opens
        self.names = QListWidget()
        self.names.setAccessibleName("这里的各个数")
        self.names.setFixedWidth(scaled(_LIST))
        self.names.addItems([f"{one.label}　{shown(one)}" for one in self._figures])
        self.names.setVisible(len(self._figures) > 1)
        self.title = label("", "section", wrap=True)
        self.value = label("", "figure")
        self.value.setTextInteractionFlags(_CHOSEN)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(10)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(1, 1)
        self.open_button = QPushButton("打开这些行")
        self.open_button.clicked.connect(self._open)
        self.copy_buttons = [QPushButton() for _ in range(3)]
        for button in self.copy_buttons:
            button.clicked.connect(lambda _=False, button=button: self._copy(button))
        self._lay_out()
        self.names.currentRowChanged.connect(self._show)
        self.names.setCurrentRow(0)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.title)
        right.addWidget(self.value)
        right.addLayout(self._lines)
        right.addStretch(1)
        right.addSpacing(4)
        for button in (self.open_button, *self.copy_buttons):
            button.setStyleSheet("text-align: left; padding: 3px 10px;")
            right.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.names)
        row.addLayout(right, 1)
        self.setFixedWidth(scaled(_WIDE) + (scaled(_LIST) + 12 if len(self._figures) > 1 else 0))

    @property
    def figure(self) -> Figure:
        """The one shown."""
        return self._figures[max(0, self.names.currentRow())]

    def _show(self, _row: int) -> None:
        figure = self.figure
        self.title.setText(figure.label)
        self.value.setText(shown(figure))
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, (word, text) in enumerate(details(figure)):
            said = label(text, wrap=True)
            said.setTextInteractionFlags(_CHOSEN)
            self._lines.addWidget(label(word, "quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(said, place, 1)
        self.open_button.setVisible(self._opens and figure.rows is not None)
        for button, (word, text) in zip(self.copy_buttons, _copies(figure), strict=True):
            button.setProperty("copied", text)
            button.setText(f"{word} {text}" if text else "")
            button.setVisible(bool(text))
        spoken = "；".join(f"{word} {text}" for word, text in details(figure))
        self.setAccessibleName(f"{figure.label} {shown(figure)} 的口径")
        self.setAccessibleDescription(spoken)
        self.names.setAccessibleDescription(spoken)
        self.open_button.setAccessibleDescription(f"{figure.label} {shown(figure)}；{spoken}")
        self.adjustSize()

    def _copy(self, button: QPushButton) -> None:
        text = str(button.property("copied"))
        QGuiApplication.clipboard().setText(text)
        button.setText(f"已复制 {text}")

    def _open(self) -> None:
        figure = self.figure
        self.close()
        self.opened.emit(figure)

    def pop_up(self, below: QPoint) -> None:
        """Show it with its right edge at most at this point, inside the screen; the keyboard goes into it."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        left = min(max(screen.left(), below.x() - self.width()), screen.right() - self.width())
        top = min(below.y() + 4, screen.bottom() - self.height())
        self.move(QPoint(left, max(screen.top(), top)))
        self.show()
        first = self.names if len(self._figures) > 1 else self.open_button if self._opens else self.copy_buttons[0]
        first.setFocus(Qt.FocusReason.PopupFocusReason)


def _copies(figure: Figure) -> tuple[tuple[str, str], ...]:
    """What can be copied: with what defends it, as a round number where it is one of 元, and the bare digits."""
    if figure.value is None:
        return (("", ""),) * 3
    return ("复制", quoted(figure)), ("复制约数", approximate(figure)), ("复制数值", bare(figure))
