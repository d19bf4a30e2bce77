"""The dates on which figures can change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_SQL = """
    SELECT day_from FROM problem_span UNION SELECT date(deadline, '+1 day') FROM problem WHERE deleted_at IS NULL
    UNION SELECT matched_day FROM match WHERE deleted_at IS NULL
    UNION SELECT day FROM credit WHERE deleted_at IS NULL UNION SELECT day FROM drawdown WHERE deleted_at IS NULL
    UNION SELECT day FROM stage_change WHERE deleted_at IS NULL
    UNION SELECT entry_day FROM register_spell WHERE deleted_at IS NULL
    UNION SELECT exit_day FROM register_spell WHERE deleted_at IS NULL
    UNION SELECT date(month || '-01', '+1 month', '-1 day') FROM monthly_output WHERE deleted_at IS NULL
"""
_MOST = 400


def dates_of_change(ledger: Ledger) -> tuple[date, ...]:
    """Days on which a problem, loan, project, register entry or reported month begins to count. Of very many, an even
    choice of 400 that keeps the first and the last."""
    days = sorted(date.fromisoformat(row[0]) for row in ledger.rows(_SQL) if row[0])
    if len(days) <= _MOST:
        return tuple(days)
    step = (len(days) - 1) / (_MOST - 1)
    return tuple(days[round(place * step)] for place in range(_MOST))
