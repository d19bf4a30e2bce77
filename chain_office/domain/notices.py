"""The yearly notice of holidays as people paste it: "春节：2月15日至23日放假，共9天。2月14日（周六）、28日（周六）上班。" """

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from chain_office.domain.plain import plain

_NOISE = re.compile(
    r"[(（][^()（）]*[)）]|星期[一二三四五六日天]|周[一二三四五六日天]|共\s*\d+\s*天|与周末连休|调休|补休"
)
_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日")
_PART = re.compile(r"[,，。;；]")
_RANGE = re.compile(r"^\s*(?:至|到|-|—|~|－)\s*")
_LEAD = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\d+[.、])?\s*(?P<name>[^:：\d]{1,12})[:：]")
_MOST = 31


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """Days as a notice gives them: (day, worked, name of the holiday), and what could not be read."""

    days: tuple[tuple[date, bool, str], ...]
    unread: tuple[str, ...]


def read_notice(text: str, year: int) -> NoticeDays:
    """Read a notice of ``year``. A later statement about a day replaces an earlier one."""
    days: dict[date, tuple[bool, str]] = {}
    unread: list[str] = []
    for line in text.splitlines():
        name, rest = _named(line)
        month: int | None = None
        waiting: list[date] = []
        for part in _PART.split(_NOISE.sub("", plain(rest))):
            found, month, wrong = _days(part, year, month)
            if wrong or any(day.year not in {year - 1, year, year + 1} for day in found):
                unread.append(part.strip())
                continue
            waiting += found
            verdict = False if "放假" in part else True if "上班" in part else None
            if verdict is not None:
                days |= {day: (verdict, name) for day in waiting if day.year == year}
                waiting = []
        if waiting:
            unread.append(line.strip())
    return NoticeDays(tuple((day, *days[day]) for day in sorted(days)), tuple(unread))


def _named(line: str) -> tuple[str, str]:
    found = _LEAD.match(line)
    return (found["name"].strip(), line[found.end() :]) if found else ("", line)


def _days(part: str, year: int, month: int | None) -> tuple[list[date], int | None, bool]:
    """The days a part names, the month it ends in, and whether something in it is no day."""
    found: list[date] = []
    at = 0
    while (match := _DAY.search(part, at)) is not None:
        joined = (
            bool(found)
            and _RANGE.match(part[at : match.start()] + " ") is not None
            and _RANGE.sub("", part[at : match.start()]) == ""
        )
        month = int(match["month"]) if match["month"] else month
        try:
            day = date(int(match["year"] or year), month or 0, int(match["day"]))
        except ValueError:
            return found, month, True
        if joined:
            start = found[-1]
            if not 0 < (day - start).days <= _MOST:
                return found, month, True
            found += [start + timedelta(days=step) for step in range(1, (day - start).days + 1)]
        else:
            found.append(day)
        at = match.end()
    return found, month, not found and bool(re.search(r"\d", part))
