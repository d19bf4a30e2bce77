"""When a look-back is wanted, and when a loan ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chain_office.domain.look_backs import Review, months_later, term_months, wanted

HELD = date(2021, 3, 1)


def on(days: int) -> date:
    return HELD + timedelta(days=days)


def made(days: int, outcome: str = "推进中", after: int | None = None) -> Review:
    return Review(on(days), after, outcome)


@pytest.mark.parametrize(
    ("days", "reviews", "due"),
    [
        (22, [], None),
        (23, [], (30, -7, "7 天后到期", "amber")),
        (30, [], (30, 0, "今天到期", "amber")),
        (31, [], (30, 1, "逾期 1 天", "red")),
        (70, [], (60, 10, "逾期 10 天", "red")),
        (70, [made(31)], (60, 10, "逾期 10 天", "red")),
        (70, [made(61)], None),
        (84, [made(61)], (90, -6, "6 天后到期", "amber")),
        (100, [made(88, after=90)], None),
        (400, [made(61)], (90, 310, "逾期 310 天", "red")),
        (400, [made(91)], None),
        (400, [made(31, "不再需要")], None),
        (400, [made(31, "落空")], None),
        (40, [made(-5)], (30, 10, "逾期 10 天", "red")),
        (40, [made(50, "落空")], (30, 10, "逾期 10 天", "red")),
    ],
)
def test_a_look_back_is_wanted_after_30_60_and_90_days(
    days: int, reviews: list[Review], due: tuple[int, int, str, str] | None
) -> None:
    found = wanted(HELD, reviews, on(days))
    assert (None if found is None else (found.after_days, found.late, found.word, found.light)) == due


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("1年", 12), ("一年", 12), ("18个月", 18), ("6月", 6), ("十二个月", 12), ("一年半", 18), ("2年半", 30),
        ("按项目进度", None), ("", None), ("0年", None),
    ],
)  # fmt: skip
def test_a_term_is_read_as_people_write_it(text: str, months: int | None) -> None:
    assert term_months(text) == months


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 12, 28), 12, date(2021, 12, 28)),
        (date(2021, 11, 30), 1, date(2021, 12, 30)),
    ],
)
def test_a_loan_ends_on_the_same_day_of_a_later_month(day: date, months: int, end: date) -> None:
    assert months_later(day, months) == end
