"""Plans, promises and when a firm is due again: by hand, and what holds whatever the numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain.errors import KnownError
from chain_office.domain.promise_lines import promise_lines
from chain_office.domain.visiting import Pace, is_protected, next_due, plan_state, promise_state, spread, working_days
from chain_office.domain.workdays import WorkCalendar

DAY = date(2021, 11, 19)
CALENDAR = WorkCalendar.build((2021,), (date(2021, 10, 1), date(2021, 10, 4)), (date(2021, 10, 9),))


@pytest.mark.parametrize(
    ("due", "visited", "until", "state"),
    [
        (date(2021, 11, 18), None, None, "late"),
        (date(2021, 11, 19), None, None, "waiting"),
        (date(2021, 11, 18), date(2021, 11, 19), None, "done"),
        (date(2021, 11, 18), date(2021, 11, 20), None, "late"),  # visited after the day one looks at it
        (None, None, date(2021, 11, 18), "late"),
        (None, None, None, "waiting"),
        (date(2021, 11, 30), None, date(2021, 11, 1), "waiting"),  # its own day counts, not the campaign's
    ],
)
def test_where_a_planned_line_stands(due: date | None, visited: date | None, until: date | None, state: str) -> None:
    assert plan_state(due, visited, until, DAY) == state


@pytest.mark.parametrize(
    ("due", "done", "state"),
    [
        (date(2021, 11, 18), None, "late"),
        (date(2021, 11, 19), None, "today"),
        (date(2021, 11, 20), None, "waiting"),
        (None, None, "open"),
        (date(2021, 11, 1), date(2021, 11, 19), "done"),
        (date(2021, 11, 1), date(2021, 11, 20), "late"),
    ],
)
def test_where_a_promise_stands(due: date | None, done: date | None, state: str) -> None:
    assert promise_state(due, done, DAY) == state


def test_a_firm_is_due_again_after_the_offices_interval_and_its_own_rule_under_protection() -> None:
    pace = Pace(every_days=90, protected_days=180)
    last = date(2021, 8, 1)  # 110 days before the 19th of November
    usual, guarded = next_due(last, False, pace, DAY), next_due(last, True, pace, DAY)
    assert (usual.day, usual.late_days, usual.since_days) == (date(2021, 10, 30), 20, 110)
    assert (guarded.day, guarded.late_days) == (date(2022, 1, 28), 0)
    assert next_due(None, False, pace, DAY).day is None
    assert is_protected(date(2021, 11, 17), date(2021, 11, 17))
    assert not is_protected(date(2021, 11, 17), date(2021, 11, 16))


def test_working_days_leave_out_holidays_and_take_in_shifted_days() -> None:
    days, known = working_days(date(2021, 10, 1), date(2021, 10, 9), CALENDAR)
    assert [day.day for day in days] == [5, 6, 7, 8, 9]
    assert known
    guessed, known = working_days(date(2031, 1, 3), date(2031, 1, 6), CALENDAR)  # Friday to Monday
    assert ([day.day for day in guessed], known) == ([3, 6], False)
    with pytest.raises(KnownError, match="早于"):
        working_days(DAY, DAY - timedelta(days=1), CALENDAR)


@given(firms=st.integers(1, 200), days=st.integers(1, 40), group=st.integers(0, 20))
def test_firms_are_spread_evenly_and_in_order(firms: int, days: int, group: int) -> None:
    names = [f"f{number}" for number in range(firms)]
    when = [DAY + timedelta(days=number) for number in range(days)]
    found = spread(names, when, group=group)
    assert list(found) == names
    assert list(found.values()) == sorted(found.values())
    counts = Counter(found.values())
    numbers = [counts[day] for day in when]
    assert max(numbers) - min(numbers) <= 1


def test_so_many_a_day_from_the_first_day_on_or_refused() -> None:
    when = [DAY, DAY + timedelta(days=3)]
    assert list(spread(["a", "b", "c"], when, 2).values()) == [when[0], when[0], when[1]]
    with pytest.raises(KnownError, match="要 3 个工作日，只有 2 个"):
        spread(["a", "b", "c", "d", "e"], when, 2)
    with pytest.raises(KnownError, match="没有工作日"):
        spread(["a"], [])


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("我办一周内协调供电公司对接。", [("我方", date(2021, 11, 26))]),
        ("企业承诺12月底前完成二期投产；市工信局下周上门答复", [("企业", date(2021, 12, 31)), ("我方", date(2021, 11, 28))]),
        ("一是缺电；二是缺人", []),
        ("企业承诺按时还款", [("企业", None)]),
        ("15日内反馈办理情况", [("企业", date(2021, 12, 4))]),
    ],
)  # fmt: skip
def test_promises_are_found_with_their_side_and_day(note: str, found: list[tuple[str, date | None]]) -> None:
    assert [(one.side, one.due) for one in promise_lines(note, DAY)] == found
