"""The firms on the register as a visitor sees them: where they are, when they were last visited, when they are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.visiting import Due, is_protected, next_due
from chain_office.queries.register import ON_REGISTER
from chain_office.queries.visiting.pace import visit_pace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.domain.visiting import Pace


@dataclass(frozen=True, slots=True)
class VisitedFirm:
    """A firm on the register at a day. ``last``: its last visit by then (``last_exact`` False: only the month is known).
    ``this_month``: visits in the day's month so far, counted for firms under protection. ``planned``: the next day it is
    planned for, that day or later."""

    id: str
    number: int
    name: str
    searched: str
    """Every name of it and its pinyin initials, for finding it by typing."""
    district_id: str | None
    district: str
    park_id: str | None
    park: str
    protected_since: date | None
    protected: bool
    last: date | None
    last_exact: bool
    last_leader: str
    last_id: str
    due: Due
    this_month: int
    planned: date | None


_FIRMS = f"""
    SELECT e.id, coalesce(e.number, 0), coalesce(nullif(e.short_name, ''), e.name),
           e.name || ' ' || coalesce(e.short_name, '') || ' ' || e.initials, d.id, coalesce(d.short, d.name, ''), k.id,
           coalesce(k.name, ''), e.protected_since, v.day, coalesce(v.precision, '') <> 'month', coalesce(v.leader, ''),
           coalesce(v.id, '')
      FROM enterprise e LEFT JOIN park k ON k.id = e.park_id
      LEFT JOIN district d ON d.id = coalesce(e.district_id, k.district_id)
      LEFT JOIN visit v ON v.id = (SELECT w.id FROM visit w WHERE w.enterprise_id = e.id AND w.deleted_at IS NULL
           AND w.day <= :day ORDER BY w.day DESC, w.id DESC LIMIT 1)
     WHERE e.id IN ({ON_REGISTER}) ORDER BY e.number, e.id
"""


def visited_firms(ledger: Ledger, day: date) -> tuple[VisitedFirm, ...]:
    """The register at ``day``, by number."""
    pace, planned, often = visit_pace(ledger), planned_days(ledger, day), month_visits(ledger, day)
    found = []
    for (
        row_id,
        number,
        name,
        searched,
        place,
        district,
        park_id,
        park,
        since,
        last,
        exact,
        leader,
        visit,
    ) in ledger.rows(_FIRMS, {"day": day.isoformat()}):
        begun = date.fromisoformat(since) if since else None
        seen = date.fromisoformat(last) if last else None
        guarded = is_protected(begun, day)
        due = next_due(seen, guarded, pace, day)
        found.append(
            VisitedFirm(
                row_id, number, name, searched, place, district, park_id, park, begun, guarded, seen, bool(exact),
                leader, visit, due, often.get(row_id, 0), planned.get(row_id),
            )
        )  # fmt: skip
    return tuple(found)


def planned_days(ledger: Ledger, day: date) -> Mapping[str, date]:
    """Firm → the next day it is planned for, ``day`` or later."""
    rows = ledger.rows(
        "SELECT enterprise_id, min(due_day) FROM visit_plan WHERE deleted_at IS NULL AND due_day >= ? GROUP BY enterprise_id",
        (day.isoformat(),),
    )
    return {firm: date.fromisoformat(due) for firm, due in rows}


def month_visits(ledger: Ledger, day: date) -> Mapping[str, int]:
    """Firm under protection on ``day`` → its visits in that month up to ``day``."""
    rows = ledger.rows(
        "SELECT v.enterprise_id, count(*) FROM enterprise e JOIN visit v ON v.enterprise_id = e.id "
        "WHERE e.protected_since <= :day AND v.deleted_at IS NULL AND v.day BETWEEN :first AND :day GROUP BY v.enterprise_id",
        {"day": day.isoformat(), "first": day.replace(day=1).isoformat()},
    )
    return dict(rows)


def visits_in_month(ledger: Ledger, firm: str, day: date, but: str = "") -> int:
    """How often a firm was visited in a day's month, without one visit."""
    month = f"{day:%Y-%m}"
    return int(
        ledger.value(
            "SELECT count(*) FROM visit WHERE enterprise_id = ? AND deleted_at IS NULL AND day BETWEEN ? AND ? AND id <> ?",
            (firm, f"{month}-01", f"{month}-31", but),
        )
    )


def due_firms(ledger: Ledger, day: date) -> tuple[VisitedFirm, ...]:
    """The register in the order it is to be visited: never visited, then those longest past their day, then the coming."""
    return tuple(
        sorted(
            visited_firms(ledger, day),
            key=lambda one: (one.due.day is not None, one.due.day or day, one.number, one.id),
        )
    )


def is_due(firm: VisitedFirm, day: date) -> bool:
    """Whether a firm is to be visited by ``day``."""
    return firm.due.day is None or firm.due.day <= day


def pace_words(pace: Pace) -> str:
    """The office's rule in a sentence."""
    return f"每家 {pace.every_days} 天走访一次；赋码保护企业 {pace.protected_days} 天一次、每月不超过 {pace.monthly_most} 次"
