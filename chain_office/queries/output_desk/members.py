"""The firms behind this year's and last year's output at a date, each with its place, its months and its base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.growth import firm_months, steps
from chain_office.domain.output_breakdown import Member, Stretch
from chain_office.domain.periods import last_day, previous_year
from chain_office.queries import register
from chain_office.queries.output import firm_years, last_year, published_on, reports_between, stated_total

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.growth import Firm, Report
    from chain_office.queries.output import LastYear

_FIRMS = """
    SELECT e.id, coalesce(e.number, 0), e.name, e.segment_id, e.district_id, e.park_id FROM enterprise e
"""


@dataclass(frozen=True, slots=True)
class Members:
    """All firms of either year. ``from_month`` None: nothing is recorded by the date. ``known``: last year's total is known
    (somebody's reports of last year reach that month, or it is stated). ``stated_yuan``: a stated 上年公布数."""

    from_month: str | None
    to_month: str | None
    every: tuple[Member, ...]
    known: bool
    stated_yuan: int | None


def members(ledger: Ledger, day: date) -> Members:
    """Every firm with output this year or last at ``day``; remembered until something is written."""
    return ledger.recall(("output members", day), lambda: _members(ledger, day))


def _members(ledger: Ledger, day: date) -> Members:
    last, firms, latest = firm_years(ledger, day)
    if not last:
        return Members(None, None, (), known=False, stated_yuan=None)
    then = previous_year(last)
    published = last_year(ledger, day, then)
    reached, totals = published.reached, published.totals if published.reached else {}
    now = {one.enterprise: one for one in firms}
    entries = register.entries_at(ledger, day)
    alone = _months_alone(ledger, day, last, now, latest, entries)
    alone_then = _month_of_last_year(ledger, published_on(ledger, day, then), then, published if reached else None)
    ever, on = register.firms_ever_registered(ledger), register.firms_on_register(ledger, day)
    on_then = register.firms_on_register(ledger, last_day(then))
    places = {row[0]: row[1:] for row in ledger.rows(_FIRMS)}
    every = []
    for one in now.keys() | totals.keys():
        number, name, segment, district, park = places[one]
        firm, before = now.get(one), totals.get(one)
        cum = Stretch(firm.total_yuan if firm else None, firm.base_yuan if firm else None, before)
        own, base = alone.get(one, (None, None))
        if cum.base_yuan is None:  # on neither side of the year, and so of the month
            base = None
        month = Stretch(own, base, alone_then.get(one))
        gone = one in ever and one not in on
        entered = firm is not None and (before is None if reached else one in ever and one not in on_then)
        kind = entries[one].kind if one in entries else None
        told, before_told = latest.get(one), published.latest.get(one)
        plain = _is_plain(told, last) and _is_plain(before_told, then)
        every.append(Member(one, number, name, segment, district, park, kind, gone, entered, plain, cum, month))
    stated = stated_total(ledger, then)
    every.sort(key=lambda one: (one.number, one.id))
    return Members(f"{last[:4]}-01", last, tuple(every), reached or stated is not None, stated)


def _is_plain(told: Report | None, month: str) -> bool:
    """A report of the month itself that tells the cumulative: the firm's year is all in it."""
    return told is not None and told.month == month and told.cum_yuan is not None


def _months_alone(
    ledger: Ledger,
    day: date,
    last: str,
    firms: Mapping[str, Firm],
    latest: Mapping[str, Report],
    entries: Mapping[str, register.Entry],
) -> dict[str, tuple[int, int | None]]:
    """Firm → its own amount of the month ``last`` and the base of it. A firm whose latest report tells all four amounts of
    that month is told by it alone; where something is left out, its reports are read and taken apart."""
    found: dict[str, tuple[int, int | None]] = {}
    odd = []
    for one in firms:
        told = latest[one]
        if told.month != last:
            continue
        if None in (told.month_yuan, told.cum_yuan, told.month_prev_yuan, told.cum_prev_yuan):
            odd.append(one)
        elif told.month_yuan is not None:
            found[one] = told.month_yuan, told.month_prev_yuan
    january = f"{last[:4]}-01"
    now = reports_between(ledger, day, january, last, odd)
    before = reports_between(ledger, day, previous_year(january), previous_year(last), odd)
    for one in odd:
        built = entries[one].built if one in entries else None
        step = firm_months(now.get(one, []), before.get(one, []), built).get(last)
        if step is not None:
            found[one] = (step[0], 0) if step[1] is None and firms[one].base_yuan == 0 else step
    return found


def _month_of_last_year(ledger: Ledger, day: date, then: str, published: LastYear | None) -> dict[str, int]:
    """Firm → what it reported for the month ``then`` alone, of the firms that counted in last year's total."""
    if published is None:
        return {}
    told = {one: report for one in published.totals if (report := published.latest[one]).month == then}
    found = {one: report.month_yuan for one, report in told.items() if report.month_yuan is not None}
    odd = [one for one in told if one not in found]
    for one, reports in reports_between(ledger, day, f"{then[:4]}-01", then, odd).items():
        step = steps({report.month: (report.month_yuan, report.cum_yuan) for report in reports}).get(then)
        if step is not None:
            found[one] = step
    return found
