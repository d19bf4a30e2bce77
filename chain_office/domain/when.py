"""Dates as written: what a text says about year, month, day or part of a year, before a missing year is settled."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.kinds import BadValue
from chain_office.domain.numbers import CHINESE_NUMERAL, chinese_number, small_number

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_YEAR = 1949
LAST_YEAR = 2099

_PRECISIONS = {"": "day", "e": "day", "x": "xun", "q": "quarter", "h": "quarter", "m": "month", "y": "year"}
_QUARTER = r"第?([一二三四1-4])季度?|q([1-4])"
_TAIL = r"(底|末|初|上旬|中旬|下旬|上半月|下半月|月底|月末|内)?"
_XUN = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "上半月": (1, 15), "下半月": (16, 31)}


def bad_day(text: str) -> BadValue:
    """The complaint about a day that does not exist."""
    return BadValue(f"没有“{text}”这一天")


@dataclass(frozen=True, slots=True)
class When:
    """A date as written. ``part`` is "" for a day, "m" a month, "x" ten days or half a month (``days``), "q"/"h" a
    quarter or half-year (``months``), "y" a year, "e" the end of a month, quarter or year (``months``)."""

    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    days: tuple[int, int] = (1, 31)
    months: tuple[int, int] = (1, 12)
    start: int = 0
    end: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def precision(self) -> str:
        """How exact the text is."""
        return _PRECISIONS[self.part]

    def span(self, year: int) -> tuple[date, date]:
        """First and last day meant, in ``year``. Raises :class:`BadValue` for 2月30日."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            reason = f"“{self.text}”的年份{year}不合理"
            raise BadValue(reason)
        if self.part == "" and self.month is not None and self.day is not None:
            if not 1 <= self.month <= 12 or not 1 <= self.day <= monthrange(year, self.month)[1]:
                raise bad_day(self.text)
            exact = date(year, self.month, self.day)
            return exact, exact
        low, high = (self.month, self.month) if self.month is not None else self.months
        if not 1 <= low <= high <= 12:
            raise bad_day(self.text)
        last = monthrange(year, high)[1]
        first_day, last_day = (self.days[0], min(self.days[1], last)) if self.part == "x" else (1, last)
        if self.part == "e":
            first_day, low = last, high
        return date(year, low, first_day), date(year, high, last_day)


def _year_month(match: re.Match[str]) -> When:
    year, month, tail = int(match.group(1)), int(match.group(2)), match.group(3) or ""
    when = month_part(match, month, tail)
    warnings: tuple[str, ...] = ()
    if re.fullmatch(r"\d{4}\.1", match.group(0)):
        warnings = (f"“{match.group(0)}”也可能是{year}.10（末尾的0被省略），请核对",)
    return replace(when, year=year, warnings=warnings)


def month_part(match: re.Match[str], month: int, tail: str) -> When:
    """A month with 底, 上旬, 初 ... after it."""
    place = {"text": match.group(0), "start": match.start(), "end": match.end()}
    when = When(place["text"], month=month, start=match.start(), end=match.end(), part="m")  # type: ignore[arg-type]
    if tail in _XUN:
        return replace(when, part="x", days=_XUN[tail])
    return replace(when, part="e", months=(month, month)) if tail.endswith(("底", "末")) else when


def _full(match: re.Match[str]) -> When:
    year, month, day = (int(g) for g in match.groups())
    return When(match.group(0), year, month, day, start=match.start(), end=match.end())


def _short_year(match: re.Match[str]) -> When:
    when = _full(match)
    first = when.year or 0
    if first <= 12 and "年" not in match.group(0):
        reason = f"“{match.group(0)}”分不清年月日的先后"
        raise BadValue(reason, question=True, topic="date")
    year = first + (2000 if first < 70 else 1900)
    return replace(when, year=year, warnings=(f"“{match.group(0)}”按{year}年读",))


def _year_last(match: re.Match[str]) -> When:
    first, second, year = (int(g) for g in match.groups())
    if first <= 12 and second <= 12 and first != second:
        reason = f"“{match.group(0)}”分不清月日的先后"
        raise BadValue(reason, question=True, topic="date")
    month, day = (second, first) if first > 12 else (first, second)
    return When(match.group(0), year, month, day, start=match.start(), end=match.end())


