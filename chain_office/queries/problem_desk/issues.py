"""共性: items that many enterprises' problems hang on, as they stand at a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.workflow import STATES
from chain_office.queries.problem_desk.cards import Cards
from chain_office.queries.problem_desk.firms import BUCKETS
from chain_office.queries.problem_desk.shape import MOST, CommonIssueRow
from chain_office.queries.problems import OVERDUE, STANDING

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar


def common_issues(ledger: Ledger, day: date, calendar: WorkCalendar) -> tuple[CommonIssueRow, ...]:
    """Every item, the one with most problems first; those that have none yet too."""
    found: dict[str, list[tuple[str, str, str | None, int]]] = {}
    for issue, problem, state, firm, overdue in ledger.rows(
        f"SELECT p.common_issue_id, p.id, s.state, p.enterprise_id, coalesce(({OVERDUE}), 0) {STANDING} "
        "AND p.common_issue_id IS NOT NULL ORDER BY 5 DESC, coalesce(s.due_day, '9999'), p.number, p.id",
        {"day": day.isoformat()},
    ):
        found.setdefault(issue, []).append((problem, state, firm, overdue))
    cards = Cards(ledger, day, calendar).by_id([one[0] for mine in found.values() for one in mine[:MOST]])
    made = []
    for row_id, number, name, text, measure, category, unit_id, unit, proposed in ledger.rows(
        "SELECT i.id, coalesce(i.number, 0), i.name, coalesce(i.text, ''), coalesce(i.measure, ''), "
        "coalesce(nullif(c.short, ''), c.name, ''), i.lead_unit_id, coalesce(nullif(u.short, ''), u.name, ''), i.day "
        "FROM common_issue i LEFT JOIN category c ON c.id = i.category_id LEFT JOIN unit u ON u.id = i.lead_unit_id "
        "WHERE i.deleted_at IS NULL AND (i.day IS NULL OR i.day <= :day) ORDER BY i.number",
        {"day": day.isoformat()},
    ):
        mine = found.get(row_id, [])
        counts = dict.fromkeys(BUCKETS, 0)
        for _, state, _, _ in mine:
            counts[STATES[state].bucket] += 1
        made.append(
            CommonIssueRow(
                row_id, number, name, text, measure, category, unit_id, unit,
                date.fromisoformat(proposed) if proposed else None, len(mine),
                len({firm for _, _, firm, _ in mine if firm is not None}), sum(one[3] for one in mine), counts,
                tuple(cards[one[0]] for one in mine[:MOST]),
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-one.problems, one.number)))
