"""What one wants to know before a visit, of one firm: last time, promises, problems, output, loans, projects, whom to meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.growth import rate
from chain_office.domain.periods import previous_year
from chain_office.domain.visiting import is_protected
from chain_office.domain.workflow import OPEN_STATES
from chain_office.queries.finance import refused_at
from chain_office.queries.problem_desk.cards import Cards
from chain_office.queries.problem_facts import STOOD, quoted
from chain_office.queries.projects import STAGES
from chain_office.queries.records.output import firm_output, months_of
from chain_office.queries.visiting.firms import visits_in_month
from chain_office.queries.visiting.promises import promises_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.problem_desk.shape import Card
    from chain_office.queries.records.output import FirmOutput
    from chain_office.queries.records.rows import Row
    from chain_office.queries.visiting.promises import PromiseLine

_OPEN = quoted((*OPEN_STATES, "reported", "parked", "to_assign", "waiting"))
MONTHS = 5


@dataclass(frozen=True, slots=True)
class LastVisit:
    """A visit: when, who, and the answers."""

    day: date
    exact: bool
    leader: str
    visitors: str
    interviewee: str
    status: str
    problem: str
    plan: str
    followup: str
    rating: str


@dataclass(frozen=True, slots=True)
class MonthOutput:
    """A month of the firm's output in 元, with its growth on the year before."""

    month: str
    yuan: int | None
    yoy_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A match with a bank as it stood: amounts in 元, each rung its own."""

    bank: str
    intent_yuan: int | None
    granted_yuan: int | None
    drawn_yuan: int | None
    note: str


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project with its stage at the day; this year's plan and what of it was done, in 元."""

    name: str
    stage: str
    total_yuan: int | None
    plan_yuan: int | None
    done_yuan: int | None
    progress: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One firm before a visit."""

    id: str
    number: int
    name: str
    code: str
    district: str
    park: str
    address: str
    products: str
    segment: str
    employees: int | None
    protected_since: date | None
    protected: bool
    this_month: int
    contacts: tuple[tuple[str, str, str], ...]
    visits: int
    last: LastVisit | None
    promises: tuple[PromiseLine, ...]
    problems: tuple[Card, ...]
    closed: int
    output: FirmOutput | None
    months: tuple[MonthOutput, ...]
    loans: tuple[LoanLine, ...]
    projects: tuple[ProjectLine, ...]


_FIRM = """
    SELECT e.id, coalesce(e.number, 0), e.name, coalesce(e.uscc, ''), coalesce(d.short, d.name, ''), coalesce(k.name, ''),
           coalesce(e.address, ''), coalesce(e.products, ''), coalesce(s.name, ''), e.employees, e.protected_since
      FROM enterprise e LEFT JOIN park k ON k.id = e.park_id LEFT JOIN segment s ON s.id = e.segment_id
      LEFT JOIN district d ON d.id = coalesce(e.district_id, k.district_id) WHERE e.id = ? AND e.deleted_at IS NULL
