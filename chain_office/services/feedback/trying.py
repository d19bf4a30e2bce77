"""A step tried on a problem as it stands, by the rules every step obeys, without writing anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.domain.errors import KnownError
from chain_office.domain.walking import WalkStep
from chain_office.domain.workflow import VERBS
from chain_office.services.editing.checking import cleaned
from chain_office.services.steps.asked import Asked
from chain_office.services.steps.rules import on_problem, typed
from chain_office.services.steps.shapes import step_shape
from chain_office.services.steps.taking import refuse_unlawful

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.queries.steps import Desk


@dataclass(frozen=True, slots=True)
class Tried:
    """``desk``: the problem as it would stand after. ``stops``: why it may not be. ``warned``: field → what is pointed
    out."""

    desk: Desk
    stops: tuple[str, ...] = ()
    warned: tuple[tuple[str, str], ...] = ()


def try_step(ledger: Ledger, verb_id: str, values: Mapping[str, object], desk: Desk, actor: str) -> Tried:
    """Try one step."""
    verb, form = VERBS[verb_id], step_shape(verb_id)
    try:
        refuse_unlawful(verb, [desk])
    except KnownError as error:
        return Tried(desk, (error.message.rstrip("。"),))
    read, bad = cleaned(form, values)
    asked = Asked(ledger, verb, form, {**read, "actor": actor}, clock.today())
    unread = {one.name for one in bad}
    faults = [*bad, *(one for one in (*typed(asked), *on_problem(asked, desk)) if one.name not in unread)]
    state = verb.after(desk.state, by_lead=asked.by_lead(desk))
    told = {name: value for name, value in read.items() if name not in {"day", "unit_id", "due_day"} and value}
    step = WalkStep(desk.seq + 1, verb_id, asked.day, state, asked.value("unit_id"), asked.due, told)
    return Tried(
        replace(desk, steps=(*desk.steps, step)),
        tuple(dict.fromkeys(one.message for one in faults if one.stops)),
        tuple((one.name, one.message) for one in faults if not one.stops),
    )
