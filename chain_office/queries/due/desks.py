"""Duties of visits, projects, output and targets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.db.settings import read_settings
from chain_office.domain.periods import month_parts
from chain_office.queries import register
from chain_office.queries.due.shape import Due
from chain_office.queries.visiting.plan import IN_CAMPAIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.db.ledger import Ledger

FILING_DAY: Final = "output_filing_day"
"""Setting: the day of the following month by which a month's output is to be in."""
USUAL_FILING_DAY: Final = 10
LATEST_FILING_DAY: Final = 28
_STAGE: Final = (
    "(SELECT c.stage FROM stage_change c WHERE c.project_id = p.id AND c.deleted_at IS NULL "
    "AND (c.day IS NULL OR c.day <= :day) ORDER BY c.day DESC, c.id DESC LIMIT 1)"
)
_PROMISES: Final = """
    SELECT t.id, t.due_day, coalesce(nullif(e.short_name, ''), e.name) || '：' || t.text, v.id,
           coalesce(nullif(t.owner, ''), t.side, '')
      FROM promise t JOIN visit v ON v.id = t.visit_id JOIN enterprise e ON e.id = v.enterprise_id
     WHERE t.deleted_at IS NULL AND v.deleted_at IS NULL AND (v.day IS NULL OR v.day <= :day)
       AND t.due_day BETWEEN :first AND :last AND (t.done_day IS NULL OR t.done_day > :day)
"""
_VISITS: Final = f"""
    SELECT p.id, p.due_day, coalesce(nullif(e.short_name, ''), e.name) || '（' || c.name || '）', e.id,
           coalesce(nullif(p.leader, ''), p.visitors, '')
      FROM visit_plan p JOIN campaign c ON c.id = p.campaign_id JOIN enterprise e ON e.id = p.enterprise_id
     WHERE p.deleted_at IS NULL AND c.deleted_at IS NULL AND e.deleted_at IS NULL AND p.due_day BETWEEN :first AND :last
       AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.enterprise_id = e.id AND {IN_CAMPAIGN})
"""
_NODES: Final = f"""
    SELECT n.id, n.plan_day, p.name || '：' || n.name, p.id, coalesce(n.owner, p.agent, p.unit, '')
      FROM project_node n JOIN project p ON p.id = n.project_id
     WHERE n.deleted_at IS NULL AND p.deleted_at IS NULL AND n.plan_day BETWEEN :first AND :last
       AND (n.done_day IS NULL OR n.done_day > :day) AND {_STAGE} IN ('planned', 'under_construction')
"""
_PLANNED: Final = f"""
    SELECT p.id, p.plan_start, p.plan_finish, p.name, coalesce(p.agent, p.unit, ''), {_STAGE} AS stage FROM project p
     WHERE p.deleted_at IS NULL
       AND (p.plan_start BETWEEN :first AND :last OR p.plan_finish BETWEEN :first AND :last)
"""
_TARGETS: Final = """
    SELECT t.id, t.year, t.name, coalesce(t.owner, '') FROM target t WHERE t.deleted_at IS NULL
       AND t.year BETWEEN :first_year AND :last_year
"""
_SILENT: Final = f"""
    SELECT count(*) FROM enterprise e WHERE e.id IN ({register.ON_REGISTER}) AND NOT EXISTS (
        SELECT 1 FROM monthly_output o WHERE o.enterprise_id = e.id AND o.month = :month AND o.deleted_at IS NULL
           AND (o.month_yuan IS NOT NULL OR o.cum_yuan IS NOT NULL) AND (o.filed_day IS NULL OR o.filed_day <= :told))
"""


def promises(ledger: Ledger, first: date, last: date, day: date) -> Iterator[Due]:
    """Promises not kept by ``day``."""
    for row_id, due, words, visit, who in ledger.rows(_PROMISES, _at(first, last, day)):
        yield Due(f"promise-{row_id}", date.fromisoformat(due), "promise", words, f"visit:{visit}", who, day)


