"""Write workbooks: real numbers and dates, a frozen heading with a filter, and text that can never become a formula."""

from __future__ import annotations

import re
from collections.abc import Sized
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from chain_office.domain.errors import KnownError
from chain_office.domain.money import unit_factor
from chain_office.domain.plain import cell_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from chain_office.domain.specs import FieldSpec

MAX_TEXT = 32_767
MAX_ROWS = 1_048_575
LONG = 2_000
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same rows give the same bytes; a workbook has no time zone
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_date_format": "yyyy-mm-dd",
}
FORMATS = {
    "money": "#,##0.00##",
    "yuan": "#,##0",
    "integer": "#,##0",
    "decimal": "#,##0.####",
    "percent": "0.0###%",
    "day": "yyyy-mm-dd",
    "text": "@",
}

CellWriter: TypeAlias = "Callable[[int, int, object], None]"
PLAIN_TEXT = frozenset({"text", "long_text", "name", "credit_code", "phone", "month", "industry_code"})


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of an export: a field, its heading if it is not the field's label, and the unit money is written in."""

    spec: FieldSpec
    heading: str = ""
    unit: str = "元"

    @property
    def is_money(self) -> bool:
        """Whether the column holds whole 元."""
        return self.spec.kind.name == "money"

    @property
    def title(self) -> str:
        """The heading, with the unit a reader (and our own importer) needs."""
        label = self.heading or self.spec.label
        unit = self.unit if self.is_money else "" if self.spec.unit == "%" else self.spec.unit
        return f"{label}({unit})" if unit else label


@dataclass(frozen=True, slots=True)
class OutSheet:
    """One sheet of an export: stored values, a row a record, in the order of the columns."""

    name: str
    columns: Sequence[OutColumn]
    rows: Iterable[Sequence[object]]


def write_book(path: Path, sheets: Sequence[OutSheet], *, made: datetime = MADE) -> int:
    """Write the sheets to ``path`` (a temporary file the caller puts in place); returns the number of rows."""
    long = any(not isinstance(sheet.rows, Sized) or len(sheet.rows) > LONG for sheet in sheets)
    try:
        workbook = xlsxwriter.Workbook(str(path), {**OPTIONS, "constant_memory": long, "tmpdir": str(path.parent)})
        workbook.set_properties({"created": made})
        writer = _Writer(workbook, plain=long)
        count = 0
        for name, sheet in zip(sheet_names([sheet.name for sheet in sheets]), sheets, strict=True):
            count += writer.sheet(name, sheet)
        workbook.close()
    except (XlsxWriterException, OSError) as error:
        message = f"工作簿“{path.name}”写不出去：磁盘已满、文件夹只读或文件正被打开，请检查后再试。"
        raise KnownError(message, detail=str(error)) from error
    return count


def sheet_names(names: Sequence[str]) -> list[str]:
    """Names Excel accepts: no []:*?/\\, no quotes at the ends, at most 31 characters, all different."""
    taken: list[str] = []
    for name in names:
        tidy = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("' ")[:31] or "表"
        candidate, number = tidy, 2
        while candidate.casefold() in {one.casefold() for one in taken}:
            candidate = f"{tidy[: 31 - len(str(number)) - 2]}({number})"
            number += 1
        taken.append(candidate)
    return taken


class _Writer:
    """Writes sheets into one workbook, with its formats made once."""

    def __init__(self, workbook: Workbook, *, plain: bool) -> None:
        """``plain``: texts without frame and wrapping, as suits thousands of rows (they open and scroll faster)."""
        self.workbook = workbook
        self.plain = plain
        frame = {"valign": "top", "border": 1, "border_color": "#BFBFBF", "font_name": "宋体", "font_size": 10}
        self.formats: dict[str, Format] = {}
        for kind, code in FORMATS.items():
            wrap = {"text_wrap": True} if kind == "text" else {}
            self.formats[kind] = workbook.add_format({**frame, "num_format": code, **wrap})
        heading = {
            **frame,
            "bold": True,
            "bg_color": "#DDE6F0",
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
        }
        self.heading = workbook.add_format(heading)

    def sheet(self, name: str, sheet: OutSheet) -> int:
        """Write one sheet; returns its number of rows."""
        worksheet = self.workbook.add_worksheet(name)
        for place, column in enumerate(sheet.columns):
            worksheet.set_column(place, place, max(column.spec.width, 6))
            worksheet.write_string(0, place, column.title, self.heading)
        worksheet.freeze_panes(1, 0)
        writers = [self._cell_writer(worksheet, column) for column in sheet.columns]
        count = 0
        for count, row in enumerate(sheet.rows, start=1):
            if count > MAX_ROWS:
                raise KnownError(f"“{name}”超过 {MAX_ROWS} 行，一张工作表放不下，请分批导出。")
            for place, (write, value) in enumerate(zip(writers, row, strict=True)):
                if value is not None:
                    write(count, place, value)
        if sheet.columns:
            worksheet.autofilter(0, 0, max(count, 1), len(sheet.columns) - 1)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.repeat_rows(0)
        worksheet.fit_to_pages(1, 0)
        return count

    def _cell_writer(self, worksheet: Worksheet, column: OutColumn) -> CellWriter:
        """How one column's values are written, decided once."""
        kind = column.spec.kind
        text = _text_writer(worksheet, column, None if self.plain else self.formats["text"])
        if column.is_money:
            factor = unit_factor(column.unit)
            return _number_writer(worksheet, factor, self.formats["yuan" if factor == 1 else "money"], text)
        if kind.name == "day":
            return _day_writer(worksheet, self.formats["day"], text)
        if kind.align_right:
            divisor = 100 if kind.name == "percent" else 1
            return _number_writer(worksheet, divisor, self.formats.get(kind.name, self.formats["decimal"]), text)
        return text


def _text_writer(worksheet: Worksheet, column: OutColumn, cell_format: Format | None) -> CellWriter:
    write_string = worksheet.write_string
    show = column.spec.kind.format
    as_is = column.spec.kind.name in PLAIN_TEXT

    def write(row: int, place: int, value: object) -> None:
        if as_is and value.__class__ is str and value.isprintable() and len(value) <= MAX_TEXT:
            write_string(row, place, value, cell_format)
            return
        shown = value if as_is and isinstance(value, str) else show(value) or cell_text(value)
        write_string(row, place, _safe_text(column, shown), cell_format)

    return write


def _number_writer(worksheet: Worksheet, divisor: int, cell_format: Format, text: CellWriter) -> CellWriter:
    write_number = worksheet.write_number

    def write(row: int, place: int, value: object) -> None:
        if value.__class__ is int or value.__class__ is Decimal:
            write_number(row, place, value if divisor == 1 else value / divisor, cell_format)
        else:
            text(row, place, value)

    return write


def _day_writer(worksheet: Worksheet, cell_format: Format, text: CellWriter) -> CellWriter:
    write_datetime = worksheet.write_datetime

    def write(row: int, place: int, value: object) -> None:
        if value.__class__ is date and value.year > 1900:
            write_datetime(row, place, value, cell_format)
        else:
            text(row, place, value)

    return write


def _safe_text(column: OutColumn, text: str) -> str:
    """Text a cell can hold: no control characters, not longer than Excel allows."""
    if not text.isprintable():
        text = cell_text(text)
    if len(text) > MAX_TEXT:
        raise KnownError(f"“{column.title}”里有一格超过 {MAX_TEXT} 个字，工作表放不下，请缩短后再导出。")
    return text
