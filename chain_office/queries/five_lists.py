"""The rows of the 五单 as they stand at a date."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import record_number
from chain_office.domain.workflow import STATES
from chain_office.queries.problem_facts import STOOD, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chain_office.db.ledger import Ledger

TALKING, SIGNED, LANDED, ENDED = "在谈", "签约", "落地", "终止"
PROSPECT_STAGES: Final = (TALKING, SIGNED, LANDED, ENDED)
_PLACE: Final = "coalesce(d.short, d.name, ''), coalesce(k.short, k.name, '')"
_PLACES: Final = "LEFT JOIN district d ON d.id = t.district_id LEFT JOIN park k ON k.id = t.park_id"
_SEGMENT: Final = "coalesce(nullif(g.short, ''), g.name, '')"


@dataclass(frozen=True, slots=True)
class TargetRow:
    """发展目标: in 元 (``goal_yuan``) or in ``unit`` (``goal``)."""

    id: str
    no: str
    year: int
    name: str
    key: str
    goal_yuan: int | None
    goal: Decimal | None
    unit: str
    owner: str
    basis: str
    remark: str


@dataclass(frozen=True, slots=True)
class ProspectRow:
    """招商项目 with the stage its days make at the date."""

    id: str
    no: str
    name: str
    investor: str
    content: str
    total_yuan: int | None
    segment: str
    district: str
    park: str
    unit: str
    owner: str
    met_day: date | None
    signed_day: date | None
    landed_day: date | None
    ended_day: date | None
    project_id: str
    project: str
    next_step: str
    remark: str
    stage: str

    @property
    def stage_day(self) -> date | None:
        """When it came to its stage."""
        days = {TALKING: self.met_day, SIGNED: self.signed_day, LANDED: self.landed_day, ENDED: self.ended_day}
        return days[self.stage]


@dataclass(frozen=True, slots=True)
class AchievementRow:
    """可产业化科研成果. ``phone`` as it is stored: who shows it masks it."""

    id: str
    no: str
    name: str
    holder: str
    field: str
    maturity: str
    ip: str
    segment: str
    enterprise: str
    demand: str
    contact: str
    phone: str
    day: date | None
    landed_day: date | None
    remark: str


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the list of projects says beside the pipeline's own row. ``held_by``: problems not closed at the date that hold
    it up."""

    segment: str
    content: str
    years: str
    leader: str
    unit: str
    problems: str
    held_by: tuple[str, ...]


def targets(ledger: Ledger) -> tuple[TargetRow, ...]:
    """All goals, the latest year first, then by number."""
    rows = ledger.rows(
        "SELECT id, coalesce(number, 0), year, name, coalesce(figure_key, ''), goal_yuan, goal, coalesce(unit, ''), "
        "coalesce(owner, ''), coalesce(basis, ''), coalesce(remark, '') FROM target WHERE deleted_at IS NULL "
        "ORDER BY year DESC, number, id"
    )
    found: list[tuple[Any, ...]] = [
        (row[0], record_number("target", row[1]), *row[2:6], None if row[6] is None else Decimal(row[6]), *row[7:])
        for row in rows
    ]
    return tuple(TargetRow(*values) for values in found)


def prospects(ledger: Ledger, day: date) -> tuple[ProspectRow, ...]:
    """The projects courted by ``day``, by stage, then by number; those first met later are not known yet."""
    rows = ledger.rows(
        f"""
        SELECT t.id, coalesce(t.number, 0), t.name, coalesce(t.investor, ''), coalesce(t.content, ''), t.total_yuan,
               {_SEGMENT}, {_PLACE}, coalesce(t.unit, ''), coalesce(t.owner, ''), t.met_day, t.signed_day, t.landed_day,
               t.ended_day, coalesce(p.id, ''), coalesce(p.name, ''), coalesce(t.next_step, ''), coalesce(t.remark, '')
          FROM prospect t {_PLACES} LEFT JOIN segment g ON g.id = t.segment_id
          LEFT JOIN project p ON p.id = t.project_id AND p.deleted_at IS NULL
         WHERE t.deleted_at IS NULL AND (t.met_day IS NULL OR t.met_day <= :day)
         ORDER BY t.number, t.id
        """,
        {"day": day.isoformat()},
    )
    found = [_prospect(row, day) for row in rows]
    return tuple(sorted(found, key=lambda one: PROSPECT_STAGES.index(one.stage)))


