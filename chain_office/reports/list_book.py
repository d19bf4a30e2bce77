"""A list as a workbook an office hands on: title, 截至 and 单位 above the headings, numbers and days as such, totals as
formulas, headings repeated on every page, A4 across on one width."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from chain_office.domain.five_lists import in_wan
from chain_office.reports.content import chinese_date
from chain_office.reports.press import SAMPLE_MARK
from chain_office.reports.tidying import one_line, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from chain_office.domain.five_lists import CellKind, FiveLists, ListColumn, ListRow, OneList, Value

_TITLE, _ABOUT, _HEAD, _FIRST = 0, 1, 2, 3
_SERIAL: Final = 4.0  # characters: 序号
_ACROSS: Final = 92.0  # characters on one width: four fifths of the size when printed
_NARROWEST: Final = 0.7
_LINE: Final = 14.0
_MOST_HEIGHT: Final = 405.0
_LONGEST: Final = 32_767
_BEGINS_FORMULA: Final = ("=", "+", "-", "@")
_FORMATS: Final[Mapping[str, str]] = {"whole": "#,##0", "money": "#,##0.00", "percent": "0.0", "day": "yyyy-mm-dd"}
_LIGHTS: Final[Mapping[str, str]] = {
    "red": "#B3261E", "amber": "#8A5A00", "green": "#2E7D4F", "blue": "#2F6DA8", "grey": "#5A6168",
}  # fmt: skip


@dataclass(frozen=True)
class _Sheet:
    """One list on one sheet, and where its groups' rows stand."""

    page: Worksheet
    formats: Mapping[str, Format]
    columns: tuple[ListColumn, ...]
    whole: frozenset[int]


