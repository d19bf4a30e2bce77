"""What wants attention at a date: problems past or near their deadline, pooled ones to look at again, what moved lately.

Lists are cut at a number of rows and say how many there are in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.domain.workflow import STATES
from chain_office.queries import register
from chain_office.queries.problems import OVERDUE, STANDING, count_overdue

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Item:
    """A problem that wants attention. ``who``: the lead unit. ``day``: its deadline or review day; ``reported``: the day the
    unit reported done."""

    id: str
    number: int
    who: str
    firm: str
    text: str
    state: str
    day: date | None
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """The first rows of a list, and how many there are in all."""

    total: int
    rows: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """What happened after one day up to another: problems entering each state, loans drawn in 元, stages reached."""

    since: date
    states: dict[str, int]
    drawn_yuan: int
    stages: dict[str, int]


def overdue(ledger: Ledger, day: date) -> Items:
    """Problems overdue at ``day``, the longest first."""
    late = "julianday(CASE s.state WHEN 'reported' THEN coalesce(s.reported_day, :day) ELSE :day END)"
    found = _first(ledger, OVERDUE, f"julianday(s.due_day) - {late}", {"day": day.isoformat()})
    return Items(count_overdue(ledger, day), found)


def pooled(ledger: Ledger, day: date) -> Items:
    """Problems whose conditions are not there yet (暂不具备), the next review first, those without one last."""
    return _cut_off(ledger, "s.state = 'pooled'", {"day": day.isoformat()})


def count_to_review(ledger: Ledger, day: date) -> int:
    """Pooled problems whose review day has come."""
    return int(
        ledger.value(
            f"SELECT count(*) {STANDING} AND s.state = 'pooled' AND s.due_day <= :day", {"day": day.isoformat()}
        )
    )


def _cut_off(ledger: Ledger, wanted: str, at: dict[str, str]) -> Items:
    rows = _first(ledger, wanted, "coalesce(s.due_day, '9999')", at)
    if len(rows) < MOST:
        return Items(len(rows), rows)
    return Items(int(ledger.value(f"SELECT count(*) {STANDING} AND ({wanted})", at)), rows)


def _first(ledger: Ledger, wanted: str, order: str, at: dict[str, str]) -> tuple[Item, ...]:
    joined = STANDING.replace(
        "WHERE", "LEFT JOIN unit u ON u.id = s.lead_unit_id LEFT JOIN enterprise e ON e.id = p.enterprise_id WHERE", 1
    )
    rows = ledger.rows(
        f"SELECT p.id, p.number, coalesce(u.short, u.name, '未明确'), coalesce(e.name, ''), p.text, s.state, s.due_day, "
        f"s.reported_day {joined} AND ({wanted}) ORDER BY {order}, p.number, p.id LIMIT {MOST}",
        at,
    )
    return tuple(
        Item(row_id, number or 0, unit, firm, text, STATES[state].label, _day(on), _day(reported))
        for row_id, number, unit, firm, text, state, on, reported in rows
    )


def firms_by_district(ledger: Ledger, day: date) -> tuple[tuple[str, int], ...]:
    """Firms on the register at ``day`` by district, most first; "" for those without one."""
    rows = ledger.rows(
        "SELECT coalesce(d.short, d.name, ''), count(*) FROM enterprise e LEFT JOIN district d ON d.id = e.district_id "
        f"WHERE e.id IN ({register.ON_REGISTER}) GROUP BY 1 ORDER BY 2 DESC, 1",
        {"day": day.isoformat()},
    )
    return tuple((str(name), int(number)) for name, number in rows)


def count_covered(ledger: Ledger, day: date) -> int:
    """Firms on the register at ``day`` with a visit dated up to it."""
    return int(
        ledger.value(
            f"SELECT count(*) FROM enterprise e WHERE e.id IN ({register.ON_REGISTER}) AND {register.VISITED}",
            {"day": day.isoformat()},
        )
    )


def moves(ledger: Ledger, since: date, day: date) -> Moves:
    """What happened after ``since``, up to ``day``."""
    at = {"since": since.isoformat(), "day": day.isoformat()}
    states = ledger.rows(
        "SELECT s.state, count(DISTINCT s.problem_id) FROM problem_span s JOIN problem p ON p.id = s.problem_id "
        "WHERE p.deleted_at IS NULL AND s.day_from > :since AND s.day_from <= :day GROUP BY s.state",
        at,
    )
    drawn = ledger.value(
        "SELECT coalesce(sum(d.drawn_yuan), 0) FROM drawdown d JOIN match m ON m.id = d.match_id "
        "WHERE d.deleted_at IS NULL AND m.deleted_at IS NULL AND d.day > :since AND d.day <= :day",
        at,
    )
    stages = ledger.rows(
        "SELECT c.stage, count(DISTINCT c.project_id) FROM stage_change c JOIN project p ON p.id = c.project_id "
        "WHERE c.deleted_at IS NULL AND p.deleted_at IS NULL AND c.day > :since AND c.day <= :day GROUP BY c.stage",
        at,
    )
    return Moves(since, dict(states), int(drawn), dict(stages))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
