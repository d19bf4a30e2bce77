"""五单一图谱 as files: numbers are numbers, texts stay texts, the map names every firm on one sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.five_lists import (
    FIVE,
    PROJECTS,
    PROSPECTS,
    TARGETS,
    FiveLists,
    ListColumn,
    ListGroup,
    ListRow,
    OneList,
)
from chain_office.queries.chain_map import chain
from chain_office.services.ledgers import open_existing
from chain_office.services.lists.command import run
from chain_office.services.lists.making import five_lists_of
from chain_office.services.lists.writing import book_of, map_pdf, paper_pdf, write_lists
from tests.libreoffice import convert, needs_calc

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from chain_office.domain.chain import Chain

DAY = date(2021, 11, 19)
A4, A3 = (842, 595), (1191, 842)
"""Points, across."""


@pytest.fixture(scope="module")
def five(sample_office: Path) -> FiveLists:
    """The sample's lists."""
    with open_existing(sample_office, read_only=True) as ledger:
        return five_lists_of(ledger, DAY)


@pytest.fixture(scope="module")
def found(sample_office: Path) -> Chain:
    """The sample's chain."""
    with open_existing(sample_office, read_only=True) as ledger:
        return chain(ledger, DAY)


def sheet(five: FiveLists, list_id: str) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(book_of(five, (list_id,)))).worksheets[0]


def pages(data: bytes) -> tuple[list[tuple[int, int]], str]:
    """The sizes of the pages, and all their text without blanks."""
    document = pypdfium2.PdfDocument(data)
    sizes = [(round(page.get_width()), round(page.get_height())) for page in document]
    said = "".join(page.get_textpage().get_text_range() for page in document)
    return sizes, "".join(said.split())


def test_a_workbook_says_what_it_is_to_when_and_in_what_unit(five: FiveLists) -> None:
    page = sheet(five, PROJECTS)
    assert page["A1"].value == "有色金属及新型合金产业链在建重大项目清单（示例数据）"
    assert page["A2"].value == f"{five.office}　截至2021年11月19日"
    assert any(cell.value == "单位：万元" for cell in page[2])
    assert [cell.value for cell in page[3]] == ["序号", *(column.heading for column in five.of(PROJECTS).columns)]
    assert page.print_title_rows == "$3:$3"
    fit = page.sheet_properties.pageSetUpPr
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert fit is not None
    assert fit.fitToPage


def test_numbers_and_days_are_numbers_and_days_and_totals_add_up(five: FiveLists) -> None:
    page, one = sheet(five, PROJECTS), five.of(PROJECTS)
    (rows,) = [group.rows for group in one.groups]
    money = [column.heading for column in one.columns].index("总投资")
    cells = [page.cell(4 + at, money + 2) for at in range(len(rows))]
    assert [cell.value for cell in cells] == [
        None if row.cells[money] is None else row.cells[money] / 10_000  # type: ignore[operator]
        for row in rows
    ]
    total = page.cell(4 + len(rows), money + 2)
    assert total.value == f"=SUM(H4:H{3 + len(rows)})"
    kept = openpyxl.load_workbook(BytesIO(book_of(five, (PROJECTS,))), data_only=True).worksheets[0]
    known = [cell.value for cell in cells if isinstance(cell.value, int | float)]
    assert kept.cell(4 + len(rows), money + 2).value == sum(known)
    prospects = sheet(five, PROSPECTS)
    signed = [column.heading for column in five.of(PROSPECTS).columns].index("签约时间") + 2
    days = [
        row[signed - 1].value for row in prospects.iter_rows(min_row=4) if isinstance(row[signed - 1].value, datetime)
    ]
    assert datetime(2021, 9, 28) in days


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    nasty = '=HYPERLINK("http://x")'
    columns = (ListColumn("名称", "long"), ListColumn("数", "number"))
    row = ListRow("target:1", (nasty, -3), {1: "red"})
    one = OneList(TARGETS, columns, (ListGroup("=1+1", (row,)),), "=2", notes=("@x",))
    others = tuple(replace(one, id=list_id) for list_id in FIVE)
    five = FiveLists("+办", "-链", DAY, False, others)
    page = sheet(five, TARGETS)
    texts = [cell for cells in page.iter_rows() for cell in cells if isinstance(cell.value, str)]
    assert all(cell.data_type == "s" for cell in texts)
    assert nasty in {cell.value for cell in texts}
    assert any(cell.value == -3 and cell.data_type == "n" for cells in page.iter_rows() for cell in cells)


