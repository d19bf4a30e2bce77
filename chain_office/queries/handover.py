"""What a hand-over starts from: problems that wait for a unit, who handled such problems before, past meetings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import record_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

MEETING_KIND = "问题交办会"


@dataclass(frozen=True, slots=True)
class Ready:
    """A problem that waits to be handed over. ``seq``: its last step; ``screened_day``: when it was screened in."""

    id: str
    number: int
    seq: int
    state: str
    enterprise: str
    text: str
    demand: str
    category_id: str | None
    category: str
    district_id: str | None
    district: str
    level: str
    owner: str
    deadline: date | None
    screened_day: date | None


@dataclass(frozen=True, slots=True)
class UnitWords:
    """A unit as the lists know it. ``categories``: what it usually takes, as words."""

    id: str
    code: str
    label: str
    kind: str
    categories: tuple[str, ...]
    district_id: str | None


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """A category with the words that point to it and the codes of its usual units."""

    id: str
    label: str
    keywords: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """A 问题交办会 and how many problems were handed over at it."""

    id: str
    name: str
    day: date | None
    problems: int


def ready(ledger: Ledger) -> tuple[Ready, ...]:
    """Problems in 待交办 (and 上报 ones that may be handed over here), by number."""
    return _read(ledger, "p.state IN ('to_assign', 'escalated')", ())


def as_if_ready(ledger: Ledger, problem: str) -> Ready | None:
    """One problem, whatever its state, as it would be handed over; None where there is no such problem."""
    return next(iter(_read(ledger, "p.id = ?", (problem,))), None)


def _read(ledger: Ledger, which: str, given: tuple[str, ...]) -> tuple[Ready, ...]:
    rows = ledger.rows(
        f"""
        SELECT p.id, coalesce(p.number, 0), s.seq, p.state, coalesce(nullif(e.short_name, ''), e.name, ''), p.text,
               coalesce(p.demand, ''), p.category_id, coalesce(c.short, c.name, ''), p.district_id,
               coalesce(d.short, d.name, ''), coalesce(p.level, ''), coalesce(p.owner, ''), p.deadline, s.day
          FROM problem p
          JOIN problem_event s ON s.problem_id = p.id AND s.deleted_at IS NULL
               AND s.seq = (SELECT max(z.seq) FROM problem_event z WHERE z.problem_id = p.id AND z.deleted_at IS NULL)
          LEFT JOIN enterprise e ON e.id = p.enterprise_id
          LEFT JOIN category c ON c.id = p.category_id
          LEFT JOIN district d ON d.id = p.district_id
         WHERE p.deleted_at IS NULL AND {which}
         ORDER BY p.state = 'escalated', coalesce(p.number, 0), p.id
        """,
        given,
    )
    return tuple(
        Ready(
            row_id, number, seq, state, firm, text, demand, category_id, category, district_id, district, level, owner,
            _day(due), _day(day),
        )
        for row_id, number, seq, state, firm, text, demand, category_id, category, district_id, district, level, owner,
            due, day in rows
    )  # fmt: skip


def led_before(ledger: Ledger) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Category id → (unit id, problems of the category it led), most first."""
    rows = ledger.rows(
        """
        SELECT p.category_id, a.unit_id, count(DISTINCT p.id) FROM assignment a
          JOIN problem p ON p.id = a.problem_id AND p.deleted_at IS NULL
          JOIN unit u ON u.id = a.unit_id AND u.deleted_at IS NULL
         WHERE a.deleted_at IS NULL AND a.role = 'lead' AND p.category_id IS NOT NULL
         GROUP BY p.category_id, a.unit_id ORDER BY p.category_id, count(DISTINCT p.id) DESC, a.unit_id
        """
    )
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for category, unit, number in rows:
        found[category].append((unit, int(number)))
    return {category: tuple(units) for category, units in found.items()}


def units(ledger: Ledger) -> tuple[UnitWords, ...]:
    """Every live unit."""
    return tuple(
        UnitWords(row_id, code or "", label, kind or "", _lines(categories), district)
        for row_id, code, label, kind, categories, district in ledger.rows(
            "SELECT id, code, coalesce(nullif(short, ''), name), kind, categories, district_id FROM unit "
            "WHERE deleted_at IS NULL ORDER BY rowid"
        )
    )


def categories(ledger: Ledger) -> tuple[CategoryWords, ...]:
    """Every live category."""
    return tuple(
        CategoryWords(row_id, label, _lines(keywords), _lines(usual))
        for row_id, label, keywords, usual in ledger.rows(
            "SELECT id, coalesce(nullif(short, ''), name), keywords, default_units FROM category "
            "WHERE deleted_at IS NULL ORDER BY rowid"
        )
    )


def past_meetings(ledger: Ledger) -> tuple[PastMeeting, ...]:
    """The 问题交办会, the latest first."""
    return tuple(
        PastMeeting(row_id, name, _day(day), int(number))
        for row_id, name, day, number in ledger.rows(
            "SELECT m.id, m.name, m.day, (SELECT count(*) FROM problem p WHERE p.meeting_id = m.id AND p.deleted_at IS NULL) "
            "FROM meeting m WHERE m.deleted_at IS NULL AND (m.kind = ? OR m.kind IS NULL) ORDER BY m.day DESC, m.id DESC",
            (MEETING_KIND,),
        )
    )


def limit_days(ledger: Ledger, name: str) -> int | None:
    """The working days of a time limit the office set; None where it has none of that name."""
    found = ledger.rows(
        "SELECT days FROM time_limit WHERE deleted_at IS NULL AND name = ? AND days IS NOT NULL ORDER BY id LIMIT 1",
        (name,),
    )
    return int(found[0][0]) if found else None


def number_of(ledger: Ledger, problem_id: str) -> str:
    """The record number people say."""
    return record_number("problem", int(ledger.value("SELECT number FROM problem WHERE id = ?", (problem_id,)) or 0))


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
