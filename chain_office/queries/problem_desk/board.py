"""看板: every state with its problems at a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.workflow import STATES
from chain_office.queries.problem_desk.cards import Cards
from chain_office.queries.problem_desk.shape import MOST, Board, BoardColumn
from chain_office.queries.problems import OVERDUE, STANDING

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar


def by_state(
    ledger: Ledger, day: date, calendar: WorkCalendar, only: frozenset[str] | None = None, most: int = MOST
) -> Board:
    """Every state's problems (of ``only`` where given), overdue ones first, then by what is due; ``most`` cards each."""
    rows = ledger.rows(
        f"SELECT s.state, p.id, coalesce(({OVERDUE}), 0) {STANDING} "
        "ORDER BY 3 DESC, coalesce(s.due_day, '9999'), p.number, p.id",
        {"day": day.isoformat()},
    )
    found: dict[str, list[str]] = {state: [] for state in STATES}
    late = dict.fromkeys(STATES, 0)
    for state, problem, overdue in rows:
        if only is None or problem in only:
            found[state].append(problem)
            late[state] += overdue
    cards = Cards(ledger, day, calendar).by_id([one for ids in found.values() for one in ids[:most]])
    columns = (
        BoardColumn(
            state.id, state.label, state.bucket, len(found[state.id]), late[state.id],
            tuple(cards[one] for one in found[state.id][:most]),
        )
        for state in STATES.values()
    )  # fmt: skip
    return Board(day, tuple(columns))
