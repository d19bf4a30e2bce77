"""A sheet as a grid of texts: merged ranges resolved, empty rows known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chain_office.domain.plain import cell_text

if TYPE_CHECKING:
    from chain_office.exchange.book import Merge, Sheet


class Grid:
    """Cells by (row, column) counted from 0. A merged range holds its value in its top left cell only."""

    def __init__(self, sheet: Sheet) -> None:
        self.name = sheet.name
        self.rows = sheet.rows
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._merges: dict[int, list[Merge]] = {}
        self._filled: dict[int, list[tuple[int, str]]] = {}
        for merge in sheet.merges:
            self._add_merge(merge)

    def _add_merge(self, merge: Merge) -> None:
        top, left, bottom, right = merge
        bottom, right = min(bottom, self.height - 1), min(right, self.width - 1)
        if top > bottom or left > right or (top, left) == (bottom, right):
            return
        for row in range(top, bottom + 1):
            self._merges.setdefault(row, []).append((top, left, bottom, right))

    def raw(self, row: int, column: int) -> object:
        """The cell's own value, "" if empty or outside."""
        if row < 0 or row >= self.height:
            return ""
        cells = self.rows[row]
        return cells[column] if 0 <= column < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        """The cell's own value as text on one line."""
        return one_line(self.raw(row, column))

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range that covers a cell, if any."""
        for merge in self._merges.get(row, ()):
            if merge[1] <= column <= merge[3]:
                return merge
        return None

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Where the value shown in a cell stands."""
        merge = self.merge_at(row, column)
        return (merge[0], merge[1]) if merge else (row, column)

    def span(self, row: int, column: int) -> int:
        """How many columns the cell at its own place stretches over."""
        merge = self.merge_at(row, column)
        return merge[3] - merge[1] + 1 if merge and merge[:2] == (row, column) else 1

    def filled(self, row: int) -> list[tuple[int, str]]:
        """The non-empty cells of a row as (column, text)."""
        if row < 0 or row >= self.height:
            return []
        if row not in self._filled:
            self._filled[row] = [
                (column, text)
                for column, raw in enumerate(self.rows[row])
                if raw != "" and (text := one_line(raw))  # most cells of most sheets are empty
            ]
        return self._filled[row]

    def is_blank(self, row: int) -> bool:
        """Whether a row shows nothing of its own."""
        return not self.filled(row)


def one_line(raw: object) -> str:
    """A cell's text without line ends, for titles, headings and labels."""
    return re.sub(r"\s+", " ", cell_text(raw)) if isinstance(raw, str) else cell_text(raw)


def is_number(raw: object) -> bool:
    """Whether a cell holds a number (a date, a truth value or a text of digits is none)."""
    return isinstance(raw, int | float) and not isinstance(raw, bool)


def is_year(raw: object) -> bool:
    """Whether a number may be a year standing in a heading."""
    return is_number(raw) and raw in range(1990, 2101)
