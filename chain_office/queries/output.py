"""Monthly output, read for growth figures and charts."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.growth import (
    Firm,
    Report,
    SameSample,
    cumulative,
    firm_months,
    firm_year,
    rate,
    same_sample,
)
from chain_office.domain.periods import last_day, last_ended_month, previous_year
from chain_office.queries import register
from chain_office.queries.output_reports import reports_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from decimal import Decimal

    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Growth:
    """Output of a year up to a cut-off, in 元; months as "YYYY-MM"; None where nothing is known."""

    from_month: str | None
    to_month: str | None
    sample: SameSample
    firms: tuple[Firm, ...]
    published_yuan: int | None
    last_published_yuan: int | None
    nominal_percent: Decimal | None
    stated: bool


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the same sample: output and prior-year base in 元, growth in percent."""

    month: str
    output_yuan: int | None
    base_yuan: int | None
    yoy_percent: Decimal | None


_FIGURES = "o.month, o.month_yuan, o.cum_yuan, o.month_prev_yuan, o.cum_prev_yuan"


def latest_reports(ledger: Ledger, day: date, first: str, last: str) -> dict[str, Report]:
    """Firm → its latest report of these months: a seek in an index for each firm, whatever years lie behind."""
    rows = ledger.rows(
        f"SELECT o.enterprise_id, {_FIGURES} FROM enterprise e JOIN {reports_at(ledger, day)} o ON o.id = (SELECT x.id "
        "FROM monthly_output x WHERE x.enterprise_id = e.id AND x.deleted_at IS NULL AND x.month BETWEEN ? AND ? "
        "ORDER BY x.month DESC LIMIT 1)",
        (first, last),
    )
    return {firm: Report(*rest) for firm, *rest in rows}


def reports_between(
    ledger: Ledger, day: date, first: str, last: str, firms: Collection[str] | None = None
) -> dict[str, list[Report]]:
    """Firm → its reports of these months (of some firms), as they stood on ``day``."""
    if firms is not None and not firms:
        return defaultdict(list)
    some = "" if firms is None else "AND o.enterprise_id IN (SELECT value FROM json_each(:firms))"
    rows = ledger.rows(
        f"SELECT o.enterprise_id, {_FIGURES} FROM {reports_at(ledger, day)} o WHERE o.deleted_at IS NULL "
        f"AND o.month BETWEEN :first AND :last {some} ORDER BY o.enterprise_id, o.month",
        {"first": first, "last": last, "firms": json.dumps(list(firms or ()))},
    )
    found: dict[str, list[Report]] = defaultdict(list)
    for firm, *rest in rows:
        found[firm].append(Report(*rest))
    return found


def last_month(ledger: Ledger, day: date) -> str | None:
    """The last month ended by ``day`` for which any firm had told a figure."""
    found = ledger.value(
        f"SELECT o.month FROM {reports_at(ledger, day)} o WHERE o.deleted_at IS NULL AND o.month <= ? "
        "AND (o.month_yuan IS NOT NULL OR o.cum_yuan IS NOT NULL) ORDER BY o.month DESC LIMIT 1",
        (last_ended_month(day),),
    )
    return None if found is None else str(found)


def _sampled(ledger: Ledger, day: date, firms: set[str]) -> set[str]:
    """Firms that count at ``day``: on the register then, or never on it (a form's firm nobody registered yet)."""
    registered = register.firms_ever_registered(ledger)
    return (firms & register.firms_on_register(ledger, day)) | (firms - registered)


def growth(ledger: Ledger, day: date) -> Growth:
    """Same-sample and nominal growth at ``day``."""
    return ledger.recall(("growth", day), lambda: _growth(ledger, day))


def _growth(ledger: Ledger, day: date) -> Growth:
    last, firms, _ = firm_years(ledger, day)
    if not last:
        return Growth(None, None, same_sample([]), (), None, None, None, stated=False)
    january = f"{last[:4]}-01"
    published = sum(firm.total_yuan for firm in firms) if firms else None
    stated, last_published = _last_published(ledger, day, previous_year(last))
    return Growth(
        january,
        last,
        same_sample(firms),
        tuple(firms),
        published,
        last_published,
        rate(published, last_published),
        stated=stated,
    )


def firm_years(ledger: Ledger, day: date) -> tuple[str, list[Firm], dict[str, Report]]:
    """The last month with figures ("" for none), the firms of the sample added up to it, and each firm's latest report."""
    return ledger.recall(("firm years", day), lambda: _firm_years(ledger, day))