def render(five: FiveLists, ids: tuple[str, ...]) -> bytes:
    """The .xlsx of some of the lists, a sheet each. The same lists give the same bytes."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    made = datetime(five.as_of.year, five.as_of.month, five.as_of.day, tzinfo=UTC)
    titles = "、".join(five.of(one).title for one in ids)
    book.set_properties({"title": titles[:255], "author": one_line(five.office)[:255], "created": made})
    formats = _formats(book)
    for one in ids:
        _write(book, formats, five, five.of(one))
    book.close()
    return out.getvalue()


def _write(book: Any, formats: Mapping[str, Format], five: FiveLists, one: OneList) -> None:
    page: Worksheet = book.add_worksheet(one.title)
    sheet = _Sheet(page, formats, _narrowed(one.columns), _whole(one))
    last = len(one.columns)
    page.set_column(0, 0, _excel(_SERIAL))
    for number, column in enumerate(sheet.columns, start=1):
        page.set_column(number, number, _excel(column.width))
    mark = f"（{SAMPLE_MARK}）" if five.sample else ""
    _across(page, (_TITLE, 0, last), one_line(f"{five.chain}{one.title}{mark}"), formats["title"])
    page.set_row(_TITLE, 34)
    middle = max(1, last // 2)
    about = f"{five.office}　截至{chinese_date(five.as_of)}"
    _across(page, (_ABOUT, 0, middle), one_line(about), formats["about"])
    _across(page, (_ABOUT, middle + 1, last), f"单位：{one.unit}" if one.unit else "", formats["unit"])
    page.set_row(_ABOUT, 20)
    for number, heading in enumerate(("序号", *(column.heading for column in one.columns))):
        page.write_string(_HEAD, number, heading, formats["head"])
    page.set_row(_HEAD, 32)
    end = _rows(sheet, one)
    for note in (f"{one.said}。", *one.notes):
        _across(page, (end, 0, last), one_line(note), formats["note"])
        wide = _SERIAL + sum(column.width for column in sheet.columns)
        page.set_row(end, _LINE * max(1, ceil(_characters(note) / wide)) + 4)
        end += 1
    _print_setup(page, five, end, last)


def _rows(sheet: _Sheet, one: OneList) -> int:
    """Groups, rows, totals; the row after them."""
    page, formats, last = sheet.page, sheet.formats, len(one.columns)
    at, serial = _FIRST, 0
    stretches = []
    for group in one.handed_on():
        if group.heading:
            _across(page, (at, 0, last), one_line(group.heading), formats["group"])
            page.set_row(at, 20)
            at += 1
        stretches.append((at, at + len(group.rows) - 1))
        for row in group.rows:
            serial += 1
            page.write_number(at, 0, serial, formats["serial"])
            _row(sheet, at, row)
            at += 1
    if not serial:
        _across(page, (at, 0, last), "（截至这一天没有列入的）", formats["none"])
        return at + 1
    if any(column.summed for column in one.columns):
        _totals(sheet, one, at, stretches)
        at += 1
    return at


def _row(sheet: _Sheet, at: int, row: ListRow) -> None:
    high = 1
    for number, (value, column) in enumerate(zip(row.cells, sheet.columns, strict=True), start=1):
        light = row.lights.get(number - 1, "")
        _cell(sheet, (at, number), value, column.kind, light)
        if isinstance(value, str):
            high = max(high, ceil(_characters(value) / max(1.0, column.width - 0.6)))
    sheet.page.set_row(at, min(_MOST_HEIGHT, high * _LINE + 8))


def _cell(sheet: _Sheet, at: tuple[int, int], value: Value, kind: CellKind, light: str) -> None:
    page, formats = sheet.page, sheet.formats
    row, column = at
    if value is None or value == "":
        page.write_blank(row, column, None, formats["text"])
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001
    elif isinstance(value, int | Decimal):
        number = in_wan(value) if kind == "wan" and isinstance(value, int) else Decimal(value)
        form = (
            "percent"
            if kind == "percent"
            else "whole"
            if column - 1 in sheet.whole or _is_whole(kind, number)
            else "money"
        )
        page.write_number(row, column, float(number), formats[form])
    else:
        text = tidy(value)[:_LONGEST]
        look = f"light {light}" if light in _LIGHTS else "long" if kind == "long" else "text"
        page.write_string(row, column, text, formats[look + (" quoted" if text.startswith(_BEGINS_FORMULA) else "")])


def _narrowed(columns: tuple[ListColumn, ...]) -> tuple[ListColumn, ...]:
    """Texts turn in narrower columns where all together would be printed too small to read."""
    long = sum(column.width for column in columns if column.kind == "long")
    spare = _ACROSS - _SERIAL - sum(column.width for column in columns if column.kind != "long")
    share = min(1.0, max(_NARROWEST, spare / long)) if long else 1.0
    return tuple(replace(column, width=column.width * share) if column.kind == "long" else column for column in columns)


def _across(page: Worksheet, where: tuple[int, int, int], text: str, look: Format) -> None:
    """A text over several columns of a row (row, first, last)."""
    row, first, last = where
    if last > first:
        page.merge_range(row, first, row, last, "", look)
    page.write_string(row, first, text, look)


def _is_whole(kind: CellKind, number: Decimal) -> bool:
    """Cells of goals have units of their own, each written as it needs."""
    return kind == "number" and number == number.to_integral_value()


def _whole(one: OneList) -> frozenset[int]:
    """Money columns in which every amount is a whole number of 万元."""
    found = set()
    for number, column in enumerate(one.columns):
        values = [row.cells[number] for group in one.handed_on() for row in group.rows]
        if column.kind == "wan" and all(value % 10_000 == 0 for value in values if isinstance(value, int)):
            found.add(number)
    return frozenset(found)


def _totals(sheet: _Sheet, one: OneList, at: int, stretches: list[tuple[int, int]]) -> None:
    """合计 as formulas, with what they come to, so that a reader who does not reckon shows them too."""
    page, formats = sheet.page, sheet.formats
    page.set_row(at, 22)
    page.write_string(at, 0, "合计", formats["total"])
    for number, column in enumerate(one.columns, start=1):
        total = one.total(number - 1) if column.summed else None
        if total is None:
            page.write_blank(at, number, None, formats["total"])
            continue
        ranges = ",".join(
            f"{xl_rowcol_to_cell(first, number)}:{xl_rowcol_to_cell(end, number)}"
            for first, end in stretches
            if end >= first
        )
        form = "total whole" if number - 1 in sheet.whole else "total money"
        page.write_formula(at, number, f"=SUM({ranges})", formats[form], float(in_wan(total)))


def _print_setup(page: Worksheet, five: FiveLists, end: int, last: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.center_horizontally()
    page.repeat_rows(_HEAD)
    page.freeze_panes(_FIRST, 3)
    page.print_area(0, 0, end - 1, last)
    sample = f"　{SAMPLE_MARK}" if five.sample else ""
    page.set_footer(f"&L&9截至 {five.as_of.isoformat()}{sample}&R&9第 &P 页，共 &N 页")


def _formats(book: Any) -> Mapping[str, Format]:
    base = {"font_name": "仿宋", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
    middle, right = {"align": "center"}, {"align": "right"}
    free = {"font_name": "仿宋", "font_size": 10, "valign": "vcenter", "text_wrap": True}
    total = {**base, "bold": True}
    looks: dict[str, dict[str, object]] = {
        "title": {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"},
        "about": {"font_name": "仿宋", "font_size": 11, "valign": "vcenter"},
        "unit": {"font_name": "仿宋", "font_size": 11, "valign": "vcenter", **right},
        "head": {**base, "font_name": "黑体", **middle, "bg_color": "#E4EDEE"},
        "group": {**base, "font_name": "黑体", "bg_color": "#F4F6F7"},
        "serial": {**base, **middle, "num_format": "0"},
        "text": {**base, **middle, "num_format": "@"},
        "long": {**base, "num_format": "@"},
        "day": {**base, **middle, "num_format": _FORMATS["day"]},
        "whole": {**base, **right, "num_format": _FORMATS["whole"]},
        "money": {**base, **right, "num_format": _FORMATS["money"]},
        "percent": {**base, **right, "num_format": _FORMATS["percent"]},
        "total": {**total, **middle},
        "total whole": {**total, **right, "num_format": _FORMATS["whole"]},
        "total money": {**total, **right, "num_format": _FORMATS["money"]},
        "none": {**base, **middle},
        "note": {**free, "font_size": 9},
        **{f"light {light}": {**base, **middle, "bold": True, "font_color": ink} for light, ink in _LIGHTS.items()},
    }
    texts = [name for name, look in looks.items() if look.get("num_format") == "@" or name.startswith("light")]
    looks |= {f"{name} quoted": {**looks[name], "quote_prefix": True} for name in texts}
    return {name: book.add_format(look) for name, look in looks.items()}


def _characters(text: str) -> float:
    return sum(0.55 if char.isascii() else 1.0 for char in text)


def _excel(characters: float) -> float:
    """Chinese characters of 10 pt in Excel's unit."""
    return min(255.0, characters * 1.95 + 1.2)