def _prospect(row: tuple[Any, ...], day: date) -> ProspectRow:
    met, signed, landed, ended = (_day(text) for text in row[11:15])
    reached = [(ended, ENDED), (landed, LANDED), (signed, SIGNED)]
    stage = next((word for when, word in reached if when is not None and when <= day), TALKING)
    days = (met, signed, landed, ended)
    values: tuple[Any, ...] = (row[0], record_number("prospect", row[1]), *row[2:11], *days, *row[15:19], stage)
    return ProspectRow(*values)


def achievements(ledger: Ledger, day: date) -> tuple[AchievementRow, ...]:
    """The results registered by ``day``, by number."""
    rows = ledger.rows(
        f"""
        SELECT t.id, coalesce(t.number, 0), t.name, coalesce(t.holder, ''), coalesce(t.field, ''), coalesce(t.maturity, ''),
               coalesce(t.ip, ''), {_SEGMENT}, coalesce(nullif(e.short_name, ''), e.name, ''), coalesce(t.demand, ''),
               coalesce(t.contact, ''), coalesce(t.phone, ''), t.day, t.landed_day, coalesce(t.remark, '')
          FROM achievement t LEFT JOIN segment g ON g.id = t.segment_id LEFT JOIN enterprise e ON e.id = t.enterprise_id
         WHERE t.deleted_at IS NULL AND (t.day IS NULL OR t.day <= :day)
         ORDER BY t.number, t.id
        """,
        {"day": day.isoformat()},
    )
    found: list[tuple[Any, ...]] = [
        (row[0], record_number("achievement", row[1]), *row[2:12], _day(row[12]), _day(row[13]), row[14])
        for row in rows
    ]
    return tuple(AchievementRow(*values) for values in found)


def project_facts(ledger: Ledger, ids: Iterable[str], day: date) -> Mapping[str, ProjectFacts]:
    """What is said of these projects."""
    wanted = json.dumps(list(ids))
    held: dict[str, list[str]] = {}
    for project, number, unit in ledger.rows(
        f"""
        SELECT c.project_id, coalesce(p.number, 0), coalesce(nullif(u.short, ''), u.name, '')
          FROM project_cause c JOIN problem p ON p.id = c.problem_id JOIN problem_span s ON s.problem_id = p.id
          LEFT JOIN unit u ON u.id = s.lead_unit_id
         WHERE c.deleted_at IS NULL AND p.deleted_at IS NULL AND c.project_id IN (SELECT value FROM json_each(:ids))
           AND {STOOD} AND s.state NOT IN ('closed', 'rejected', 'solved_on_site') ORDER BY p.number
        """,
        {"ids": wanted, "day": day.isoformat()},
    ):
        held.setdefault(project, []).append(f"{record_number('problem', number)}{f'（{unit}）' if unit else ''}")
    rows = ledger.rows(
        f"""
        SELECT t.id, {_SEGMENT}, coalesce(t.content, ''), coalesce(t.years, ''), coalesce(t.leader, ''),
               coalesce(t.unit, ''), coalesce(t.problems, '')
          FROM json_each(?) j CROSS JOIN project t ON t.id = j.value LEFT JOIN segment g ON g.id = t.segment_id
        """,
        (wanted,),
    )
    found: dict[str, tuple[Any, ...]] = {row[0]: (*row[1:], tuple(held.get(row[0], ()))) for row in rows}
    return {project: ProjectFacts(*values) for project, values in found.items()}


UNSOLVED: Final = ("open", "reported", "parked")
"""Buckets of problems that were handed over and are not closed."""


def unsolved(ledger: Ledger, day: date) -> tuple[str, ...]:
    """Problems handed over and not closed at ``day``: the earliest deadline first, then by number."""
    states = quoted([state for state, one in STATES.items() if one.bucket in UNSOLVED])
    rows = ledger.rows(
        f"SELECT p.id FROM problem_span s JOIN problem p ON p.id = s.problem_id WHERE s.state IN ({states}) AND {STOOD} "
        "AND p.deleted_at IS NULL ORDER BY s.state = 'parked', s.due_day IS NULL, s.due_day, p.number",
        {"day": day.isoformat()},
    )
    return tuple(row[0] for row in rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
