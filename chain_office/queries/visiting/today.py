"""今日 of 走访: who is to be visited today and this week, what is late, which promises fall due, which visits lack something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.visiting import DONE, LATE
from chain_office.queries.visiting.plan import late_lines, plan_counts, planned_between
from chain_office.queries.visiting.promises import late_promises, open_by

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.queries.visiting.plan import PlanLine
    from chain_office.queries.visiting.promises import PromiseLine

WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Lacking:
    """A visit to a firm under protection without its consent, or without its rating so many days on."""

    id: str
    number: int
    day: date
    enterprise_id: str
    firm: str
    lacks: str

    @property
    def no(self) -> str:
        """ZF0012."""
        return record_number("visit", self.number)


@dataclass(frozen=True, slots=True)
class VisitsToday:
    """What wants doing at ``day``."""

    day: date
    late: tuple[PlanLine, ...]
    now: tuple[PlanLine, ...]
    week: tuple[PlanLine, ...]
    promises_late: tuple[PromiseLine, ...]
    promises_week: tuple[PromiseLine, ...]
    lacking: tuple[Lacking, ...]


def visits_today(ledger: Ledger, day: date) -> VisitsToday:
    """Plans and promises up to a week ahead; what visits of the last 90 days lack."""
    ahead = [line for line in planned_between(ledger, day, day + timedelta(days=WEEK), day) if line.state != DONE]
    due = open_by(ledger, day + timedelta(days=WEEK), day)
    return VisitsToday(
        day,
        late_lines(ledger, day),
        tuple(line for line in ahead if line.due == day),
        tuple(line for line in ahead if line.due != day),
        tuple(line for line in due if line.state == LATE),
        tuple(line for line in due if line.state != LATE),
        _lacking(ledger, day),
    )


def _lacking(ledger: Ledger, day: date) -> tuple[Lacking, ...]:
    rows = ledger.rows(
        "SELECT v.id, coalesce(v.number, 0), v.day, e.id, coalesce(nullif(e.short_name, ''), e.name), "
        "v.consent_by IS NULL OR v.consent_way IS NULL OR v.consent_day IS NULL, "
        "coalesce(v.rating, '未评价') = '未评价' FROM enterprise e JOIN visit v ON v.enterprise_id = e.id "
        "WHERE e.protected_since <= :day AND e.deleted_at IS NULL AND v.deleted_at IS NULL AND v.day >= e.protected_since "
        "AND v.day BETWEEN :first AND :day ORDER BY v.day, v.id",
        {"day": day.isoformat(), "first": (day - timedelta(days=90)).isoformat()},
    )
    found = []
    for row_id, number, when, firm_id, firm, unconsented, unrated in rows:
        words = ["没有记下企业同意"] * bool(unconsented) + ["企业还没有评价"] * bool(unrated)
        if words:
            found.append(Lacking(row_id, number, date.fromisoformat(when), firm_id, firm, "，".join(words)))
    return tuple(found)


def visit_counts(ledger: Ledger, day: date) -> dict[str, tuple[int, str]]:
    """View → the number beside its word on the strip, and what it counts."""
    late, now = plan_counts(ledger, day)
    promised = late_promises(ledger, day)
    return {
        "today": (
            late + now + promised,
            f"今天走访 {now} 家，计划逾期 {late} 家，承诺逾期 {promised} 项",
        ),
        "promises": (promised, f"逾期承诺 {promised} 项"),
    }
