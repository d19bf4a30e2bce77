"""Who has filed a month, who has not, and where month and cumulative differ."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from chain_office.domain.output_health import Adjustment, Filer, Filing
from chain_office.domain.output_months import gaps
from chain_office.domain.periods import last_day
from chain_office.queries import register
from chain_office.queries.due.desks import filing_day
from chain_office.queries.output import last_month, reports_between
from chain_office.queries.output_reports import reports_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.db.ledger import Ledger
    from chain_office.domain.growth import Report


def due_day(ledger: Ledger, month: str) -> date:
    """The day the reports of a month are due."""
    return last_day(month) + timedelta(days=filing_day(ledger))


def filing(ledger: Ledger, month: str, day: date) -> Filing:
    """Who of the register at the month's end had filed the month by ``day``, and who had not, by number."""
    due = due_day(ledger, month)
    rows = ledger.rows(
        f"""
        SELECT e.id, coalesce(e.number, 0), e.name, coalesce(d.short, d.name, ''), o.filed_day,
               o.month_yuan IS NOT NULL OR o.cum_yuan IS NOT NULL
          FROM enterprise e LEFT JOIN district d ON d.id = e.district_id
          LEFT JOIN {reports_at(ledger, day)} o ON o.enterprise_id = e.id AND o.month = :month AND o.deleted_at IS NULL
         WHERE e.id IN ({register.ON_REGISTER}) ORDER BY e.number, e.id
        """,
        {"day": last_day(month).isoformat(), "month": month},
    )
    filed, missing = [], []
    for firm, number, name, district, on, told in rows:
        when = date.fromisoformat(on) if on else None
        if told and (when is None or when <= day):
            late = max(0, (when - due).days) if when else 0
            filed.append(Filer(firm, number, name, district, when, late))
        else:
            missing.append(Filer(firm, number, name, district, None, max(0, (day - due).days)))
    return Filing(month, day, due, tuple(filed), tuple(missing))


def adjustments(ledger: Ledger, day: date, month: str = "") -> tuple[Adjustment, ...]:
    """调整数: where a firm's cumulative is not the one before plus the months since, of the year at ``day`` (of one month of
    it), for the output itself and for the base its forms state; by number and month. ``joined`` stretches are among them."""
    last = month or last_month(ledger, day)
    if last is None:
        return ()
    firms = {
        row[0]: row[1:] for row in ledger.rows(_apart(ledger, day, month), {"first": f"{last[:4]}-01", "last": last})
    }
    found = [
        one
        for firm, reports in reports_between(ledger, day, f"{last[:4]}-01", last, firms).items()
        for one in _of_firm((firm, *firms[firm]), reports)
        if not month or one.month == month
    ]
    return tuple(sorted(found, key=lambda one: (one.number, one.enterprise_id, one.month, one.side == "base")))


def _apart(ledger: Ledger, day: date, month: str) -> str:
    """Firms with a cumulative that is not simply the month before's plus the month: the database leaves out the others."""
    ordinary = (
        "o.{cum} IS NULL OR (o.month LIKE '%-01' AND coalesce(o.{month}, o.{cum}) = o.{cum}) "
        "OR (p.{cum} IS NOT NULL AND o.{cum} = p.{cum} + coalesce(o.{month}, o.{cum} - p.{cum}))"
    )
    now = ordinary.format(cum="cum_yuan", month="month_yuan")
    base = ordinary.format(cum="cum_prev_yuan", month="month_prev_yuan")
    reports = reports_at(ledger, day)
    span = "o.month = :last AND :first > ''" if month else "o.month BETWEEN :first AND :last"
    return f"""
        SELECT DISTINCT e.id, coalesce(e.number, 0), e.name FROM {reports} o JOIN enterprise e ON e.id = o.enterprise_id
          LEFT JOIN {reports} p ON p.enterprise_id = o.enterprise_id AND p.deleted_at IS NULL
               AND p.month = substr(o.month, 1, 5) || substr('0' || (substr(o.month, 6) - 1), -2)
         WHERE o.deleted_at IS NULL AND {span} AND NOT (({now}) AND ({base}))
    """


def _of_firm(firm: tuple[str, int, str], reports: list[Report]) -> Iterator[Adjustment]:
    for one in gaps((one.month, one.month_yuan, one.cum_yuan) for one in reports):
        yield Adjustment(
            *firm, one.month, one.since, one.cum_yuan, one.before_yuan, one.months_yuan, one.gap_yuan, one.joined, "now"
        )
    for one in gaps((one.month, one.month_prev_yuan, one.cum_prev_yuan) for one in reports):
        yield Adjustment(
            *firm,
            one.month,
            one.since,
            one.cum_yuan,
            one.before_yuan,
            one.months_yuan,
            one.gap_yuan,
            one.joined,
            "base",
        )


def months_told(ledger: Ledger, day: date, last: str) -> dict[str, tuple[int, int, str]]:
    """Firm → the sum of the months it told alone from January to ``last``, how many they are, and its latest month with any
    amount: added up by the database (a reconciliation)."""
    rows = ledger.rows(
        f"SELECT o.enterprise_id, coalesce(sum(o.month_yuan), 0), count(o.month_yuan), max(o.month) "
        f"FROM {reports_at(ledger, day)} o WHERE o.deleted_at IS NULL AND o.month BETWEEN ? AND ? "
        "AND (o.month_yuan IS NOT NULL OR o.cum_yuan IS NOT NULL) GROUP BY o.enterprise_id",
        (f"{last[:4]}-01", last),
    )
    return {firm: (int(total), int(number), str(month)) for firm, total, number, month in rows}