def _firm_years(ledger: Ledger, day: date) -> tuple[str, list[Firm], dict[str, Report]]:
    """A firm whose latest report tells both cumulatives is
    told by it alone (what firm_year would make of all its reports); the others' reports are read and added up."""
    last = last_month(ledger, day)
    if last is None:
        return "", [], {}
    january = f"{last[:4]}-01"
    latest = latest_reports(ledger, day, january, last)
    sampled = _sampled(ledger, day, set(latest))
    odd = [one for one in sampled if latest[one].cum_yuan is None or latest[one].cum_prev_yuan is None]
    this_year = reports_between(ledger, day, january, last, odd)
    before = reports_between(ledger, day, previous_year(january), previous_year(last), odd)
    entries = register.entries_at(ledger, day) if odd else {}
    firms = []
    for one in sorted(sampled):
        total, base = latest[one].cum_yuan, latest[one].cum_prev_yuan
        if total is not None and base is not None:
            firms.append(Firm(one, total, base))
            continue
        built = entries[one].built if one in entries else None
        if (firm := firm_year(one, this_year[one], before.get(one, []), built)) is not None:
            firms.append(firm)
    return last, firms, latest


def _last_published(ledger: Ledger, day: date, month: str) -> tuple[bool, int | None]:
    """Last year's total as published: the stated 上年公布数, else last year's own months of the firms that counted then."""
    stated = stated_total(ledger, month)
    if stated is not None:
        return True, stated
    then = last_year(ledger, day, month)
    return False, sum(then.totals.values()) if then.reached else None


def stated_total(ledger: Ledger, month: str) -> int | None:
    """A 上年公布数 somebody stated: January to ``month``, in 元."""
    stated = ledger.value("SELECT total_yuan FROM published_total WHERE deleted_at IS NULL AND month = ?", (month,))
    return None if stated is None else int(stated)


@dataclass(frozen=True, slots=True)
class LastYear:
    """What January to a month of last year came to, in 元 by firm; firms that were not on the register at that month's end are
    left out, as they were from the total published then. ``reached``: somebody's reports reach that month. ``latest``:
    every firm's latest report up to it."""

    totals: Mapping[str, int]
    reached: bool
    latest: Mapping[str, Report]


def published_on(ledger: Ledger, day: date, month: str) -> date:
    """The day as of which a month's total was published: its sign-off. A month nobody signed off by ``day`` is told as
    it is known on ``day``."""
    signed = ledger.value(
        "SELECT min(day) FROM month_freeze WHERE desk = 'output' AND deleted_at IS NULL AND month = ?", (month,)
    )
    return day if signed is None else min(day, date.fromisoformat(signed))


def last_year(ledger: Ledger, day: date, month: str) -> LastYear:
    """Last year's output up to ``month`` (of that year), as published then: corrections since its sign-off do not count."""
    return known_year(ledger, published_on(ledger, day, month), month)


def known_year(ledger: Ledger, day: date, month: str) -> LastYear:
    """Output from January to ``month`` as known on ``day``, corrections and late reports up to it included."""
    return ledger.recall(("last year", day, month), lambda: _known_year(ledger, day, month))


def _known_year(ledger: Ledger, day: date, month: str) -> LastYear:
    first = f"{month[:4]}-01"
    latest = latest_reports(ledger, day, first, month)
    counted = _sampled(ledger, last_day(month), set(latest))
    odd = reports_between(ledger, day, first, month, [one for one, told in latest.items() if told.cum_yuan is None])
    totals: dict[str, int] = {}
    reached = False
    for firm, report in latest.items():
        if firm not in counted:
            continue
        total = report.cum_yuan
        if total is None:
            total = cumulative({one.month: (one.month_yuan, one.cum_yuan) for one in odd[firm]})
        if total is not None:
            totals[firm] = total
            reached = reached or (report.month == month and (report.month_yuan, report.cum_yuan) != (None, None))
    return LastYear(totals, reached, latest)


def by_month(ledger: Ledger, day: date) -> tuple[MonthPoint, ...]:
    """The same sample month by month: each month's own figure, or the step of the cumulative where only that is known.
    A month in which some firm's step is not known (January and February reported together) keeps what is known."""
    return ledger.recall(("months", day), lambda: _by_month(ledger, day))


def _by_month(ledger: Ledger, day: date) -> tuple[MonthPoint, ...]:
    whole = growth(ledger, day)
    if whole.from_month is None or whole.to_month is None:
        return ()
    sample = {firm.enterprise for firm in whole.firms if firm.base_yuan is not None or whole.sample.base_yuan is None}
    months = [f"{whole.to_month[:4]}-{number:02d}" for number in range(1, int(whole.to_month[5:]) + 1)]
    now: dict[str, list[int]] = {month: [] for month in months}
    base: dict[str, list[int]] = {month: [] for month in months}
    odd = sample & _told_in_part(ledger, day, whole.from_month, whole.to_month)
    for month, alone, alone_before in _sums(ledger, day, whole.from_month, whole.to_month, sample - odd):
        now[month].append(alone)
        base[month].append(alone_before)
    for _, month, value, prior in _taken_apart(ledger, day, whole, odd):
        now[month].append(value)
        if prior is not None:
            base[month].append(prior)
    points = []
    for month in months:
        output = sum(now[month]) if now[month] else None
        prior = sum(base[month]) if base[month] else None
        points.append(MonthPoint(month, output, prior, rate(output, prior)))
    return tuple(points)


