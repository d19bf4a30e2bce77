"""What is in somebody's hands: every record that names a person and is not finished at a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import record_number
from chain_office.db.models.base import PREFIXES
from chain_office.domain.people import is_named, names_in
from chain_office.domain.workflow import OPEN_STATES

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Source:
    """Where people are named: a column of a table, what it makes of them, and which rows count at :day. ``whose``: an SQL
    text of what the record is about, ``due``: of the day it is due, over t and what is joined."""

    table: str
    column: str
    kind: str
    whose: str
    due: str = "NULL"
    joins: str = ""
    live: str = "1"


_FIRM = "LEFT JOIN enterprise e ON e.id = t.enterprise_id"
_NAME = "coalesce(nullif(e.short_name, ''), e.name, '')"
_OPEN = ", ".join(f"'{state}'" for state in (*OPEN_STATES, "reported", "parked", "pooled"))
_STATE = (
    "EXISTS (SELECT 1 FROM problem_span s WHERE s.problem_id = t.id AND (s.day_from IS NULL OR s.day_from <= :day) "
    f"AND (s.day_until IS NULL OR s.day_until > :day) AND s.state IN ({_OPEN}))"
)
_PLANNED = (
    "NOT EXISTS (SELECT 1 FROM visit v WHERE v.enterprise_id = t.enterprise_id AND v.deleted_at IS NULL AND v.day <= :day "
    "AND (v.campaign_id = t.campaign_id OR v.day BETWEEN coalesce(c.from_day, v.day) AND coalesce(c.to_day, v.day)))"
)
_CAMPAIGN = f"JOIN campaign c ON c.id = t.campaign_id AND c.deleted_at IS NULL {_FIRM}"
_PROJECT = "JOIN project p ON p.id = t.project_id AND p.deleted_at IS NULL"

SOURCES = (
    Source("enterprise", "chain_leader", "联系企业", "t.name"),
    Source("visit_plan", "leader", "走访计划（带队）", f"{_NAME} || '　' || c.name", "t.due_day", _CAMPAIGN, _PLANNED),
    Source(
        "visit_plan", "visitors", "走访计划（参加）", f"{_NAME} || '　' || c.name", "t.due_day", _CAMPAIGN, _PLANNED
    ),
    Source(
        "promise",
        "owner",
        "承诺事项",
        f"{_NAME} || '：' || t.text",
        "t.due_day",
        "JOIN visit v ON v.id = t.visit_id AND v.deleted_at IS NULL LEFT JOIN enterprise e ON e.id = v.enterprise_id",
        "(t.done_day IS NULL OR t.done_day > :day)",
    ),
    Source("problem", "owner", "问题责任人", f"{_NAME} || '：' || t.text", "t.deadline", _FIRM, _STATE),
    Source("project", "leader", "联系项目", "t.name", "t.plan_finish", live="t.stage <> 'completed'"),
    Source("project", "agent", "代办项目", "t.name", "t.plan_finish", live="t.stage <> 'completed'"),
    Source(
        "project_node",
        "owner",
        "项目节点",
        "p.name || '：' || t.name",
        "t.plan_day",
        _PROJECT,
        "(t.done_day IS NULL OR t.done_day > :day)",
    ),
    Source("prospect", "owner", "招商项目", "t.name", live="t.landed_day IS NULL AND t.ended_day IS NULL"),
    Source("target", "owner", "发展目标", "t.name", live="t.year >= CAST(substr(:day, 1, 4) AS INTEGER)"),
)
"""Every place people are named in as having something in hand."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing in somebody's hands. ``text``: the line that names them, as it stands."""

    table: str
    column: str
    row_id: str
    kind: str
    number: str
    about: str
    due: date | None
    text: str


def duties(ledger: Ledger, person: str, day: date) -> tuple[Duty, ...]:
    """What is in a person's hands at ``day``, by kind, the most pressing first."""
    found = []
    for source in SOURCES:
        number = "t.number" if source.table in PREFIXES else "NULL"
        rows = ledger.rows(
            f"SELECT t.id, {number}, {source.whose}, {source.due}, t.{source.column} FROM {source.table} t "
            f"{source.joins} WHERE t.deleted_at IS NULL AND instr(t.{source.column}, :person) > 0 AND {source.live}",
            {"person": person, "day": day.isoformat()},
        )
        mine = [
            Duty(
                source.table,
                source.column,
                row_id,
                source.kind,
                record_number(source.table, no) if no else "",
                " ".join(str(about or "").split()),
                date.fromisoformat(due) if due else None,
                text,
            )
            for row_id, no, about, due, text in rows
            if is_named(text, person)
        ]
        found += sorted(mine, key=lambda one: (one.due is None, one.due or day, one.number, one.about))
    return tuple(found)


def people(ledger: Ledger, day: date) -> tuple[tuple[str, int], ...]:
    """Everybody who has something in hand, and the officers listed, with how much; the busiest first."""
    counted: Counter[str] = Counter()
    for source in SOURCES:
        for (text,) in ledger.rows(
            f"SELECT t.{source.column} FROM {source.table} t {source.joins} WHERE t.deleted_at IS NULL "
            f"AND t.{source.column} <> '' AND {source.live}",
            {"day": day.isoformat()},
        ):
            counted.update(set(names_in(text)))
    for (name,) in ledger.rows("SELECT name FROM officer WHERE deleted_at IS NULL AND left_day IS NULL"):
        counted.setdefault(name, 0)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
