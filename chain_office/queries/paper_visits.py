"""What visit forms are filled with before they leave, and the visits a daily report tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import record_number
from chain_office.domain.workflow import OPEN_STATES
from chain_office.queries.problem_facts import STOOD, quoted
from chain_office.queries.register import ON_REGISTER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

_UNFINISHED: Final = quoted((*OPEN_STATES, "reported", "parked", "to_assign"))


@dataclass(frozen=True, slots=True)
class FirmToVisit:
    """A firm on the register. ``open_problems``: (record number, text, state id)."""

    id: str
    number: int
    name: str
    code: str
    district: str
    park: str
    address: str
    products: str
    contacts: tuple[tuple[str, str, str], ...]
    last_day: date | None
    last_precision: str
    last_leader: str
    visits: int
    open_problems: tuple[tuple[str, str, str], ...]

    @property
    def no(self) -> str:
        """QY0012."""
        return record_number("enterprise", self.number)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as a report tells it. ``exact``: its day is known, not only its month."""

    id: str
    enterprise_id: str
    enterprise: str
    district: str
    day: date
    exact: bool
    leader: str
    visitors: str
    interviewee: str
    status: str
    problem: str
    plan: str
    suggestion: str


def firms_to_visit(ledger: Ledger, day: date) -> tuple[FirmToVisit, ...]:
    """The register at ``day``, by number."""
    at = {"day": day.isoformat()}
    people, problems = _contacts(ledger), _open_problems(ledger, at)
    rows = ledger.rows(
        f"""
        SELECT e.id, coalesce(e.number, 0), e.name, coalesce(e.uscc, ''), coalesce(d.short, d.name, ''),
               coalesce(k.name, ''), coalesce(e.address, ''), coalesce(e.products, ''), v.day, coalesce(v.precision, ''),
               coalesce(v.leader, ''),
               (SELECT count(*) FROM visit n WHERE n.enterprise_id = e.id AND n.deleted_at IS NULL AND n.day <= :day)
          FROM enterprise e LEFT JOIN park k ON k.id = e.park_id
          LEFT JOIN district d ON d.id = coalesce(e.district_id, k.district_id)
          LEFT JOIN visit v ON v.id = (SELECT w.id FROM visit w WHERE w.enterprise_id = e.id AND w.deleted_at IS NULL
               AND w.day <= :day ORDER BY w.day DESC, w.id DESC LIMIT 1)
         WHERE e.id IN ({ON_REGISTER}) ORDER BY e.number, e.id
        """,
        at,
    )
    return tuple(
        FirmToVisit(
            row_id, number, name, code, district, park, address, products, people.get(row_id, ()),
            date.fromisoformat(last) if last else None, precision, leader, visits, problems.get(row_id, ()),
        )
        for row_id, number, name, code, district, park, address, products, last, precision, leader, visits in rows
    )  # fmt: skip


def _contacts(ledger: Ledger) -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for firm, *person in ledger.rows(
        "SELECT enterprise_id, coalesce(name, ''), coalesce(post, ''), coalesce(phone, '') FROM contact "
        "WHERE deleted_at IS NULL ORDER BY enterprise_id, id"
    ):
        name, post, phone = person
        found[firm] = (*found.get(firm, ()), (name, post, phone))
    return found


def _open_problems(ledger: Ledger, at: Mapping[str, object]) -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for firm, number, text, state in ledger.rows(
        "SELECT p.enterprise_id, coalesce(p.number, 0), p.text, s.state FROM problem_span s JOIN problem p "
        f"ON p.id = s.problem_id WHERE p.deleted_at IS NULL AND {STOOD} AND s.state IN ({_UNFINISHED}) "
        "AND p.enterprise_id IS NOT NULL ORDER BY p.number, p.id",
        dict(at),
    ):
        found[firm] = (*found.get(firm, ()), (record_number("problem", number), text, state))
    return found


_VISITS: Final = """
    SELECT v.id, v.enterprise_id, e.name, coalesce(d.short, d.name, ''), v.day, v.precision <> 'month', coalesce(v.leader, ''),
           coalesce(v.visitors, ''), coalesce(v.interviewee, ''), coalesce(v.q1_status, ''), coalesce(v.q2_problem, ''),
           coalesce(v.q3_plan, ''), coalesce(v.suggestion, '')
      FROM visit v JOIN enterprise e ON e.id = v.enterprise_id LEFT JOIN park k ON k.id = e.park_id
      LEFT JOIN district d ON d.id = coalesce(e.district_id, k.district_id)
     WHERE v.deleted_at IS NULL AND v.day IS NOT NULL AND
"""


def visits_on(ledger: Ledger, day: date) -> tuple[VisitRow, ...]:
    """The visits of a day; one of which only the month is known is of no day."""
    rows = ledger.rows(f"{_VISITS} v.day = ? AND v.precision <> 'month' ORDER BY v.number, v.id", (day.isoformat(),))
    return tuple(map(_visit, rows))


def visits_of(ledger: Ledger, campaign_id: str, day: date) -> tuple[VisitRow, ...]:
    """The visits of a campaign by ``day``."""
    rows = ledger.rows(
        f"{_VISITS} v.campaign_id = ? AND v.day <= ? ORDER BY v.day, v.number, v.id", (campaign_id, day.isoformat())
    )
    return tuple(map(_visit, rows))


def campaigns(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """(id, name) of every campaign, the latest first."""
    rows = ledger.rows("SELECT id, name FROM campaign WHERE deleted_at IS NULL ORDER BY from_day DESC, id DESC")
    return tuple((row[0], row[1]) for row in rows)


def raised(
    ledger: Ledger, visit_ids: frozenset[str], firms: frozenset[str], days: frozenset[date]
) -> Mapping[str, int]:
    """Category → problems the visits raised: those that name one of them, and those of its firm collected on its day."""
    found: dict[str, int] = {}
    for visit, firm, collected, category in ledger.rows(
        "SELECT p.visit_id, p.enterprise_id, p.collected_day, coalesce(nullif(c.short, ''), c.name, '') FROM problem p "
        "LEFT JOIN category c ON c.id = p.category_id WHERE p.deleted_at IS NULL"
    ):
        same = firm in firms and collected is not None and date.fromisoformat(collected) in days
        if visit in visit_ids or (visit is None and same):
            found[category] = found.get(category, 0) + 1
    return found


def _visit(row: tuple[Any, ...]) -> VisitRow:
    visit, firm, name, district, day, exact, leader, visitors, met, status, problem, plan, suggestion = row
    return VisitRow(
        visit, firm, name, district, date.fromisoformat(day), bool(exact), leader, visitors, met, status, problem, plan,
        suggestion,
    )  # fmt: skip
