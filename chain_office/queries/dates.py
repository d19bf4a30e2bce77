"""The dates on which figures can change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chain_office.domain.periods import last_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

PROBLEMS, LOANS, PROJECTS, REGISTER, VISITS, OUTPUT = "problems", "loans", "projects", "register", "visits", "output"
_BEGINNINGS: Final[Mapping[str, str]] = {
    PROBLEMS: "SELECT day_from FROM problem_span UNION SELECT day FROM problem_event WHERE deleted_at IS NULL",
    LOANS: """
        SELECT matched_day FROM match WHERE deleted_at IS NULL UNION SELECT refused_day FROM match WHERE deleted_at IS NULL
        UNION SELECT day FROM credit WHERE deleted_at IS NULL UNION SELECT day FROM drawdown WHERE deleted_at IS NULL
    """,
    PROJECTS: "SELECT DISTINCT day FROM stage_change WHERE deleted_at IS NULL",
    REGISTER: """
        SELECT entry_day FROM register_spell WHERE deleted_at IS NULL
        UNION SELECT exit_day FROM register_spell WHERE deleted_at IS NULL
    """,
    VISITS: "SELECT DISTINCT day FROM visit WHERE deleted_at IS NULL",
    OUTPUT: "SELECT DISTINCT day FROM output_correction WHERE deleted_at IS NULL",
}
"""What changes → the days on which something of it begins."""
_DEADLINES = "SELECT DISTINCT due_day FROM problem_span WHERE due_day IS NOT NULL"
_MONTHS = "SELECT DISTINCT month FROM monthly_output WHERE deleted_at IS NULL"
_MOST = 400


def dates_of_change(ledger: Ledger) -> dict[str, tuple[date, ...]]:
    """What changes (:data:`PROBLEMS` …) → the days on which it can: on which a problem, loan, project, visit, register entry
    or reported month begins to count, the days after deadlines, reviews and look-backs, and each new year, from which on
    only its own projects are 竣工. Of very many, an even choice of 400 that keeps the first and the last."""
    found = {
        what: {date.fromisoformat(row[0]) for row in ledger.rows(sql) if row[0]} for what, sql in _BEGINNINGS.items()
    }
    found[PROBLEMS] |= {date.fromisoformat(row[0]) + timedelta(days=1) for row in ledger.rows(_DEADLINES)}
    found[PROJECTS] |= {date(day.year + 1, 1, 1) for day in found[PROJECTS] if day.year < date.max.year}
    found[OUTPUT] |= {last_day(row[0]) for row in ledger.rows(_MONTHS)}
    return {what: _chosen(sorted(days)) for what, days in found.items()}


def _chosen(days: list[date]) -> tuple[date, ...]:
    if len(days) <= _MOST:
        return tuple(days)
    step = (len(days) - 1) / (_MOST - 1)
    return tuple(days[round(place * step)] for place in range(_MOST))
