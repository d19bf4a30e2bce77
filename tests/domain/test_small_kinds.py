"""Integers, quantities, percentages, texts, yes/no, codes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from chain_office.domain import values
from chain_office.domain.codes import (
    code_name,
    home_regions,
    is_credit_code,
    registered_elsewhere,
    registration_check,
)
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.percents import show_percent
from chain_office.domain.quantities import QuantityKind

LAND = QuantityKind("亩")


@pytest.mark.parametrize(
    ("raw", "number", "approximate"),
    [
        ("69家", 69, False),
        ("1,200人", 1200, False),
        ("约300人", 300, True),
        (69.0, 69, False),
        ("1.2万人", 12000, False),
        ("十五", 15, False),
    ],
)
def test_integers(raw, number, approximate):
    reading = values.INTEGER.parse(raw)
    assert (reading.value, reading.approximate) == (number, approximate)


@pytest.mark.parametrize("raw", ["1.5", 1.5, "许多", "3-5人", False])
def test_what_is_no_integer_is_refused(raw):
    with pytest.raises(BadValue):
        values.INTEGER.parse(raw)


@pytest.mark.parametrize(
    ("raw", "unit", "number"),
    [
        ("200亩", None, "200"),
        (200.5, "亩", "200.5"),
        ("2公顷", "亩", "30"),
        ("2000㎡", None, "3"),
        ("2万平方米", None, "30"),
        ("约71.9亩", None, "71.9"),
    ],
)
def test_land_in_mu(raw, unit, number):
    assert LAND.parse(raw, Context(unit=unit)).value == Decimal(number)


def test_a_quantity_without_a_unit_is_asked():
    with pytest.raises(BadValue) as caught:
        LAND.parse("200")
    assert (caught.value.question, caught.value.topic) == (True, "unit")
    assert "亩" in caught.value.choices
    with pytest.raises(BadValue) as caught:
        LAND.parse("200吨")
    assert not caught.value.question
    assert LAND.parse(0).value == 0
    assert values.DECIMAL.parse("1,234.50").value == Decimal("1234.5")
    rounded = LAND.parse("1000平方米")
    assert (rounded.value, rounded.warnings) == (Decimal("1.5"), ())
    assert LAND.parse("0.1平方米").warnings
    assert LAND.format(Decimal("1234.5")) == "1,234.5"


@pytest.mark.parametrize(
    ("raw", "unit", "points"),
    [
        ("增长3.2倍", None, "320"),
        ("-5.3%", None, "-5.3"),
        ("↓5.3%", None, "-5.3"),
        ("同比增长34.5%", None, "34.5"),
        ("负增长2%", None, "-2"),
        ("翻两番", None, "300"),
        ("7.33个百分点", None, "7.33"),
        ("3‰", None, "0.3"),
        (0.345, "0.0%", "34.5"),
        (0.345, "小数", "34.5"),
        (34.5, "%", "34.5"),
        (0, None, "0"),
        ("基数为0", None, None),
    ],
)
def test_percentages(raw, unit, points):
    value = values.PERCENT.parse(raw, Context(unit=unit)).value
    assert value == (None if points is None else Decimal(points))


def test_a_bare_number_is_not_a_percentage():
    with pytest.raises(BadValue) as caught:
        values.PERCENT.parse(0.345)
    assert (caught.value.question, caught.value.choices) == (True, ("%", "小数"))
    assert values.PERCENT.parse(0.345, Context(unit="%")).warnings
    assert values.PERCENT.parse(0.9, Context(unit="%")).warnings == ()
    with pytest.raises(BadValue):
        values.PERCENT.parse("LPR+50BP", Context(unit="%"))


def test_less_than_a_hundred_never_shows_as_a_hundred():
    assert show_percent(Decimal("99.96")) == "99.9%"
    assert show_percent(Decimal(100)) == "100.0%"
    assert show_percent(Decimal("34.45")) == "34.5%"
    assert show_percent(Decimal("-0.95")) == "-1.0%"


@pytest.mark.parametrize(
    ("raw", "text"),
    [(123.0, "123"), (1.5, "1.5"), (1e15, "1000000000000000"), (True, "是"), (date(2021, 9, 3), "2021-09-03")],
)
def test_cells_of_other_types_in_a_text_field(raw, text):
    assert values.TEXT.parse(raw).value == text


def test_texts_keep_what_they_say():
    assert values.TEXT.parse(" 甲\n 乙 ").value == "甲 乙"
    assert values.LONG_TEXT.parse("一、甲 \r\n\r\n\r\n二、乙").value == "一、甲\n\n二、乙"
    assert values.LONG_TEXT.parse("有色交〔2020〕3号：①（甲）").value == "有色交〔2020〕3号：①（甲）"
    assert values.NAME.parse("张 三").value == "张三"
    assert values.NAME.parse(" 五矿铜业 （ 湖南 ） 有限公司").value == "五矿铜业（湖南）有限公司"
    assert values.NAME.parse("ABC Metals").value == "ABC Metals"
    assert values.NAME.parse("—").value is None
    assert values.TEXT.parse("=cmd|' /C calc'!A0").value == "=cmd|' /C calc'!A0"
    assert values.TEXT.parse(datetime(2021, 9, 3, 9, 30)).value == "2021-09-03 09:30"


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        *(
            ("是", "yes"),
            ("√", "yes"),
            ("具备", "yes"),
            ("急需", "yes"),
            ("很急", "yes"),
            ("能办到", "yes"),
            (True, "yes"),
            (1.0, "yes"),
        ),
        *(
            ("否", "no"),
            ("×", "no"),
            ("不具备", "no"),
            ("一般", "no"),
            ("不能", "no"),
            ("不急", "no"),
            ("需上级解决", "no"),
            ("符合", "yes"),
            ("不符合", "no"),
            (False, "no"),
            ("无", "no"),
        ),
        *(("待定", "pending"), ("待研究", "pending"), ("—", None), ("", None)),
    ],
)
def test_yes_no_pending(raw, answer):
    assert values.YES_NO.parse(raw).value == answer
    assert values.FLAG.parse(raw).value == {"yes": True, "no": False}.get(answer)


def test_neither_yes_nor_no_is_refused():
    with pytest.raises(BadValue):
        values.YES_NO.parse("张三")


def test_older_codes_are_kept_with_a_warning():
    organisation = values.CREDIT_CODE.parse("M000100Y-4")
    assert organisation.value == "M000100Y4"
    assert "组织机构代码" in organisation.warnings[0]
    old = "43040000000001"
    registration = values.CREDIT_CODE.parse(old + registration_check(old))
    assert "注册号" in registration.warnings[0]
    assert not is_credit_code(str(organisation.value))
    assert is_credit_code("91350100M000100Y43")


def test_an_old_code_keeps_its_own_name():
    assert code_name("M000100Y4") == "组织机构代码"
    assert code_name("43040000000001" + registration_check("43040000000001")) == "工商注册号"
    assert code_name("91350100M000100Y43") == "统一社会信用代码"


def test_a_code_registered_elsewhere_is_pointed_out_by_the_ledgers_own_districts():
    regions = home_regions(("430405", "430482", "", "430471", "43"))
    assert regions == ("4304",)
    assert values.CREDIT_CODE.parse("91350100M000100Y43").warnings == ()
    assert "350100" in registered_elsewhere("91350100M000100Y43", regions)
    assert registered_elsewhere("91430482MA4DEM010T", regions) == ""
    assert registered_elsewhere("91350100M000100Y43", home_regions(("350104",))) == ""
    assert registered_elsewhere("91350100M000100Y43", ()) == ""


@pytest.mark.parametrize(
    ("code", "expected"),
    [("91350100M000100Y44", "末位应为3"), ("123456781", "末位应为8"), ("430400000000010", "末位应为")],
)
def test_a_wrong_check_character_says_which_was_expected(code, expected):
    with pytest.raises(BadValue, match=expected):
        values.CREDIT_CODE.parse(code)


@pytest.mark.parametrize("raw", [9.14305e17, 914304820000000000, "9143", "91430482-某某"])
def test_numbers_that_lost_digits_and_other_wrecks_are_refused(raw):
    with pytest.raises(BadValue):
        values.CREDIT_CODE.parse(raw)


def test_a_lost_leading_zero_of_an_industry_code():
    reading = values.INDUSTRY_CODE.parse(911.0)
    assert reading.value == "0911"
    assert reading.warnings
    with pytest.raises(BadValue):
        values.INDUSTRY_CODE.parse("…业(31)x")
