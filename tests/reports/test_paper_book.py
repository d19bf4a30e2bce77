"""A paper's tables as a workbook: numbers are numbers and read as they are printed."""

from datetime import date
from io import BytesIO

import openpyxl

from chain_office.reports.content import Column, Table
from chain_office.reports.paper_book import render
from chain_office.reports.papers import Paper

COLUMNS = (
    Column("项目名称", 20), Column("总投资（亿元）", 7, "right"), Column("完成率", 5, "right"), Column("比序时", 7, "right"),
    Column("年度计划（万元）", 8, "right"),
)  # fmt: skip
ROWS = (
    ("一、在建项目",),
    ("甲", "5.00", "100.0%", "+7.7", "126,000"),
    ("乙", "3.1", "65.7%", "-9.3", "14,000"),
    ("丙", "—", "—", "0.0", "-5"),
)


def sheet():
    table = Table("", COLUMNS, ROWS, groups=frozenset({0}))
    paper = Paper("月调度表", "月调度表", (table,), "办公室", date(2021, 10, 31), wide=True)
    return openpyxl.load_workbook(BytesIO(render(paper))).active


def test_numbers_are_numbers_with_as_many_decimals_as_printed():
    rows = list(sheet().iter_rows(min_row=4))
    assert [[cell.value for cell in row] for row in rows] == [
        ["甲", 5, 1, 7.7, 126_000], ["乙", 3.1, 0.657, -9.3, 14_000], ["丙", "—", "—", 0, -5],
    ]  # fmt: skip
    assert [cell.number_format for cell in rows[0]] == [
        "General", "#,##0.00", "0.0%", "+#,##0.0;-#,##0.0;#,##0.0", "#,##0",
    ]  # fmt: skip
    assert rows[1][1].number_format == "#,##0.0"
    assert rows[1][3].number_format == rows[0][3].number_format, "a column with signs keeps them below zero too"
    assert rows[2][4].number_format == "#,##0"


def test_a_label_turns_before_its_unit():
    assert [cell.value for cell in next(sheet().iter_rows(min_row=2, max_row=2))] == [
        "项目名称", "总投资\n（亿元）", "完成率", "比序时", "年度计划\n（万元）",
    ]  # fmt: skip


def test_a_row_is_as_high_as_its_text_and_no_higher():
    page = sheet()
    heights = {page.row_dimensions[row].height for row in (4, 5, 6)}
    assert max(heights) < 20, "a line each: numbers take half a character"
