"""What a paper freezes when it is issued: its figures, and where every problem and project stood."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chain_office.reports.marks import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chain_office.queries.projects import ProjectRow
    from chain_office.services.packing.facts import Facts

FORMAT: Final = 1
_LIGHTS: Final = {"yellow": "amber"}


@dataclass(frozen=True, slots=True)
class FrozenProblem:
    """A problem as it stood; the deadline as 2021-10-31 or ""."""

    state: str
    overdue: bool
    deadline: str


@dataclass(frozen=True, slots=True)
class FrozenProject:
    """A project as it stood; the planned finish as 2021-10-31 or ""."""

    stage: str
    light: str
    plan_finish: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """Figures by key (numbers as texts, None: unknown), problems and projects by id."""

    figures: Mapping[str, str | None]
    problems: Mapping[str, FrozenProblem]
    projects: Mapping[str, FrozenProject]


def freeze(facts: Facts) -> Frozen:
    """The state of everything at the date of the facts."""
    return Frozen(
        {one.key: None if one.value is None else value_text(one.value) for one in facts.headline.figures},
        {
            one.id: FrozenProblem(one.state, one.overdue, one.deadline.isoformat() if one.deadline else "")
            for one in facts.problems
        },
        {one.id: _project(facts, one) for one in facts.projects},
    )


def _project(facts: Facts, project: ProjectRow) -> FrozenProject:
    colour, finish = facts.lit.get(project.id, ""), facts.progress[project.id].plan_finish
    return FrozenProject(project.stage, _LIGHTS.get(colour, colour), finish.isoformat() if finish else "")


def value_text(value: int | Decimal | str) -> str:
    """A figure's value as it is kept."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def to_text(frozen: Frozen) -> str:
    """As it is stored with the paper."""
    return json.dumps(
        {
            "format": FORMAT,
            "figures": dict(frozen.figures),
            "problems": {key: [one.state, one.overdue, one.deadline] for key, one in frozen.problems.items()},
            "projects": {key: [one.stage, one.light, one.plan_finish] for key, one in frozen.projects.items()},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def with_places(text: str, places: Iterable[Place]) -> str:
    """The same with where on the paper's pages stands what can be opened."""
    told = json.loads(text)
    told["places"] = [[one.page, *(round(side, 1) for side in one[1:5]), one.reference] for one in places]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def places_of(text: str) -> tuple[Place, ...]:
    """The places kept with a paper; none of one that has none."""
    try:
        return tuple(Place(*one) for one in json.loads(text).get("places", ()))
    except (ValueError, TypeError, AttributeError):
        return ()


def from_text(text: str) -> Frozen | None:
    """As it was stored; None for what this program cannot read."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told.get("format") != FORMAT:
            return None
        return Frozen(
            told["figures"],
            {key: FrozenProblem(*one) for key, one in told["problems"].items()},
            {key: FrozenProject(*one) for key, one in told["projects"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
