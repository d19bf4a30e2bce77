"""What is published of working days, for the settings; the calendar itself: queries.work_calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.queries.work_calendar import published, work_calendar

if TYPE_CHECKING:
    from datetime import date

__all__ = ["published_names", "published_years", "work_calendar"]
_SATURDAY = 5


def published_years() -> frozenset[int]:
    """The years whose arrangements the library knows."""
    return published()[0]


def published_names(year: int) -> dict[date, tuple[bool, str]]:
    """The published days of a year that are holidays or shifted working days: (worked, the holiday's name)."""
    from chinese_calendar import Holiday, constants

    names = {one.value: one.chinese for one in Holiday}
    found = {day: (False, names.get(name, "")) for day, name in constants.holidays.items() if day.year == year}
    found |= {
        day: (True, names.get(name, ""))
        for day, name in constants.workdays.items()
        if day.year == year and day.weekday() >= _SATURDAY
    }
    return dict(sorted(found.items()))
