"""A chart of spans over months, painted on a screen or on paper: planned and actual bars, marks, a line at the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from chain_office.ui.palette import Palette

ROW: Final = 28.0
HEAD: Final = 44.0
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_MARK: Final = 5.0


@dataclass(frozen=True, slots=True)
class GanttMark:
    """A node: its day, what it is, whether it is done, whether it is late."""

    day: date
    name: str
    done: bool
    late: bool


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A line: ``id`` "" for a heading. ``planned`` and ``actual`` from a day to a day (of the actual one None: until now).
    ``light`` colours the actual bar; ``said`` stands at its end, in red where it is ``late``."""

    id: str
    label: str
    planned: tuple[date, date] | None = None
    actual: tuple[date, date | None] | None = None
    marks: tuple[GanttMark, ...] = ()
    light: str = ""
    said: str = ""
    late: bool = False
    tip: str = ""


def span_of(rows: Sequence[GanttRow], day: date) -> tuple[date, date]:
    """The first day of the first month and the last day of the last month there is anything in, the cut-off among them."""
    days = [day]
    for row in rows:
        days += [
            *(row.planned or ()),
            *(one for one in (row.actual or ()) if one is not None),
            *(m.day for m in row.marks),
        ]
    first, last = min(days).replace(day=1), max(days)
    return first, (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Chart:
    """How days become places: ``left`` of the first day, ``scale`` points a day."""

    first: date
    last: date
    left: float
    scale: float
    day: date
    palette: Palette

    def x(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days * self.scale

    # Headings.

    def paint_head(self, painter: QPainter, top: float, right: float) -> None:
        """Years above months, as many months as there is room for."""
        p = self.palette
        painter.fillRect(QRectF(self.left, top, right - self.left, HEAD), QColor(p.raised))
        month = self.first
        step = self._step(QFontMetricsF(painter.font()).horizontalAdvance("12月 "))
        while month <= self.last:
            after = next_month(month)
            start, end = self.x(month), self.x(after)
            if end >= self.left and start <= right:
                if (month.month - 1) % step == 0:
                    painter.setPen(QColor(p.quiet))
                    wide = QRectF(start, top + HEAD / 2, max(end - start, (end - start) * step), HEAD / 2)
                    painter.drawText(wide, _CENTRE if step == 1 else _LEFT, f"{month.month}月")
                if month.month == 1 or month == self.first:
                    painter.setPen(QColor(p.text))
                    december = min(date(month.year, 12, 31), self.last)
                    begin, until = max(start, self.left), min(self.x(december) + self.scale, right)
                    painter.drawText(
                        QRectF(begin + 4, top, max(0.0, until - begin - 4), HEAD / 2), _LEFT, f"{month.year}年"
                    )
            month = after
        painter.setPen(QPen(QColor(p.line), 1))
        painter.drawLine(QPointF(self.left, top + HEAD), QPointF(right, top + HEAD))

    def _step(self, wide: float) -> int:
        """Every which month has its name written."""
        return next((step for step in (1, 3, 6) if self.scale * 30 * step >= wide), 12)

    def paint_grid(self, painter: QPainter, top: float, bottom: float, right: float) -> None:
        """Thin lines where months begin (years where months are too narrow), a strong one at the cut-off day."""
        p = self.palette
        month = self.first
        while month <= self.last:
            at = self.x(month)
            if self.left <= at <= right and (self.scale * 30 >= 14 or month.month == 1):
                painter.setPen(QPen(QColor(p.line), 1.4 if month.month == 1 else 0.6))
                painter.drawLine(QPointF(at, top), QPointF(at, bottom))
            month = next_month(month)
        now = self.x(self.day)
        if self.left <= now <= right:
            painter.setPen(QPen(QColor(p.accent), 1.6))
            painter.drawLine(QPointF(now, top), QPointF(now, bottom))

    # Rows.

    def paint_row(self, painter: QPainter, row: GanttRow, top: float) -> None:
        """One project's bars and marks."""
        p = self.palette
        middle = top + ROW / 2
        end = 0.0
        if row.planned is not None:
            start, stop = self.x(row.planned[0]), self.x(row.planned[1]) + self.scale
            painter.setPen(QPen(QColor(p.quiet), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(start, middle - 8, max(2.0, stop - start), 16))
            end = stop
        if row.actual is not None:
            began, ended = row.actual
            start, stop = self.x(began), self.x(ended if ended is not None else self.day) + self.scale
            colour = QColor(getattr(p, row.light) if row.light else p.grey)
            painter.fillRect(QRectF(start, middle - 4, max(2.0, stop - start), 8), colour)
            end = max(end, stop)
        for mark in row.marks:
            self._mark(painter, mark, middle)
            end = max(end, self.x(mark.day) + _MARK)
        if row.said:
            painter.setPen(QColor(p.red if row.late else p.quiet))
            at = max(end, self.x(self.day) if end == 0.0 else end) + 6
            wide = QFontMetricsF(painter.font()).horizontalAdvance(row.said) + 8
            painter.drawText(QRectF(at, top, wide, ROW), _LEFT, row.said)

    def _mark(self, painter: QPainter, mark: GanttMark, middle: float) -> None:
        """◆ done, ◇ open, ◇ in red with a stroke for a late one."""
        p, at = self.palette, self.x(mark.day) + self.scale / 2
        colour = QColor(p.red if mark.late else p.text)
        painter.setPen(QPen(colour, 1.6 if mark.late else 1))
        painter.setBrush(colour if mark.done else QColor(p.paper))
        painter.drawPolygon(
            QPolygonF([
                QPointF(at, middle - _MARK), QPointF(at + _MARK, middle), QPointF(at, middle + _MARK),
                QPointF(at - _MARK, middle),
            ])
        )  # fmt: skip
        if mark.late:
            painter.drawLine(QPointF(at, middle - _MARK - 4), QPointF(at, middle - _MARK))


def paint_label(painter: QPainter, row: GanttRow, room: QRectF, palette: Palette) -> None:
    """The name at the left; a heading is bold."""
    font = QFont(painter.font())
    if not row.id:
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(bold)
    painter.setPen(QColor(palette.text))
    short = QFontMetricsF(painter.font()).elidedText(row.label, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT, short)
    painter.setFont(font)
