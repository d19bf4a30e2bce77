"""The lists of the six desks: what a line shows, how it may be filtered and sorted. Indexes: the ledger's schema."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from chain_office.queries.desk_facets import (
    VISIT_FACETS,
    enterprise_facets,
    finance_facets,
    project_facets,
)
from chain_office.queries.finance import stage_at
from chain_office.queries.lists import ListKind, Order
from chain_office.queries.problem_lines import PROBLEMS, ProblemLine, problems_at

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "ENTERPRISES",
    "FINANCE",
    "LISTS",
    "OUTPUT",
    "PROBLEMS",
    "PROJECTS",
    "VISITS",
    "EnterpriseLine",
    "MatchLine",
    "OutputLine",
    "ProblemLine",
    "ProjectLine",
    "VisitLine",
    "enterprises_at",
    "finance_at",
    "problems_at",
    "projects_at",
]
_EXCERPT = 80
# As the index problem_open_of_firm says it, word for word.
_OPEN = "'assigned', 'acknowledged', 'doing', 'returned', 'partial', 'reported'"


def _any_of(*combinations: str) -> tuple[frozenset[str], ...]:
    """ "", "unit", "unit state" → the sets of filters they name."""
    return tuple(frozenset(one.split()) for one in combinations)


_NUMBER = "coalesce(t.number, 0)"


@dataclass(frozen=True, slots=True)
class EnterpriseLine:
    """An enterprise with what is going on there."""

    id: str
    number: int
    name: str
    district: str
    park: str
    segment: str
    products: str
    last_visit: date | None
    open_problems: int


ENTERPRISES = ListKind(
    "enterprises",
    "enterprise",
    (
        "coalesce(t.number, 0)",
        "t.name",
        "coalesce(d.name, '')",
        "coalesce(k.short, k.name, '')",
        "coalesce(s.name, '')",
        "coalesce(t.products, '')",
        "(SELECT max(coalesce(v.day, '')) FROM visit v WHERE v.enterprise_id = t.id AND v.deleted_at IS NULL)",
        f"(SELECT count(*) FROM problem p WHERE p.enterprise_id = t.id AND p.deleted_at IS NULL AND p.state IN ({_OPEN}))",
    ),
    "LEFT JOIN district d ON d.id = t.district_id LEFT JOIN park k ON k.id = t.park_id "
    "LEFT JOIN segment s ON s.id = t.segment_id",
    EnterpriseLine,
    {"district": "district_id", "park": "park_id", "segment": "segment_id"},
    (Order("number", "编号", _NUMBER, int, _any_of("", "district", "park", "segment")),),
    days=("last_visit",),
)


_VISIT_PLACE, _PROBLEMS_PLACE = 6, 7


def enterprises_at(day: date) -> ListKind[EnterpriseLine]:
    """The list with the last visit and the open problems as they stood at ``day``."""
    at = day.isoformat()
    columns = list(ENTERPRISES.columns)
    columns[_VISIT_PLACE] = (
        f"(SELECT max(v.day) FROM visit v WHERE v.enterprise_id = t.id AND v.deleted_at IS NULL AND v.day <= '{at}')"
    )
    columns[_PROBLEMS_PLACE] = (
        "(SELECT count(*) FROM problem p JOIN problem_span z ON z.problem_id = p.id WHERE p.enterprise_id = t.id AND "
        f"p.deleted_at IS NULL AND z.state IN ({_OPEN}) AND (z.day_from IS NULL OR z.day_from <= '{at}') "
        f"AND (z.day_until IS NULL OR z.day_until > '{at}'))"
    )
    facets = enterprise_facets(day, columns[_VISIT_PLACE], columns[_PROBLEMS_PLACE])
    return replace(ENTERPRISES, columns=tuple(columns), facets=facets)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit. ``precision`` "month": only the month is known."""

    id: str
    number: int
    day: date | None
    precision: str
    enterprise_id: str
    enterprise: str
    leader: str
    campaign: str
    problem: str


VISITS = ListKind(
    "visits",
    "visit",
    (
        "coalesce(t.number, 0)",
        "t.day",
        "t.precision",
        "t.enterprise_id",
        "e.name",
        "coalesce(t.leader, '')",
        "coalesce(c.name, '')",
        f"substr(coalesce(t.q2_problem, ''), 1, {_EXCERPT})",
    ),
    "JOIN enterprise e ON e.id = t.enterprise_id LEFT JOIN campaign c ON c.id = t.campaign_id",
    VisitLine,
    {"enterprise": "enterprise_id", "campaign": "campaign_id"},
    (Order("day", "走访时间", "coalesce(t.day, '')", str, _any_of("", "enterprise", "campaign"), descending=True),),
    days=("day",),
    facets=VISIT_FACETS,
)


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One bank's answer to one borrower. Amounts in 元."""

    id: str
    number: int
    borrower: str
    bank: str
    event: str
    reached: str
    intent_yuan: int | None
    granted_yuan: int | None
    drawn_yuan: int | None
    fail_reason: str


