"""Rows that look odd are read or said, never dropped without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from chain_office.db.desks import desks
from chain_office.domain.tables import ParsedTable
from chain_office.exchange import read_book, recognise

if TYPE_CHECKING:
    from pathlib import Path

HEADS: list[object] = ["项目名称", "建设阶段", "形象进度"]


def read(path: Path, rows: list[list[object]], error_cell: str = "") -> ParsedTable:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    if error_cell:
        page[error_cell].data_type = "e"
    book.save(path)
    (table,) = recognise(read_book(path), desks())
    assert isinstance(table, ParsedTable)
    return table


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_a_first_row_that_begins_with_an_error_is_refused_and_the_next_is_read(tmp_path: Path, error: str) -> None:
    table = read(tmp_path / "错.xlsx", [HEADS, [error, "在建", "主体"], ["甲项目", "竣工", "完工"]], "A2")
    assert [bool(row.refused) for row in table.rows] == [True, False]
    assert table.rows[1].value("name") == "甲项目"


def test_rows_left_out_as_parts_of_a_total_are_said(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        HEADS,
        ["甲项目", "在建", "主体"],
        ["其中：一期", "竣工", "完工"],
        ["二期", "在建", "基础"],
    ]
    table = read(tmp_path / "其中.xlsx", rows)
    assert [row.value("name") for row in table.rows] == ["甲项目"]
    assert [(one.row, one.text) for one in table.warned] == [(3, "其中：一期"), (4, "二期")]
