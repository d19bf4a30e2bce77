"""The problems a step is to be taken on, as they stand now: for the buttons that offer steps and beside a step's form."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from chain_office.db.models import Problem, record_number
from chain_office.domain.workflow import STATES
from chain_office.queries.records.problem_standing import stand
from chain_office.queries.records.problem_steps import word
from chain_office.queries.records.rows import one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar

_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class Selected:
    """A problem somebody may take a step on. ``last``: the kind of its last step, ``last_seq`` its number."""

    id: str
    number: str
    enterprise: str
    text: str
    state: str
    last: str
    last_seq: int
    deadline: date | None

    @property
    def word(self) -> str:
        """Its state as people say it."""
        return STATES[self.state].label


@dataclass(frozen=True, slots=True)
class Standing:
    """One problem in words: its state and light with the reason, who has it, and what was last done."""

    state: str
    light: str
    colour: str
    why: str
    unit: str
    last: str


def selected(ledger: Ledger, ids: Sequence[str]) -> tuple[Selected, ...]:
    """The live ones among these problems, in this order."""
    rows = ledger.rows(
        "SELECT p.id, p.number, coalesce(nullif(e.short_name, ''), e.name, ''), p.text, p.state, p.deadline, "
        "(SELECT h.kind || ' ' || h.seq FROM problem_event h WHERE h.problem_id = p.id AND h.deleted_at IS NULL "
        "ORDER BY h.seq DESC LIMIT 1) FROM json_each(?) j JOIN problem p ON p.id = j.value "
        "LEFT JOIN enterprise e ON e.id = p.enterprise_id WHERE p.deleted_at IS NULL ORDER BY j.key",
        (json.dumps(list(ids)),),
    )
    found = []
    for row_id, number, firm, text, state, deadline, last in rows:
        kind, _, seq = str(last or "").partition(" ")
        due = date.fromisoformat(deadline) if deadline else None
        found.append(
            Selected(row_id, record_number("problem", number or 0), firm, text, state, kind, int(seq or 0), due)
        )
    return tuple(found)


def standing_now(ledger: Ledger, row_id: str, day: date, calendar: WorkCalendar) -> Standing | None:
    """How a problem stands after its last step (which may lie behind ``day``)."""
    row = one(ledger, Problem, row_id)
    if row is None:
        return None
    last = ledger.rows(
        "SELECT e.kind, e.state, e.day, coalesce(u.short, u.name, ''), coalesce(e.text, e.reason, '') FROM problem_event e "
        "LEFT JOIN unit u ON u.id = e.unit_id WHERE e.problem_id = ? AND e.deleted_at IS NULL ORDER BY e.seq DESC LIMIT 1",
        (row_id,),
    )
    said, until = "", day
    for kind, state, when, unit, text in last:
        until = max(day, date.fromisoformat(when)) if when else day
        line = " ".join(text.split())
        short = line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"
        said = "　".join(part for part in (when or "", unit, word(kind, state)) if part) + (
            f"：{short}" if short else ""
        )
    now = stand(ledger, row, until, calendar)
    light, why = (now.light.label, now.light.why) if now.light else ("", "")
    return Standing(now.word, light, now.colour, why, now.unit, said)


def written_with(ledger: Ledger, problem: str, event: str) -> list[tuple[Any, ...]]:
    """What the write that made a step changed of its problem: op, table, row, field, before, after; the newest first."""
    return ledger.rows(
        "SELECT op, table_name, row_id, field, before, after FROM history WHERE write_no = ("
        "SELECT write_no FROM history WHERE table_name = 'problem_event' AND row_id = :event AND op = 'insert') AND ("
        "(table_name = 'problem' AND row_id = :problem) OR (table_name = 'problem_event' AND row_id = :event) OR "
        "(table_name = 'assignment' AND row_id IN (SELECT id FROM assignment WHERE problem_id = :problem))) "
        "ORDER BY no DESC",
        {"problem": problem, "event": event},
    )
