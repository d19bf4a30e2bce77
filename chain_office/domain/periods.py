"""Months and periods: in headings, titles and sheet names, and counted with."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from chain_office.domain.kinds import BadValue
from chain_office.domain.numbers import small_number
from chain_office.domain.plain import LONGEST_VALUE, plain
from chain_office.domain.when import arabic_dates

# --- months as stored: "2021-09" -------------------------------------------------------------------------------


def month_of(day: date) -> str:
    """The month a day lies in."""
    return f"{day:%Y-%m}"


def month_text(year: int, month: int) -> str:
    """ "2021-09"."""
    return f"{year:04d}-{month:02d}"


def month_parts(month: str) -> tuple[int, int]:
    """ "2021-09" → (2021, 9). Raises :class:`BadValue`."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", month)
    if match is None:
        reason = f"“{month}”不是月份（应如2021-09）"
        raise BadValue(reason)
    return int(match.group(1)), int(match.group(2))


def add_to_month(month: str, count: int) -> str:
    """The month ``count`` months later (earlier if negative)."""
    year, number = month_parts(month)
    index = year * 12 + number - 1 + count
    return month_text(index // 12, index % 12 + 1)


def previous_year(month: str) -> str:
    """The same month a year before (上年同月)."""
    return add_to_month(month, -12)


def first_day(month: str) -> date:
    """The first day of a month."""
    return date(*month_parts(month), 1)


def last_day(month: str) -> date:
    """The last day of a month."""
    year, number = month_parts(month)
    return date(year, number, monthrange(year, number)[1])


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from ``first`` to ``last``, both included; empty when ``last`` is earlier."""
    start, end = month_parts(first), month_parts(last)
    count = (end[0] - start[0]) * 12 + end[1] - start[1]
    return tuple(add_to_month(first, i) for i in range(count + 1))


def last_ended_month(day: date) -> str:
    """The last month that had ended on ``day`` (30 September is the end of September)."""
    month = month_of(day)
    return month if last_day(month) == day else add_to_month(month, -1)


# --- periods in headings and titles ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """Months ``first`` to ``last`` of a year. ``year`` None: not stated. ``last`` 0: 本月, the table's month, not
    stated; ``first`` 0 with it: that single month. ``prior``: of the year before (上年同期). ``whole_year``: a bare
    year."""

    year: int | None
    first: int
    last: int
    prior: bool = False
    whole_year: bool = False

    @property
    def cumulative(self) -> bool:
        """Whether it spans more than one month (1—本月 included)."""
        return self.first != self.last or self.whole_year

    @property
    def complete(self) -> bool:
        """Whether year and months are all known."""
        return self.year is not None and self.last > 0

    def fill(self, year: int | None, month: int | None) -> Period:
        """The period with what the table says about year and month; ``prior`` is resolved into the year."""
        filled = self
        if filled.last == 0 and month:
            filled = replace(filled, last=month, first=filled.first or month)
        if filled.year is None and year is not None:
            filled = replace(filled, year=year - (1 if filled.prior else 0), prior=False)
        return filled

    @property
    def text(self) -> str:
        """As cells carry it: "2021-09", "2021-01..2021-09", "2021"; "" while anything is missing."""
        if self.year is None or self.last == 0:
            return ""
        if self.whole_year:
            return str(self.year)
        last = month_text(self.year, self.last)
        return last if self.first == self.last else f"{month_text(self.year, self.first)}..{last}"


_PRIOR = re.compile(r"上年|去年|上一年|同期")
_CUMULATIVE = re.compile(r"累计|至今|以来")
_Y = r"(?:(?<!\d)((?:19|20)\d\d)[年.\-/]?度?)?"
_SPAN_MONTHS = re.compile(_Y + r"(?<!\d)(\d{1,2})月?份?[-~至到](\d{1,2})(?!\d)月?")
_TO_THIS_MONTH = re.compile(_Y + r"1月?[-~至到](?:本|当)月")
_ONE_MONTH = re.compile(_Y + r"(?<!\d)(\d{1,2})月")
_DOTTED = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?:[.\-/]?(0[1-9]|1[0-2])|[.\-/]([1-9]))(?![\d.])")
_WORDS = (
    (re.compile(_Y + r"上半年"), (1, 6)),
    (re.compile(_Y + r"下半年"), (7, 12)),
    (re.compile(_Y + r"前[三3]季度"), (1, 9)),
    (re.compile(_Y + r"[一1][-~至到][三3]季度"), (1, 9)),
    (re.compile(_Y + r"前[二两2]季度"), (1, 6)),
    (re.compile(_Y + r"全年"), (1, 12)),
)
_QUARTER = re.compile(_Y + r"第?([一二三四1-4])季度")
_THIS_MONTH = re.compile(r"本月|当月|上年同月|去年同月|同月")
_YEAR_ONLY = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


def _year(match: re.Match[str]) -> int | None:
    return int(match.group(1)) if match.group(1) else None


def _months(text: str) -> Period | None:
    match = _TO_THIS_MONTH.search(text)
    if match:
        return Period(_year(match), 1, 0)
    match = _SPAN_MONTHS.search(text)
    if match and ("月" in match.group(0) or match.group(1)):
        first, last = int(match.group(2)), int(match.group(3))
        if 1 <= first < last <= 12:
            return Period(_year(match), first, last)
    for pattern, (first, last) in _WORDS:
        match = pattern.search(text)
        if match:
            return Period(_year(match), first, last)
    match = _QUARTER.search(text)
    if match:
        number = small_number(match.group(2)) or 0
        return Period(_year(match), 3 * number - 2, 3 * number)
    return _one_month(text)


def _one_month(text: str) -> Period | None:
    match = _ONE_MONTH.search(text)
    if match and 1 <= int(match.group(2)) <= 12:
        month = int(match.group(2))
        return Period(_year(match), 1 if _CUMULATIVE.search(text) else month, month)
    match = _DOTTED.search(text)
    if match:
        month = int(match.group(2) or match.group(3))
        return Period(int(match.group(1)), 1 if _CUMULATIVE.search(text) else month, month)
    return None


def read_period(text: str) -> Period | None:
    """The period a heading, title or sheet name states: "9月产值", "2021年1-9月", "1—本月", "上半年", "2021.09".

    A single month with 累计 is January to that month. 上年/去年/同期 sets ``prior`` unless a year is written.
    None when the text names no period.
    """
    tidy = arabic_dates(plain(text[:LONGEST_VALUE]))
    prior = _PRIOR.search(tidy) is not None
    found = _months(tidy)
    if found is None and _THIS_MONTH.search(tidy):
        found = Period(None, 0, 0)
    if found is None and re.search(r"(本年|今年|当年)?累计", tidy) and not re.search(r"开工以来|项目累计", tidy):
        match = _YEAR_ONLY.search(tidy)
        found = Period(int(match.group(1)) if match else None, 1, 0)
    if found is None:
        match = _YEAR_ONLY.search(tidy)
        if match:
            found = Period(int(match.group(1)), 1, 12, whole_year=True)
    if found is None:
        return Period(None, 1, 0, prior=True) if prior else None
    return replace(found, prior=prior and found.year is None)


def drop_period(text: str) -> str:
    """A normalised heading without its year and months ("9月产值" → "产值", "2021年1-9月累计产值" → "累计产值")."""
    tidy = arabic_dates(plain(text[:LONGEST_VALUE]))
    for pattern in (_TO_THIS_MONTH, _SPAN_MONTHS, _ONE_MONTH, _DOTTED, *(p for p, _ in _WORDS), _QUARTER, _YEAR_ONLY):
        tidy = pattern.sub("", tidy)
    return re.sub(r"^[度份的\-~]+", "", tidy)


# --- 建设年限 ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of years or months as written: "2021".."2023", "2021-03".."2022-12", or a number of months."""

    first: str = ""
    last: str = ""
    months: int | None = None

    @property
    def text(self) -> str:
        """As stored: "2021—2023", "2021-03—2022-12", "24个月"."""
        if self.months is not None:
            return f"{self.months}个月"
        return self.first if self.first == self.last else f"{self.first}—{self.last}"


_END = r"((?:19|20)\d\d)(?:[年./\-](\d{1,2})(?!\d)月?(?:底|末)?)?年?"


def read_span(text: str) -> Span | None:
    """Read 建设年限: "2021-2023年", "2021.3-2022.12", "24个月", "2年", "2021年"; None if it is none of these."""
    tidy = arabic_dates(plain(text[:LONGEST_VALUE]))
    match = re.fullmatch(r"(\d{1,3})个?月", tidy)
    if match:
        return Span(months=int(match.group(1)))
    match = re.fullmatch(r"(\d{1,2})年", tidy)
    if match:
        return Span(months=12 * int(match.group(1)))
    match = re.search(rf"(?<!\d){_END}[-~至到]+{_END}", tidy)
    if match is None:
        single = re.fullmatch(_END, tidy)
        end = _end(single.group(1), single.group(2)) if single else ""
        return Span(end, end) if end else None
    first, last = _end(match.group(1), match.group(2)), _end(match.group(3), match.group(4))
    return Span(first, last) if first and last and first[:4] <= last[:4] else None


def _end(year: str, month: str | None) -> str:
    if month is None:
        return year
    return month_text(int(year), int(month)) if 1 <= int(month) <= 12 else ""
