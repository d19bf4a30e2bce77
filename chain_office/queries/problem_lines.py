"""The list of problems: what a line shows at a day, how it may be filtered and sorted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from chain_office.queries.desk_facets import problem_facets
from chain_office.queries.lists import ListKind, Order
from chain_office.queries.problem_facts import DEADLINE, FACT_COLUMNS, STOOD, STOOD_JOIN, FactRow, at_day

if TYPE_CHECKING:
    from chain_office.domain.lights import ProblemFacts

_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem as it stood at the list's day. ``deadline``: the one it has or last had by then. ``state`` is "" where it
    was not yet collected. The rest is what its light is judged by."""

    id: str
    number: int
    text: str
    enterprise_id: str | None
    enterprise: str
    category: str
    unit_id: str | None
    unit: str
    deadline: date | None
    state: str
    due_day: str | None
    reported_day: str | None
    closed_verified: int | None
    taken: str
    turns: str

    @property
    def facts(self) -> ProblemFacts:
        """What the light rules look at."""
        return FactRow(self.state, self.due_day, self.reported_day, self.closed_verified, self.taken, self.turns).facts


_JOINS = (
    f"{STOOD_JOIN} LEFT JOIN enterprise e ON e.id = t.enterprise_id LEFT JOIN category c ON c.id = t.category_id "
    "LEFT JOIN unit u ON u.id = "
)
_UNIT = f"(SELECT s.lead_unit_id FROM problem_span s WHERE s.problem_id = t.id AND {STOOD})"
_STATE = f"coalesce((SELECT s.state FROM problem_span s WHERE s.problem_id = t.id AND {STOOD}), '')"


def _columns(unit: str, deadline: str, day: date) -> tuple[str, ...]:
    columns = (
        "coalesce(t.number, 0)",
        f"substr(t.text, 1, {_EXCERPT})",
        "t.enterprise_id",
        "coalesce(e.name, '')",
        "coalesce(c.name, '')",
        unit,
        "coalesce(u.short, u.name, '')",
        deadline,
        *FACT_COLUMNS,
    )
    return tuple(at_day(sql, day) for sql in columns)


def _served(*combinations: str) -> tuple[frozenset[str], ...]:
    """ "", "unit", "unit state" → the sets of filters they name."""
    return tuple(frozenset(one.split()) for one in combinations)


PROBLEMS: ListKind[ProblemLine] = ListKind(
    "problems",
    "problem",
    _columns("t.lead_unit_id", "t.deadline", date.max),
    at_day(f"{_JOINS}t.lead_unit_id", date.max),
    ProblemLine,
    {
        "unit": "lead_unit_id",
        "state": "state",
        "enterprise": "enterprise_id",
        "category": "category_id",
        "district": "district_id",
        "meeting": "meeting_id",
    },
    (
        Order(
            "number", "编号", "coalesce(t.number, 0)", int, _served("", "state", "unit", "enterprise"), descending=True
        ),
        Order("deadline", "办结时限", "coalesce(t.deadline, '9999-12-31')", str, _served("", "state", "unit state")),
    ),
    days=("deadline",),
)
"""As things stand now, by the columns of the problem: indexes serve it."""


def problems_at(day: date) -> ListKind[ProblemLine]:
    """The list as it stood at ``day``: states, units, deadlines and steps, filters and headings too."""
    state, unit, deadline = (at_day(sql, day) for sql in (_STATE, _UNIT, DEADLINE))
    number, due = PROBLEMS.orders
    return replace(
        PROBLEMS,
        columns=_columns("s.lead_unit_id", DEADLINE, day),
        joins=at_day(f"{_JOINS}s.lead_unit_id", day),
        filters={**PROBLEMS.filters, "unit": unit, "state": state},
        orders=(
            replace(number, served=_served("", "enterprise")),
            replace(due, key=f"coalesce({deadline}, '9999-12-31')", served=_served("")),
        ),
        facets=problem_facets(day, state, unit, deadline),
    )