def firms_of_month(ledger: Ledger, day: date, month: str) -> dict[str, tuple[int, int | None]]:
    """Firm → its own amount of a month and the base of it, for every firm that :func:`by_month` counts there: each firm's
    reports read and taken apart, none added up by the database."""
    whole = growth(ledger, day)
    if whole.from_month is None or whole.to_month is None:
        return {}
    everyone = whole.sample.base_yuan is None
    sample = {firm.enterprise for firm in whole.firms if firm.base_yuan is not None or everyone}
    return {
        one: (value, prior) for one, told, value, prior in _taken_apart(ledger, day, whole, sample) if told == month
    }


def _taken_apart(
    ledger: Ledger, day: date, whole: Growth, some: Collection[str]
) -> Iterator[tuple[str, str, int, int | None]]:
    """Firm, month, its own amount, the base of it: the reports of ``some`` firms read one by one. The same firms stand on
    both sides of every month; where no firm of the year has a base, no month has."""
    if not some or whole.from_month is None or whole.to_month is None:
        return
    everyone = whole.sample.base_yuan is None
    now = reports_between(ledger, day, whole.from_month, whole.to_month, some)
    before = reports_between(ledger, day, previous_year(whole.from_month), previous_year(whole.to_month), some)
    fresh = {firm.enterprise for firm in whole.firms if firm.base_yuan == 0}
    entries = register.entries_at(ledger, day)
    for firm in some:
        built = entries[firm].built if firm in entries else None
        for month, (value, known) in firm_months(now.get(firm, []), before.get(firm, []), built).items():
            prior = 0 if known is None and firm in fresh else known
            if everyone:
                yield firm, month, value, None
            elif prior is not None:
                yield firm, month, value, prior


def _told_in_part(ledger: Ledger, day: date, first: str, last: str) -> set[str]:
    """Firms with a report of these months that leaves something out: theirs are read one by one. What the others
    reported for a month is that month's step, and the base they state covers the very months they report."""
    rows = ledger.rows(
        f"SELECT DISTINCT o.enterprise_id FROM {reports_at(ledger, day)} o WHERE o.deleted_at IS NULL "
        "AND o.month BETWEEN ? AND ? "
        "AND (o.month_yuan IS NULL OR o.cum_yuan IS NULL OR o.month_prev_yuan IS NULL OR o.cum_prev_yuan IS NULL)",
        (first, last),
    )
    return {row[0] for row in rows}


def _sums(ledger: Ledger, day: date, first: str, last: str, firms: Collection[str]) -> list[tuple[str, int, int]]:
    """Month, what these firms reported for it and for the same month a year before, added up by the database."""
    return ledger.rows(
        "SELECT o.month, sum(o.month_yuan), sum(o.month_prev_yuan) "
        f"FROM {reports_at(ledger, day)} o WHERE o.deleted_at IS NULL "
        "AND o.month BETWEEN :first AND :last AND +o.enterprise_id IN (SELECT value FROM json_each(:firms)) "
        "GROUP BY o.month",
        {"first": first, "last": last, "firms": json.dumps(list(firms))},
    )


def total_in_sql(ledger: Ledger, day: date) -> int | None:
    """The output of every firm that counts at ``day``, added up by the database alone (a reconciliation, not a source)."""
    last = last_month(ledger, day)
    if last is None:
        return None
    found = ledger.value(
        f"""
        WITH told AS (
            SELECT o.enterprise_id AS firm, o.month, o.month_yuan, o.cum_yuan FROM {reports_at(ledger, day)} o
             WHERE o.deleted_at IS NULL AND o.month BETWEEN :january AND :last
               AND (o.enterprise_id IN ({register.ON_REGISTER})
                    OR o.enterprise_id NOT IN (SELECT enterprise_id FROM register_spell WHERE deleted_at IS NULL))),
        reported AS (SELECT firm, max(month) AS month FROM told WHERE cum_yuan IS NOT NULL GROUP BY firm)
        SELECT sum(CASE WHEN r.month IS NULL OR t.month > r.month THEN coalesce(t.month_yuan, 0)
                        WHEN t.month = r.month THEN t.cum_yuan ELSE 0 END)
          FROM told t LEFT JOIN reported r ON r.firm = t.firm
        """,
        {"day": day.isoformat(), "january": f"{last[:4]}-01", "last": last},
    )
    return None if found is None else int(found)
