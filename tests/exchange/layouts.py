"""Sheets laid out by hand, and short ways to say what was read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.desks import desks
from chain_office.domain.tables import ParsedTable, UnreadSheet
from chain_office.exchange import Book, Sheet, recognise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from chain_office.domain.tables import ParsedRow

    Rows = Sequence[Any]

BANKS = ("建设银行", "建行", "农业发展银行", "农发行", "国家开发银行", "国开行", "浦发银行", "浦发")


def outcome(
    rows: Rows,
    merges: Sequence[tuple[int, int, int, int]] = (),
    *,
    sheet: str = "Sheet1",
    answers: Mapping[str, str] | None = None,
) -> tuple[ParsedTable | UnreadSheet, ...]:
    """Everything read from one sheet given as rows (numbers as floats, as the parser gives them)."""
    cells = [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in rows]
    book = Book("甲.xlsx", (Sheet(sheet, cells, tuple(merges)),))
    return recognise(book, desks(), answers=answers, banks=BANKS)


def table(
    rows: Rows,
    merges: Sequence[tuple[int, int, int, int]] = (),
    *,
    sheet: str = "Sheet1",
    answers: Mapping[str, str] | None = None,
) -> ParsedTable:
    """The one table read from one sheet."""
    found = outcome(rows, merges, sheet=sheet, answers=answers)
    assert len(found) == 1, found
    assert isinstance(found[0], ParsedTable), found
    return found[0]


def values(row: ParsedRow) -> dict[str, object]:
    """Field (with @period and #bank where there is one) → value, without empty ones."""
    return {
        cell.field
        + (f"@{cell.period}" if cell.period else "")
        + (f"#{cell.bank}" if cell.bank else ""): cell.reading.value
        for cell in row.cells
        if cell.reading.value is not None
    }


def all_values(parsed: ParsedTable) -> list[dict[str, object]]:
    """:func:`values` of every row."""
    return [values(row) for row in parsed.rows]


def column(parsed: ParsedTable, field: str) -> list[object]:
    """One field down the rows."""
    return [row.value(field) for row in parsed.rows]


def reasons(parsed: ParsedTable) -> list[str]:
    """What is said about the table as a whole."""
    return [remark.reason for remark in parsed.warned]
