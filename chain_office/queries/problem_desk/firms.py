"""企业: every firm's problems at a day by bucket, and what it said of how they were solved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.workflow import STATES
from chain_office.queries.problem_desk.cases import RATED, RATING
from chain_office.queries.problem_desk.measures import HANDED, ROWS
from chain_office.queries.problem_desk.shape import FirmRow
from chain_office.queries.problem_facts import STOOD
from chain_office.queries.problems import OVERDUE, STANDING

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

NO_FIRM: Final = "没有写明企业"
BUCKETS: Final = tuple(dict.fromkeys(state.bucket for state in STATES.values()))
_RATED: Final = f"""
    WITH {RATED},
    cases AS MATERIALIZED (
        SELECT p.enterprise_id, {RATING} AS rating
          FROM problem_span s CROSS JOIN problem p ON p.id = s.problem_id LEFT JOIN rated g ON g.id = p.id
         WHERE p.deleted_at IS NULL AND s.state IN ({HANDED}) AND {STOOD})
    SELECT c.enterprise_id, count(*), sum({ROWS["satisfaction"]}) FROM cases c WHERE {ROWS["rated"]} GROUP BY 1
"""
"""Firm, its rated cases and the pleased among them: the ratings of the scorecard without the rest of it."""


def by_enterprise(ledger: Ledger, day: date) -> tuple[FirmRow, ...]:
    """Every firm with a problem collected by ``day``: the most overdue first, then the most open, then the most."""
    at = {"day": day.isoformat()}
    counts: dict[str | None, dict[str, int]] = {}
    late: dict[str | None, int] = {}
    for firm, state, number, overdue in ledger.rows(
        f"SELECT p.enterprise_id, s.state, count(*), sum(CASE WHEN {OVERDUE} THEN 1 ELSE 0 END) {STANDING} GROUP BY 1, 2",
        at,
    ):
        mine = counts.setdefault(firm, dict.fromkeys(BUCKETS, 0))
        mine[STATES[state].bucket] += number
        late[firm] = late.get(firm, 0) + overdue
    rated = {firm: (int(number), int(pleased or 0)) for firm, number, pleased in ledger.rows(_RATED, at)}
    names = {
        row_id: (name, district)
        for row_id, name, district in ledger.rows(
            "SELECT e.id, e.name, coalesce(nullif(d.short, ''), d.name, '') FROM enterprise e "
            "LEFT JOIN district d ON d.id = e.district_id WHERE e.id IN (SELECT enterprise_id FROM problem)"
        )
    }
    rows = [
        FirmRow(firm, *names.get(firm or "", (NO_FIRM, "")), mine, late[firm], *rated.get(firm, (0, 0)))
        for firm, mine in counts.items()
    ]
    return tuple(
        sorted(
            rows,
            key=lambda one: (
                -one.overdue,
                -one.counts["open"] - one.counts["reported"],
                -one.collected,
                one.enterprise,
            ),
        )
    )