def _added_up(table: str, column: str) -> str:
    return f"(SELECT sum(x.{column}) FROM {table} x WHERE x.match_id = t.id AND x.deleted_at IS NULL)"


FINANCE = ListKind(
    "finance",
    "match",
    (
        "coalesce(t.number, 0)",
        "coalesce(e.name, k.short, k.name, '')",
        "coalesce(b.short, b.name, '')",
        "coalesce(m.name, '')",
        "t.reached",
        "t.intent_yuan",
        _added_up("credit", "granted_yuan"),
        _added_up("drawdown", "drawn_yuan"),
        "coalesce(t.fail_reason, '')",
    ),
    "LEFT JOIN enterprise e ON e.id = t.enterprise_id LEFT JOIN park k ON k.id = t.park_id "
    "LEFT JOIN bank b ON b.id = t.bank_id LEFT JOIN meeting m ON m.id = t.event_id",
    MatchLine,
    {"bank": "bank_id", "reached": "reached", "event": "event_id", "enterprise": "enterprise_id"},
    (Order("number", "编号", _NUMBER, int, _any_of("", "bank", "reached"), descending=True),),
)


_REACHED_PLACE = 4


def finance_at(day: date) -> ListKind[MatchLine]:
    """The list with the rungs and amounts as they stood at ``day``; how far each came is what the grid says."""
    at = day.isoformat()
    columns = list(FINANCE.columns)
    columns[_REACHED_PLACE : _REACHED_PLACE + 4] = (
        stage_at(f"'{at}'", "t"),
        f"CASE WHEN t.matched_day IS NULL OR t.matched_day <= '{at}' THEN t.intent_yuan END",
        *(
            f"(SELECT sum(x.{column}) FROM {table} x WHERE x.match_id = t.id AND x.deleted_at IS NULL AND x.day <= '{at}')"
            for table, column in (("credit", "granted_yuan"), ("drawdown", "drawn_yuan"))
        ),
    )
    facets = finance_facets(*columns[_REACHED_PLACE : _REACHED_PLACE + 4])
    return replace(FINANCE, columns=tuple(columns), facets=facets)


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project as it stands now. Amounts in 元."""

    id: str
    number: int
    name: str
    owner: str
    place: str
    stage: str
    total_yuan: int | None
    plan_finish: date | None


PROJECTS = ListKind(
    "projects",
    "project",
    (
        "coalesce(t.number, 0)",
        "t.name",
        "coalesce(t.owner, '')",
        "coalesce(k.short, d.name, '')",
        "t.stage",
        "t.total_yuan",
        "t.plan_finish",
    ),
    "LEFT JOIN district d ON d.id = t.district_id LEFT JOIN park k ON k.id = t.park_id",
    ProjectLine,
    {"stage": "stage", "district": "district_id", "park": "park_id", "segment": "segment_id"},
    (
        Order("number", "编号", _NUMBER, int, _any_of("", "stage", "district")),
        Order("total", "总投资", "coalesce(t.total_yuan, -1)", int, _any_of("", "stage"), descending=True),
    ),
    days=("plan_finish",),
)


_STAGE_PLACE = 4


def projects_at(day: date) -> ListKind[ProjectLine]:
    """The list with the stages as they stood at ``day``; "" where a project was not yet listed."""
    columns = list(PROJECTS.columns)
    columns[_STAGE_PLACE] = (
        "coalesce((SELECT z.stage FROM stage_change z WHERE z.project_id = t.id AND z.deleted_at IS NULL AND (z.day IS NULL "
        f"OR z.day <= '{day.isoformat()}') ORDER BY z.day DESC NULLS LAST, z.id DESC LIMIT 1), '')"
    )
    return replace(PROJECTS, columns=tuple(columns), facets=project_facets(day, columns[_STAGE_PLACE]))


@dataclass(frozen=True, slots=True)
class OutputLine:
    """One firm's report of one month, in 元."""

    id: str
    enterprise_id: str
    enterprise: str
    month: str
    month_yuan: int | None
    month_prev_yuan: int | None
    cum_yuan: int | None
    cum_prev_yuan: int | None


OUTPUT = ListKind(
    "output",
    "monthly_output",
    ("t.enterprise_id", "e.name", "t.month", "t.month_yuan", "t.month_prev_yuan", "t.cum_yuan", "t.cum_prev_yuan"),
    "JOIN enterprise e ON e.id = t.enterprise_id",
    OutputLine,
    {"month": "month", "enterprise": "enterprise_id"},
    (
        Order(
            "amount", "本月产值", "coalesce(t.month_yuan, -1000000000000000000)", int, _any_of("month"), descending=True
        ),
        Order("month", "月份", "t.month", str, _any_of("enterprise"), descending=True),
    ),
)

LISTS: tuple[ListKind[Any], ...] = (ENTERPRISES, VISITS, PROBLEMS, FINANCE, PROJECTS, OUTPUT)
"""All six, in the window's order."""
