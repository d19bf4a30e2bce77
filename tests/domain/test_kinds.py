"""The contract of every kind: edit and parse are inverse, clean is stable, and nothing but BadValue is raised."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain import values
from chain_office.domain.directory import Directory, Entry
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.money import LIMIT
from chain_office.domain.quantities import QuantityKind
from chain_office.domain.statuses import PROBLEM_STATE, PROJECT_STAGE, SATISFACTION

LAND = QuantityKind("亩")
POWER = QuantityKind("千瓦时")
KINDS = [*values.KINDS.values(), LAND, POWER, PROBLEM_STATE, PROJECT_STAGE, SATISFACTION]
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.text(alphabet="0123456789.,-~至到年月日底前中旬季度上下个工作约余亿万千百元%()（）/、 *eE十一二三", max_size=20),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.decimals(),
)
CONTEXTS = st.builds(
    Context,
    unit=st.sampled_from([None, "元", "千元", "万元", "亿元", "%", "0.0%", "亩", "小数", "个、亿元"]),
    year=st.sampled_from([None, 2020, 2021]),
    anchor=st.sampled_from([None, date(2020, 11, 3), date(2020, 2, 29)]),
    is_deadline=st.booleans(),
)
# Stored values are quantised as the kind stores them.
EXACT = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**8), max_value=10**8, places=4)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(raw=CELLS, context=CONTEXTS)
def test_anything_is_read_or_refused_and_what_is_read_is_stable(kind, raw, context):
    try:
        reading = kind.parse(raw, context)
    except BadValue:
        return
    stored = kind.clean(reading.value)
    assert stored == reading.value
    assert kind.clean(stored) == stored
    assert kind.parse(kind.edit(stored)).value == stored or stored is None
    assert isinstance(kind.format(stored), str)


@given(st.integers(-LIMIT, LIMIT))
def test_money_survives_editing(yuan):
    assert values.MONEY.parse(values.MONEY.edit(yuan)).value == yuan


@given(st.integers(-(10**9), 10**9), st.sampled_from([("元", 1), ("千元", 1000), ("万元", 10**4), ("亿元", 10**8)]))
def test_money_in_any_unit_is_exact(count, unit):
    word, factor = unit
    hundredths = Decimal(count) / 100
    if abs(hundredths * factor) > LIMIT:
        return
    wanted = hundredths * factor
    for reading in (
        values.MONEY.parse(f"{hundredths}{word}"),
        values.MONEY.parse(f"{hundredths:,} {word}"),
        values.MONEY.parse(str(hundredths), Context(unit=f"总投资（{word}）")),
        values.MONEY.parse(float(hundredths), Context(unit=word)),
    ):
        assert isinstance(reading.value, int)
        assert abs(reading.value - wanted) <= Decimal("0.5")
        assert bool(reading.warnings) == (reading.value != wanted)


@given(st.dates(date(1949, 1, 1), date(2099, 12, 31)))
def test_days_survive_editing_and_every_usual_spelling(day):
    serial = (day - date(1899, 12, 30)).days
    spellings = (
        values.DAY.edit(day),
        day,
        datetime.combine(day, time(9, 30)),
        serial,
        float(serial),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day:%Y-%m-%d} 00:00:00",
    )
    assert {values.DAY.parse(spelling).value for spelling in spellings} == {day}
    assert all(values.DAY.parse(spelling).warnings == () for spelling in spellings)


@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.integers(1, 12))
def test_a_deadline_without_a_year_is_the_next_occurrence(anchor, month):
    context = Context(anchor=anchor, is_deadline=True)
    day = values.DAY.parse(f"{month}月底前", context).value
    assert isinstance(day, date)
    assert anchor <= day < anchor + timedelta(days=367)
    assert day.month == month
    assert (day + timedelta(days=1)).day == 1


@given(EXACT)
def test_decimals_percents_and_quantities_survive_editing(number):
    for kind in (values.DECIMAL, values.PERCENT, LAND, POWER):
        assert kind.parse(kind.edit(number)).value == number


@given(st.integers(-(10**15), 10**15))
def test_integers_survive_editing(number):
    assert values.INTEGER.parse(values.INTEGER.edit(number)).value == number
    assert values.INTEGER.parse(values.INTEGER.format(number)).value == number


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("raw", [None, "", "  "])
def test_a_blank_cell_is_none_everywhere(kind, raw):
    reading = kind.parse(raw)
    assert reading.value is None
    assert kind.format(None) == ""
    assert kind.edit(None) == ""
    assert kind.clean(None) is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("piece", ["1", "一", "1,", "年1", "未", "(1", "、"])
def test_a_hostile_cell_is_refused_or_read_at_once(kind, piece):
    text = (piece * 32767)[:32767]
    started = perf_counter()
    with suppress(BadValue):
        kind.parse(text, Context(unit="万元", year=2021, is_deadline=True))
    assert perf_counter() - started < 1


@pytest.mark.parametrize("piece", ["市", "1,", " ", "市发改委、"])
def test_a_hostile_cell_of_units_is_kept_unread(piece):
    text = ("市" + piece * 32767)[:32767]
    started = perf_counter()
    cell = Directory((Entry("fgw", "市发改委"),)).read_units(text)
    assert perf_counter() - started < 1
    assert [match.entry for match in cell.matches] == [None]
    assert cell.warnings
