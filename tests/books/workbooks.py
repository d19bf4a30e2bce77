"""Workbooks as people lay them out: cells placed anywhere, merged, hidden, formatted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Row = "Sequence[object]"


class Draft:
    """A workbook being laid out by hand."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / name
        self.book: Workbook = openpyxl.Workbook()
        self.book.remove(self.book.worksheets[0])

    def sheet(
        self, name: str, rows: Sequence[Sequence[object]], *, at: str = "A1", merged: str = "", hidden: bool = False
    ) -> Worksheet:
        """A sheet with ``rows`` from ``at`` on; ``merged`` names ranges, separated by spaces."""
        page = self.book.create_sheet(name)
        column, top = coordinate_from_string(at)
        left = column_index_from_string(column)
        for down, row in enumerate(rows):
            for along, value in enumerate(row):
                if value is not None:
                    page.cell(top + down, left + along, value)
        for span in merged.split():
            page.merge_cells(span)
        page.cell(top, left).font = Font(bold=True, size=16)
        page.cell(top, left).alignment = Alignment(horizontal="center")
        if hidden:
            page.sheet_state = "hidden"
        return page

    def save(self) -> Path:
        """Write it."""
        self.book.save(self.path)
        return self.path


def across(row: int, first: str, last: str) -> str:
    """A range over one row, as a title is merged."""
    return f"{first}{row}:{last}{row}"


def down(column: str, first: int, last: int) -> str:
    """A range down one column, as a name is merged over its rows."""
    return f"{column}{first}:{column}{last}"


def letter(index: int) -> str:
    """The letter of a column counted from 1."""
    return get_column_letter(index)
