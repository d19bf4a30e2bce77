"""A workbook's table as read, before anything is looked up in a ledger.

`exchange` produces these; the import service turns them into a plan. Nothing here knows a file format or a database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from chain_office.domain.kinds import Reading


READ_ONLY = "（附表）"
"""Ending of the names of an export's sheets that are for reading: an import leaves them alone."""


SECRET, SURVEY = "secret", "survey"
"""Remarks about a 密级 or 工作秘密 mark, and about micro-data of statistical surveys."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a cell or row: Excel row number, heading text, the text that stood there, the reason.

    ``question`` is the id of the question that would settle it, if an answer would. ``alarm``: SECRET or SURVEY where it
    is about what may not be kept here at all.
    """

    row: int
    column: str
    text: str
    reason: str
    question: str = ""
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can tell. ``id`` is stable for the same book, so answers can be kept in a file."""

    id: str
    sheet: str
    text: str
    choices: tuple[str, ...] = ()
    topic: str = ""


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """One read cell. ``period`` is "" or what its heading said: "2021-09" (that month), "2021-01..2021-09" (a
    cumulative), "2021" (a year). ``bank``: the bank a column stands for in a needs-by-bank grid, as written.
    """

    field: str
    column: str
    text: str
    reading: Reading
    period: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One body row. ``row`` is the Excel row number. ``group`` is the stage/category words of the group row above it
    ("竣工"), ``refused`` non-empty means the row may not be stored."""

    row: int
    cells: tuple[ParsedCell, ...]
    group: str = ""
    refused: tuple[Remark, ...] = ()
    warned: tuple[Remark, ...] = ()

    def value(self, name: str) -> object | None:
        """The first non-empty value of a field, or None."""
        for cell in self.cells:
            if cell.field == name and cell.reading.value is not None:
                return cell.reading.value
        return None

    def cell(self, name: str) -> ParsedCell | None:
        """The first non-empty cell of a field, or None."""
        for cell in self.cells:
            if cell.field == name and (cell.reading.value is not None or cell.reading.rule):
                return cell
        return None


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """One table of one sheet. ``desk`` is a DeskSpec id. ``title``: title rows joined. ``as_of``: 截至 date.
    ``title_date``: a date or month the title, sheet name or a caption line states (with its precision: "day",
    "month", "year"). ``facts``: captions read as field → text ("上年公布数" → "172.00亿元").
    ``warned``: remarks about the table as a whole (合计 ≠ Σ, an unknown column ...)."""

    sheet: str
    desk: str
    title: str
    rows: tuple[ParsedRow, ...]
    columns: tuple[tuple[str, str], ...] = ()
    as_of: date | None = None
    title_date: date | None = None
    title_precision: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    warned: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class UnreadSheet:
    """A sheet in which no table of any desk was found, and why."""

    sheet: str
    reason: str
