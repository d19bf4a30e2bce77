"""Working days: the published arrangements, the office's own table over them, and years nobody published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.models import CalendarDay
from chain_office.db.settings import put_declared_years
from chain_office.domain.kinds import BadValue
from chain_office.services.calendar import work_calendar
from chain_office.services.ledgers import open_or_make

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_or_make(tmp_path / "新.ledger") as opened:
        yield opened


def put(ledger: Ledger, *days: tuple[date, bool]) -> None:
    with ledger.write("甲", "节假日") as writer:
        writer.insert_many(CalendarDay, [{"day": day, "works": works} for day, works in days])


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2021, 10, 1), False),  # a Friday of the National Day holiday
        (date(2021, 10, 9), True),  # a Saturday worked for it
        (date(2021, 9, 26), True),  # a Sunday worked for it
        (date(2021, 10, 10), False),  # a plain Sunday
        (date(2021, 11, 19), True),  # a plain Friday
    ],
)
def test_the_published_arrangements_of_2021(ledger: Ledger, day: date, works: bool) -> None:
    assert work_calendar(ledger).is_workday(day) is works


def test_five_working_days_over_the_national_day(ledger: Ledger) -> None:
    assert work_calendar(ledger).add_workdays(date(2021, 9, 29), 5) == date(2021, 10, 12)


def test_the_offices_own_table_comes_first(ledger: Ledger) -> None:
    put(
        ledger,
        (date(2021, 11, 19), False),
        (date(2021, 11, 20), True),
        (date(2021, 10, 1), True),
        (date(2021, 10, 9), False),
    )
    calendar = work_calendar(ledger)
    found = [calendar.is_workday(date(2021, *rest)) for rest in ((11, 19), (11, 20), (10, 1), (10, 9))]
    assert found == [False, True, True, False]


def test_a_year_nobody_published_is_said_not_guessed(ledger: Ledger) -> None:
    calendar = work_calendar(ledger)
    with pytest.raises(BadValue, match="没有2099年的节假日安排"):
        calendar.is_workday(date(2099, 1, 5))
    with pytest.raises(BadValue, match="没有1999年"):
        calendar.add_workdays(date(1999, 12, 20), 3)


def test_one_day_does_not_make_its_year_known(ledger: Ledger) -> None:
    put(ledger, (date(2099, 1, 1), False))
    with pytest.raises(BadValue, match="没有2099年的节假日安排"):
        work_calendar(ledger).is_workday(date(2099, 1, 2))


def test_a_year_the_office_entered_whole_is_known(ledger: Ledger) -> None:
    put(ledger, (date(2099, 1, 1), False))
    with ledger.write("甲", "登记齐") as writer:
        put_declared_years(writer, {2099})
    calendar = work_calendar(ledger)
    assert [calendar.is_workday(date(2099, 1, day)) for day in (1, 2, 3)] == [False, True, False]


def test_a_day_in_the_bin_counts_no_more(ledger: Ledger) -> None:
    put(ledger, (date(2021, 11, 19), False))
    row_id = ledger.value("SELECT id FROM calendar_day")
    with ledger.write("甲", "删") as writer:
        writer.bin(CalendarDay, row_id)
    assert work_calendar(ledger).is_workday(date(2021, 11, 19))
