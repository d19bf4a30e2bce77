"""The working-day calendar: the State Council's arrangements as the library knows them, and the ledger's own table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chain_office.db.settings import calendar_days, declared_years
from chain_office.domain.workdays import WorkCalendar

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

_SATURDAY = 5


@cache
def published() -> tuple[frozenset[int], frozenset[date], frozenset[date]]:
    """(years known, weekday holidays, working weekends) of the chinesecalendar library."""
    from chinese_calendar import constants  # not needed before a deadline is counted

    holidays = frozenset(day for day in constants.holidays if day.weekday() < _SATURDAY)
    worked = frozenset(day for day in constants.workdays if day.weekday() >= _SATURDAY)
    return frozenset(day.year for day in constants.holidays), holidays, worked


def work_calendar(ledger: Ledger) -> WorkCalendar:
    """The library's years and those the office has entered whole, overridden day by day by the ledger's own table. One day
    in the table does not make its year known: the others would be guessed."""
    years, holidays, worked = published()
    own = calendar_days(ledger)
    changed = {day for day, _ in own}
    rest = {day for day, works in own if not works and day.weekday() < _SATURDAY}
    work = {day for day, works in own if works and day.weekday() >= _SATURDAY}
    return WorkCalendar.build(years | declared_years(ledger), (holidays - changed) | rest, (worked - changed) | work)
