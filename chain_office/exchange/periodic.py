"""Settle which year and month a table's columns speak of, and the unit each is in."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chain_office.domain.kinds import BadValue
from chain_office.domain.money import money_unit
from chain_office.domain.periods import Period, month_parts
from chain_office.domain.quantities import find_unit
from chain_office.domain.values import MONTH as MONTH_KIND
from chain_office.exchange.rows import PlannedColumn, kind_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.exchange.captions import Captions
    from chain_office.exchange.matches import Mapping, Match

UNITS = {
    "亩": ("亩", "公顷", "平方米", "平方公里", "㎡"),
    "千瓦时": ("万千瓦时", "亿千瓦时", "千瓦时", "万度", "度"),
    "%": ("%",),
    "人": ("万人", "人"),
    "吨": ("万吨", "吨"),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The table's own year and month; ``month`` 0 when it names none. ``reached``: where months stand side by side, the
    last one with figures, to which a 累计 beside them goes; else 0."""

    year: int | None
    month: int
    reached: int = 0


def table_calendar(mapping: Mapping, captions: Captions, answer: str) -> Calendar:
    """From the answer, the title (or sheet name), the headings, then the 截至 date."""
    if answer:
        try:
            return Calendar(*month_parts(str(MONTH_KIND.parse(answer).value)))
        except BadValue:
            pass
    stated = [match.period for match in mapping.matches if match.period is not None]
    years = [period.year for period in stated if period.year]
    title = captions.period
    year = (title.year if title else None) or (captions.title_date.year if captions.title_date else None)
    year = year or (max(years) if years else None) or (captions.as_of.year if captions.as_of else None)
    month = title.last if title and not title.whole_year else 0
    if not month and captions.title_date and captions.title_precision in {"day", "month"} and not title:
        month = captions.title_date.month if captions.title_precision == "month" else 0
    if not month:
        spans = [
            period.last for period in stated if period.last and not period.whole_year and period.year in {None, year}
        ]
        month = max(spans) if spans and not _is_wide(stated) else 0
    if not month and captions.as_of:
        month = captions.as_of.month
    return Calendar(year, month)


def _is_wide(periods: list[Period]) -> bool:
    """Whether months stand side by side (1月 2月 3月 …), so that none of them is the table's month."""
    return len({period.last for period in periods if not period.cumulative and period.last}) > 1


def months_reached(calendar: Calendar, mapping: Mapping, has_figures: Callable[[int], bool]) -> Calendar:
    """The calendar of a table with a column a month, knowing how far its figures go."""
    if calendar.month or calendar.year is None:
        return calendar
    reached = [
        one.period.last
        for one in mapping.matches
        if one.period and one.period.first == one.period.last and one.period.year in {None, calendar.year}
        if not one.prior and has_figures(one.index)
    ]
    return replace(calendar, reached=max(reached, default=0))


def plan_columns(mapping: Mapping, captions: Captions, calendar: Calendar) -> list[PlannedColumn]:
    """Every matched column with kind, unit, year and period; last year's figures beside this year's become 上年同期."""
    matches = _paired_with_last_year(mapping, calendar)
    mapping.matches = matches
    planned = []
    for match in matches:
        period = _period(match, calendar)
        year = match.period.year if match.period and match.period.year else captions.year
        planned.append(
            PlannedColumn(match, kind_for(match.spec), _unit(match, captions), year, period, match.column.title)
        )
    return planned


def _period(match: Match, calendar: Calendar) -> str:
    cumulative = match.slot is not None and match.slot.span == "cumulative"
    month = calendar.month or (calendar.reached if cumulative else 0)
    if match.period is not None:
        return match.period.fill(calendar.year, month or None).text
    if not match.spec.periodic or not month or calendar.year is None:
        return ""
    return Period(calendar.year, 1 if cumulative else month, month).text


def _paired_with_last_year(mapping: Mapping, calendar: Calendar) -> list[Match]:
    """ "2020年1-9月" right beside "2021年1-9月" is the form's own 上年同期; a row of last year's months is not."""
    by_year: dict[tuple[int, int | None], list[Match]] = defaultdict(list)
    for match in mapping.matches:
        family = mapping.vocabulary.family_of(match.spec)
        if family is not None and match.period is not None and not match.prior and match.spec.kind.name == "money":
            by_year[id(family), match.period.year or calendar.year].append(match)
    changed: dict[int, Match] = {}
    for (family_id, year), group in by_year.items():
        current = by_year.get((family_id, calendar.year), [])
        if year is None or calendar.year is None or year != calendar.year - 1 or len(group) > 2:
            continue
        spans = {(one.period.first, one.period.last) for one in current if one.period}
        for match in group:
            family = mapping.vocabulary.family_of(match.spec)
            assert family is not None
            assert match.period is not None
            chosen = family.slots.get((True, match.slot.span if match.slot else ""))
            if chosen is not None and (match.period.first, match.period.last) in spans:
                period = replace(match.period, year=calendar.year)
                changed[id(match)] = replace(match, spec=chosen, prior=True, period=period)
    return [changed.get(id(match), match) for match in mapping.matches]


def _unit(match: Match, captions: Captions) -> str | None:
    """The heading's unit, else the unit line's that fits the field."""
    if match.column.unit:
        return match.column.unit
    if match.spec.kind.name == "money":
        words = (word for line in captions.units for word in re.split(r"[、,，/;；:：\s()（）]", line))
        stated = {unit for word in words if (unit := money_unit(word))}
        return stated.pop() if len(stated) == 1 else None
    if match.spec.kind.name == "percent":
        return "%" if any("%" in line for line in captions.units) else None
    for unit in UNITS.get(match.spec.unit, ()):
        if any(find_unit(line, dict.fromkeys(UNITS[match.spec.unit])) == unit for line in captions.units):  # type: ignore[arg-type]
            return unit
    return None
