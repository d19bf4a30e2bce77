"""A line of words in which each number is a figure: 口径, its rows and copies by the right mouse button or the keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from chain_office.domain.figures import Figure, RowsQuery
from chain_office.ui.kit.figure_menu import FigureOffer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QAbstractButton


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as it reads in a line: 逾期 3, 总投资 77.02 亿元."""

    text: str
    figure: Figure


class FigureLine(QLabel):
    """Plain text; the keyboard reaches it by Tab. Under the mouse the figure pointed at comes first."""

    opened = Signal(object)
    """The rows of a figure are wanted: the Figure."""

    def __init__(self, role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        self._told: tuple[str | Told, ...] = ()
        self.offer = FigureOffer(self, self._meant, self.opened.emit)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, from the left."""
        return tuple(one.figure for one in self._told if isinstance(one, Told))

    def tell(self, *told: str | Told) -> None:
        """Show words and figures one after the other; nothing of an empty line can be reached."""
        self._told = told
        self.setText("".join(one if isinstance(one, str) else one.text for one in told))
        there = bool(self.figures)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if there else Qt.FocusPolicy.NoFocus)
        self.setToolTip("右键：口径、复制" if there else "")

    def tell_counts(self, text: str, day: date, key: str, formula: str) -> None:
        """Show a line of counts, each a figure (:func:`figures_in`)."""
        self.tell(*figures_in(text, day, key, formula))

    def _meant(self, at: QPoint | None) -> Sequence[Figure]:
        found = self.figures
        pointed = None if at is None or self.wordWrap() else self._under(at.x())
        return found if pointed is None else (pointed, *(one for one in found if one is not pointed))

    def _under(self, x: int) -> Figure | None:
        """The figure at a place of a line that is not broken."""
        metrics, room = self.fontMetrics(), self.contentsRect()
        right = bool(self.alignment() & Qt.AlignmentFlag.AlignRight)
        left = room.right() - metrics.horizontalAdvance(self.text()) if right else room.left()
        so_far = ""
        for one in self._told:
            so_far += one if isinstance(one, str) else one.text
            if x < left + metrics.horizontalAdvance(so_far):
                return one.figure if isinstance(one, Told) else None
        return None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The line, and one in the accent below it while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QColor(self.palette().highlight().color()))
            painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
            painter.end()


def figures_in(text: str, day: date, key: str, formula: str, opens: RowsQuery | None = None) -> tuple[str | Told, ...]:
    """A line of counts as figures: in 在册 69 家　从未走访 2 家 each part with one whole number is one, called by its words.
    ``formula``: what is counted on this line; dates, shares and sums of money are no counts."""
    found: list[str | Told] = []
    for place, part in enumerate(_BETWEEN.split(text)):
        plain = _NO_COUNT.sub("", part)
        numbers = _COUNT.findall(plain)
        if len(numbers) != 1:
            found.append(part)
            continue
        number, unit = numbers[0]
        word = _COUNT.sub("", plain).strip() or formula.partition("：")[0]
        figure = Figure(f"{key}.{place // 2}", word, int(number), unit, formula, day, opens, row_count=int(number))
        found.append(Told(part, figure))
    return tuple(found)


def offer_count(
    button: QAbstractButton, day: Callable[[], date], key: str, formula: str, opens: RowsQuery | None = None
) -> FigureOffer:
    """Give a button that says a word and a count (逾期 5) its 口径; to open the rows is to press it."""

    def meant(_at: QPoint | None) -> tuple[Figure, ...]:
        found = figures_in(button.text(), day(), key, formula, opens or RowsQuery("", ()))
        return tuple(one.figure for one in found if isinstance(one, Told))

    return FigureOffer(button, meant, lambda _figure: button.click())


_BETWEEN: Final = re.compile("([　，；、：（）])")
_COUNT: Final = re.compile(r"(?<![\d.,])(\d+)(?![\d.,]\d) ?(家|个|项|件|次|户|处|笔|条|张)?")
_NO_COUNT: Final = re.compile(
    r"\d{4}-\d\d(-\d\d)?|\d{4}年(\d+(—\d+)?月)?|\d+月(\d+日)?|\d+ ?(天|个工作日|个百分点|个月)内?|[\d,.]+ ?(亿元|万元|元|%)"
)
"""Dates, spans, shares and sums of money."""
