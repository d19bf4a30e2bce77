"""Pasted rows become a small table; rows without headings get those of the list; what is no table is refused."""

from __future__ import annotations

import csv

import pytest

from chain_office.domain.errors import KnownError
from chain_office.exchange.delimited import read_text
from chain_office.services.pasting import keep_pasted

HEADINGS = ("编号", "企业名称", "县市区")


def pasted(text: str) -> list[list[object]]:
    path = keep_pasted(text, HEADINGS)
    assert path.name.startswith("粘贴的表格")
    return read_text(path.name, path.read_bytes())


def test_rows_with_headings_are_kept_as_they_are() -> None:
    rows = pasted("企业名称\t县市区\t主要产品\r\n甲铜业\t常宁市\t铜杆，铜排\r\n乙锌业\t耒阳市\t\r\n")
    assert rows == [["企业名称", "县市区", "主要产品"], ["甲铜业", "常宁市", "铜杆，铜排"], ["乙锌业", "耒阳市", ""]]


def test_a_title_above_the_headings_is_no_matter() -> None:
    assert pasted("企业名册\t\t\n企业名称\t县市区\t园区\n甲\t常宁市\t\n")[1] == ["企业名称", "县市区", "园区"]


def test_rows_without_headings_get_the_list_s() -> None:
    assert pasted("\t甲铜业\n\t乙锌业") == [["编号", "企业名称"], ["", "甲铜业"], ["", "乙锌业"]]


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    rows = pasted('企业名称\t县市区\n甲铜业\t"常宁市\n水口山"\n')
    assert rows[1] == ["甲铜业", "常宁市\n水口山"]


@pytest.mark.parametrize("text", ["", "  \n ", "一句话", "一行\n两行"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(KnownError, match="剪贴板"):
        keep_pasted(text, HEADINGS)


def test_more_columns_than_the_list_has_want_headings() -> None:
    with pytest.raises(KnownError, match="表头"):
        keep_pasted("甲\t乙\t丙\t丁", HEADINGS)


def test_an_endless_cell_is_refused() -> None:
    with pytest.raises(KnownError, match="不是表格"):
        keep_pasted(f"企业名称\t{'长' * (csv.field_size_limit() + 1)}", HEADINGS)
