"""What moved between a paper that was issued and the facts of a later one: the same list for 总览 and for the next paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.workflow import STATES
from chain_office.queries import issued
from chain_office.queries.projects import STAGES
from chain_office.services import figures
from chain_office.services.packing.frozen import freeze, from_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.figures import Figure
    from chain_office.queries.issued import Issued
    from chain_office.services.packing.facts import Facts
    from chain_office.services.packing.frozen import Frozen, FrozenProblem, FrozenProject

NEW, MOVED, RED, SOLVED, SLIPPED, EARLIER = "new", "moved", "red", "solved", "slipped", "earlier"
FIGURE, RESTATED = "figure", "restated"
WORDS: Final = {
    RED: "新转红", SLIPPED: "推迟", NEW: "新增", MOVED: "有进展", EARLIER: "提前", SOLVED: "办结", FIGURE: "数字变化",
    RESTATED: "上次数有改动",
}  # fmt: skip
"""What a move is called; the most pressing first."""
LIGHTS: Final = {
    RED: "red", SLIPPED: "amber", NEW: "", MOVED: "blue", EARLIER: "", SOLVED: "green", FIGURE: "", RESTATED: "amber",
}  # fmt: skip
_TOLD: Final = (
    "enterprises.total",
    "finance.granted_yuan",
    "finance.drawn_yuan",
    "output.total_yuan",
    "output.yoy_percent",
)
"""Headline figures whose change since the last paper is told by itself; the others are told by their records."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that moved: how (a key of WORDS), what (``page`` and ``reference`` open it), from what to what."""

    kind: str
    page: str
    reference: str
    name: str
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Everything that moved between an issued paper and a date. ``before``: what that paper froze."""

    last: Issued
    as_of: date
    moves: tuple[Move, ...]
    before: Frozen

    def count(self, kind: str) -> int:
        """How many moved in that way."""
        return sum(1 for one in self.moves if one.kind == kind)


def between(ledger: Ledger, facts: Facts, last: Issued) -> Moved | None:
    """What moved since ``last``; None where this program cannot read what it froze."""
    before = from_text(issued.frozen_text(ledger, last.id))
    if before is None:
        return None
    now = freeze(facts)
    moves = [
        *_problems(facts, before, now),
        *_projects(facts, before, now),
        *_figures(facts, before),
        *_restated(ledger, last.as_of, before),
    ]
    order = list(WORDS)
    return Moved(last, facts.day, tuple(sorted(moves, key=lambda one: order.index(one.kind))), before)


def _problems(facts: Facts, before: Frozen, now: Frozen) -> Iterator[Move]:
    for one in facts.problems:
        old, new = before.problems.get(one.id), now.problems[one.id]
        for kind, was, is_ in _problem_moves(old, new):
            number = record_number("problem", one.number)
            yield Move(kind, "problems", f"problem:{one.id}", f"{number} {one.unit}", one.text, was, is_)


def _problem_moves(old: FrozenProblem | None, new: FrozenProblem) -> Iterator[tuple[str, str, str]]:
    state = STATES[new.state].label
    if old is None:
        yield NEW, "", state
    elif old.state != new.state:
        was = STATES[old.state].label if old.state in STATES else old.state
        yield (SOLVED if STATES[new.state].bucket in {"closed", "solved_on_site"} else MOVED), was, state
    if new.overdue and (old is None or not old.overdue):
        yield RED, "" if old is None else "未逾期", f"逾期，时限 {new.deadline}"
    if old is not None and old.deadline and new.deadline and new.deadline != old.deadline:
        yield (SLIPPED if new.deadline > old.deadline else EARLIER), old.deadline, new.deadline


def _projects(facts: Facts, before: Frozen, now: Frozen) -> Iterator[Move]:
    for one in facts.projects:
        for kind, was, is_ in _project_moves(before.projects.get(one.id), now.projects[one.id]):
            number = record_number("project", one.number)
            yield Move(kind, "projects", f"project:{one.id}", f"{number} 项目", one.name, was, is_)


def _project_moves(old: FrozenProject | None, new: FrozenProject) -> Iterator[tuple[str, str, str]]:
    stage = STAGES[new.stage]
    if old is None:
        yield NEW, "", stage
        return
    if old.stage != new.stage:
        yield (SOLVED if new.stage == "completed" else MOVED), STAGES.get(old.stage, old.stage), stage
    if new.light == "red" and old.light != "red":
        yield RED, "未亮红灯", "红灯"
    if old.plan_finish and new.plan_finish and new.plan_finish != old.plan_finish:
        kind = SLIPPED if new.plan_finish > old.plan_finish else EARLIER
        yield kind, f"计划竣工 {old.plan_finish}", new.plan_finish


def _figures(facts: Facts, before: Frozen) -> Iterator[Move]:
    for key in _TOLD:
        found = facts.headline[key]
        if _text(found) != before.figures.get(key, _text(found)):
            yield _figure_move(FIGURE, found, before.figures.get(key))


def _restated(ledger: Ledger, day: date, before: Frozen) -> Iterator[Move]:
    """Figures of the paper's own date that the ledger now gives otherwise."""
    for found in figures.headline(ledger, day).figures:
        if found.key in before.figures and _text(found) != before.figures[found.key]:
            yield _figure_move(RESTATED, found, before.figures[found.key])


def _text(figure: Figure) -> str | None:
    return None if figure.value is None else value_text(figure.value)


def _figure_move(kind: str, found: Figure, before: str | None) -> Move:
    was = figures.shown(valued(found, before))
    page = found.key.split(".", maxsplit=1)[0]
    label = found.label if kind == FIGURE else f"{found.label}（{found.as_of.isoformat()}）"
    return Move(kind, page, f"figure:{found.key}", label, "", was, figures.shown(found))


def valued(found: Figure, text: str | None) -> Figure:
    """The figure with another value."""
    if text is None:
        return replace(found, value=None)
    if found.unit == "%":
        return replace(found, value=Decimal(text))
    return replace(found, value=int(text) if found.unit else text)
