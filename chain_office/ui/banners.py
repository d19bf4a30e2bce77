"""Sentences above the page: some go by themselves, some stay until they are settled, each with its ways on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_office.ui.palette import Palette

SHORT_MILLISECONDS = 12_000
TOLD = "told"
"""The key of what goes by itself."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: the button's word, and what it does. ``stays``: the banner is still there afterwards."""

    word: str
    do: Callable[[], object]
    stays: bool = False
    tip: str = ""


class Banners(QWidget):
    """One line for each key; a key put again replaces what it said."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self._lines: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def put(
        self,
        key: str,
        sentence: str,
        ways: Sequence[Way] = (),
        *,
        light: str = "",
        closable: bool = True,
        goes: bool = False,
    ) -> Banner:
        """Say something. ``light``: "red" for a fault, "amber" for a state to know of, "" for a piece of news. ``goes``: by
        itself after a while."""
        self.take(key)
        line = Banner(self._palette, sentence, ways, light, lambda: self.take(key), closable=closable)
        self._lines[key] = line
        self._column.insertWidget(0 if light else self._column.count(), line)
        self.show()
        if goes:
            QTimer.singleShot(SHORT_MILLISECONDS, line, lambda: self.take(key))
        return line

    def take(self, key: str) -> None:
        """Take a banner away; nothing happens if it is not there."""
        line = self._lines.pop(key, None)
        if line is not None:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.setVisible(bool(self._lines))

    def said(self, key: str) -> str:
        """What stands under a key; "" for nothing."""
        line = self._lines.get(key)
        return line.words.text() if line is not None else ""

    def says(self, sentence: str) -> bool:
        """Whether some lasting banner says this already."""
        return any(sentence in line.words.text() for key, line in self._lines.items() if key != TOLD)

    def button(self, key: str, word: str) -> QPushButton:
        """A button of a banner; KeyError if there is none of that word."""
        return self._lines[key].buttons[word]


class Banner(QFrame):
    """A sign, a sentence, its ways on."""

    def __init__(
        self,
        palette: Palette,
        sentence: str,
        ways: Sequence[Way],
        light: str,
        gone: Callable[[], None],
        *,
        closable: bool,
    ) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("light", light)
        self.setAccessibleName(sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 8, 5)
        row.setSpacing(8)
        sign = label()
        named = {"red": "circle-alert", "amber": "triangle-alert"}.get(light, "info")
        colour = {"red": palette.red, "amber": palette.amber}.get(light, palette.accent)
        sign.setPixmap(icon(named, colour).pixmap(QSize(18, 18), self.devicePixelRatio()))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self.words = label(sentence, wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.words, 1)
        self.buttons: dict[str, QPushButton] = {}
        for way in ways:
            button = QPushButton(way.word)
            button.setToolTip(way.tip)
            button.clicked.connect(lambda _checked=False, one=way: self._go(one, gone))
            self.buttons[way.word] = button
            row.addWidget(button)
        if closable:
            close = QToolButton()
            close.setProperty("role", "flat")
            close.setIcon(icon("x", palette.quiet))
            close.setText("关闭")
            close.setToolTip("关闭这条提示")
            close.setAccessibleName("关闭这条提示")
            close.clicked.connect(gone)
            row.addWidget(close)

    @staticmethod
    def _go(way: Way, gone: Callable[[], None]) -> None:
        if not way.stays:
            gone()
        way.do()
