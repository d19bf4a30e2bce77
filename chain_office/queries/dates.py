"""The dates on which figures can change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from chain_office.domain.periods import last_day

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_BEGINNINGS = """
    SELECT day_from FROM problem_span
    UNION SELECT matched_day FROM match WHERE deleted_at IS NULL
    UNION SELECT day FROM credit WHERE deleted_at IS NULL UNION SELECT day FROM drawdown WHERE deleted_at IS NULL
    UNION SELECT day FROM stage_change WHERE deleted_at IS NULL
    UNION SELECT entry_day FROM register_spell WHERE deleted_at IS NULL
    UNION SELECT exit_day FROM register_spell WHERE deleted_at IS NULL
    UNION SELECT day FROM output_correction WHERE deleted_at IS NULL
"""
_DEADLINES = "SELECT DISTINCT due_day FROM problem_span WHERE due_day IS NOT NULL"
_MONTHS = "SELECT DISTINCT month FROM monthly_output WHERE deleted_at IS NULL"
_MOST = 400


def dates_of_change(ledger: Ledger) -> tuple[date, ...]:
    """Days on which a problem, loan, project, register entry or reported month begins to count, and the days after
    deadlines, reviews and look-backs. Of very many, an even choice of 400 that keeps the first and the last."""
    found = {date.fromisoformat(row[0]) for row in ledger.rows(_BEGINNINGS) if row[0]}
    found |= {date.fromisoformat(row[0]) + timedelta(days=1) for row in ledger.rows(_DEADLINES)}
    found |= {last_day(row[0]) for row in ledger.rows(_MONTHS)}
    days = sorted(found)
    if len(days) <= _MOST:
        return tuple(days)
    step = (len(days) - 1) / (_MOST - 1)
    return tuple(days[round(place * step)] for place in range(_MOST))
