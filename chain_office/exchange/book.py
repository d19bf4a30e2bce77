"""A workbook as plain values: sheets of cells and merged ranges, read in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.exchange.delimited import read_text
from chain_office.exchange.parser import Parser
from chain_office.exchange.preflight import check_data, read_data, unpacked_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.exchange.parser import Cells, ParsedSheet
    from chain_office.exchange.scan import SheetScan

EARLY_START = 8 * 1024 * 1024
UNSAVED = "#公式无结果"

Merge = tuple[int, int, int, int]
"""Top, left, bottom, right, counted from 0, both ends included."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. ``rows[0][0]`` is A1; rows may be of uneven length; an empty cell is ""."""

    name: str
    rows: Cells
    merges: tuple[Merge, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read. ``warnings`` are Chinese sentences about the book as a whole."""

    name: str
    sheets: tuple[Sheet, ...]
    warnings: tuple[str, ...] = field(default=())


def read_book(path: Path | str) -> Book:
    """Everything in the workbook or CSV file at ``path``; :class:`KnownError` if it cannot or must not be read."""
    path = Path(path)
    data = read_data(path)
    with Parser(path.name) as parser:
        if unpacked_size(data) > EARLY_START:  # long work: begin it, and drop it if the check below refuses
            parser.start(data)
        checked = check_data(path, data)
        if checked.kind == "text":
            return Book(path.name, (Sheet(path.stem, read_text(path.name, data)),))
        parser.start(data)
        scans = checked.scans()  # while the other process parses
        return book_of(path.name, scans, parser.result())


def book_of(name: str, scans: Mapping[str, SheetScan], parsed: Sequence[ParsedSheet]) -> Book:
    """The workbook of what the parser and the scans of its sheets tell."""
    sheets = tuple(_sheet(scans.get(one[0]), one) for one in parsed)
    if not any(sheet.rows for sheet in sheets):
        raise KnownError(f"“{name}”里没有任何内容，请检查是不是选错了文件。")
    return Book(name, sheets, _warnings(sheets))


def _warnings(sheets: tuple[Sheet, ...]) -> tuple[str, ...]:
    hidden = [sheet.name for sheet in sheets if sheet.hidden and sheet.rows]
    return (f"隐藏的工作表也读了：{'、'.join(hidden)}",) if hidden else ()


def _sheet(scan: SheetScan | None, parsed: ParsedSheet) -> Sheet:
    name, hidden, rows, merges = parsed
    if scan:
        for place, text in scan.errors.items():
            _put(rows, place, text)
        for place in scan.unsaved:
            _put(rows, place, UNSAVED)
        for (row, column), shown in scan.shown.items():
            number = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
            if isinstance(number, float | int) and not isinstance(number, bool):
                rows[row][column] = shown.text(number)
    ranges = tuple((top, left, bottom, right) for (top, left), (bottom, right) in merges)
    return Sheet(name, rows, ranges, hidden)


def _put(rows: Cells, place: tuple[int, int], text: str) -> None:
    """Write ``text`` at ``place``; the parser may have left the last rows and columns off."""
    row, column = place
    while len(rows) <= row:
        rows.append([])
    line = rows[row]
    line.extend([""] * (column + 1 - len(line)))
    line[column] = text
