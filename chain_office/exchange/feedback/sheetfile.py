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
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merges:
        if top >= TALLEST or left >= WIDEST:
            continue
        spans[top, left] = (min(bottom, TALLEST) - top + 1, min(right, WIDEST) - left + 1)
        if (bottom - top) * (right - left) <= TALLEST:
            covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    cells = []
    for row, line in enumerate(sheet.rows[:TALLEST]):
        for column, raw in enumerate(line[:WIDEST]):
            if (row, column) in covered and (row, column) not in spans:
                continue
            down, across = spans.get((row, column), (1, 1))
            if raw != "" and raw is not None:
                cells.append(Cell(row, column, raw, across, down))
    # Empty cells count too: what stands to the right of a label may be left blank.
    filled = {(cell.row, cell.column) for cell in cells}
    width = min(max((len(line) for line in sheet.rows[:TALLEST]), default=0) + 1, WIDEST)
    rows = {cell.row for cell in cells}
    for row in sorted(rows):
        for column in range(width):
            down, across = spans.get((row, column), (1, 1))
            if (row, column) not in filled and ((row, column) not in covered or (row, column) in spans):
                cells.append(Cell(row, column, "", across, down))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(sheet.name, tuple(cells))
