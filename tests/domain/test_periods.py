"""Months, periods of headings and titles, spans of years."""

from __future__ import annotations

from datetime import date

import pytest

from chain_office.domain import periods
from chain_office.domain.kinds import BadValue
from chain_office.domain.periods import drop_period, read_period, read_span


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("9月产值", "2021-09"),
        ("九月产值", "2021-09"),
        ("9月累计产值", "2021-01..2021-09"),
        ("2020年1-9月产值", "2020-01..2020-09"),
        ("2021年1月至9月", "2021-01..2021-09"),
        ("1—本月", "2021-01..2021-09"),
        ("2021年1-本月", "2021-01..2021-09"),
        ("本月", "2021-09"),
        ("本年累计", "2021-01..2021-09"),
        ("上年同期", "2020-01..2020-09"),
        ("上年1-9月", "2020-01..2020-09"),
        ("去年同月", "2020-09"),
        ("前三季度", "2021-01..2021-09"),
        ("一季度", "2021-01..2021-03"),
        ("2021年二季度", "2021-04..2021-06"),
        ("1-2月", "2021-01..2021-02"),
        ("2021.09", "2021-09"),
        ("产值202109", "2021-09"),
        ("2021年度计划投资", "2021"),
        ("2021年9月份有色金属产业链规上企业产值表", "2021-09"),
    ],
)
def test_periods_of_headings_in_a_table_of_september_2021(text, period):
    found = read_period(text)
    assert found is not None
    assert found.fill(2021, 9).text == period


@pytest.mark.parametrize("text", ["企业名称", "序号", "总投资", "产值1-9", "项目累计投资", "", "13月"])
def test_headings_without_a_period(text):
    assert read_period(text) is None


def test_what_a_heading_leaves_open_stays_open():
    found = read_period("1—本月")
    assert found is not None
    assert (found.complete, found.text) == (False, "")
    assert found.fill(2021, None).text == ""
    assert found.fill(2021, 9).complete


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("9月产值", "产值"),
        ("2021年1-9月累计产值", "累计产值"),
        ("2021年度计划投资", "计划投资"),
        ("企业名称", "企业名称"),
    ],
)
def test_a_heading_without_its_period(text, rest):
    assert drop_period(text) == rest


def test_counting_months():
    assert periods.previous_year("2021-09") == "2020-09"
    assert periods.add_to_month("2021-01", -1) == "2020-12"
    assert periods.last_day("2020-02") == date(2020, 2, 29)
    assert periods.first_day("2020-02") == date(2020, 2, 1)
    assert periods.months_between("2020-11", "2021-02") == ("2020-11", "2020-12", "2021-01", "2021-02")
    assert periods.months_between("2021-02", "2021-01") == ()
    assert periods.last_ended_month(date(2021, 11, 19)) == "2021-10"
    assert periods.last_ended_month(date(2021, 9, 30)) == "2021-09"
    assert periods.month_of(date(2021, 9, 30)) == "2021-09"
    with pytest.raises(BadValue):
        periods.month_parts("2021-13")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2021-2023年", "2021—2023"),
        ("2021年3月至2022年12月", "2021-03—2022-12"),
        ("2021.3-2022.12", "2021-03—2022-12"),
        ("两年", "24个月"),
        ("2021", "2021"),
    ],
)
def test_spans(text, stored):
    span = read_span(text)
    assert span is not None
    assert span.text == stored


@pytest.mark.parametrize("text", ["分期", "2023-2021", "2021.13-2022.2", ""])
def test_what_is_no_span(text):
    assert read_span(text) is None