def planned_visits(ledger: Ledger, first: date, last: date, day: date) -> Iterator[Due]:
    """Visits of a plan that have not been made by ``day``."""
    for row_id, due, words, firm, who in ledger.rows(_VISITS, _at(first, last, day)):
        yield Due(f"visit-{row_id}", date.fromisoformat(due), "visit", words, f"enterprise:{firm}", who, day)


def nodes(ledger: Ledger, first: date, last: date, day: date) -> Iterator[Due]:
    """Nodes of projects under way that have not been reached by ``day``."""
    for row_id, due, words, project, who in ledger.rows(_NODES, _at(first, last, day)):
        yield Due(f"node-{row_id}", date.fromisoformat(due), "node", words, f"project:{project}", who, day)


def starts_and_finishes(ledger: Ledger, first: date, last: date, day: date) -> Iterator[Due]:
    """Planned starts of projects not begun, planned finishes of those not finished."""
    for row_id, start, finish, name, who, stage in ledger.rows(_PLANNED, _at(first, last, day)):
        for kind, due, stages in (
            ("start", start, ("planned",)), ("finish", finish, ("planned", "under_construction")),
        ):  # fmt: skip
            when = date.fromisoformat(due) if due else None
            if when is not None and first <= when <= last and stage in stages:
                yield Due(f"{kind}-{row_id}", when, kind, name, f"project:{row_id}", who, day)


def filings(ledger: Ledger, first: date, last: date, day: date) -> Iterator[Due]:
    """The day each month's output is to be in; of a month that has ended only where somebody on the register at its end
    has not filed. One that was missed is open until the next is due: its cumulative tells of both. Months before the first
    report were never asked for."""
    began = ledger.value("SELECT min(month) FROM monthly_output WHERE deleted_at IS NULL")
    filing = filing_day(ledger)
    year, month = first.year, first.month
    while (when := date(year, month, filing)) <= last:
        before = f"{year - (month == 1):04d}-{12 if month == 1 else month - 1:02d}"
        replaced = date(year + month // 12, month % 12 + 1, filing) <= day
        if when >= first and not replaced and began is not None and before >= began:
            said = _filing(ledger, before, when, day)
            if said:
                yield Due(f"filing-{before}", when, "filing", said, f"month:{before}", "", day)
        year, month = year + month // 12, month % 12 + 1


def _filing(ledger: Ledger, month: str, when: date, day: date) -> str:
    year, number = month_parts(month)
    name = f"{year}年{number}月产值"
    ended = date(year + number // 12, number % 12 + 1, 1)
    if day < ended:
        return f"{name}报送截止"
    at = {"day": min(when, ended).isoformat(), "month": month, "told": day.isoformat()}
    silent = int(ledger.value(_SILENT, at))
    return f"{name}报送截止，{silent} 家还没有报" if silent else ""


def filing_day(ledger: Ledger) -> int:
    """The day of the following month by which a month's output is to be in: the setting, else the 10th."""
    kept = read_settings(ledger).get(FILING_DAY, "")
    return min(LATEST_FILING_DAY, max(1, int(kept))) if kept.isdigit() else USUAL_FILING_DAY


def targets(ledger: Ledger, first: date, last: date, day: date) -> Iterator[Due]:
    """Targets of a year, due at its end; nobody is reminded of one for ever: those of years before ``day``'s are past."""
    span = {"first_year": max(first.year, day.year), "last_year": last.year}
    for row_id, year, name, who in ledger.rows(_TARGETS, span):
        when = date(year, 12, 31)
        if first <= when <= last:
            yield Due(f"target-{row_id}", when, "target", f"{year}年目标：{name}", f"target:{row_id}", who, day)


def _at(first: date, last: date, day: date) -> dict[str, str]:
    return {"day": day.isoformat(), "first": first.isoformat(), "last": last.isoformat()}
