"""Rows of a form that has to stay on one page: labels and texts over twelve columns, measured before they are set, and cut
where there is too much, always saying so."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from chain_office.reports.papers import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = tuple[Cell, ...]
COLUMNS: Final = (1.0,) * 12
_CHARACTERS: Final = 3.5
"""Characters a column holds, a little less than it does."""
_LINE, _AIR = 14.0, 5.6
"""Points: a line, the air of a row with the rule below it (Word adds it to the row)."""


def height(rows: Sequence[Row]) -> float:
    """What the rows take at most, in points."""
    return sum(max(map(_lines, row)) * _LINE + _AIR for row in rows)


def _lines(cell: Cell) -> int:
    room = cell.across * _CHARACTERS - 1.0
    return sum(max(1, ceil(_width(line) / room)) for line in cell.text.split("\n"))


def _width(text: str) -> float:
    return sum(0.55 if character.isascii() else 1.0 for character in text)


def band(text: str) -> Row:
    """A heading over the whole width."""
    return (Cell(text, head=True, across=12),)


def line(label: str, text: str) -> Row:
    """A label and its text."""
    return Cell(label, head=True, across=2), Cell(text, across=10)


def pair(left: tuple[str, str], right: tuple[str, str]) -> Row:
    """Two labels with their texts."""
    (first, text), (second, other) = left, right
    return (
        Cell(first, head=True, across=2),
        Cell(text, across=4),
        Cell(second, head=True, across=2),
        Cell(other, across=4),
    )


def spread(cells: Sequence[tuple[str, int]], *, head: bool = False) -> Row:
    """Texts with the columns each takes, centred."""
    return tuple(Cell(text, head=head, across=across, centred=True) for text, across in cells)


def cut(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 2]}……"


def more(number: int, what: str) -> Iterator[Row]:
    """What was left out."""
    if number > 0:
        yield (Cell(f"另有 {number} {what}，见台账", across=12),)
