"""Forms as workbooks: what a unit may type where, and that texts stay texts."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings

from chain_office.domain.errors import KnownError
from chain_office.reports.paper_sheet import SPARE_ROWS, render
from chain_office.reports.papers import Sheet, SheetColumn
from chain_office.reports.tidying import tidy
from tests.libreoffice import convert, needs_calc
from tests.reports.nasty import ANY_TEXT
from tests.reports.reading import page_texts
from tests.reports.sample_papers import CODE, ISSUED, OFFICE, SHEET


@pytest.fixture(scope="module")
def page():
    return openpyxl.load_workbook(BytesIO(render(SHEET))).worksheets[0]


def test_title_instructions_heads_and_one_line_a_problem(page):
    rows = list(page.iter_rows(max_row=5, values_only=True))
    assert rows[0][0] == "问题办理情况反馈表（示例数据）"
    assert rows[1][0] == SHEET.instructions
    assert list(rows[2]) == [column.heading for column in SHEET.columns]
    assert rows[3][:4] == (
        "WT0012-3",
        "㙍䶮新材料有限公司",
        "厂房未办不动产权证，无法抵押融资。",
        datetime(2020, 11, 24),
    )


def test_texts_stay_texts_and_days_are_days(page):
    assert page["B5"].value == '=HYPERLINK("http://x")'
    assert page["B5"].data_type == "s"
    assert page["C5"].data_type == "s"
    assert page["H5"].value == "007"
    assert page["H4"].number_format == "@"
    assert page["G5"].is_date
    assert page["G4"].number_format == "yyyy-mm-dd"


def test_choices_are_a_list_days_are_checked_and_printed_columns_are_closed(page):
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert rules["E4"].type == "list"
    assert rules["E4"].formula1 == '"办理中,部分解决,已办结（申请销号）"'
    assert rules["G4"].type == "date"
    assert rules["A4"].type == "custom"
    assert "请勿改动" in rules["A4"].error
    assert str(rules["E4"].sqref).endswith(str(3 + len(SHEET.rows) + SPARE_ROWS))  # lines the unit adds
    assert str(rules["A4"].sqref) == "A4:A5"  # and it may number those


def test_it_prints_across_on_one_width_with_its_head_on_every_page(page):
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "C4"
    assert CODE in page.oddFooter.left.text


def test_the_same_sheet_gives_the_same_bytes():
    assert render(SHEET) == render(SHEET)


def test_a_text_no_cell_holds_is_refused_in_words():
    row = ("x" * 32_768, *[""] * 7)
    with pytest.raises(KnownError, match="最多放 32767"):
        render(replace(SHEET, rows=(row,)))


@settings(deadline=None, max_examples=60)
@given(text=ANY_TEXT)
def test_any_text_comes_back_as_it_was_written(text):
    columns = (
        SheetColumn("code", text, 6, locked=True), SheetColumn("done", "办理情况", 20),
        SheetColumn("due", "时间", 6, "date"), SheetColumn("status", "状态", 6, "choice", (text or "是", "否")),
    )  # fmt: skip
    sheet = Sheet(
        "试", text, columns, ((text, text, text, text),), OFFICE, ISSUED, instructions=text, code=text, note=text
    )
    page = openpyxl.load_workbook(BytesIO(render(sheet))).worksheets[0]
    for cell in page[4][:2]:
        assert (cell.value or "") == tidy(text)
        assert cell.data_type != "f"


@needs_calc
def test_libreoffice_prints_it_whole_and_saves_what_it_says(tmp_path):
    source = tmp_path / "form.xlsx"
    source.write_bytes(render(SHEET))
    pages = page_texts(convert(source, "pdf", tmp_path / "pdf").read_bytes())
    assert len(pages) == 1
    printed = "".join("".join(pages).split())
    for text in ("WT0012-3", "预计办结时间（申请延期至）", '=HYPERLINK("http://x")', "2020-12-20", "007"):
        assert text in printed
    saved = openpyxl.load_workbook(convert(source, "xlsx", tmp_path / "saved")).worksheets[0]
    assert [cell.value for cell in saved[5]][:3] == ["WT0013-1", '=HYPERLINK("http://x")', "+专线未接入"]
    assert saved["B5"].data_type == "s"
