"""A list on paper: every cell, what it was filtered by, the cut-off date, the pages counted, across where it is wide."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from chain_office.domain.errors import KnownError
from chain_office.services.list_paper import MOST_ROWS, ListedColumn, ListPaper, refuse_too_long, set_list
from tests.reports.reading import page_texts, squashed

NARROW = (ListedColumn("编号", 66), ListedColumn("企业名称", 240), ListedColumn("未办结", 60, right=True))
WIDE = (*NARROW, ListedColumn("问题", 300), ListedColumn("牵头单位", 160), ListedColumn("办结时限", 146))


def paper(
    columns: tuple[ListedColumn, ...], rows: int, *filtered: str, times: int = 1, sample: bool = False
) -> ListPaper:
    cells = tuple(tuple(f"{one.heading * times}{row}" for one in columns) for row in range(rows))
    return ListPaper("企业列表", columns, cells, filtered, date(2021, 11, 19), sample)


def sizes(pdf: bytes) -> set[bool]:
    """Whether pages are wider than high."""
    with pypdfium2.PdfDocument(pdf) as document:
        return {width > height for width, height in map(document.get_page_size, range(len(document)))}


def test_every_cell_is_printed_with_what_the_list_was() -> None:
    pdf = set_list(paper(NARROW, 90, "县市区：常宁市", "含“铜”", sample=True))
    pages = page_texts(pdf)
    text = squashed("".join(pages))
    for row in range(90):
        assert f"企业名称{row}" in text
    assert "企业列表（截至2021年11月19日）" in squashed(pages[0])
    assert "（续表）" in squashed(pages[1])
    assert "筛选：县市区：常宁市；含“铜”。共 90 条。" in text
    for number, page in enumerate(pages, start=1):
        said = squashed(page).replace(" ", "")
        assert f"第{number}页，共{len(pages)}页" in said
        assert "打印日期2022-01-05" in said
        assert "示例数据" in said
    assert sizes(pdf) == {False}


def test_a_wide_list_lies_across() -> None:
    pdf = set_list(paper(WIDE, 3, times=4))
    assert sizes(pdf) == {True}
    assert "没有筛选。共 3 条。" in squashed("".join(page_texts(pdf)))


def test_a_list_nobody_wants_on_paper_is_refused() -> None:
    refuse_too_long(MOST_ROWS)
    with pytest.raises(KnownError, match="先筛选"):
        refuse_too_long(MOST_ROWS + 1)
