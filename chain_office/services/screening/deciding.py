"""The decision a screening ends with: the step of the problem, with what was still being written, in one piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chain_office.db.models import Problem
from chain_office.domain.errors import BugError
from chain_office.domain.forms import Saved
from chain_office.domain.screening import DECISIONS
from chain_office.domain.steps import StepEdit
from chain_office.domain.workflow import VERBS
from chain_office.queries.editing.rows import live
from chain_office.services.screening.verdicts import on_bench, put
from chain_office.services.steps import take_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Set
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.steps import Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one candidate. ``seq``: its last step as the person saw it. ``values``: as in a StepEdit;
    ``actor`` there is who decided. ``verdicts``: this person's answers as they stand on the screen. ``category_id``: the
    category confirmed with it."""

    problem_id: str
    seq: int
    verb: str
    day: date
    values: Mapping[str, object] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    category_id: str | None = None


def decide(ledger: Ledger, decision: Decision, actor: str, *, accept: Set[str] = frozenset()) -> Saved:
    """Take the decision in one write with the verdicts it rests on. Raises Faulty, Overtaken or KnownError, and then
    nothing is written."""
    if decision.verb not in {*DECISIONS, "repool"}:
        message = f"{decision.verb} decides no screening"
        raise BugError(message)
    found = on_bench(ledger, decision.problem_id, decision.day)
    who = str(decision.values.get("actor") or actor)
    verb = VERBS[decision.verb]
    with ledger.write(actor, f"{verb.label}：{found.title}（{who}）") as writer:
        put(ledger, writer, found, decision.verdicts, decision.day)
        if decision.category_id and decision.category_id != found.category_id:
            writer.update(Problem, found.id, {"category_id": decision.category_id})
        values = {"actor": who, **decision.values}
        values.setdefault("day", step_day(ledger, found.id, decision.day))
        take_in(ledger, writer, StepEdit(decision.verb, {found.id: decision.seq}, values), actor, accept=accept)
        return Saved(writer.write_no, "problem", found.id, f"{found.title} 已登记“{verb.told}”（{who}）")


def step_day(ledger: Ledger, problem_id: str, day: date) -> date:
    """The day of a step taken at ``day``: not before the last one there is."""
    days = [one["day"] for one in live(ledger, "problem_event", problem_id=problem_id) if one["day"] is not None]
    latest: date = max((day, *days))
    return latest
