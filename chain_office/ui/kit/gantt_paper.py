"""The chart of spans on paper: A4 or A3 across, the whole span on every page, its headings too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from chain_office.ui.kit.gantt_chart import HEAD, ROW, Chart, paint_label, span_of
from chain_office.ui.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from chain_office.ui.kit.gantt_chart import GanttRow

_DPI: Final = 72
_MARGIN: Final = 34.0
_NAMES: Final = {"A4": 190.0, "A3": 250.0}
_TITLE: Final = 34.0
_FOOT: Final = 22.0


def print_gantt(
    rows: Sequence[GanttRow],
    day: date,
    title: str,
    foot: str,
    size: str,
    family: str,
    progress: Callable[[int, int, str], None] = lambda *_: None,
) -> bytes:
    """The PDF; ``size`` is "A4" or "A3". Runs on the bench: it touches no widget."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    sheet = QPageSize(QPageSize.PageSizeId.A3 if size == "A3" else QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(sheet, QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0)))
    writer.setResolution(_DPI)
    writer.setTitle(title)
    room = QRectF(writer.pageLayout().fullRectPixels(_DPI)).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    each = max(1, int((room.height() - _TITLE - HEAD - _FOOT) // ROW))
    pages = [rows[start : start + each] for start in range(0, len(rows), each)] or [()]
    names, (first, last) = _NAMES[size], span_of(rows, day)
    scale = (room.width() - names - 92) / ((last - first).days + 1)
    chart = Chart(first, last, room.left() + names, scale, day, replace(LIGHT, paper="#ffffff"))
    painter = QPainter()
    painter.begin(writer)
    for number, page in enumerate(pages, start=1):
        progress(number - 1, len(pages), f"正在画第 {number} 页")
        if number > 1:
            writer.newPage()
        _page(painter, page, chart, room, names, (title, foot, number, len(pages)), family)
    painter.end()
    del painter, writer  # they point at the buffer, which must outlive them
    return bytes(buffer.data().data())


def _page(
    painter: QPainter, rows: Sequence[GanttRow], chart: Chart, room: QRectF, names: float, told: tuple[str, str, int, int],
    family: str,
) -> None:  # fmt: skip
    title, foot, number, pages = told
    font = QFont(family)
    font.setPointSizeF(15)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("#000000"))
    painter.drawText(QRectF(room.left(), room.top(), room.width(), _TITLE), int(Qt.AlignmentFlag.AlignHCenter), title)
    font.setPointSizeF(8)
    font.setBold(False)
    painter.setFont(font)
    top = room.top() + _TITLE
    bottom = top + HEAD + len(rows) * ROW
    chart.paint_head(painter, top, room.right())
    chart.paint_grid(painter, top + HEAD, bottom, room.right())
    painter.setClipRect(QRectF(room.left(), top, room.width(), bottom - top))
    for place, row in enumerate(rows):
        at = top + HEAD + place * ROW
        painter.setPen(QPen(QColor(chart.palette.line), 0.4))
        painter.drawLine(QPointF(room.left(), at + ROW), QPointF(room.right(), at + ROW))
        if not row.id:
            painter.fillRect(QRectF(room.left(), at, names, ROW), QColor(chart.palette.raised))
        paint_label(painter, row, QRectF(room.left() + 4, at, names - 8, ROW), chart.palette)
        if row.id:
            chart.paint_row(painter, row, at)
    painter.setClipping(False)
    painter.setPen(QColor("#555555"))
    below = QRectF(room.left(), room.bottom() - _FOOT, room.width(), _FOOT)
    painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), foot)
    painter.drawText(
        below, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), f"第 {number} 页，共 {pages} 页"
    )