"""


def briefs(ledger: Ledger, firms: Sequence[str], day: date, calendar: WorkCalendar) -> tuple[Brief, ...]:
    """The pages of these firms in the order given; one no longer there is left out."""
    cards = Cards(ledger, day, calendar)
    return tuple(one for firm in firms if (one := _brief(ledger, firm, day, cards)) is not None)


def _brief(ledger: Ledger, firm: str, day: date, cards: Cards) -> Brief | None:
    rows = ledger.rows(_FIRM, (firm,))
    if not rows:
        return None
    row_id, number, name, code, district, park, address, products, segment, employees, since = rows[0]
    begun = date.fromisoformat(since) if since else None
    at = {"firm": firm, "day": day.isoformat()}
    visits = int(
        ledger.value(
            "SELECT count(*) FROM visit WHERE enterprise_id = :firm AND deleted_at IS NULL AND day <= :day", at
        )
    )
    return Brief(
        row_id,
        number,
        name,
        code,
        district,
        park,
        address,
        products,
        segment,
        int(employees) if employees is not None else None,
        begun,
        is_protected(begun, day),
        visits_in_month(ledger, firm, day),
        _contacts(ledger, firm),
        visits,
        _last(ledger, at),
        promises_of(ledger, firm, day),
        cards.of(_open_problems(ledger, at)),
        _closed(ledger, at),
        firm_output(ledger, firm, day),
        _months(ledger, firm, day),
        _loans(ledger, at),
        _projects(ledger, at, day),
    )


def _contacts(ledger: Ledger, firm: str) -> tuple[tuple[str, str, str], ...]:
    rows = ledger.rows(
        "SELECT coalesce(name, ''), coalesce(post, ''), coalesce(phone, '') FROM contact WHERE enterprise_id = ? "
        "AND deleted_at IS NULL ORDER BY id",
        (firm,),
    )
    return tuple((row[0], row[1], row[2]) for row in rows)


def _last(ledger: Ledger, at: dict[str, str]) -> LastVisit | None:
    rows = ledger.rows(
        "SELECT day, precision <> 'month', coalesce(leader, ''), coalesce(visitors, ''), coalesce(interviewee, ''), "
        "coalesce(q1_status, ''), coalesce(q2_problem, ''), coalesce(q3_plan, ''), coalesce(followup, ''), "
        "coalesce(rating, '') FROM visit WHERE enterprise_id = :firm AND deleted_at IS NULL AND day <= :day "
        "ORDER BY day DESC, id DESC LIMIT 1",
        at,
    )
    if not rows:
        return None
    when, exact, *texts = rows[0]
    return LastVisit(date.fromisoformat(when), bool(exact), *texts)


def _open_problems(ledger: Ledger, at: dict[str, str]) -> list[str]:
    rows = ledger.rows(
        f"SELECT p.id FROM problem p JOIN problem_span s ON s.problem_id = p.id WHERE p.enterprise_id = :firm "
        f"AND p.deleted_at IS NULL AND {STOOD} AND s.state IN ({_OPEN}) "
        "ORDER BY coalesce(s.due_day, '9999'), p.number, p.id",
        at,
    )
    return [row[0] for row in rows]


def _closed(ledger: Ledger, at: dict[str, str]) -> int:
    return int(
        ledger.value(
            f"SELECT count(*) FROM problem p JOIN problem_span s ON s.problem_id = p.id WHERE p.enterprise_id = :firm "
            f"AND p.deleted_at IS NULL AND {STOOD} AND s.state = 'closed'",
            at,
        )
    )


def _months(ledger: Ledger, firm: str, day: date) -> tuple[MonthOutput, ...]:
    """The latest months that say what a month alone came to, the oldest first."""
    every = {row["month"]: row for row in months_of(ledger, firm, day)}
    told = [row for row in every.values() if row["month_yuan"] is not None][:MONTHS]
    return tuple(
        MonthOutput(row["month"], row["month_yuan"], rate(row["month_yuan"], _base(row, every)))
        for row in reversed(told)
    )


def _base(row: Row, every: Mapping[str, Row]) -> int | None:
    """The same month of the year before: as the report tells it, else as the firm reported it then."""
    if row["month_prev_yuan"] is not None:
        return int(row["month_prev_yuan"])
    before = every.get(previous_year(row["month"]))
    return None if before is None or before["month_yuan"] is None else int(before["month_yuan"])


def _loans(ledger: Ledger, at: dict[str, str]) -> tuple[LoanLine, ...]:
    rows = ledger.rows(
        "SELECT coalesce(b.short, b.name, ''), CASE WHEN m.intent_day IS NULL OR m.intent_day <= :day THEN m.intent_yuan END, "
        "(SELECT sum(c.granted_yuan) FROM credit c WHERE c.match_id = m.id AND c.deleted_at IS NULL AND c.day <= :day), "
        "(SELECT sum(w.drawn_yuan) FROM drawdown w WHERE w.match_id = m.id AND w.deleted_at IS NULL AND w.day <= :day), "
        f"CASE WHEN {refused_at()} THEN coalesce('未达成：' || nullif(m.fail_reason, ''), '未达成') ELSE '' END "
        "FROM match m LEFT JOIN bank b ON b.id = m.bank_id WHERE m.enterprise_id = :firm AND m.deleted_at IS NULL "
        "AND (m.matched_day IS NULL OR m.matched_day <= :day) ORDER BY m.number, m.id",
        at,
    )
    return tuple(LoanLine(*row) for row in rows)


def _projects(ledger: Ledger, at: dict[str, str], day: date) -> tuple[ProjectLine, ...]:
    rows = ledger.rows(
        """
        SELECT p.name, (SELECT c.stage FROM stage_change c WHERE c.project_id = p.id AND c.deleted_at IS NULL
                   AND (c.day IS NULL OR c.day <= :day) ORDER BY c.day DESC NULLS LAST, c.id DESC LIMIT 1), p.total_yuan,
               (SELECT l.year_plan_yuan FROM project_plan l WHERE l.project_id = p.id AND l.deleted_at IS NULL
                   AND l.year = :year), m.year_done_yuan, coalesce(m.image_progress, '')
          FROM project p LEFT JOIN project_month m ON m.id = (SELECT x.id FROM project_month x WHERE x.project_id = p.id
               AND x.deleted_at IS NULL AND x.month BETWEEN :january AND :month ORDER BY x.month DESC LIMIT 1)
         WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL ORDER BY p.number, p.id
        """,
        {**at, "year": day.year, "january": f"{day.year:04d}-01", "month": f"{day:%Y-%m}"},
    )
    return tuple(
        ProjectLine(name, STAGES[stage], total, plan, done, told)
        for name, stage, total, plan, done, told in rows
        if stage is not None
    )
