"""Amounts beyond the shared vectors: compounds, notes, questions, what is shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.money import MONEY, format_money, money_unit, show_money


@pytest.mark.parametrize(
    ("raw", "unit", "yuan"),
    [
        ("1亿2000万元", None, 120_000_000),
        ("1亿5千万", None, 150_000_000),
        ("3万5千元", None, 35_000),
        ("5千万", None, 50_000_000),
        ("一亿五千万元", None, 150_000_000),
        ("壹佰万元整", None, 1_000_000),
        ("3个亿", None, 300_000_000),
        ("500W", None, 5_000_000),
        ("5(亿元)", None, 500_000_000),
        ("￥3,000.00", "元", 3_000),
        ("人民币3000万元整", None, 30_000_000),
        ("1.2亿", "万元", 120_000_000),
        ("-30", "万元", -300_000),
        ("负30万元", None, -300_000),
        ("1e4", "元", 10_000),
        (0.1 + 0.2, "亿元", 30_000_000),
        (50.660000000000004, "亿元", 5_066_000_000),
        (Decimal("12.5"), "千元", 12_500),
        (235, "亿元", 23_500_000_000),
        (0.0, None, 0),
        ("0元", None, 0),
    ],
)
def test_amounts(raw, unit, yuan):
    reading = MONEY.parse(raw, Context(unit=unit))
    assert (reading.value, reading.warnings) == (yuan, ())


@pytest.mark.parametrize(
    ("raw", "yuan", "note"),
    [
        ("5亿元，其中一期2亿元", 500_000_000, "其中一期2亿元"),
        ("2021年完成3亿元", 300_000_000, "完成；2021年"),
        ("3亿元（2021年）", 300_000_000, "2021年"),
        ("一期5亿元", 500_000_000, "一期"),
        ("总投资-5亿元", 500_000_000, "总投资-"),
    ],
)
def test_words_beside_an_amount_are_kept(raw, yuan, note):
    reading = MONEY.parse(raw)
    assert (reading.value, reading.note) == (yuan, note)


@pytest.mark.parametrize(
    ("raw", "unit", "topic"),
    [
        ("235", None, "unit"),
        (235.0, None, "unit"),
        (235.0, "%", "unit"),
        (235.0, "亩", "unit"),
        ("5000万-1亿元", None, "amount"),
        ("3到5亿元", None, "amount"),
        ("数亿元", None, "amount"),
        ("(500)", "万元", "amount"),
        ("1.5亿元3000万", None, "amount"),
        ("建行2亿元、农发行3亿元", None, "amount"),
        ("12,34万元", None, "amount"),
    ],
)
def test_what_only_a_person_can_tell_is_asked(raw, unit, topic):
    with pytest.raises(BadValue) as caught:
        MONEY.parse(raw, Context(unit=unit))
    assert (caught.value.question, caught.value.topic) == (True, topic)


@pytest.mark.parametrize(
    "raw",
    [
        "1000美元",
        "50元/吨",
        "100万吨",
        "2021年",
        "约定",
        True,
        float("nan"),
        "9" * 30 + "元",
        "1e-999999999元",
        "150亩",
    ],
)
def test_what_is_no_amount_is_refused(raw):
    with pytest.raises(BadValue) as caught:
        MONEY.parse(raw, Context(unit="万元"))
    assert not caught.value.question


def test_a_fraction_of_a_yuan_is_rounded_half_up_and_said():
    reading = MONEY.parse("12.5元")
    assert reading.value == 13
    assert "四舍五入" in reading.warnings[0]
    assert MONEY.parse("-12.5元").value == -13


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (123_456_789, "1.23 亿元"),
        (30_000_000, "3,000 万元"),
        (1_234_567, "123.46 万元"),
        (99_999_999, "1.00 亿元"),
        (500, "500 元"),
        (-250_000_000, "-2.50 亿元"),
        (0, "0 元"),
    ],
)
def test_shown(yuan, text):
    assert show_money(yuan) == MONEY.format(yuan) == text


def test_in_one_unit_for_tables_and_charts():
    assert format_money(23_500_000_000, "亿元") == "235.00"
    assert format_money(1_235_000, "万元", 0) == "124"
    assert format_money(None, "亿元") == ""


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("总投资(亿元)", "亿元"),
        ("单位：个、亿元", "亿元"),
        ("金额（千元）", "千元"),
        ("元", "元"),
        ("单位:万", "万元"),
        ("用地（万亩）", ""),
        ("用电量（万千瓦时）", ""),
        ("百分比(%)", ""),
        ("万美元", ""),
        ("单元数量", ""),
        ("价格（元/吨）", ""),
        ("万达广场项目", ""),
        ("金额：元", "元"),
        ("本月产值万元", "万元"),
        (None, ""),
    ],
)
def test_the_unit_a_heading_states(text, unit):
    assert money_unit(text) == unit


def test_stored_amounts_need_no_unit():
    assert MONEY.clean(1_234_567) == 1_234_567
    with pytest.raises(BadValue):
        MONEY.clean("1234567")
