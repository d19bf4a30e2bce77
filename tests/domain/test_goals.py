"""Goals of a year: how far, beside 序时进度, over the years. Numbers worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chain_office.domain.goals import Standing, measure, reckoned, standing

DAY = date(2021, 11, 19)
"""Ten months have ended: 序时进度 is 10 ÷ 12 = 83.3 %."""


def lights(ahead: Decimal) -> str:
    """As the office's rules: 10 points behind is still green, 30 amber."""
    return "green" if ahead >= -10 else "amber" if ahead >= -30 else "red"


def stood(key: str, goal: int | Decimal, value: int | Decimal | None, year: int = 2021, day: date = DAY) -> Standing:
    found = measure(key)
    assert found is not None
    return standing(found, goal, value, year, day, lights)


def test_output_is_held_against_the_months_that_have_ended() -> None:
    # 235亿 of 320亿 = 73.4375 %; 83.333 − 73.4375 = 9.9 points behind
    one = stood("output.total_yuan", 320_0000_0000, 235_0000_0000)
    assert (one.done, one.gap, one.schedule) == (Decimal("73.4"), -85_0000_0000, Decimal("83.3"))
    assert (one.light, one.word) == ("green", "进度正常")
    assert one.why == "完成 73.4%，低于序时进度 9.9 个百分点（已过 10 个月）"


@pytest.mark.parametrize(("value", "light"), [(59, "amber"), (53, "red"), (99, "green"), (100, "green")])
def test_the_light_follows_the_offices_rule(value: int, light: str) -> None:
    # of 100: 59 is 24.3 points behind, 53 is 30.3
    assert stood("projects.completed", Decimal(100), value).light == light


def test_just_short_of_the_goal_is_not_told_as_whole() -> None:
    assert stood("projects.completed", Decimal(2000), 1999).done == Decimal("99.9")


def test_a_standing_number_is_not_held_against_the_calendar() -> None:
    one = stood("enterprises.total", Decimal(72), 69)
    assert (one.done, one.gap, one.schedule, one.light, one.word) == (Decimal("95.8"), -3, None, "amber", "未达到")


def test_a_rate_is_told_in_points() -> None:
    one = stood("output.yoy_percent", Decimal("15"), Decimal("34.5"))
    assert (one.done, one.gap, one.light, one.why) == (None, Decimal("19.5"), "green", "高于目标 19.5 个百分点")
    below = stood("output.yoy_percent", Decimal("40"), Decimal("34.5"))
    assert (below.light, below.word, below.why) == ("amber", "低于目标", "低于目标 5.5 个百分点")


def test_a_year_that_is_over_is_reached_or_not() -> None:
    assert reckoned(2021, date(2022, 3, 1)) == date(2021, 12, 31)
    assert reckoned(2021, DAY) == DAY
    assert reckoned(2022, DAY) is None
    missed = stood("output.total_yuan", 300, 299, day=date(2022, 3, 1))
    assert (missed.light, missed.word) == ("red", "未完成")
    assert stood("output.total_yuan", 300, 300, day=date(2022, 3, 1)).word == "已完成"


def test_january_has_nothing_behind_it() -> None:
    one = stood("output.total_yuan", 300, 0, day=date(2021, 1, 20))
    assert (one.schedule, one.light) == (Decimal("0.0"), "green")


def test_nothing_known_is_no_light() -> None:
    assert stood("output.total_yuan", 300, None) == Standing(None, None, None, None, "", "没有数", "截止日还没有这个数")
