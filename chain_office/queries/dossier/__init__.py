"""一企一档: one firm with everything the office knows of it at a day. Every statement seeks an index by the firm."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.queries.dossier.facts import (
    loans_of,
    output_of,
    people_of,
    problems_of,
    projects_of,
    standing,
    stays_of,
)
from chain_office.queries.dossier.shape import KINDS, Dossier, Entry, Loan, Person, Project, Stay, Year
from chain_office.queries.dossier.timeline import timeline
from chain_office.queries.visiting.promises import promises_of

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar

__all__ = ["KINDS", "Dossier", "Entry", "Loan", "Person", "Project", "Stay", "Year", "dossier"]

_FIRM: Final = """
    SELECT e.id, coalesce(e.number, 0), e.name, coalesce(e.short_name, ''), coalesce(e.former_names, ''),
           coalesce(e.uscc, ''), coalesce(e.legal_person, ''), coalesce(nullif(d.short, ''), d.name, ''), coalesce(k.name, ''),
           coalesce(s.name, ''), coalesce(e.address, ''), coalesce(e.industry, ''), coalesce(e.products, ''), e.employees,
           coalesce(e.chain_leader, ''), e.protected_since, coalesce(e.remark, '')
      FROM enterprise e LEFT JOIN park k ON k.id = e.park_id LEFT JOIN segment s ON s.id = e.segment_id
      LEFT JOIN district d ON d.id = coalesce(e.district_id, k.district_id)
     WHERE e.id = ? AND e.deleted_at IS NULL
"""
_VISITS: Final = (
    "SELECT count(*), max(day) FROM visit WHERE enterprise_id = :firm AND deleted_at IS NULL AND day <= :day"
)


def dossier(ledger: Ledger, firm: str, day: date, calendar: WorkCalendar) -> Dossier | None:
    """The dossier of a firm at ``day``; None if there is no such firm (any more)."""
    rows = ledger.rows(_FIRM, (firm,))
    if not rows:
        return None
    (
        row_id, number, name, short, former, code, person, district, park, segment, address, industry, products,
        employees, leader, since, remark,
    ) = rows[0]  # fmt: skip
    stays = stays_of(ledger, firm)
    status, light = standing(stays, day)
    promises = promises_of(ledger, firm, day)
    problems, closed = problems_of(ledger, firm, day, calendar)
    year, months = output_of(ledger, firm, day, stays)
    visits, last = ledger.rows(_VISITS, {"firm": firm, "day": day.isoformat()})[0]
    moments, later = timeline(ledger, firm, day, stays, promises)
    return Dossier(
        id=row_id, number=number, name=name,
        other_names=tuple(one for one in (short, *former.splitlines()) if one and one != name),
        code=code, legal_person=person, district=district, park=park, segment=segment, address=address,
        industry=industry, products=products, employees=int(employees) if employees is not None else None,
        chain_leader=leader, protected_since=date.fromisoformat(since) if since else None, remark=remark, day=day,
        status=status, light=light, stays=stays, people=people_of(ledger, firm), visits=int(visits),
        last_visit=date.fromisoformat(last) if last else None, promises=promises, problems=problems, closed=closed,
        year=year, months=months, loans=loans_of(ledger, firm, day), projects=projects_of(ledger, firm, day),
        timeline=moments, later_files=later,
    )  # fmt: skip
