"""One sheet laid out as offices do: merged title, caption lines, 1–3 heading rows, group rows, totals, notes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

CREATED = datetime(2021, 11, 19, tzinfo=UTC)
FACES = {"title": "方正小标宋简体", "head": "黑体", "body": "仿宋_GB2312"}
LEFT, ABOVE = "<", "^"


class Book:
    """A workbook whose bytes depend on its content only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_numbers": False})
        self.file.set_properties({"title": "示例数据", "created": CREATED})
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **properties: Any) -> Any:
        """A cell format, made once per set of properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(properties)
        return self.formats[key]

    def page(self, name: str, widths: list[int]) -> Page:
        """A new sheet with columns of these widths."""
        return Page(self, name, widths)

    def close(self) -> None:
        """Write the file."""
        self.file.close()


class Page:
    """A sheet written from the top down; ``at`` is the row written next (from 0)."""

    def __init__(self, book: Book, name: str, widths: list[int]) -> None:
        self.book = book
        self.sheet = book.file.add_worksheet(name)
        self.widths = widths
        self.columns = len(widths)
        self.at = 0
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(8 if sum(widths) > 170 else 9)
        self.sheet.fit_to_pages(1, 0)

    def title(self, text: str) -> None:
        """A merged title row."""
        style = self.book.style(font_name=FACES["title"], font_size=18, align="center", valign="vcenter")
        self.sheet.set_row(self.at, 34)
        self.sheet.merge_range(self.at, 0, self.at, self.columns - 1, text, style)
        self.at += 1

    def caption(self, left: str = "", right: str = "") -> None:
        """A line under the title: something at the left, the unit or the cut-off day at the right."""
        plain = {"font_name": FACES["body"], "font_size": 11}
        split = max(1, self.columns - 3)
        if left:
            self.sheet.merge_range(self.at, 0, self.at, split - 1, left, self.book.style(**plain, align="left"))
        if right:
            style = self.book.style(**plain, align="right")
            self.sheet.merge_range(self.at, split, self.at, self.columns - 1, right, style)
        self.at += 1

    def head(self, *lines: str) -> None:
        """Heading rows, a heading a word; "<" continues the cell at its left, "^" the one above, "·" is an empty one."""
        rows = [line.replace("·", "").split(" ") for line in lines]
        style = self.book.style(
            font_name=FACES["head"], font_size=11, border=1, align="center", valign="vcenter", text_wrap=True
        )
        for down, row in enumerate(rows):
            for across, text in enumerate(row):
                if text not in {LEFT, ABOVE}:
                    self._head_cell(rows, down, across, style)
        for down, row in enumerate(rows):
            narrow = [text if after != LEFT else "" for text, after in zip(row, [*row[1:], ""], strict=True)]
            self.sheet.set_row(self.at + down, self._height(narrow) + 3)
        self.at += len(rows)
        self.sheet.freeze_panes(self.at, 0)
        self.sheet.repeat_rows(0, self.at - 1)

    def _head_cell(self, rows: list[list[str]], down: int, across: int, style: Any) -> None:
        right = across
        while right + 1 < len(rows[down]) and rows[down][right + 1] == LEFT:
            right += 1
        bottom = down
        while bottom + 1 < len(rows) and rows[bottom + 1][across] == ABOVE:
            bottom += 1
        text = rows[down][across]
        if (right, bottom) == (across, down):
            self.sheet.write_string(self.at + down, across, text, style)
        else:
            self.sheet.merge_range(self.at + down, across, self.at + bottom, right, text, style)

    def row(self, values: list[Any], *, bold: bool = False, formats: dict[int, str] | None = None) -> int:
        """A body row; gives its row number (from 0)."""
        self.sheet.set_row(self.at, self._height(values))
        for column, value in enumerate(values):
            self.cell(self.at, column, value, bold=bold, num_format=(formats or {}).get(column, ""))
        self.at += 1
        return self.at - 1

    def _height(self, values: list[Any]) -> int:
        """The height that the longest text of a row needs in its column."""
        lines = 1
        for value, width in zip(values, self.widths, strict=False):
            if isinstance(value, str):
                wide = (sum(1 + (ord(c) > 255) for c in part) for part in value.split("\n"))
                lines = max(lines, sum(-(-max(1, length) // (width - 1)) for length in wide))
        return 15 * lines + 3

    def cell(self, row: int, column: int, value: Any, *, bold: bool = False, num_format: str = "") -> None:
        """One body cell by the kind of its value: text stays text, even where it looks like a number."""
        base: dict[str, Any] = {"font_name": FACES["body"], "font_size": 11, "border": 1, "valign": "vcenter"}
        if bold:
            base["bold"] = True
        if isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.book.style(**base, num_format=num_format or "yyyy/m/d"))
        elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            style = self.book.style(**base, **({"num_format": num_format} if num_format else {}))
            self.sheet.write_number(row, column, value, style)
        elif value:
            self.sheet.write_string(row, column, str(value), self.book.style(**base, text_wrap=True))
        else:
            self.sheet.write_blank(row, column, None, self.book.style(**base))

    def merge_down(self, column: int, first: int, last: int, value: Any) -> None:
        """One value over several rows of a column."""
        if last > first:
            style = self.book.style(font_name=FACES["body"], font_size=11, border=1, valign="vcenter", text_wrap=True)
            self.sheet.merge_range(first, column, last, column, value, style)

    def group(self, text: str) -> None:
        """A group row over the whole width."""
        style = self.book.style(font_name=FACES["head"], font_size=11, border=1, align="left", valign="vcenter")
        self.sheet.merge_range(self.at, 0, self.at, self.columns - 1, text, style)
        self.at += 1

    def note(self, text: str) -> None:
        """A line under the table."""
        style = self.book.style(font_name=FACES["body"], font_size=10)
        self.sheet.write_string(self.at, 0, text, style)
        self.at += 1
