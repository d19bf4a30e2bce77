"""What went back on the way: returned by a unit, failed its verification, opened again after it was closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.workflow import OPEN_STATES
from chain_office.queries.problem_facts import BY_DAY, STOOD, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

WORDS: Final[Mapping[str, str]] = {
    "return": "退回", "fail": "核实不过", "reopen": "销号后重办", "look_back": "回看未解决",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turned:
    """A step back. ``unit``: who returned it, or who had it. ``what``: the word for it."""

    number: int
    unit: str
    enterprise: str
    what: str
    day: date | None
    reason: str

    @property
    def no(self) -> str:
        """WT0012."""
        return record_number("problem", self.number)


def returned(ledger: Ledger, day: date) -> tuple[Turned, ...]:
    """Every step back by ``day``, the latest first. Of one a book recorded as returned, the day is not on record."""
    rows = ledger.rows(
        f"""
        SELECT coalesce(p.number, 0), coalesce(nullif(u.short, ''), u.name, ''), coalesce(e.name, ''),
               CASE WHEN h.kind IN ('opening', 'import') THEN 'return' ELSE h.kind END,
               CASE WHEN h.kind <> 'opening' THEN h.day END,
               coalesce(nullif(h.reason, ''), CASE WHEN h.kind IN ('opening', 'import') THEN p.reason ELSE h.text END, '')
          FROM problem_event h JOIN problem p ON p.id = h.problem_id AND p.deleted_at IS NULL
          LEFT JOIN unit u ON u.id = coalesce(h.unit_id, p.lead_unit_id) LEFT JOIN enterprise e ON e.id = p.enterprise_id
         WHERE {BY_DAY} AND (h.kind IN ('return', 'fail', 'reopen') OR (h.kind = 'look_back' AND h.solved = 'no')
               OR (h.kind IN ('opening', 'import') AND h.state = 'returned'))
         ORDER BY h.day DESC, p.number, h.seq
        """,
        {"day": day.isoformat()},
    )
    return tuple(
        Turned(number, unit, firm, WORDS[kind], date.fromisoformat(on) if on else None, reason)
        for number, unit, firm, kind, on, reason in rows
    )


def due_between(ledger: Ledger, day: date, first: date, last: date) -> frozenset[str]:
    """Problems open at ``day`` whose deadline lies from ``first`` to ``last``."""
    rows = ledger.rows(
        f"SELECT p.id FROM problem_span s JOIN problem p ON p.id = s.problem_id WHERE p.deleted_at IS NULL AND {STOOD} "
        f"AND s.state IN ({quoted(OPEN_STATES)}) AND s.due_day BETWEEN :first AND :last",
        {"day": day.isoformat(), "first": first.isoformat(), "last": last.isoformat()},
    )
    return frozenset(row[0] for row in rows)


def put_off(ledger: Ledger, day: date) -> frozenset[str]:
    """Problems whose deadline was put off by ``day``."""
    rows = ledger.rows(
        "SELECT DISTINCT p.id FROM problem_event h JOIN problem p ON p.id = h.problem_id AND p.deleted_at IS NULL "
        f"WHERE h.kind = 'extend' AND {BY_DAY}",
        {"day": day.isoformat()},
    )
    return frozenset(row[0] for row in rows)
