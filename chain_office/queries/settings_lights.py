"""The light tables as they are edited, and what the rules look at on every record of a desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.models import record_number
from chain_office.queries.problem_facts import facts_of
from chain_office.queries.projects_desk.standing import standings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.lights import ProblemFacts
    from chain_office.domain.project_lights import ProjectFacts


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A row of a light table."""

    id: str
    light: str
    condition: str
    threshold: int | None
    text: str
    rank: int


@dataclass(frozen=True, slots=True)
class ProblemSeen:
    """A problem, and what the rules look at."""

    id: str
    number: str
    facts: ProblemFacts


@dataclass(frozen=True, slots=True)
class ProjectSeen:
    """A project, what the rules look at, and what holds it up, in words."""

    id: str
    number: str
    facts: ProjectFacts
    because: str


def stored_rules(ledger: Ledger, desk: str) -> tuple[StoredRule, ...]:
    """A desk's rules in order."""
    return tuple(
        StoredRule(row_id, light, condition, threshold, text or "", rank)
        for row_id, light, condition, threshold, text, rank in ledger.rows(
            "SELECT id, light, condition, threshold, text, rank FROM light_rule WHERE deleted_at IS NULL AND desk = ? "
            "ORDER BY rank",
            (desk,),
        )
    )


def problems_seen(ledger: Ledger, day: date) -> tuple[ProblemSeen, ...]:
    """Every problem collected by ``day``, by number, with what the desk's list judges it by."""
    facts = facts_of(ledger, day)
    numbers = ledger.rows(
        "SELECT id, coalesce(number, 0) FROM problem WHERE deleted_at IS NULL ORDER BY coalesce(number, 0), id"
    )
    return tuple(
        ProblemSeen(row_id, record_number("problem", number), facts[row_id])
        for row_id, number in numbers
        if row_id in facts
    )


def projects_seen(ledger: Ledger, day: date) -> tuple[ProjectSeen, ...]:
    """Every project that is counted, by number."""
    counted = (one for one in standings(ledger, day).values() if one.counted)
    return tuple(
        ProjectSeen(one.id, one.no, one.facts, one.because) for one in sorted(counted, key=lambda one: one.number)
    )


def titles(ledger: Ledger, table: str, ids: Sequence[str]) -> dict[str, str]:
    """What some problems or projects are called."""
    marks = ", ".join("?" * len(ids))
    if table == "problem":
        sql = (
            "SELECT p.id, coalesce(coalesce(e.short_name, e.name) || '　', '') || substr(p.text, 1, 80) FROM problem p "
            f"LEFT JOIN enterprise e ON e.id = p.enterprise_id WHERE p.id IN ({marks})"
        )
    else:
        sql = f"SELECT id, name FROM project WHERE id IN ({marks})"
    return dict(ledger.rows(sql, tuple(ids)))
