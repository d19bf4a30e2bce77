"""Which steps may be taken now, and a step opened in a form with what is obvious filled in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chain_office import clock
from chain_office.domain.deadlines import add_months
from chain_office.domain.kinds import BadValue
from chain_office.domain.steps import StepForm
from chain_office.domain.walking import last_day
from chain_office.domain.workflow import LOOK_BACK_DAYS, SETS_DEADLINE, SETS_UNIT, VERBS
from chain_office.queries.editing.options import options
from chain_office.queries.steps import desks, last_steps, states, time_limits
from chain_office.services.calendar import work_calendar
from chain_office.services.ledgers import cut_off
from chain_office.services.steps.asked import COMPLEX, USUAL
from chain_office.services.steps.rules import pending
from chain_office.services.steps.shapes import step_shape
from chain_office.services.steps.taking import refuse_gone, refuse_unlawful, verb_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Option
    from chain_office.domain.workflow import Verb
    from chain_office.queries.steps import Desk

COUNTED = (SETS_DEADLINE - {"extend"}) | {"pool", "repool", "verify"}
"""Steps whose day to come is counted from their own day while nobody types another."""
_REVIEW_MONTHS = 3
"""A pooled problem is looked at again a quarter later, if nobody says otherwise."""


def offered(ledger: Ledger, problem_ids: Iterable[str], day: date) -> tuple[Verb, ...]:  # noqa: ARG001 - steps follow the present state, whatever day is shown
    """The steps that may be taken on all of these problems as they stand, in the order people take them."""
    ids = list(dict.fromkeys(problem_ids))
    found = states(ledger, ids)
    if not ids or len(found) < len(ids):
        return ()
    now = set(found.values())
    return tuple(verb for verb in VERBS.values() if now <= verb.moves.keys() and (verb.many or len(ids) == 1))


def seen(ledger: Ledger, problem_ids: Iterable[str]) -> Mapping[str, int]:
    """Problem → the number of its last step, as a person sees it now."""
    return last_steps(ledger, problem_ids)


def step_form(ledger: Ledger, verb_id: str, problem_ids: Sequence[str], actor: str) -> StepForm:
    """A step opened in a form. Raises KnownError where it cannot be taken on one of the problems."""
    verb = verb_of(verb_id)
    found = desks(ledger, problem_ids)
    refuse_gone(problem_ids, found)
    every = list(found.values())
    refuse_unlawful(verb, every)
    form = step_shape(verb_id)
    day = _first_day(ledger, every)
    values: dict[str, Any] = {field.name: None for field in form} | {"day": day, "actor": actor}
    notes: list[str] = []
    values |= _due(ledger, verb, every, day, notes)
    values |= _units(verb, every)
    if "co_units" in values and values["co_units"] is None:
        values["co_units"] = ()
    if "understood" in values:
        values["understood"] = False
    known = {field.name for field in form}
    links = {field.name: _choices(ledger, verb, field.link, every) for field in form if field.link}
    return StepForm(
        verb,
        form,
        {desk.id: desk.seq for desk in every},
        {name: value for name, value in values.items() if name in known},
        links,
        (*_standing(ledger, every), *notes),
    )


def usual_due(ledger: Ledger, day: date, verb_id: str = "assign") -> tuple[date | None, str]:
    """The day a step usually sets, counted from its own day, and how it is counted; None where it cannot be."""
    if verb_id in {"pool", "repool"}:
        return add_months(day, _REVIEW_MONTHS), f"{_REVIEW_MONTHS} 个月后复核"
    if verb_id == "verify":
        return day + timedelta(days=LOOK_BACK_DAYS), f"销号 {LOOK_BACK_DAYS} 天后回看"
    limits = time_limits(ledger)
    usual, complex_ = limits.get(USUAL), limits.get(COMPLEX)
    if usual is None:
        return None, f"没有设置“{USUAL}”的工作日数，请填写办结时限"
    try:
        due = work_calendar(ledger).add_workdays(day, usual)
    except BadValue as error:
        return None, error.reason
    beside = f"；复杂问题 {complex_} 个工作日" if complex_ else ""
    return due, f"办结时限按 {usual} 个工作日计，当日不计{beside}"


def _first_day(ledger: Ledger, every: Sequence[Desk]) -> date:
    """The day the window shows, not before the last step and not ahead of today."""
    day = min(cut_off(ledger), clock.today())
    last = [found[1] for desk in every if (found := last_day(desk.steps))]
    return max((day, *(one for one in last if one <= clock.today())))


def _due(ledger: Ledger, verb: Verb, every: Sequence[Desk], day: date, notes: list[str]) -> dict[str, Any]:
    if verb.id in SETS_DEADLINE - {"extend"}:
        planned = {desk.row["deadline"] for desk in every if verb.id == "assign"} - {None}
        notes += [f"登记时写的办结时限是 {one}" for one in sorted(planned)[:1]]
    if verb.id in COUNTED:
        due, says = usual_due(ledger, day, verb.id)
        notes.append(says)
        return {"due_day": due}
    request = pending(every[0]) if verb.id == "extend" and len(every) == 1 else None
    return {"due_day": request.due_day, "reason": request.value("reason")} if request is not None else {}


def _units(verb: Verb, every: Sequence[Desk]) -> dict[str, Any]:
    if verb.id in SETS_UNIT:
        own = every[0].row
        alone = len(every) == 1 and verb.id == "assign"
        return {name: own[name] if alone else None for name in ("owner", "owner_phone", "meeting_id")}
    leads = {desk.lead for desk in every}
    return {"unit_id": leads.pop() if len(leads) == 1 else None}


def _choices(ledger: Ledger, verb: Verb, table: str, every: Sequence[Desk]) -> tuple[Option, ...]:
    """What a link may name; of a problem that is with units only those, the lead first."""
    if table != "unit" or verb.id in SETS_UNIT:
        return options(ledger, table)
    parts: dict[str, None] = {}
    for desk in every:
        parts |= dict.fromkeys([*([desk.lead] if desk.lead else []), *desk.helpers])
    if not parts:
        return options(ledger, table)
    found = {one.id: one for one in options(ledger, table, parts)}
    return tuple(found[one] for one in parts if one in found)


def _standing(ledger: Ledger, every: Sequence[Desk]) -> tuple[str, ...]:
    """What the deadline of a single problem is and how far off."""
    if len(every) != 1 or every[0].row["deadline"] is None:
        return ()
    desk = every[0]
    if desk.state not in {"assigned", "acknowledged", "doing", "returned", "partial", "reported"}:
        return ()
    deadline: date = desk.row["deadline"]
    today = min(cut_off(ledger), clock.today())
    times = sum(step.kind == "extend" for step in desk.steps)
    more = f"，已延期 {times} 次（原时限 {desk.row['original_deadline']}）" if times else ""
    try:
        left = work_calendar(ledger).workdays_between(today, deadline)
    except BadValue:
        return (f"办结时限 {deadline}{more}",)
    far = f"已过 {-left} 个工作日" if deadline < today else f"还有 {left} 个工作日" if deadline > today else "今天到期"
    return (f"办结时限 {deadline}，{far}{more}",)
