"""The light tables as they are edited, and what the rules look at on every record of a desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.models import record_number
from chain_office.domain.lights import ProblemFacts
from chain_office.queries import list_window
from chain_office.queries.desk_lists import PROJECTS, problems_at
from chain_office.queries.project_pace import paces

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from chain_office.db.ledger import Ledger
    from chain_office.queries.desk_lists import ProjectLine

_BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A row of a light table."""

    id: str
    light: str
    condition: str
    threshold: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ProblemSeen:
    """A problem, and what the rules look at."""

    id: str
    number: str
    title: str
    facts: ProblemFacts


@dataclass(frozen=True, slots=True)
class ProjectSeen:
    """A project, and how many percent points it is ahead of the calendar (behind: < 0)."""

    id: str
    number: str
    title: str
    ahead: Decimal


def stored_rules(ledger: Ledger, desk: str) -> tuple[StoredRule, ...]:
    """A desk's rules in order."""
    return tuple(
        StoredRule(row_id, light, condition, threshold, text or "")
        for row_id, light, condition, threshold, text in ledger.rows(
            "SELECT id, light, condition, threshold, text FROM light_rule WHERE deleted_at IS NULL AND desk = ? "
            "ORDER BY rank",
            (desk,),
        )
    )


def problems_seen(ledger: Ledger, day: date) -> tuple[ProblemSeen, ...]:
    """Every problem collected by ``day``, read as the desk's list reads it."""
    kind = problems_at(day)
    ids = list_window.ids_in_order(ledger, kind)
    found = []
    for start in range(0, len(ids), _BLOCK):
        lines = list_window.lines(ledger, kind, ids[start : start + _BLOCK])
        for line in lines.values():
            if line.state:
                facts = ProblemFacts(
                    line.state,
                    line.deadline,
                    line.reported_day,
                    line.updated,
                    line.returns,
                    verified=bool(line.verified),
                )
                title = f"{line.enterprise}　{line.text}" if line.enterprise else line.text
                found.append(ProblemSeen(line.id, record_number("problem", line.number), title, facts))
    return tuple(sorted(found, key=lambda one: one.number))


def projects_seen(ledger: Ledger, day: date) -> tuple[ProjectSeen, ...]:
    """Every project with a plan and a figure of the year."""
    found = paces(ledger, day)
    ids = tuple(found)
    lines: dict[str, ProjectLine] = {}
    for start in range(0, len(ids), _BLOCK):
        lines |= list_window.lines(ledger, PROJECTS, ids[start : start + _BLOCK])
    seen = [
        ProjectSeen(one, record_number("project", lines[one].number), lines[one].name, pace.ahead)
        for one, pace in found.items()
        if one in lines
    ]
    return tuple(sorted(seen, key=lambda one: one.number))
