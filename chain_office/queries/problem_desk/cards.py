"""Cards of problems as they stand at a day: who has them, what is due, and the light with its reason."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from chain_office.domain.lights import evaluate, is_overdue
from chain_office.queries.light_rules import problem_rules
from chain_office.queries.problem_desk.shape import Card
from chain_office.queries.problem_facts import STOOD, facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.domain.lights import ProblemFacts
    from chain_office.domain.workdays import WorkCalendar

TEXT: Final = 120
"""A card carries so much of the problem's text."""
_CARDS: Final = f"""
    SELECT p.id, coalesce(p.number, 0), p.enterprise_id, coalesce(nullif(e.short_name, ''), e.name, ''),
           substr(p.text, 1, {TEXT}), coalesce(nullif(c.short, ''), c.name, ''), s.lead_unit_id,
           coalesce(nullif(u.short, ''), u.name, ''), s.state, s.due_day, s.round
      FROM json_each(:ids) j CROSS JOIN problem p ON p.id = j.value CROSS JOIN problem_span s ON s.problem_id = p.id
      LEFT JOIN enterprise e ON e.id = p.enterprise_id LEFT JOIN category c ON c.id = p.category_id
      LEFT JOIN unit u ON u.id = s.lead_unit_id
     WHERE {STOOD}
"""


class Cards:
    """Makes cards of problems at one day: the rules and the calendar are read once."""

    def __init__(self, ledger: Ledger, day: date, calendar: WorkCalendar) -> None:
        self.ledger, self.day, self.calendar = ledger, day, calendar
        self.rules = problem_rules(ledger)

    def of(self, ids: Sequence[str], note: Callable[[str, ProblemFacts], str] | None = None) -> tuple[Card, ...]:
        """The cards of some problems, in the order of ``ids``. ``note`` says what a list shows each for."""
        if not ids:
            return ()
        known = facts_of(self.ledger, self.day, ids)
        rows = self.ledger.rows(_CARDS, {"ids": json.dumps(list(ids)), "day": self.day.isoformat()})
        made = {row[0]: self._card(row, known[row[0]], note) for row in rows if row[0] in known}
        return tuple(made[one] for one in ids if one in made)

    def by_id(self, ids: Sequence[str]) -> Mapping[str, Card]:
        """The same, by id."""
        return {card.id: card for card in self.of(ids)}

    def _card(self, row: Sequence[Any], facts: ProblemFacts, note: Callable[[str, ProblemFacts], str] | None) -> Card:
        light = evaluate(facts, self.day, self.calendar, self.rules)
        row_id, number, firm_id, firm, text, category, unit_id, unit, state, due, turn = row
        return Card(
            row_id,
            number,
            firm_id,
            firm,
            text,
            category,
            unit_id,
            unit,
            state,
            date.fromisoformat(due) if due else None,
            light.light,
            light.why,
            is_overdue(facts, self.day),
            turn,
            note(row_id, facts) if note is not None else "",
        )