def _month_day(match: re.Match[str]) -> When:
    month, day = int(match.group(1)), int(match.group(2))
    return When(match.group(0), None, month, day, start=match.start(), end=match.end())


def _month_alone(match: re.Match[str]) -> When:
    return month_part(match, int(match.group(1)), match.group(2) or "")


def _quarter(match: re.Match[str]) -> When:
    year, number, tail = match.group(1), small_number(match.group(2) or match.group(3)) or 0, match.group(4) or ""
    months = (3 * number - 2, 3 * number)
    part = "e" if tail in {"底", "末"} else "q"
    return When(
        match.group(0), int(year) if year else None, part=part, months=months, start=match.start(), end=match.end()
    )


def _half(match: re.Match[str]) -> When:
    year, which, tail = match.group(1), match.group(2), match.group(3) or ""
    months = {"上": (1, 6), "下": (7, 12)}[which]
    part = "e" if tail in {"底", "末"} else "h"
    return When(
        match.group(0), int(year) if year else None, part=part, months=months, start=match.start(), end=match.end()
    )


def _year_end(match: re.Match[str]) -> When:
    year = match.group(1)
    return When(match.group(0), int(year) if year else None, part="e", start=match.start(), end=match.end())


def _year_alone(match: re.Match[str]) -> When:
    return When(match.group(0), int(match.group(1)), part="y", start=match.start(), end=match.end())


_Y = r"(?<!\d)((?:19|20)\d\d)"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], When]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (_Y + r"年(\d{1,2})[月./](\d{1,2})(?![\d月])[日号]?", _full),
        (_Y + r"[-/.](\d{1,2})[-/.](\d{1,2})(?![\d月])[日号]?", _full),
        (_Y + r"(\d\d)(\d\d)(?!\d)", _full),
        (r"(?<![\d./-])(\d\d)(?:年(?=\d+月)|[-/.])(\d{1,2})[-/.月](\d{1,2})(?![\d月])[日号]?", _short_year),
        (r"(?<![\d./-])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)", _year_last),
        (_Y + r"[-/.年](\d{1,2})(?![\d/.-]\d?)(?!季)月?份?" + _TAIL, _year_month),
        (_Y + r"(\d\d)(?!\d)" + _TAIL, _year_month),
        (rf"(?:{_Y}年?)?(?:{_QUARTER})" + r"(底|末|内)?", _quarter),
        (rf"(?:{_Y}年?)?([上下])半年" + r"(底|末|内)?", _half),
        (_Y + r"?年?(?:年底|年末|年终|底(?!\d)|末(?!\d)|全年|年内)", _year_end),
        (r"(?<![\d.])(\d{1,2})月(\d{1,2})(?!\d)[日号]?", _month_day),
        (r"(?<![\d./-])(\d{1,2})[-/.](\d{1,2})(?![\d./月-])[日号]?", _month_day),
        (r"(?<!\d)([01]\d)([0-3]\d)(?!\d)", _month_day),
        (r"(?<![\d.-])(\d{1,2})月份?" + _TAIL, _month_alone),
        (_Y + r"(?![\d.])(?!年度?\d)年?度?", _year_alone),
    )
)


def arabic_dates(text: str) -> str:
    """Chinese numerals before 年, 月, 日, 号 as digits; 元月 is January; no spaces."""
    compact = re.sub(r"\s+", "", text).replace("元月", "1月")

    def digits(match: re.Match[str]) -> str:
        number = chinese_number(match.group(0))
        return match.group(0) if number is None else str(number)

    return re.sub(rf"{CHINESE_NUMERAL}(?=[年月日号个天周])", digits, compact)


def find_when(text: str) -> When | None:
    """The first date written in a text (spaces removed, numerals Arabic), or None."""
    best: When | None = None
    for pattern, make in _PATTERNS:
        match = pattern.search(text)
        if match is not None and (best is None or match.start() < best.start):
            best = make(match)
    return best
