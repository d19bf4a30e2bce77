"""A firm's standing facts: who it is, where it stands on the register, its problems, output, loans and projects."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.growth import firm_months, firm_year, rate
from chain_office.domain.loans import STAGE_WORDS
from chain_office.domain.periods import previous_year
from chain_office.domain.workflow import OPEN_STATES
from chain_office.queries.dossier.shape import ENTRY_KINDS, Loan, Person, Project, Stay, Year
from chain_office.queries.finance import stage_at
from chain_office.queries.output import MonthPoint, last_month, reports_between
from chain_office.queries.problem_desk.cards import Cards
from chain_office.queries.problem_facts import STOOD, quoted
from chain_office.queries.projects import STAGES
from chain_office.queries.register import entries_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.domain.growth import Report
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.problem_desk.shape import Card

UNSETTLED: Final = (*OPEN_STATES, "reported", "to_assign", "waiting", "parked")
"""States of problems that are not settled: those counted as 未办结 first, then what waits and what is worked at for long."""
_PROBLEMS: Final = f"""
    SELECT p.id FROM problem p JOIN problem_span s ON s.problem_id = p.id
     WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL AND {STOOD} AND s.state IN ({quoted(UNSETTLED)})
     ORDER BY s.state IN ('parked', 'waiting'), coalesce(s.due_day, '9999'), p.number, p.id
"""
_CLOSED: Final = f"""
    SELECT count(*) FROM problem p JOIN problem_span s ON s.problem_id = p.id
     WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL AND {STOOD} AND s.state = 'closed'
"""
_LOANS: Final = f"""
    SELECT m.id, coalesce(b.short, b.name, ''), CASE WHEN m.intent_day IS NULL OR m.intent_day <= :day THEN m.intent_yuan END,
           (SELECT sum(c.granted_yuan) FROM credit c WHERE c.match_id = m.id AND c.deleted_at IS NULL AND c.day <= :day),
           (SELECT sum(w.drawn_yuan) FROM drawdown w WHERE w.match_id = m.id AND w.deleted_at IS NULL AND w.day <= :day),
           (SELECT count(*) FROM drawdown w WHERE w.match_id = m.id AND w.deleted_at IS NULL AND w.day <= :day),
           {stage_at()}, coalesce(m.fail_reason, '')
      FROM match m LEFT JOIN bank b ON b.id = m.bank_id
     WHERE m.enterprise_id = :firm AND m.deleted_at IS NULL AND (m.matched_day IS NULL OR m.matched_day <= :day)
     ORDER BY m.number, m.id
"""
_PROJECTS: Final = """
    SELECT p.id, coalesce(p.number, 0), p.name,
           (SELECT c.stage FROM stage_change c WHERE c.project_id = p.id AND c.deleted_at IS NULL
               AND (c.day IS NULL OR c.day <= :day) ORDER BY c.day DESC NULLS LAST, c.id DESC LIMIT 1),
           p.total_yuan,
           (SELECT l.year_plan_yuan FROM project_plan l WHERE l.project_id = p.id AND l.deleted_at IS NULL
               AND l.year = :year),
           m.year_done_yuan, coalesce(m.image_progress, '')
      FROM project p LEFT JOIN project_month m ON m.id = (SELECT x.id FROM project_month x WHERE x.project_id = p.id
           AND x.deleted_at IS NULL AND x.month BETWEEN :january AND :month ORDER BY x.month DESC LIMIT 1)
     WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL ORDER BY p.number, p.id
"""


def stays_of(ledger: Ledger, firm: str) -> tuple[Stay, ...]:
    """Its stretches on the register, the earliest first."""
    rows = ledger.rows(
        "SELECT id, entry_day, coalesce(entry_kind, ''), exit_day, coalesce(exit_reason, '') FROM register_spell "
        "WHERE enterprise_id = ? AND deleted_at IS NULL ORDER BY coalesce(entry_day, ''), id",
        (firm,),
    )
    return tuple(Stay(row[0], _day(row[1]), ENTRY_KINDS.get(row[2], row[2]), _day(row[3]), row[4]) for row in rows)


def standing(stays: Sequence[Stay], day: date) -> tuple[str, str]:
    """The register's word for a firm at a day, and its light."""
    if not stays:
        return "册外", "grey"
    if any((one.entered is None or one.entered <= day) and (one.left is None or one.left > day) for one in stays):
        return "在册", "green"
    if any(one.entered is None or one.entered <= day for one in stays):
        return "已退规", "grey"
    return "尚未入规", "blue"


