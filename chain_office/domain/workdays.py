"""Working days by an explicit calendar. A year the calendar does not know is refused, never guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chain_office.domain.kinds import BadValue

if TYPE_CHECKING:
    from collections.abc import Iterable

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Weekdays that are holidays and weekend days that are worked, for the years in ``known_years``."""

    known_years: frozenset[int]
    weekday_holidays: frozenset[date] = field(repr=False)
    weekend_workdays: frozenset[date] = field(repr=False)

    @classmethod
    def build(
        cls, years: Iterable[int], weekday_holidays: Iterable[date], weekend_workdays: Iterable[date]
    ) -> WorkCalendar:
        """A calendar from any iterables."""
        return cls(frozenset(years), frozenset(weekday_holidays), frozenset(weekend_workdays))

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is worked. Raises :class:`BadValue` for a year that is not known."""
        if day.year not in self.known_years:
            reason = f"没有{day.year}年的节假日安排，无法推算工作日，请直接填写日期"
            raise BadValue(reason, question=True, topic="date")
        if day.weekday() < 5:
            return day not in self.weekday_holidays
        return day in self.weekend_workdays

    def add_workdays(self, start: date, days: int) -> date:
        """The day ``days`` working days after ``start``; the day itself does not count (交办当日不计)."""
        step = _ONE_DAY if days >= 0 else -_ONE_DAY
        day = start
        left = abs(days)
        while left:
            day += step
            if self.is_workday(day):
                left -= 1
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``."""
        if end < start:
            return -self.workdays_between(end, start)
        count = 0
        day = start
        while day < end:
            day += _ONE_DAY
            count += self.is_workday(day)
        return count
