"""A paper's tables as a workbook: the same rows, its numbers as numbers, ready to be printed on A4 or worked on."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from chain_office.reports.content import Table
from chain_office.reports.press import SAMPLE_MARK
from chain_office.reports.tidying import one_line, tidied
from chain_office.reports.wrapping import Ems, wrap_evenly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from chain_office.reports.papers import Paper

_NUMBER: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?|[+-]?\d+(?:\.\d+)?")
_PERCENT: Final = re.compile(r"(-?\d+(?:\.\d+)?)%")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_DIGITS: Final = 15
"""What a cell of a workbook holds exactly; a longer number stays text."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
_LINE: Final = 15.0
_EMS: Final = 0.95
"""Characters of a cell a unit of a column's width gives room for."""
_MOST_DECIMALS: Final = 4
_EM: Final = Ems()
_LONGEST_CELL: Final = 32_767


def render(paper: Paper) -> bytes:
    """The .xlsx, a sheet a table, what is said before them above the first; the same paper gives the same bytes."""
    paper = tidied(paper)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    issued = paper.issued
    book.set_properties(
        {
            "title": one_line(paper.title)[:255],
            "author": one_line(paper.office)[:255],
            "created": datetime(issued.year, issued.month, issued.day, tzinfo=UTC),
        }
    )
    looks = _formats(book)
    above = [part for part in paper.parts if isinstance(part, str)]
    tables = [part for part in paper.parts if isinstance(part, Table)]
    for number, table in enumerate(tables, start=1):
        name = _FORBIDDEN.sub("", table.heading or one_line(paper.title))[:_LONGEST_NAME].strip("'") or f"表{number}"
        page = book.add_worksheet(name if len(tables) == 1 else f"{number} {name}"[:_LONGEST_NAME])
        _Writer(page, looks, paper, table).write(above if number == 1 else [])
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, page: Worksheet, looks: Mapping[str, Format], paper: Paper, table: Table) -> None:
        self._page, self._looks, self._paper, self._table = page, looks, paper, table
        self._last = max(0, len(table.columns) - 1)
        self._row = 0
        rows = [row for number, row in enumerate(table.rows) if number not in table.groups]
        self._signed = {place for place in range(len(table.columns)) if any(row[place].startswith("+") for row in rows)}

    def write(self, above: list[str]) -> None:
        page, table, paper = self._page, self._table, self._paper
        mark = f"（{SAMPLE_MARK}）" if paper.sample else ""
        self._across(one_line(paper.title) + mark, "title", 32.0)
        wide = sum(column.width for column in table.columns)
        for text in above:
            self._across(text, "text", self._height(text, wide))
        if table.unit:
            self._across(f"单位：{table.unit}", "unit", _LINE + 3)
        head = self._row
        for place, column in enumerate(table.columns):
            page.set_column(place, place, column.width * 2 * _EMS)
            label = "\n".join(wrap_evenly(_EM, column.label, column.width * _EMS - 0.6))
            page.write_string(head, place, label, self._looks["head"])
        page.set_row(head, 2 * _LINE)
        self._row += 1
        for number, cells in enumerate(table.rows):
            self._line(number, cells)
        for note in table.notes:
            self._across(note, "small", self._height(note, wide))
        self._print_setup(head)

    @staticmethod
    def _height(text: str, wide: float) -> float:
        return _LINE * max(1, -(-len(text) // max(1, int(wide * 0.92)))) + 3

    def _across(self, text: str, look: str, height: float) -> None:
        if self._last:
            self._page.merge_range(self._row, 0, self._row, self._last, "", self._looks[look])
        self._page.write_string(self._row, 0, text[:_LONGEST_CELL], self._looks[look])
        self._page.set_row(self._row, height)
        self._row += 1

    def _line(self, number: int, cells: tuple[str, ...]) -> None:
        table = self._table
        if number in table.groups:
            self._across(cells[0], "group", _LINE + 5)
            return
        strong = "strong " if number in table.strong else ""
        lines = 1
        for place, (text, column) in enumerate(zip(cells, table.columns, strict=True)):
            self._cell(place, text, strong, column.align)
            room = max(1.0, column.width * _EMS - 0.6)
            lines = max(lines, sum(max(1, ceil(_ems(part) / room)) for part in text.split("\n")))
        self._page.set_row(self._row, _LINE * lines + 4)
        self._row += 1

    def _cell(self, place: int, text: str, strong: str, align: str) -> None:
        page, row = self._page, self._row
        bare = text.replace(",", "")
        percent = _PERCENT.fullmatch(text)
        if align == "right" and percent:
            digits = len(percent.group(1).partition(".")[2])
            page.write_number(
                row, place, float(Decimal(percent.group(1)) / 100), self._looks[f"{strong}percent{min(digits, 2)}"]
            )
        elif not text:
            page.write_blank(row, place, None, self._looks[strong + align])
        elif align == "center" and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
            page.write_number(row, place, int(text), self._looks[strong + align])
        elif align == "right" and _NUMBER.fullmatch(text) and len(bare) <= _MOST_DIGITS:
            digits = min(len(bare.partition(".")[2]), _MOST_DECIMALS)
            signed = "signed" if text.startswith("+") or (text.startswith("-") and place in self._signed) else "number"
            page.write_number(row, place, float(Decimal(bare)), self._looks[f"{strong}{signed}{digits}"])
        elif _DAY.fullmatch(text):
            day = datetime.combine(date.fromisoformat(text), datetime.min.time())
            page.write_datetime(row, place, day, self._looks[f"{strong}day"])
        else:
            page.write_string(row, place, text[:_LONGEST_CELL], self._looks[strong + align])

    def _print_setup(self, head: int) -> None:
        page, paper = self._page, self._paper
        if paper.wide:
            page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(head)
        page.freeze_panes(head + 1, 0)
        page.set_footer(f"&L{one_line(paper.note)[:100].replace('&', '&&')}&R第 &P 页，共 &N 页")


def _ems(text: str) -> float:
    return sum(map(_EM.__getitem__, text))


def _number_codes() -> Iterator[tuple[str, str]]:
    """As many decimals as the paper prints (5.00 is not 5.), and a sign where its column has them."""
    for digits in range(_MOST_DECIMALS + 1):
        plain = "#,##0" + ("." + "0" * digits if digits else "")
        yield f"number{digits}", plain
        yield f"signed{digits}", f"+{plain};-{plain};{plain}"


def _formats(book: Any) -> Mapping[str, Format]:
    face = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    cell = {**face, "border": 1, "text_wrap": True}
    looks: dict[str, dict[str, object]] = {
        "title": {**face, "font_name": "黑体", "font_size": 16, "align": "center"},
        "text": {**face, "text_wrap": True},
        "small": {**face, "font_size": 9, "text_wrap": True},
        "unit": {**face, "align": "right"},
        "head": {**cell, "font_name": "黑体", "align": "center", "bg_color": "#E4EDEE"},
        "group": {**cell, "font_name": "黑体"},
        "left": {**cell, "align": "left"},
        "center": {**cell, "align": "center"},
        "right": {**cell, "align": "right"},
        **{name: {**cell, "align": "right", "num_format": code} for name, code in _number_codes()},
        "percent0": {**cell, "align": "right", "num_format": "0%"},
        "percent1": {**cell, "align": "right", "num_format": "0.0%"},
        "percent2": {**cell, "align": "right", "num_format": "0.00%"},
        "day": {**cell, "align": "center", "num_format": "yyyy-mm-dd"},
    }
    strong = {f"strong {name}": {**look, "bold": True} for name, look in looks.items() if "border" in look}
    return {name: book.add_format(look) for name, look in (looks | strong).items()}
