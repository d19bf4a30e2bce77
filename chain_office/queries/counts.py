"""How much waits on each desk at a date, counted without reading the rows: the same numbers as the desks' selections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.workflow import STATES
from chain_office.queries import overview, register
from chain_office.queries.finance import MATCHED, REFUSED
from chain_office.queries.output import last_month
from chain_office.queries.output_reports import reports_at
from chain_office.queries.problems import counts_by_state
from chain_office.queries.projects_desk.standing import standings

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger


def unvisited(ledger: Ledger, day: date) -> int:
    """Firms on the register that nobody has visited by ``day``."""
    on = ledger.value(f"SELECT count(DISTINCT enterprise_id) FROM ({register.ON_REGISTER})", {"day": day.isoformat()})
    return int(on) - overview.count_covered(ledger, day)


def in_bucket(ledger: Ledger, day: date, bucket: str) -> int:
    """Problems in the states of one bucket at ``day``."""
    found = counts_by_state(ledger, day)
    return sum(number for state, number in found.items() if STATES[state].bucket == bucket)


def waiting_for_loans(ledger: Ledger, day: date) -> int:
    """Matches that are 意向 or beyond by ``day``, without a loan drawn and without a no."""
    return int(
        ledger.value(
            f"SELECT count(*) {MATCHED} AND NOT EXISTS (SELECT 1 FROM drawdown t WHERE t.match_id = m.id "
            f"AND t.deleted_at IS NULL AND t.day <= :day) AND NOT ({REFUSED})",
            {"day": day.isoformat()},
        )
    )


def red_projects(ledger: Ledger, day: date) -> int:
    """Projects counted at ``day`` whose light is red."""
    return sum(one.counted and one.light == "red" for one in standings(ledger, day).values())


def behind_with_reports(ledger: Ledger, day: date) -> int:
    """Firms of the sample at ``day`` that have reported this year, but not the last month anybody reported."""
    last = last_month(ledger, day)
    if last is None:
        return 0
    at = {"day": day.isoformat(), "last": last, "january": f"{last[:4]}-01"}
    return int(
        ledger.value(
            f"""
            SELECT count(*) FROM enterprise f
             WHERE (f.id IN ({register.ON_REGISTER})
                OR f.id NOT IN (SELECT enterprise_id FROM register_spell WHERE deleted_at IS NULL))
               AND (SELECT o.month FROM {reports_at(ledger, day)} o
                     WHERE o.enterprise_id = f.id AND o.deleted_at IS NULL AND o.month BETWEEN :january AND :last
                       AND (o.month_yuan IS NOT NULL OR o.cum_yuan IS NOT NULL)
                     ORDER BY o.month DESC LIMIT 1) < :last
            """,
            at,
        )
    )
