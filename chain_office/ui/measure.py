"""How much larger than usual texts are, for what is measured in pixels: column widths, row heights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

_scale = [1.0]


def use(scale: float) -> None:
    """Texts are this much larger from now on."""
    _scale[0] = scale


def scaled(pixels: int) -> int:
    """So many pixels of the usual text, at the text size in use."""
    return round(pixels * _scale[0])


class Rescaling(QObject):
    """Keeps a table's columns and rows in step with the text size while the window is open."""

    def __init__(self, table: QTableView, row: int) -> None:
        super().__init__(table)
        self._table = table
        self._row = row
        self._at = _scale[0]
        table.verticalHeader().setDefaultSectionSize(scaled(row))
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Another font: everything by as much."""
        if event.type() == QEvent.Type.FontChange and self._at != _scale[0]:
            ratio, self._at = _scale[0] / self._at, _scale[0]
            self._table.verticalHeader().setDefaultSectionSize(scaled(self._row))
            header = self._table.horizontalHeader()
            for place in range(header.count()):
                if not header.isSectionHidden(place):
                    header.resizeSection(place, round(header.sectionSize(place) * ratio))
        return super().eventFilter(watched, event)
