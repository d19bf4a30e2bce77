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
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chain_office.services.figures import approximate, bare, details, quoted, shown, titled
from chain_office.ui.kit.labels import label
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.figures import Figure

_WIDE: Final = 400
_LIST: Final = 210
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
        self._pairs: list[tuple[QLabel, QLabel]] = []
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
        self.title.setText(titled(figure))
        self.value.setText(shown(figure))
        self._show_details(details(figure))
        self.open_button.setVisible(self._opens and figure.rows is not None)
        copies = copies_of(figure)
        spare = (("", ""),) * (len(self.copy_buttons) - len(copies))
        for button, (word, text) in zip(self.copy_buttons, (*copies, *spare), strict=True):
            button.setProperty("copied", text)
            button.setText(f"{word} {text}" if text else "")
            button.setVisible(bool(text))
        spoken = "；".join(f"{word} {text}" for word, text in details(figure))
        self.setAccessibleName(f"{figure.label} {shown(figure)} 的口径")
        self.setAccessibleDescription(spoken)
        self.names.setAccessibleDescription(spoken)
        self.open_button.setAccessibleDescription(f"{figure.label} {shown(figure)}；{spoken}")
        self._fit()

    def _show_details(self, told: Sequence[tuple[str, str]]) -> None:
        """A word and a text a line; lines there are no texts for stand back."""
        while len(self._pairs) < len(told):
            pair = label("", "quiet"), label(wrap=True)
            pair[1].setTextInteractionFlags(_CHOSEN)
            self._lines.addWidget(pair[0], len(self._pairs), 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(pair[1], len(self._pairs), 1)
            self._pairs.append(pair)
        for place, pair in enumerate(self._pairs):
            for one, text in zip(pair, told[place] if place < len(told) else ("", ""), strict=True):
                one.setText(text)
                one.setVisible(bool(text))

    def _fit(self) -> None:
        """As high as its texts want at its width, never lower than it was: buttons do not move under the hand."""
        room = self.layout()
        assert room is not None
        room.activate()
        wanted = max(room.totalHeightForWidth(self.width()), self.height() if self.isVisible() else 0)
        self.resize(self.width(), min(wanted, self.screen().availableGeometry().height()))

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
        self._fit()
        screen = self.screen().availableGeometry()
        left = min(max(screen.left(), below.x() - self.width()), screen.right() - self.width())
        top = min(below.y() + 4, screen.bottom() - self.height())
        self.move(QPoint(left, max(screen.top(), top)))
        self.show()
        first = self.names if len(self._figures) > 1 else self.open_button if self._opens else self.copy_buttons[0]
        first.setFocus(Qt.FocusReason.PopupFocusReason)


def copies_of(figure: Figure) -> tuple[tuple[str, str], ...]:
    """What can be copied, a word and a text each: with what defends it, as a round number where it is one of 元, and the
    bare digits; nothing of what is unknown."""
    if figure.value is None:
        return ()
    said = ("复制", quoted(figure)), ("复制约数", approximate(figure)), ("复制数值", bare(figure))
    return tuple((word, text) for word, text in said if text)
