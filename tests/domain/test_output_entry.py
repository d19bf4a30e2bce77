"""The monthly grid: cells read in the unit that was chosen, nothing rounded away, what is proposed and worked out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain.output_entry import (
    AMOUNTS,
    UNITS,
    EntryLine,
    EntrySheet,
    Known,
    amount_text,
    chase_text,
    difference,
    edit_text,
    growth_text,
    lossless,
    proposed,
    read_cell,
)

LINE = EntryLine("a", 1, "甲公司", last=Known(300, 1_000), last_year=Known(90, 800))


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("1234.5", "万元", 12_345_000),
        ("1,234", "千元", 1_234_000),
        ("１，２３４．５", "万元", 12_345_000),
        ("1.2亿", "千元", 120_000_000),
        ("3000万", "", 30_000_000),
        ("500元", "亿元", 500),
        ("0", "", 0),
        ("-12", "元", -12),
    ],
)
def test_a_number_is_read_in_its_own_unit_else_in_the_one_chosen(text: str, unit: str, yuan: int) -> None:
    found = read_cell("month_yuan", text, unit)
    assert (found.value, found.problem) == (yuan, "")


def test_a_bare_number_without_a_unit_is_not_understood_and_stays_as_it_was_typed() -> None:
    found = read_cell("month_yuan", "1234.5", "")
    assert found.value is None
    assert found.text == "1234.5"
    assert "选这批数的单位" in found.problem


@pytest.mark.parametrize("text", ["", "—", "/", "暂无"])
def test_what_says_nothing_is_nothing(text: str) -> None:
    assert read_cell("cum_yuan", text, "万元").value is None
    assert not read_cell("cum_yuan", text, "万元").problem


@pytest.mark.parametrize("text", ["1-2", "abc", "12吨", "5美元", "12x", "5万（含子公司）"])
def test_what_is_no_amount_says_why(text: str) -> None:
    found = read_cell("cum_yuan", text, "万元")
    assert found.problem
    assert found.text == text


@given(st.integers(-(10**14), 10**14), st.sampled_from(["", *UNITS]), st.sampled_from(["", *UNITS]))
def test_a_cell_opened_and_left_keeps_every_yuan_whatever_the_unit(yuan: int, unit: str, draft_unit: str) -> None:
    for name in AMOUNTS:
        assert read_cell(name, edit_text(name, yuan, unit), unit).value == yuan
        assert read_cell(name, lossless(name, yuan), draft_unit).value == yuan


def test_what_is_shown_is_rounded_what_is_edited_is_not() -> None:
    assert amount_text(1_234_567, "万元") == "123.46"
    assert edit_text("month_yuan", 1_234_567, "万元") == "123.4567"
    assert amount_text(1_230_000, "万元") == "123"
    assert amount_text(1_234_567, "") == "123.46 万元"


def test_the_cumulative_is_proposed_from_last_month_and_of_january_from_itself() -> None:
    assert proposed(LINE, "2021-09", {"month_yuan": 200})["cum_yuan"] == 1_200
    assert proposed(LINE, "2021-01", {"month_yuan": 200})["cum_yuan"] == 200
    assert "cum_yuan" not in proposed(LINE, "2021-09", {"month_yuan": 200, "cum_yuan": 1_300})
    assert "cum_yuan" not in proposed(EntryLine("b", 2, "乙"), "2021-09", {"month_yuan": 200})


def test_last_year_is_proposed_as_the_firm_told_it_then() -> None:
    found = proposed(LINE, "2021-09", {"cum_prev_yuan": 850})
    assert found == {"month_prev_yuan": 90}


def test_the_difference_is_what_the_cumulative_has_besides_last_month_and_this_one() -> None:
    assert difference(LINE, "2021-09", {"month_yuan": 200, "cum_yuan": 1_250}) == 50
    assert difference(LINE, "2021-01", {"month_yuan": 200, "cum_yuan": 200}) == 0
    assert difference(LINE, "2021-09", {"month_yuan": 200}) is None


def test_growth_takes_the_base_the_form_states_else_the_firms_own_of_last_year() -> None:
    assert growth_text(LINE, {"cum_yuan": 1_100, "cum_prev_yuan": 1_000}) == ("+10.0", Decimal("10.0"))
    assert growth_text(LINE, {"cum_yuan": 1_200}) == ("+50.0", Decimal("50.0"))
    assert growth_text(LINE, {"cum_yuan": 1_200, "cum_prev_yuan": 0}) == ("新", None)
    assert growth_text(EntryLine("b", 2, "乙"), {"cum_yuan": 5}) == ("", None)


def test_who_has_told_nothing_is_listed_for_a_note() -> None:
    filed = EntryLine("b", 2, "乙公司", values={"cum_yuan": 5})
    off = EntryLine("c", 3, "丙公司", on_register=False)
    asked = EntryLine("a", 1, "甲公司", "常宁市", contact="李四")
    sheet = EntrySheet("2021-09", (asked, filed, off), 0)
    assert chase_text(sheet, date(2021, 10, 12)).splitlines() == [
        "截至10月12日，下列 1 家企业尚未报送2021年9月产值：",
        "1. 甲公司（常宁市，李四）",
    ]
