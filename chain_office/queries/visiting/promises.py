"""承诺事项 at a day: what was promised at visits, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import record_number
from chain_office.domain.visiting import promise_state

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise. ``state``: as `domain.visiting` says; ``problem``: the record number of the one it became."""

    id: str
    visit_id: str
    visit_number: int
    visited: date | None
    enterprise_id: str
    firm: str
    text: str
    side: str
    owner: str
    due: date | None
    done: date | None
    result: str
    problem_id: str
    problem: str
    state: str

    @property
    def visit(self) -> str:
        """ZF0012."""
        return record_number("visit", self.visit_number)


_PROMISES: Final = """
    SELECT t.id, v.id, coalesce(v.number, 0), v.day, e.id, coalesce(nullif(e.short_name, ''), e.name), t.text,
           coalesce(t.side, ''), coalesce(t.owner, ''), t.due_day, t.done_day, coalesce(t.result, ''), coalesce(p.id, ''),
           coalesce(p.number, 0)
      FROM promise t JOIN visit v ON v.id = t.visit_id JOIN enterprise e ON e.id = v.enterprise_id
      LEFT JOIN problem p ON p.id = t.problem_id AND p.deleted_at IS NULL
     WHERE t.deleted_at IS NULL AND v.deleted_at IS NULL AND (v.day IS NULL OR v.day <= :day)
"""
"""A promise given at a visit after the day is not yet known."""


def promises(ledger: Ledger, day: date) -> tuple[PromiseLine, ...]:
    """Every promise given by ``day``, the earliest due first, those without a day last."""
    return _read(ledger, day, "", {})


def promises_of(ledger: Ledger, enterprise_id: str, day: date) -> tuple[PromiseLine, ...]:
    """Those given at visits to a firm."""
    return _read(ledger, day, "AND e.id = :firm", {"firm": enterprise_id})


def promises_at(ledger: Ledger, visit_id: str, day: date) -> tuple[PromiseLine, ...]:
    """Those given at a visit, whenever that is dated."""
    rows = ledger.rows(
        _PROMISES.replace("(v.day IS NULL OR v.day <= :day)", "v.id = :visit") + " ORDER BY t.id",
        {"visit": visit_id},
    )
    return tuple(_line(row, day) for row in rows)


def open_by(ledger: Ledger, last: date, day: date) -> tuple[PromiseLine, ...]:
    """Those not kept by ``day`` and due by ``last``."""
    return _read(
        ledger, day, "AND t.due_day <= :last AND (t.done_day IS NULL OR t.done_day > :day)", {"last": last.isoformat()}
    )


def late_promises(ledger: Ledger, day: date) -> int:
    """How many are overdue."""
    return int(
        ledger.value(
            "SELECT count(*) FROM promise t JOIN visit v ON v.id = t.visit_id JOIN enterprise e ON e.id = v.enterprise_id "
            "WHERE t.deleted_at IS NULL AND v.deleted_at IS NULL AND (v.day IS NULL OR v.day <= :day) "
            "AND t.due_day < :day AND (t.done_day IS NULL OR t.done_day > :day)",
            {"day": day.isoformat()},
        )
    )


def _read(ledger: Ledger, day: date, where: str, more: dict[str, object]) -> tuple[PromiseLine, ...]:
    rows = ledger.rows(
        f"{_PROMISES} {where} ORDER BY coalesce(t.due_day, '9999'), v.day, t.id", {"day": day.isoformat(), **more}
    )
    return tuple(_line(row, day) for row in rows)


def _line(row: tuple[Any, ...], day: date) -> PromiseLine:
    (
        row_id, visit, number, visited, firm_id, firm, text, side, owner, due, done, result, problem_id, problem,
    ) = row  # fmt: skip
    until, kept = _day(due), _day(done)
    return PromiseLine(
        row_id, visit, number, _day(visited), firm_id, firm, text, side, owner, until, kept, result, problem_id,
        record_number("problem", problem) if problem_id else "", promise_state(until, kept, day),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
