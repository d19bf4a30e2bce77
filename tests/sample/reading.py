"""The committed books as plain rows, read by another library than the program's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "sample"
BOOKS = sorted(FOLDER.glob("*.xlsx"))
MARK = "示例"
TOTALS = ("合计", "总计", "小计")


@dataclass(frozen=True)
class Sheet:
    """One sheet: every row as a tuple of values, and the index of the first body row."""

    book: str
    name: str
    rows: tuple[tuple[object, ...], ...]
    body: int

    @property
    def headings(self) -> tuple[str, ...]:
        """The lowest heading of each column."""
        found = []
        for column in range(len(self.rows[0])):
            texts = [str(row[column]) for row in self.rows[2 : self.body] if row[column] not in (None, "")]
            found.append(texts[-1] if texts else "")
        return tuple(found)

    def column(self, *names: str) -> int | None:
        """Where one of these headings stands."""
        return next((i for i, heading in enumerate(self.headings) if heading in names), None)

    def body_rows(self) -> list[tuple[object, ...]]:
        """Rows with something in more than one column: no group rows, no notes."""
        return [row for row in self.rows[self.body :] if sum(value not in (None, "") for value in row) > 1]


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every sheet of every committed book."""
    found = []
    for path in BOOKS:
        book = openpyxl.load_workbook(path)
        for page in book.worksheets:
            merged = {cell for span in page.merged_cells.ranges for row in span.rows for cell in row}
            tops = {(span.min_row, span.min_col): span for span in page.merged_cells.ranges}
            rows = [[cell.value for cell in row] for row in page.iter_rows()]
            for (top, left), span in tops.items():
                if span.min_col == span.max_col:
                    for row in range(top, span.max_row + 1):
                        rows[row - 1][left - 1] = rows[top - 1][left - 1]
            assert merged
            body = int(str(page.freeze_panes)[1:]) - 1
            found.append(Sheet(path.name, page.title, tuple(tuple(row) for row in rows), body))
    return tuple(found)