def people_of(ledger: Ledger, firm: str) -> tuple[Person, ...]:
    """Its contacts, in the order they were entered."""
    rows = ledger.rows(
        "SELECT coalesce(name, ''), coalesce(post, ''), coalesce(phone, '') FROM contact WHERE enterprise_id = ? "
        "AND deleted_at IS NULL ORDER BY id",
        (firm,),
    )
    return tuple(Person(*row) for row in rows)


def problems_of(ledger: Ledger, firm: str, day: date, calendar: WorkCalendar) -> tuple[tuple[Card, ...], int]:
    """Its problems not settled at ``day``, the most pressing first, and how many are closed."""
    at = {"firm": firm, "day": day.isoformat()}
    ids = [row[0] for row in ledger.rows(_PROBLEMS, at)]
    return (Cards(ledger, day, calendar).of(ids) if ids else ()), int(ledger.value(_CLOSED, at))


def output_of(
    ledger: Ledger, firm: str, day: date, stays: Sequence[Stay]
) -> tuple[Year | None, tuple[MonthPoint, ...]]:
    """Its year so far, and January to December beside the same months of the year before, as they were known on ``day``.
    A month that has not been reported has no output; its base is what the firm reported a year before."""
    last = last_month(ledger, day)
    if last is None:
        return None, ()
    first = f"{last[:4]}-01"
    before, end = previous_year(first), f"{previous_year(first)[:4]}-12"
    now = reports_between(ledger, day, first, last, {firm})[firm]
    own = reports_between(ledger, day, before, end, {firm})[firm]
    to_date = [one for one in own if one.month <= previous_year(last)]
    entry = entries_at(ledger, day, firm).get(firm)
    built = entry.built if entry else None
    found = firm_year(firm, now, to_date, built)
    if found is None:
        return None, _months(now, own, first, built)
    listed = not stays or standing(stays, day)[0] == "在册"
    reached = max(one.month for one in now if one.month_yuan is not None or one.cum_yuan is not None)
    total, base = found.total_yuan, found.base_yuan
    return Year(first, reached, total, base, rate(total, base), listed), _months(now, own, first, built)


def _months(now: Sequence[Report], own: Sequence[Report], first: str, built: str | None) -> tuple[MonthPoint, ...]:
    year = first[:4]
    if not now and not own:
        return ()
    told = firm_months(now, own, built)
    past = firm_months(own, ())
    made = []
    for number in range(1, 13):
        month = f"{year}-{number:02d}"
        value, base = told.get(month, (None, None))
        if base is None:
            base = past.get(previous_year(month), (None, None))[0]
        made.append(MonthPoint(month, value, base, rate(value, base)))
    return tuple(made)


def loans_of(ledger: Ledger, firm: str, day: date) -> tuple[Loan, ...]:
    """Its matches with banks by ``day``. The stage is the furthest reached by then; a refusal says its reason."""
    made = []
    for row_id, bank, intent, granted, drawn, drawings, stage, reason in ledger.rows(
        _LOANS, {"firm": firm, "day": day.isoformat()}
    ):
        word = f"{STAGE_WORDS[stage]}（{reason}）" if stage == "refused" and reason else STAGE_WORDS[stage]
        made.append(Loan(row_id, bank, intent, granted, drawn, int(drawings), word))
    return tuple(made)


def projects_of(ledger: Ledger, firm: str, day: date) -> tuple[Project, ...]:
    """Its projects that were on the list by ``day``."""
    rows = ledger.rows(
        _PROJECTS,
        {
            "firm": firm, "day": day.isoformat(), "year": day.year, "january": f"{day.year:04d}-01",
            "month": f"{day:%Y-%m}",
        },
    )  # fmt: skip
    return tuple(
        Project(row_id, record_number("project", number), name, STAGES[stage], *rest)
        for row_id, number, name, stage, *rest in rows
        if stage is not None
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