def test_an_empty_list_says_so(five: FiveLists) -> None:
    bare = replace(five, lists=tuple(replace(one, groups=()) for one in five.lists))
    said = [cell.value for cells in sheet(bare, PROSPECTS).iter_rows() for cell in cells if cell.value]
    assert "（截至这一天没有列入的）" in said
    assert (
        "没有列入" in pages(paper_pdf(bare, (PROSPECTS,)))[1]
        or FIVE[PROSPECTS] in pages(paper_pdf(bare, (PROSPECTS,)))[1]
    )


def test_the_same_lists_give_the_same_bytes(five: FiveLists, found: Chain) -> None:
    assert book_of(five, tuple(FIVE)) == book_of(five, tuple(FIVE))
    assert map_pdf(found, five.office) == map_pdf(found, five.office)


def test_a_list_on_paper_lies_across_and_says_every_row(five: FiveLists) -> None:
    sizes, said = pages(paper_pdf(five, (PROSPECTS,)))
    assert set(sizes) == {A4}
    assert "示例数据" in said
    for group in five.of(PROSPECTS).handed_on():
        assert all(str(row.cells[1]) in said for row in group.rows)
    assert "示例锌合金卫浴件项目" not in said  # given up
    every, all_said = pages(paper_pdf(five, tuple(FIVE)))
    assert len(every) > 4
    assert all(title in all_said for title in FIVE.values())


@pytest.mark.parametrize(("size", "points"), [("A4", A4), ("A3", A3)])
def test_the_map_is_one_sheet_with_every_firm(found: Chain, size: str, points: tuple[int, int]) -> None:
    sizes, said = pages(map_pdf(found, "示例办", size))
    assert sizes == [points]
    names = [firm.name for one in found.every() for firm in one.firms]
    assert len(names) == 69
    assert [name for name in names if name not in said] == []
    assert all(
        word in said
        for word in ("有色金属及新型合金产业链上下游图谱", "上游", "中游", "下游", "配套", "弱项", "示例数据")
    )


def test_all_of_them_are_written_into_a_folder_that_need_not_be_there(sample_office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "材料" / "五单 一图谱"
    with open_existing(sample_office, read_only=True) as ledger:
        written = write_lists(ledger, DAY, folder)
    assert (
        sorted(path.name for path in folder.iterdir())
        == sorted(path.name for path in written)
        == [
            "1_发展目标清单_截至2021-11-19.xlsx",
            "2_在建重大项目清单_截至2021-11-19.xlsx",
            "3_招商引资重点项目清单_截至2021-11-19.xlsx",
            "4_重点问题清单_截至2021-11-19.xlsx",
            "5_可产业化科研成果清单_截至2021-11-19.xlsx",
            "6_产业链上下游图谱_截至2021-11-19.pdf",
        ]
    )
    with open_existing(sample_office, read_only=True) as ledger:
        assert write_lists(ledger, DAY, folder) == written  # over those that are there


def test_a_file_in_the_folders_place_is_refused_in_words(sample_office: Path, tmp_path: Path) -> None:
    place = tmp_path / "五单"
    place.write_text("不是文件夹", "utf-8")
    with pytest.raises(KnownError, match="不是文件夹"):
        run(sample_office, place)


def test_the_command_says_what_it_wrote(sample_office: Path, tmp_path: Path) -> None:
    lines = run(sample_office, tmp_path / "五单", as_of="2021-09-30")
    assert lines[0] == "截止 2021-09-30  示例数据"
    assert len(lines) == 8
    assert lines[-1].startswith("五单一图谱已写出 6 个文件")
    assert (tmp_path / "五单" / "1_发展目标清单_截至2021-09-30.xlsx").is_file()


@needs_calc
def test_libreoffice_prints_the_projects_on_one_width_with_headings_on_every_page(
    five: FiveLists, tmp_path: Path
) -> None:
    source = tmp_path / "在建.xlsx"
    source.write_bytes(book_of(five, (PROJECTS,)))
    data = convert(source, "pdf", tmp_path / "印").read_bytes()
    sizes, said = pages(data)
    assert set(sizes) == {A4}
    assert said.count("形象进度") == len(sizes)  # repeated, and no column on a page of its own
    for group in five.of(PROJECTS).groups:
        assert all(str(row.cells[0]) in said for row in group.rows)
