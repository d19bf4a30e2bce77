"""One fast pass over a sheet's XML: is it safe to parse, and what does the parser not tell?

The parser allocates the whole rectangle from the first to the last filled cell, so one value in XFD1048576 kills it.
It also gives error values as empty text and formulas without a saved result as nothing at all; both are found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chain_office.exchange.wiring import parse_xml

if TYPE_CHECKING:
    from chain_office.exchange.styles import Shown

MAX_CELLS = 3_000_000
MAX_RECTANGLE = 16_000_000
MAX_MERGES = 100_000
MAX_MERGED_CELLS = 2_000_000
PLAIN_COLUMNS = 26
TWO_LETTER_COLUMNS = 702
PLAIN_ROWS = 99_999

SUSPECT = re.compile(rb'<c r="(?:[A-Z]{3}|[A-Z]{1,2}[0-9]{6})')
FAR_CELL = re.compile(rb'<c r="(?:([A-Z]{2,3})[0-9]{1,5}|([A-Z]{1,3}[0-9]{6,7}))"(?:[^>]*[^/>])?>')
ERROR_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*?\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?(?:<v>([^<]*)</v>)?'
)
NO_RESULT = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>')
STYLED = rb'<c r="([A-Z]{1,3})([0-9]{1,7})" s="(%s)"'
ROW = re.compile(rb'<row r="([0-9]+)"')
MERGE = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
CELL_NAME = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class HostileSheetError(Exception):
    """A sheet no parser should see; the text completes a sentence that starts with the file's name."""


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What a scan found, by (row, column) counted from 0: error values, unsaved results, numbers shown otherwise."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unsaved: frozenset[tuple[int, int]] = frozenset()
    shown: dict[tuple[int, int], Shown] = field(default_factory=dict)


def column_number(letters: str) -> int:
    """ "A" → 1, "XFD" → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def check_sheet(sheet: str, xml: bytes) -> None:
    """Refuse a hostile sheet (:class:`HostileSheetError`)."""
    start, end = max(xml.find(b"<sheetData"), 0), xml.rfind(b"</sheetData>")
    end = end if end > start else len(xml)
    cells = xml.count(b"<c", start, end)  # nothing else in the data starts so
    plain = xml.count(b'<c r="', start, end) == cells and cells
    if cells > MAX_CELLS:
        raise HostileSheetError(f"的工作表“{sheet}”有 {cells} 个单元格，超过 {MAX_CELLS} 个，请拆分后再导入。")
    _check_merges(sheet, xml)
    rows, columns = _extent(xml) if plain else _slow_extent(xml)
    if rows * columns > MAX_RECTANGLE:
        raise HostileSheetError(
            f"的工作表“{sheet}”在很远处（第 {rows} 行、第 {columns} 列以内）还有内容，请删除多余的行和列后再导入。"
        )


def scan_sheet(xml: bytes, formats: dict[int, Shown]) -> SheetScan:
    """What the parser will not tell of a checked sheet."""
    return SheetScan(_errors(xml), _unsaved(xml), _shown(xml, formats))


def _extent(xml: bytes) -> tuple[int, int]:
    """The rectangle from A1 to the last filled cell. Far cells that only carry a format do not count."""
    rows = max((number for number in map(int, ROW.findall(xml)) if number <= PLAIN_ROWS), default=1)
    if rows * TWO_LETTER_COLUMNS <= MAX_RECTANGLE and not SUSPECT.search(xml):
        return rows, TWO_LETTER_COLUMNS  # at most: no need to look closer
    columns = PLAIN_COLUMNS
    for letters, name in set(FAR_CELL.findall(xml)):
        place = CELL_NAME.fullmatch((letters + b"1" if letters else name).decode())
        if place:
            rows, columns = max(rows, int(place[2])), max(columns, column_number(place[1]))
    return rows, columns


def _slow_extent(xml: bytes) -> tuple[int, int]:
    names: set[str] = set()

    def on_start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "c":
            names.add(attributes.get("r", ""))

    parse_xml(xml, on_start)
    rows, columns = 0, 1
    for name in names:
        match = CELL_NAME.fullmatch(name.upper())
        if match:
            rows, columns = max(rows, int(match[2])), max(columns, column_number(match[1]))
    return rows, columns


def _check_merges(sheet: str, xml: bytes) -> None:
    merges = MERGE.findall(xml) if b"mergeCell" in xml else []
    if len(merges) > MAX_MERGES:
        raise HostileSheetError(f"的工作表“{sheet}”有 {len(merges)} 处合并单元格，太多了，请取消多余的合并后再导入。")
    for left, top, right, bottom in merges:
        height = int(bottom) - int(top) + 1
        width = column_number(right.decode()) - column_number(left.decode()) + 1
        if height * width > MAX_MERGED_CELLS:
            raise HostileSheetError(f"的工作表“{sheet}”把几乎整张表合并成了一格，请取消合并后再导入。")


def _place(column: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_number(column.decode()) - 1


def _errors(xml: bytes) -> dict[tuple[int, int], str]:
    if b't="e"' not in xml:
        return {}
    return {_place(col, row): text.decode("utf-8", "replace") or "#N/A" for col, row, text in ERROR_CELL.findall(xml)}


def _unsaved(xml: bytes) -> frozenset[tuple[int, int]]:
    if b"<f>" not in xml and b"<f " not in xml:
        return frozenset()
    return frozenset(_place(col, row) for col, row in NO_RESULT.findall(xml))


def _shown(xml: bytes, formats: dict[int, Shown]) -> dict[tuple[int, int], Shown]:
    if not formats:
        return {}
    styles = b"|".join(str(index).encode() for index in sorted(formats))
    pattern = re.compile(STYLED % styles)
    return {_place(col, row): formats[int(style)] for col, row, style in pattern.findall(xml)}
