"""A workbook as a form's shape: every sheet a table, merged ranges as the cells people see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.exchange.feedback.shape import TALLEST, WIDEST, Cell, Shape, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.exchange.book import Sheet


def shape_of(sheets: Sequence[Sheet]) -> Shape:
    """The sheets that hold anything and are not hidden."""
    return Shape(tuple(_table(sheet) for sheet in sheets if sheet.rows and not sheet.hidden))


def _table(sheet: Sheet) -> Table:
    spans, covered = _merged(sheet)
    width = min(max((len(line) for line in sheet.rows[:TALLEST]), default=0) + 1, WIDEST)
    cells = []
    for row, line in enumerate(sheet.rows[:TALLEST]):
        if all(raw == "" for raw in line):
            continue
        # Empty cells count too: what stands to the right of a label may have been left blank.
        for column, raw in enumerate([*line[:WIDEST], *[""] * (width - len(line))]):
            if (row, column) not in covered:
                down, across = spans.get((row, column), (1, 1))
                cells.append(Cell(row, column, raw, across, down))
    return Table(sheet.name, tuple(cells))


def _merged(sheet: Sheet) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Where merged ranges begin with the rows and columns they cover, and the places they hide."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    hidden: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merges:
        down, across = min(bottom, TALLEST) - top + 1, min(right, WIDEST) - left + 1
        if down < 1 or across < 1:
            continue
        spans[top, left] = (down, across)
        if down * across <= TALLEST:
            hidden.update((row, column) for row in range(top, top + down) for column in range(left, left + across))
    return spans, hidden - spans.keys()
