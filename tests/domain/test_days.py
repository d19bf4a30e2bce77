"""Days, months and deadlines beyond the shared vectors."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from chain_office.domain.days import DAY, MONTH
from chain_office.domain.deadlines import add_months, require_deadline, settle_deadline
from chain_office.domain.kinds import BadValue, Context, Reading
from chain_office.domain.workdays import WorkCalendar

HANDED_OVER = date(2020, 11, 3)


def deadline(raw, **context):
    return DAY.parse(raw, Context(is_deadline=True, **context))


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2021-10-08 00:00:00", date(2021, 10, 8)),
        ("二〇二一年十月八日", date(2021, 10, 8)),
        ("2021年10月8日(星期五)", date(2021, 10, 8)),
        ("2021年10月8日上午9时", date(2021, 10, 8)),
        ("截至2021年11月19日", date(2021, 11, 19)),
        (44477.75, date(2021, 10, 8)),
        ("待定", None),
        ("—", None),
    ],
)
def test_days(raw, day):
    reading = DAY.parse(raw)
    assert (reading.value, reading.warnings) == (day, ())


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("0315", date(2021, 3, 15)),
        ("3.15", date(2021, 3, 15)),
        ("1108", date(2021, 11, 8)),
        ("10月8日", date(2021, 10, 8)),
        ("九月十五号", date(2021, 9, 15)),
        (3.15, date(2021, 3, 15)),
    ],
)
def test_typed_days_take_the_year_of_the_context(raw, day):
    assert DAY.parse(raw, Context(year=2021)).value == day


@pytest.mark.parametrize(
    ("raw", "day", "precision"),
    [
        ("2021年10月", date(2021, 10, 31), "month"),
        ("202110", date(2021, 10, 31), "month"),
        ("2021年三季度", date(2021, 9, 30), "quarter"),
        ("2021年10月中旬", date(2021, 10, 20), "xun"),
        ("2021年底", date(2021, 12, 31), "xun"),
        ("2021", date(2021, 12, 31), "year"),
    ],
)
def test_an_event_that_is_not_told_to_the_day_is_warned_about(raw, day, precision):
    reading = DAY.parse(raw)
    assert (reading.value, reading.precision) == (day, precision)
    assert any("没有写到日" in w for w in reading.warnings)


@pytest.mark.parametrize(
    "raw",
    [
        "2021-2-30",
        "2021年2月29日",
        "2021-13-01",
        "0000-01-01",
        "张三",
        "8",
        True,
        time(9),
        timedelta(days=3),
        "2021年1-9月",
        0.0,
    ],
)
def test_what_is_no_day_is_refused(raw):
    with pytest.raises(BadValue) as caught:
        DAY.parse(raw, Context(year=2021))
    assert not caught.value.question


@pytest.mark.parametrize(
    ("raw", "topic"),
    [
        ("10月8日", "year"),
        ("10月底前", "year"),
        ("去年10月", "year"),
        ("0315", "year"),
        ("10/8/2021", "date"),
        ("2021年10月8日、2021年11月3日", "date"),
        ("月底前", "date"),
        ("2022年前", "date"),
    ],
)
def test_what_only_a_person_can_tell_is_asked(raw, topic):
    with pytest.raises(BadValue) as caught:
        deadline(raw)
    assert (caught.value.question, caught.value.topic) == (True, topic)


def test_relative_years_need_a_year_to_refer_to():
    assert DAY.parse("去年10月", Context(year=2021)).value == date(2020, 10, 31)
    assert deadline("明年3月底前", year=2021).value == date(2022, 3, 31)
    assert deadline("今年底", year=2021).value == date(2021, 12, 31)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("三季度末", date(2021, 9, 30)),
        ("年底前", date(2021, 12, 31)),
        ("年内", date(2021, 12, 31)),
        ("10月", date(2021, 10, 31)),
        ("11月初", date(2021, 11, 10)),
        ("上半年", date(2021, 6, 30)),
        ("2021年1季度", date(2021, 3, 31)),
        ("2021年12月底前完成", date(2021, 12, 31)),
        ("立即整改，12月底前完成", date(2021, 12, 31)),
        ("10月8日至12日", date(2021, 10, 12)),
        ("2021年10月8日前", date(2021, 10, 8)),
    ],
)
def test_deadlines_are_the_last_day_meant(raw, day):
    reading = deadline(raw, year=2021)
    assert (reading.value, reading.warnings) == (day, ())


def test_before_a_month_is_read_as_by_its_end_and_said():
    reading = deadline("9月前", year=2021)
    assert reading.value == date(2021, 9, 30)
    assert "最后一天" in reading.warnings[0]


def test_a_deadline_takes_its_year_from_the_table_but_never_before_the_hand_over():
    assert deadline("2月底前", anchor=HANDED_OVER).value == date(2021, 2, 28)
    assert deadline("12月底", anchor=HANDED_OVER).value == date(2020, 12, 31)
    assert deadline("12月底", anchor=HANDED_OVER, year=2020).warnings == ()
    rolled = deadline("3月底", anchor=HANDED_OVER, year=2020)
    assert rolled.value == date(2021, 3, 31)
    assert "读作2021年" in rolled.warnings[0]
    from_table = deadline("12月底", anchor=HANDED_OVER, year=2021)
    assert from_table.value == date(2021, 12, 31)
    assert "2021年读" in from_table.warnings[0]
    assert deadline("2月29日前", anchor=HANDED_OVER).value == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("raw", "rule", "day"),
    [
        ("十五个工作日内", "workdays:15", None),
        ("交办之日起15个工作日内", "workdays:15", None),
        ("收到交办单后7个工作日内办结", "workdays:7", None),
        ("一周内", "days:7", date(2020, 11, 10)),
        ("30天", "days:30", date(2020, 12, 3)),
        ("三个月内", "months:3", date(2021, 2, 3)),
        ("半年内", "months:6", date(2021, 5, 3)),
        ("立即整改", "immediate", None),
        ("中长期", "long_term", None),
    ],
)
def test_rules(raw, rule, day):
    reading = deadline(raw, anchor=HANDED_OVER)
    assert (reading.rule, reading.value) == (rule, day)


def test_a_rule_without_a_hand_over_date_waits_for_one():
    reading = deadline("7日内")
    assert (reading.value, reading.rule) == (None, "days:7")
    with pytest.raises(BadValue) as caught:
        require_deadline(reading)
    assert caught.value.topic == "date"
    assert require_deadline(settle_deadline(reading, HANDED_OVER)) == date(2020, 11, 10)
    assert require_deadline(Reading(None, rule="long_term")) is None
    assert add_months(date(2021, 1, 31), 1) == date(2021, 2, 28)


def test_working_days_of_a_year_that_is_not_known_are_refused():
    calendar = WorkCalendar.build([2020], [], [])
    reading = deadline("60个工作日", anchor=HANDED_OVER)
    with pytest.raises(BadValue, match="没有2021年的节假日安排"):
        settle_deadline(reading, HANDED_OVER, calendar)
    assert calendar.workdays_between(date(2020, 11, 6), date(2020, 11, 3)) == -3
    assert calendar.add_workdays(date(2020, 11, 6), -3) == date(2020, 11, 3)


@pytest.mark.parametrize(
    ("raw", "month"),
    [
        ("2021年9月", "2021-09"),
        ("2021.9", "2021-09"),
        ("202109", "2021-09"),
        (date(2021, 9, 3), "2021-09"),
        (44477.0, "2021-10"),
        ("9月", "2021-09"),
        ("2021-09-15", "2021-09"),
        ("—", None),
    ],
)
def test_months(raw, month):
    reading = MONTH.parse(raw, Context(year=2021))
    assert (reading.value, reading.warnings) == (month, ())


@pytest.mark.parametrize("raw", ["2021年", "2021年二季度", "九"])
def test_what_names_no_month_is_refused(raw):
    with pytest.raises(BadValue):
        MONTH.parse(raw)


def test_a_dropped_zero_is_pointed_out():
    for raw in (2021.1, "2021.1"):
        assert "2021.10" in MONTH.parse(raw).warnings[0]
    assert "10.10" in DAY.parse(10.1, Context(year=2021)).warnings[0]
    assert DAY.parse("10.1", Context(year=2021)).warnings == ()
