"""A visit with everything its printed record says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import record_number
from chain_office.queries.records.rows import STATE_AT

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit in full."""

    id: str
    number: int
    firm: str
    district: str
    park: str
    campaign: str
    day: date | None
    exact: bool
    leader: str
    visitors: str
    interviewee: str
    consent_by: str
    consent_way: str
    consent_day: date | None
    booking_no: str
    status: str
    problem: str
    plan: str
    suggestion: str
    sales_yuan: int | None
    tax_yuan: int | None
    followup: str
    rating: str
    rated_day: date | None
    recorder: str
    remark: str


def visit_facts(ledger: Ledger, visit_id: str) -> VisitFacts | None:
    """A visit; None where there is none outside the bin."""
    rows = ledger.rows(
        "SELECT v.id, coalesce(v.number, 0), e.name, coalesce(d.short, d.name, ''), coalesce(k.name, ''), "
        "coalesce(c.name, ''), v.day, v.precision <> 'month', coalesce(v.leader, ''), coalesce(v.visitors, ''), "
        "coalesce(v.interviewee, ''), coalesce(v.consent_by, ''), coalesce(v.consent_way, v.consent, ''), v.consent_day, "
        "coalesce(v.booking_no, ''), coalesce(v.q1_status, ''), coalesce(v.q2_problem, ''), coalesce(v.q3_plan, ''), "
        "coalesce(v.suggestion, ''), v.sales_yuan, v.tax_yuan, coalesce(v.followup, ''), coalesce(v.rating, ''), "
        "v.rated_day, coalesce(v.recorder, ''), coalesce(v.remark, '') FROM visit v JOIN enterprise e "
        "ON e.id = v.enterprise_id LEFT JOIN campaign c ON c.id = v.campaign_id LEFT JOIN park k ON k.id = e.park_id "
        "LEFT JOIN district d ON d.id = coalesce(e.district_id, k.district_id) WHERE v.id = ? AND v.deleted_at IS NULL",
        (visit_id,),
    )
    if not rows:
        return None
    (
        row_id, number, firm, district, park, campaign, when, exact, leader, visitors, met, by, way, agreed, booking, status,
        problem, plan, suggestion, sales, tax, followup, rating, rated, recorder, remark,
    ) = rows[0]  # fmt: skip
    return VisitFacts(
        row_id, number, firm, district, park, campaign, _day(when), bool(exact), leader, visitors, met, by, way, _day(agreed),
        booking, status, problem, plan, suggestion, sales, tax, followup, rating, _day(rated), recorder, remark,
    )  # fmt: skip


def problems_of(ledger: Ledger, visit_id: str, day: date) -> tuple[tuple[str, str, str], ...]:
    """(record number, text, state at ``day``) of the problems a visit raised."""
    rows = ledger.rows(
        f"SELECT coalesce(p.number, 0), p.text, {STATE_AT} FROM problem p WHERE p.visit_id = :visit "
        "AND p.deleted_at IS NULL ORDER BY p.number, p.id",
        {"visit": visit_id, "day": day.isoformat()},
    )
    return tuple((record_number("problem", number), text, state) for number, text, state in rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def firms_of(ledger: Ledger, visits: tuple[str, ...]) -> tuple[str, ...]:
    """The firms of some visits, each once, in the order of the visits."""
    rows = ledger.rows(
        "SELECT v.enterprise_id FROM json_each(?) j JOIN visit v ON v.id = j.value ORDER BY j.key",
        (json.dumps(visits),),
    )
    return tuple(dict.fromkeys(row[0] for row in rows))
