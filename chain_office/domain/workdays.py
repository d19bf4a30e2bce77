"""Working days by an explicit calendar. A year the calendar does not know is refused, never guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
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
    _counted: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

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

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years from one day to the other (in either order) that are not known."""
        low, high = sorted((first.year, last.year))
        return tuple(year for year in range(low, high + 1) if year not in self.known_years)

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``. Raises
        :class:`BadValue` where a day on the way lies in a year that is not known."""
        if end < start:
            return -self.workdays_between(end, start)
        if end == start:
            return 0
        first = start + _ONE_DAY
        if first.year == end.year:
            return self._upto(end) - (self._upto(start) if start.year == end.year else 0)
        between = sum(self._upto(date(year, 12, 31)) for year in range(first.year + 1, end.year))
        before = self._upto(start) if start.year == first.year else 0
        return self._upto(date(first.year, 12, 31)) - before + between + self._upto(end)

    def _upto(self, day: date) -> int:
        """Working days of its year up to and including ``day``. Counted once a year: lists ask for thousands."""
        counted = self._counted.get(day.year)
        if counted is None:
            first = date(day.year, 1, 1)
            days = (date(day.year + 1, 1, 1) - first).days if day.year < date.max.year else 365
            counted = tuple(accumulate(int(self.is_workday(first + timedelta(days=place))) for place in range(days)))
            self._counted[day.year] = counted
        return counted[day.timetuple().tm_yday - 1]
