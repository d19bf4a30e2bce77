"""进度图: every project's planned and actual span, with its nodes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.queries.projects_desk.nodes import nodes_of
from chain_office.queries.projects_desk.standing import standings

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.queries.projects_desk.nodes import Node
    from chain_office.queries.projects_desk.standing import Standing


@dataclass(frozen=True, slots=True)
class SpanLine:
    """A project's spans: planned from ``plan_start`` (else its beginning) to ``plan_finish``, actual from ``began`` to
    ``ended`` (None: still going on, or never begun)."""

    stood: Standing
    plan_start: date | None
    plan_finish: date | None
    began: date | None
    ended: date | None
    nodes: tuple[Node, ...]


def span_lines(ledger: Ledger, day: date) -> tuple[SpanLine, ...]:
    """Every project counted at ``day``, by number. Days after it are not yet known."""
    at = day.isoformat()
    days = {
        row[0]: row[1:]
        for row in ledger.rows(
            "SELECT p.id, p.start_day, p.finish_day, "
            "(SELECT min(c.day) FROM stage_change c WHERE c.project_id = p.id AND c.deleted_at IS NULL "
            "AND c.stage = 'under_construction'), "
            "(SELECT max(c.day) FROM stage_change c WHERE c.project_id = p.id AND c.deleted_at IS NULL "
            "AND c.stage = 'completed') FROM project p WHERE p.deleted_at IS NULL"
        )
    }
    nodes = nodes_of(ledger, day)
    found = []
    for one in standings(ledger, day).values():
        if not one.counted:
            continue
        start, finish, building, done = days[one.id]
        began, ended = _known(start or building, at), _known(finish or done, at)
        if one.stage != "completed":
            ended = None
        planned = one.plan_start or (began if one.plan_finish else None)
        found.append(SpanLine(one, planned, one.plan_finish, began, ended, nodes.get(one.id, ())))
    return tuple(sorted(found, key=lambda line: (line.stood.number, line.stood.id)))


def _known(day: str | None, at: str) -> date | None:
    return date.fromisoformat(day) if day is not None and day <= at else None
