"""A form as a workbook: one line a problem, what the office printed grey and closed, choices and days checked as typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from chain_office.domain.errors import KnownError
from chain_office.reports.geometry import SIZE_5
from chain_office.reports.press import SAMPLE_MARK
from chain_office.reports.tidying import one_line, tidied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from chain_office.reports.papers import Sheet, SheetColumn

_TITLE, _INSTRUCTIONS, _HEAD, _FIRST = 0, 1, 2, 3
SPARE_ROWS: Final = 20  # below the printed lines: ready for problems the unit adds
_LONGEST_CELL: Final = 32_767
_LONGEST_LIST: Final = 255  # of the choices, written out in a rule
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_MOST_HEIGHT: Final = 405.0  # points; the highest a row can be
_LINE: Final = 15.0
_MOST_LINES: Final = 24  # that the highest row shows
_WIDEST: Final = 125.0  # characters; Excel stops at 255 half ones
_LONGEST_FOOT: Final = 200
_ACROSS: Final = 112.0  # characters on one width: two thirds of the size when printed, still read
_DAY_WIDTH, _LEAST_WIDTH, _SHORT = 5.5, 4.0, 8.0
_FAR_PAST, _FAR_FUTURE = date(2000, 1, 1), date(2099, 12, 31)
_INK, _GREY, _RED = "#000000", "#EDEDED", "#C8102E"
_BEGINS_FORMULA: Final = ("=", "+", "-", "@")


def render(sheet: Sheet) -> bytes:
    """The .xlsx; texts stay texts whatever they begin with, and the same sheet gives the same bytes."""
    sheet = tidied(sheet)
    for row in sheet.rows:
        for text in row:
            if len(text) > _LONGEST_CELL:
                raise KnownError(
                    f"“{text[:12]}……”有 {len(text)} 个字，Excel 一格最多放 {_LONGEST_CELL} 个；请先缩短再导出。"
                )
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties(
        {
            "title": one_line(sheet.title)[:255],
            "author": one_line(sheet.office)[:255],
            "created": datetime(sheet.issued.year, sheet.issued.month, sheet.issued.day, tzinfo=UTC),
        }
    )
    _Writer(book, sheet).write()
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, book: Any, sheet: Sheet) -> None:
        self._sheet = sheet
        columns = zip(sheet.columns, _widths(sheet), strict=True)
        self._columns = tuple(replace(column, width=width) for column, width in columns)
        self._page: Worksheet = book.add_worksheet(_sheet_name(sheet.title))
        self._last = max(0, len(sheet.columns) - 1)
        self._formats = _formats(book)

    def write(self) -> None:
        sheet, page = self._sheet, self._page
        self._top()
        for number, column in enumerate(self._columns):
            page.set_column(number, number, _excel_width(column.width))
            page.write_string(_HEAD, number, column.heading, self._formats["head"])
            self._check(number, column)
        page.set_row(_HEAD, max(_row_height([column.heading for column in sheet.columns], self._columns), 2 * _LINE))
        for row, texts in enumerate(sheet.rows):
            page.set_row(_FIRST + row, max(_row_height(texts, self._columns), 3 * _LINE))
            for number, (text, column) in enumerate(zip(texts, sheet.columns, strict=True)):
                self._cell(_FIRST + row, number, text, column)
        for row in range(_FIRST + len(sheet.rows), _FIRST + len(sheet.rows) + SPARE_ROWS):
            for number, column in enumerate(sheet.columns):
                page.write_blank(row, number, None, self._formats["day" if column.kind == "date" else "open"])
        self._print_setup()

    def _top(self) -> None:
        sheet, page = self._sheet, self._page
        mark = f"（{SAMPLE_MARK}）" if sheet.sample else ""
        wide = sum(column.width for column in self._columns)
        foot = _foot(sheet)
        instructions = sheet.instructions if len(foot) <= _LONGEST_FOOT else f"{sheet.instructions}\n{foot}"
        for row, text, look in (
            (_TITLE, one_line(sheet.title) + mark, "title"),
            (_INSTRUCTIONS, instructions, "small"),
        ):
            if self._last:
                page.merge_range(row, 0, row, self._last, "", self._formats[look])
            page.write_string(row, 0, text, self._formats[look])
        page.set_row(_TITLE, 36.0)
        page.set_row(_INSTRUCTIONS, min(_MOST_HEIGHT, max(1, _lines_of(instructions, wide)) * _LINE + 6.0))

    def _cell(self, row: int, number: int, text: str, column: SheetColumn) -> None:
        day = _day(text) if column.kind == "date" else None
        if day is not None:
            self._page.write_datetime(row, number, day, self._formats["locked day" if column.locked else "day"])
        elif text:
            quoted = " quoted" if text.startswith(_BEGINS_FORMULA) else ""
            self._page.write_string(row, number, text, self._formats[("locked" if column.locked else "open") + quoted])
        elif column.kind == "date":
            self._page.write_blank(row, number, None, self._formats["locked day" if column.locked else "day"])
        else:
            self._page.write_blank(row, number, None, self._formats["locked" if column.locked else "open"])

    def _check(self, number: int, column: SheetColumn) -> None:
        """What may be typed: choices are a list, days are days; what the office printed is not typed over."""
        printed = _FIRST + len(self._sheet.rows) - 1
        spare = printed + SPARE_ROWS
        title = one_line(column.heading)[:_LONGEST_TITLE]
        rule: dict[str, object]
        if column.locked:
            if printed >= _FIRST:
                told = "这一列由链办填写，请勿改动；有出入请在“办理情况”里说明。"
                rule = {"validate": "custom", "value": "=FALSE", "error_title": title, "error_message": told}
                self._page.data_validation(_FIRST, number, printed, number, rule)
        elif column.kind == "choice" and column.choices and len(",".join(column.choices)) <= _LONGEST_LIST:
            told = f"请从列表中选：{'、'.join(column.choices)}。"[:_LONGEST_MESSAGE]
            rule = {
                "validate": "list", "source": list(column.choices), "error_title": title, "error_message": told,
                "error_type": "warning",
            }  # fmt: skip
            self._page.data_validation(_FIRST, number, spare, number, rule)
        elif column.kind == "date":
            told = "请填写日期，如 2020-11-24。"
            self._page.data_validation(
                _FIRST, number, spare, number,
                {
                    "validate": "date", "criteria": "between", "minimum": _FAR_PAST, "maximum": _FAR_FUTURE,
                    "error_title": title, "error_message": told, "error_type": "warning",
                },
            )  # fmt: skip

    def _print_setup(self) -> None:
        sheet, page = self._sheet, self._page
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.repeat_rows(_HEAD)
        page.print_area(0, 0, _FIRST + max(1, len(sheet.rows)) - 1, self._last)
        page.freeze_panes(_FIRST, _frozen(self._columns))
        foot = _foot(sheet).replace("&", "&&")  # & begins a code there
        page.set_footer(f"&L&9{foot if len(foot) <= _LONGEST_FOOT else ''}&R&9第 &P 页，共 &N 页")
        page.ignore_errors(
            {
                "number_stored_as_text": f"A1:{xlsxwriter.utility.xl_rowcol_to_cell(_FIRST + len(sheet.rows), self._last)}"
            }
        )


def _formats(book: Any) -> Mapping[str, Format]:
    """Every look a cell may have."""
    plain = {
        "font_name": "仿宋",
        "font_size": SIZE_5,
        "border": 1,
        "valign": "vcenter",
        "text_wrap": True,
        "font_color": _INK,
    }
    day = {"num_format": "yyyy-mm-dd", "align": "center"}
    grey = {"bg_color": _GREY}
    looks: dict[str, dict[str, object]] = {
        "title": {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"},
        "small": {"font_name": "仿宋", "font_size": SIZE_5, "valign": "vcenter", "text_wrap": True},
        "head": {**plain, "font_name": "黑体", "align": "center", "bg_color": "#E4EDEE"},
        "open": {**plain, "num_format": "@"},
        "open quoted": {**plain, "num_format": "@", "quote_prefix": True},
        "locked": {**plain, **grey, "num_format": "@"},
        "locked quoted": {**plain, **grey, "num_format": "@", "quote_prefix": True},
        "day": {**plain, **day},
        "locked day": {**plain, **grey, **day},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _sheet_name(title: str) -> str:
    """Excel takes 31 characters and none of []:*?/\\ for the name of a sheet."""
    name = "".join(" " if char in "[]:*?/\\" else char for char in one_line(title)).strip(" '")
    while len(name.encode("utf-16-le")) > 62:
        name = name[:-1]
    return name if name and name.casefold() != "history" else "反馈表"


def _foot(sheet: Sheet) -> str:
    """回执号 and note."""
    code = f"回执号 {one_line(sheet.code)}" if sheet.code else ""
    return "　".join(part for part in (code, one_line(sheet.note)) if part)


def _excel_width(characters: float) -> float:
    """Chinese characters of 10.5 pt in Excel's unit, the digit of its default face."""
    return min(255.0, characters * 2.0 + 1.5)


