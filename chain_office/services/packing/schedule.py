"""How projects stand against the calendar: investment of the year over its plan, beside month ÷ 12."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from chain_office.domain.periods import month_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.queries.projects import ProjectRow
    from chain_office.services.packing.facts import Facts


@dataclass(frozen=True, slots=True)
class Pace:
    """One project with both a plan and a figure of this year. ``ahead``: percent points above (below: < 0) schedule."""

    project: ProjectRow
    month: str
    plan_yuan: int
    done_yuan: int
    percent: Decimal
    ahead: Decimal


@dataclass(frozen=True, slots=True)
class Together:
    """Several projects: Σ done over Σ plan, beside the schedule weighted by plan. Both in percent."""

    count: int
    plan_yuan: int
    done_yuan: int
    percent: Decimal
    schedule: Decimal
    months: tuple[str, ...]


def schedule(month: str) -> Decimal:
    """月 ÷ 12, in percent."""
    return Decimal(month_parts(month)[1]) * 100 / 12


def pace(facts: Facts, project: ProjectRow) -> Pace | None:
    """None where the plan or this year's investment is not recorded."""
    known = facts.progress[project.id]
    plan = project.year_plan_yuan
    if not plan or known.year_done_yuan is None or known.month is None:
        return None
    percent = Decimal(known.year_done_yuan) * 100 / plan
    return Pace(project, known.month, plan, known.year_done_yuan, percent, percent - schedule(known.month))


def paces(facts: Facts, projects: Iterable[ProjectRow]) -> list[Pace]:
    """Those of ``projects`` that can be measured."""
    return [found for project in projects if (found := pace(facts, project)) is not None]


def together(found: list[Pace]) -> Together | None:
    """Their sum; None of none."""
    if not found:
        return None
    plan, done = sum(one.plan_yuan for one in found), sum(one.done_yuan for one in found)
    expected = sum((one.plan_yuan * schedule(one.month) for one in found), Decimal(0)) / plan
    months = tuple(sorted({one.month for one in found}))
    return Together(len(found), plan, done, Decimal(done) * 100 / plan, expected, months)


def light(facts: Facts, found: Pace) -> str:
    """The light of its project (green, yellow, red …) as the desk shows it; "" for none."""
    return facts.lit.get(found.project.id, "")
