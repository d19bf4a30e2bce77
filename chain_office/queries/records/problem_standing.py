"""How a problem stands at a day: its state, what is due, who has it, and its light with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.lights import Light, ProblemFacts, evaluate, span_text
from chain_office.domain.workflow import STATES
from chain_office.queries.light_rules import problem_rules
from chain_office.queries.problem_facts import facts_of

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.records.rows import Row

COLOURS = {"yellow": "amber"}
"""A light's name → the palette's."""


@dataclass(frozen=True, slots=True)
class Stand:
    """``state`` is "" before the problem was collected. ``due``: what falls due in it (a deadline, a pool's review, a
    look-back); ``deadline``: the limit it has or had. ``first_due``: the limit it was handed over with."""

    state: str
    due: date | None
    deadline: date | None
    first_due: date | None
    reported: date | None
    unit: str
    round: int
    facts: ProblemFacts
    light: Light | None

    @property
    def word(self) -> str:
        """The state as people say it."""
        return STATES[self.state].label if self.state else ""

    @property
    def bucket(self) -> str:
        """What it is counted in."""
        return STATES[self.state].bucket if self.state else ""

    @property
    def colour(self) -> str:
        """The light's colour in the palette."""
        return COLOURS.get(self.light.light, self.light.light) if self.light else ""


def stand(ledger: Ledger, row: Row, day: date, calendar: WorkCalendar) -> Stand:
    """How a problem (its row) stands at a day."""
    stretches = ledger.rows(
        "SELECT s.state, s.due_day, s.reported_day, coalesce(u.short, u.name, ''), s.round "
        "FROM problem_span s LEFT JOIN unit u ON u.id = s.lead_unit_id "
        "WHERE s.problem_id = ? AND (s.day_from IS NULL OR s.day_from <= ?) ORDER BY s.day_from, s.rowid",
        (row["id"], day.isoformat()),
    )
    limits = [_day(due) for state, due, *_ in stretches if STATES[state].bucket in {"open", "reported"} and due]
    state, due, reported, unit, rounds = stretches[-1] if stretches else ("", None, None, "", 0)
    facts = facts_of(ledger, day, [row["id"]]).get(row["id"], ProblemFacts(state))
    return Stand(
        state,
        _day(due),
        limits[-1] if limits else _day(row["deadline"]) if rounds else None,
        limits[0] if limits else None,
        _day(reported),
        str(unit),
        int(rounds or 0),
        facts,
        evaluate(facts, day, calendar, problem_rules(ledger)) if state else None,
    )


def left(due: date, day: date, calendar: WorkCalendar) -> str:
    """What is left until a day."""
    if due < day:
        return f"已过 {span_text(due, day, calendar)}"
    return "今天到期" if due == day else f"还有 {span_text(day, due, calendar)}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
