"""Forms straight onto the canvas: cells wrap, rows are as high as their text or the room left for writing, a row too high
for the page goes on over the next, and nothing is cut."""

from __future__ import annotations

from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from reportlab.lib.colors import HexColor

from chain_office.reports.geometry import SIZE_4, SIZE_5, SIZE_S4, SIZE_S5, baseline_in
from chain_office.reports.paragraph import Paragraph, Span
from chain_office.reports.press import BLACK
from chain_office.reports.wrapping import wrap, wrap_evenly

if TYPE_CHECKING:
    from chain_office.reports.fonts import Family
    from chain_office.reports.papers import Cell, Grid
    from chain_office.reports.press import Press

_SIDE: Final = 5.0
_BAND: Final = HexColor(0xEDEDED)
_LINE: Final = HexColor(0x1E1E1E)
_THIN, _THICK = 0.5, 1.2
_LONG_ROW = 8  # lines; longer rows may split at the foot of a page
_LEAST_PART = 3  # lines of a split row on either page
_HEADING_PITCH: Final = SIZE_4 * 2.0


class _Type(NamedTuple):
    """Size, pitch of the lines, and the air above and below them."""

    size: float
    leading: float
    pad: float


_USUAL: Final = _Type(SIZE_S4, 18.0, 4.0)
_COMPACT: Final = _Type(SIZE_5, 14.0, 2.5)


class _Box(NamedTuple):
    left: float
    width: float
    lines: tuple[str, ...]
    head: bool
    band: bool
    top: bool  # room to write in: its text begins above
    centred: bool


class _Row(NamedTuple):
    boxes: tuple[_Box, ...]
    lines: int
    type: _Type

    @property
    def height(self) -> float:
        return self.lines * self.type.leading + 2 * self.type.pad

    @property
    def least(self) -> float:
        """What of it must stand on a page where it begins."""
        least = _LEAST_PART * self.type.leading + 2 * self.type.pad
        return self.height if self.lines <= _LONG_ROW else least

    def split(self, lines: int) -> tuple[_Row, _Row]:
        first = tuple(box._replace(lines=box.lines[:lines]) for box in self.boxes)
        rest = tuple(box._replace(lines=box.lines[lines:]) for box in self.boxes)
        return _Row(first, lines, self.type), _Row(rest, max(1, self.lines - lines), self.type)


class GridSetter:
    """Sets one form at the press's cursor. `reserve`: the height that must follow on the page of its last row."""

    def __init__(self, press: Press, grid: Grid, reserve: float = 0.0) -> None:
        self._press, self._grid = press, grid
        self._type = _COMPACT if grid.compact else _USUAL
        share = press.sheet.width / sum(grid.columns)
        self._lefts = [0.0, *accumulate(width * share for width in grid.columns)]
        self._rows = [self._row(row) for row in grid.rows]
        self._tail = _notes_height(press, grid) + reserve
        self._top = 0.0

    def set(self) -> None:
        press, rows = self._press, self._rows
        heading = _HEADING_PITCH if self._grid.heading else 0.0
        whole = heading + sum(row.height for row in rows) + self._tail
        begin = heading + sum(row.least for row in rows[:2])
        tearing = press.sheet.height >= whole > press.room + 0.01
        if not press.fresh and (self._grid.own_page or tearing or not press.fits(begin)):
            press.next_page()
        self._heading()
        self._top = press.y
        for number, row in enumerate(rows):
            left: _Row | None = row
            tail = self._tail if number == len(rows) - 1 else 0.0
            while left is not None:
                left = self._place(left, tail)
        self._frame()
        for note in _notes(self._grid):
            press.paragraph(note, snap=False)

    def _place(self, row: _Row, tail: float) -> _Row | None:
        """Put the row here if it fits with what must follow it, else a part of it; what is left goes on overleaf."""
        press = self._press
        if press.fits(row.height + tail):
            self._draw(row)
            return None
        fitting = int((press.room - 2 * self._type.pad + 0.01) / self._type.leading)
        alone = press.y <= self._top + 0.01
        rest: _Row | None = row
        if (row.lines > _LONG_ROW and fitting >= _LEAST_PART) or alone:
            take = min(max(1, fitting), max(1, row.lines - min(_LEAST_PART, row.lines // 2)))
            if alone and row.lines == 1:
                self._draw(row)
                rest = None
            else:
                first, rest = row.split(take)
                self._draw(first)
        self._frame()
        press.next_page()
        self._top = press.y
        return rest

    def _row(self, cells: tuple[Cell, ...]) -> _Row:
        boxes, most, column = [], 1, 0
        for cell in cells:
            left, right = self._lefts[column], self._lefts[column + cell.across]
            family: Family = "hei" if cell.head else "fang"
            room = (right - left - 2 * _SIDE) / self._type.size
            widths = self._press.book.widths(family)
            text = cell.text or "　".join(f"□{choice}" for choice in cell.choices)
            lines = (wrap_evenly if cell.head else wrap)(widths, text, room)
            band = cell.head and cell.across == len(self._grid.columns)
            boxes.append(
                _Box(
                    left,
                    right - left,
                    tuple(lines),
                    cell.head,
                    band,
                    not cell.head and cell.lines >= 2,
                    cell.head or cell.centred,
                )
            )
            most = max(most, len(lines), ceil(cell.lines))
            column += cell.across
        return _Row(tuple(boxes), most, self._type)

    def _draw(self, row: _Row) -> None:
        press, canvas = self._press, self._press.canvas
        high = row.height
        size, leading, pad = self._type
        canvas.setStrokeColor(_LINE)
        canvas.setLineWidth(_THIN)
        for box in row.boxes:
            canvas.setFillColor(_BAND)
            canvas.rect(press.sheet.left + box.left, press.up(press.y + high), box.width, high, fill=int(box.band))
        canvas.setFillColor(BLACK)
        for box in row.boxes:
            family: Family = "hei" if box.head else "fang"
            spare = 0.0 if box.top else (row.lines - len(box.lines)) / 2 * leading
            down = press.y + pad + spare + baseline_in(leading, size)
            for line in box.lines:
                width = press.book.width(line, family, size)
                press.line(line, family, size, down, x=box.left + ((box.width - width) / 2 if box.centred else _SIDE))
                down += leading
        press.y += high

    def _frame(self) -> None:
        """The heavy line round what stands on this page."""
        press, canvas = self._press, self._press.canvas
        if press.y > self._top + 0.01:
            canvas.setStrokeColor(_LINE)
            canvas.setLineWidth(_THICK)
            canvas.rect(press.sheet.left, press.up(press.y), press.sheet.width, press.y - self._top)
        canvas.setStrokeColor(BLACK)

    def _heading(self) -> None:
        if self._grid.heading:
            heading = Paragraph(
                (Span(self._grid.heading, "hei"),), SIZE_4, "left", 0.0, tracking=0.0, pitch=_HEADING_PITCH
            )
            self._press.paragraph(heading, snap=False)


def _notes(grid: Grid) -> list[Paragraph]:
    return [
        Paragraph(
            (Span(("注：" if number == 0 else "　　") + note),),
            SIZE_S5,
            first_indent=-2.0,
            indent=2.0,
            tracking=0.0,
            pitch=SIZE_S5 * 1.5,
        )
        for number, note in enumerate(grid.notes)
    ]


def _notes_height(press: Press, grid: Grid) -> float:
    return sum(press.height(note) for note in _notes(grid))
