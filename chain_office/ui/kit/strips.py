"""Small charts drawn by hand: a strip of shares, and bars by month. Words and numbers stand beside every colour."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from chain_office.ui.kit.figure_menu import FigureOffer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent

    from chain_office.domain.figures import Figure
    from chain_office.queries.output import MonthPoint
    from chain_office.services.overview import Part
    from chain_office.ui.palette import Palette

_STRIP: Final = 6
_SPARKS: Final = 26
_GAP: Final = 2
_YI: Final = 100_000_000
_WAN: Final = 10_000
_CENTRE: Final = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)


class PartsStrip(QWidget):
    """A thin bar cut in proportion; what each part is stands below it in words."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts."""
        self._parts = tuple(part for part in parts if part.number > 0)
        self.setAccessibleName("、".join(part.text for part in parts))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the strip."""
        return QSize(120, _STRIP)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the parts side by side."""
        painter = QPainter(self)
        total = sum(part.number for part in self._parts)
        if not total:
            painter.fillRect(0, 0, self.width(), _STRIP, QColor(self._palette.line))
        room = self.width() - _GAP * max(0, len(self._parts) - 1)
        left = 0.0
        for part in self._parts:
            width = room * part.number / total
            painter.fillRect(QRectF(left, 0, width, _STRIP), QColor(getattr(self._palette, part.light)))
            left += width + _GAP
        painter.end()
        event.accept()


class MonthSparks(QWidget):
    """Output month by month, as small as a line of text; the numbers stand in the chart it is short for."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._months: tuple[MonthPoint, ...] = ()
        self.setFixedHeight(_SPARKS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_months(self, months: Sequence[MonthPoint]) -> None:
        """Show these months."""
        self._months = tuple(months)
        self.setAccessibleName(f"{len(months)} 个月的产值" if months else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A bar a month, that of the year before pale beside it."""
        painter = QPainter(self)
        most = max((yuan for one in self._months for yuan in (one.output_yuan, one.base_yuan) if yuan), default=0)
        if most > 0:
            step = min(24.0, self.width() / len(self._months))
            width = (step - 4) / 2
            for place, one in enumerate(self._months):
                pairs = ((one.base_yuan, self._palette.line), (one.output_yuan, self._palette.accent))
                for side, (yuan, colour) in enumerate(pairs):
                    tall = max(0, yuan or 0) / most * self.height()
                    left = place * step + side * width
                    painter.fillRect(QRectF(left, self.height() - tall, width, tall), QColor(colour))
        painter.end()
        event.accept()


class MonthBars(QWidget):
    """Output month by month beside the same months of the year before, and the growth under each: figures all of them."""

    figure_opened = Signal(object)
    """The rows of one of its figures are wanted: the Figure."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._months: tuple[MonthPoint, ...] = ()
        self._figures: tuple[tuple[Figure, ...], ...] = ()
        self._unit = _YI
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offer = FigureOffer(self, self._meant, self.figure_opened.emit)
        self.setMinimumHeight(110)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def unit(self) -> str:
        """What the numbers over the bars count."""
        return "亿元" if self._unit == _YI else "万元"

    def show_months(self, months: Sequence[MonthPoint], figures: Sequence[tuple[Figure, ...]] = ()) -> None:
        """Show these months, and of each what its numbers are."""
        self._months, self._figures = tuple(months), tuple(figures)
        self.setToolTip("右键：口径、复制" if figures else "")
        self._unit = _YI if self._most() >= _YI else _WAN
        said = "；".join(f"{one.month} {self._number(one.output_yuan)}{self.unit}" for one in self._months)
        self.setAccessibleName(f"各月产值：{said}")
        self.update()

    def _meant(self, at: QPoint | None) -> tuple[Figure, ...]:
        """Those of the month under the mouse; from the keyboard those of every month, the last first."""
        if at is not None and self._figures:
            place = int(at.x() * len(self._figures) / max(1, self.width()))
            return self._figures[min(max(0, place), len(self._figures) - 1)]
        return tuple(one for month in reversed(self._figures) for one in month)

    def _most(self) -> int:
        return max((abs(yuan) for one in self._months for yuan in (one.output_yuan, one.base_yuan) if yuan), default=0)

    def _number(self, yuan: int | None) -> str:
        if yuan is None:
            return "—"
        places = Decimal("0.1") if self._unit == _YI else Decimal(1)
        return f"{(Decimal(yuan) / self._unit).quantize(places):,}"

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a pair of bars a month."""
        painter = QPainter(self)
        line = painter.fontMetrics().height()
        most = self._most()
        if self._months and most:
            step = self.width() / len(self._months)
            room = self.height() - 3 * line - 4
            for place, one in enumerate(self._months):
                self._draw_month(painter, one, place * step, step, room / most)
        painter.end()
        event.accept()

    def _draw_month(self, painter: QPainter, one: MonthPoint, left: float, step: float, scale: float) -> None:
        p, line = self._palette, painter.fontMetrics().height()
        floor = self.height() - 2 * line - 2
        width = min(26.0, step * 0.3)
        middle = left + step / 2
        heights = [max(0, yuan or 0) * scale for yuan in (one.base_yuan, one.output_yuan)]
        painter.fillRect(QRectF(middle - width - 1, floor - heights[0], width, heights[0]), QColor(p.line))
        painter.fillRect(QRectF(middle + 1, floor - heights[1], width, heights[1]), QColor(p.accent))
        painter.setPen(QColor(p.text))
        top = floor - max(heights) - line
        painter.drawText(QRectF(left, top, step, line), _CENTRE, self._number(one.output_yuan))
        painter.drawText(QRectF(left, floor + 2, step, line), _CENTRE, f"{int(one.month[5:])}月")
        painter.setPen(QColor(p.quiet))
        growth = "—" if one.yoy_percent is None else f"{one.yoy_percent:+}%"
        painter.drawText(QRectF(left, floor + 2 + line, step, line), _CENTRE, growth)
