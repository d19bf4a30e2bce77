"""What a workbook's cells come out as."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from chain_office.domain.errors import KnownError
from chain_office.exchange import read_book
from chain_office.exchange.book import UNSAVED

if TYPE_CHECKING:
    from collections.abc import Sequence


def one_column(path: Path, cells: Sequence[tuple[object, str]]) -> list[object]:
    """Write (value, number format) down column A and read it back."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for row, (value, code) in enumerate(cells):
            shown = workbook.add_format({"num_format": code}) if code else None
            if isinstance(value, datetime.date):
                sheet.write_datetime(row, 0, value, shown)
            else:
                sheet.write(row, 0, value, shown)
    return [row[0] for row in read_book(path).sheets[0].rows]


def test_plain_values(tmp_path: Path) -> None:
    day = datetime.date(2021, 9, 30)
    cells: list[tuple[object, str]] = [
        (1, ""),
        (1.5, ""),
        ("文", ""),
        (True, ""),
        (day, "yyyy-m-d"),
        (day, 'm"月"d"日"'),
    ]
    assert one_column(tmp_path / "a.xlsx", cells) == [1.0, 1.5, "文", True, day, day]


def test_numbers_are_read_as_they_are_shown(tmp_path: Path) -> None:
    cells: list[tuple[object, str]] = [
        (0.345, "0.0%"),
        (0.1, "0%"),
        (5.5, '0.00"亿元"'),
        (5.5, "0.00亿元"),
        (123456, '0!.0,"万元"'),
        (123456, '#,##0.00,"千元"'),
        (1234.5, "#,##0.00"),
        (-1234.5, "#,##0.00;[Red]-#,##0.00"),
        (0.5, '"约"0.0'),
        (12, "@"),
    ]
    assert one_column(tmp_path / "a.xlsx", cells) == [
        *("34.5%", "10%", "5.5亿元", "5.5亿元", "12.3456万元", "123.456千元"),
        *(1234.5, -1234.5, 0.5, 12.0),
    ]


def test_merges_hidden_sheets_and_places(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        first = workbook.add_worksheet("明")
        first.merge_range(1, 1, 2, 3, "合")
        second = workbook.add_worksheet("暗")
        second.write(0, 0, "x")
        second.hide()
        workbook.add_worksheet("空")
    book = read_book(path)
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("明", False), ("暗", True), ("空", False)]
    assert book.sheets[0].merges == ((1, 1, 2, 3),)
    assert book.sheets[0].rows[1][1] == "合"
    assert book.warnings == ("隐藏的工作表也读了：暗",)


def test_error_values_and_formulas_without_results_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["C1"] = "甲", "=SUM(B2:B3)", "#REF!"
    sheet["C1"].data_type = "e"
    sheet["D9"] = "=1/0"
    workbook.save(path)
    rows = read_book(path).sheets[0].rows
    assert rows[0][:3] == ["甲", UNSAVED, "#REF!"]
    assert rows[8][3] == UNSAVED


def test_saved_formula_results_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_formula("A1", "=SUM(B1:B2)", None, 235.5)
        sheet.write_formula("A2", '="甲"&"乙"', None, "甲乙")
        sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
    assert [row[0] for row in read_book(path).sheets[0].rows] == [235.5, "甲乙", "#DIV/0!"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_in_every_encoding_offices_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes('企业名称,县市区,备注\r\n"甲公司","常宁市","一，\r\n二"\r\n'.encode(encoding))
    sheet = read_book(path).sheets[0]
    assert sheet.name == "名册"
    assert sheet.rows == [["企业名称", "县市区", "备注"], ["甲公司", "常宁市", "一，\r\n二"]]


def test_csv_separators_and_excel_guards(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称\t联系电话\n甲公司\t=\"013800138000\"\n'=乙\t'0734\n", encoding="utf-8")
    assert read_book(path).sheets[0].rows == [["企业名称", "联系电话"], ["甲公司", "013800138000"], ["=乙", "0734"]]


def test_a_csv_of_no_known_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe\x00\xd8" * 3 + b"\x41")
    with pytest.raises(KnownError, match="编码"):
        read_book(path)


def test_a_macro_workbook_is_read_without_its_macros(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsm"
    with xlsxwriter.Workbook(str(path.with_suffix(".xlsx"))) as workbook:
        workbook.add_worksheet().write(0, 0, "甲")
    path.with_suffix(".xlsx").rename(path)
    assert read_book(path).sheets[0].rows == [["甲"]]


@pytest.mark.parametrize("suffix", [".xls", ".et", ".xlsx"])
def test_the_old_binary_format_is_read_whatever_it_is_called(tmp_path: Path, suffix: str) -> None:
    """``files/old.xls`` is a BIFF8 workbook of made-up values, as Excel 97 and the .et files of WPS hold them."""
    path = tmp_path / f"旧{suffix}"
    path.write_bytes((Path(__file__).parent / "files" / "old.xls").read_bytes())
    sheet = read_book(path).sheets[0]
    assert sheet.rows[2] == ["湖南甲公司", 5.5, 0.345, datetime.date(2021, 1, 1)]
    assert sheet.merges == ((0, 0, 0, 3),)