def _frozen(columns: tuple[SheetColumn, ...]) -> int:
    """The columns that say which problem it is stay in view, as far as they leave room."""
    seen, number = 0.0, 0
    for column in columns:
        seen += column.width
        if not column.locked or seen > 24:
            break
        number += 1
    return number


def _lines_of(text: str, width: float) -> int:
    return sum(
        max(1, ceil(sum(0.5 if char.isascii() else 1.0 for char in line) / max(1.0, width)))
        for line in text.split("\n")
    )


def _row_height(texts: tuple[str, ...] | list[str], columns: tuple[SheetColumn, ...]) -> float:
    lines = max((_lines_of(text, column.width) for text, column in zip(texts, columns, strict=True)), default=1)
    return min(_MOST_HEIGHT, lines * _LINE + 6.0)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FAR_PAST <= day <= _FAR_FUTURE else None


def _widths(sheet: Sheet) -> list[float]:
    """As wished; all narrower where the page would not be read when printed on one width; wider again where a text
    would not be seen whole in the highest row Excel can have."""
    scale = min(1.0, _ACROSS / max(1.0, sum(column.width for column in sheet.columns)))
    widths = []
    for number, column in enumerate(sheet.columns):
        texts = [row[number] for row in sheet.rows]
        longest = max((sum(0.5 if char.isascii() else 1.0 for char in text) for text in texts), default=0.0)
        least = _DAY_WIDTH if column.kind == "date" else _LEAST_WIDTH
        if column.locked and longest <= _SHORT:  # record numbers do not turn
            least = max(least, longest + 0.5)
        widths.append(max(column.width * scale, min(column.width, least), min(_WIDEST, longest / _MOST_LINES)))
    return widths
