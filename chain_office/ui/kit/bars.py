"""A small chart drawn at once: a bar a line to the right or left of nought, each with its name and number. It needs no drawing
library, so it follows a table in the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from chain_office.ui.kit.figure_menu import FigureOffer
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from chain_office.domain.figures import Figure
    from chain_office.ui.palette import Palette

_ROW = 24
_BAR = 12
_GAP = 6
_NAMES = 0.42
"""The names get at most this share of the width."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is for the page, its name, its length in any unit (None: none), what is written beside it, and the
    figure that is."""

    id: str
    name: str
    value: Decimal | int | None
    text: str
    figure: Figure | None = None


class Bars(QWidget):
    """Bars one below the other in the order given; green to the right, red to the left, the number says which."""

    opened = Signal(str)
    """A bar was clicked: its id."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offer = FigureOffer(self, self._meant, self._open_figure)

    def _meant(self, at: QPoint | None) -> tuple[Figure, ...]:
        """That of the bar under the mouse, or, from the keyboard, of all."""
        place = None if at is None else at.y() // scaled(_ROW)
        return tuple(
            one.figure for row, one in enumerate(self._bars) if one.figure is not None and place in {None, row}
        )

    def _open_figure(self, figure: Figure) -> None:
        self.opened.emit(next(one.id for one in self._bars if one.figure is figure))

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar], name: str) -> None:
        """Show these; ``name`` says what they are, with every number, for those who hear the window."""
        self._bars = tuple(bars)
        self.setAccessibleName(f"{name}：" + "，".join(f"{one.name} {one.text}" for one in bars))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A row a bar."""
        return QSize(scaled(260), max(1, len(self._bars)) * scaled(_ROW) + _GAP)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens what stands behind a bar."""
        place = int(event.position().y()) // scaled(_ROW)
        if event.button() == Qt.MouseButton.LeftButton and 0 <= place < len(self._bars):
            self.opened.emit(self._bars[place].id)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Names at the left, bars from nought, numbers beside them."""
        painter = QPainter(self)
        metrics = self.fontMetrics()
        names = min(
            int(self.width() * _NAMES), max((metrics.horizontalAdvance(one.name) for one in self._bars), default=0)
        )
        numbers = max((metrics.horizontalAdvance(one.text) for one in self._bars), default=0) + _GAP
        values = [float(one.value or 0) for one in self._bars]
        low, high = min([0.0, *values]), max([0.0, *values])
        left = names + _GAP + (numbers if low < 0 else 0)
        room = max(1, self.width() - left - (numbers if high > 0 or low == 0 else 0) - _GAP)
        scale = room / ((high - low) or 1.0)
        nought = left + round(-low * scale)
        p = self._palette
        for place, one in enumerate(self._bars):
            row = QRect(0, place * scaled(_ROW), self.width(), scaled(_ROW))
            painter.setPen(QColor(p.text))
            shown = metrics.elidedText(one.name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(
                QRect(0, row.top(), names, row.height()),
                int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
                shown,
            )
            length = round(float(one.value or 0) * scale)
            start = nought if length >= 0 else nought + length
            top = row.top() + (row.height() - scaled(_BAR)) // 2
            painter.fillRect(QRect(start, top, abs(length), scaled(_BAR)), QColor(p.green if length >= 0 else p.red))
            beside = start + abs(length) + 4 if length >= 0 else start - numbers
            align = Qt.AlignmentFlag.AlignLeft if length >= 0 else Qt.AlignmentFlag.AlignRight
            painter.setPen(QColor(p.quiet))
            painter.drawText(
                QRect(beside, row.top(), numbers, row.height()), int(align | Qt.AlignmentFlag.AlignVCenter), one.text
            )
        painter.setPen(QColor(p.line))
        painter.drawLine(nought, 0, nought, len(self._bars) * scaled(_ROW))
        painter.end()


def scrolled(bars: Bars) -> QScrollArea:
    """Bars in a room that may be lower than they are."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(bars)
    column.addStretch(1)
    area.setWidget(inside)
    return area
