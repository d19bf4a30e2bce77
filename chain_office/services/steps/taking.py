"""Taking a step: looked at whole inside the write, refused whole, and everything it decides written in one piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office import clock
from chain_office.db.models import Assignment, Problem, ProblemEvent
from chain_office.db.models.problems import RATINGS
from chain_office.domain.errors import BugError, KnownError
from chain_office.domain.forms import Fault, Faulty, Saved
from chain_office.domain.steps import Overtaken, Taken
from chain_office.domain.walking import WalkStep, book_closing, decided
from chain_office.domain.workflow import ASSIGNED_BUCKETS, SETS_UNIT, STATES, VERBS
from chain_office.queries.steps import desks, opening_of, step_of
from chain_office.services.editing.checking import cleaned
from chain_office.services.editing.saving import together
from chain_office.services.editing.titles import shortened
from chain_office.services.steps.asked import Asked
from chain_office.services.steps.rules import on_problem, typed
from chain_office.services.steps.shapes import step_shape
from chain_office.services.steps.telling import since

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.domain.steps import StepEdit
    from chain_office.domain.workflow import Verb
    from chain_office.queries.steps import Desk

_SHOWN = 5
_DIRECT = ("owner", "owner_phone", "meeting_id")
"""What a hand-over says of the problem itself."""
_CARRIED = (
    "text", "reason", "due_day", "method", "contact", "rating", "solved", "answered", "approached", "understood",
    "next_step", "meeting_id", "unit_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """A step on one problem, worked out."""

    desk: Desk
    event: dict[str, Any]
    changes: dict[str, Any]


def take(ledger: Ledger, edit: StepEdit, actor: str, *, accept: Set[str] = frozenset()) -> Saved:
    """Take a step in a write of its own. ``accept``: names of fields whose warnings the person stays with. Raises
    :class:`Faulty`, :class:`Overtaken` or KnownError, and then nothing is written."""
    verb = verb_of(edit.verb)
    found = desks(ledger, edit.seen)
    refuse_gone(edit.seen, found)
    first = next(iter(found.values()))
    what = f"“{title(first)}”" if len(found) == 1 else f"{len(found)} 个问题"
    with ledger.write(actor, f"{verb.label}：{what}") as writer:
        take_in(ledger, writer, edit, actor, accept=accept)
        return Saved(writer.write_no, "problem", first.id, f"{what}已登记“{verb.told}”")


def take_in(
    ledger: Ledger, writer: Writer, edit: StepEdit, actor: str, *, accept: Set[str] = frozenset()
) -> tuple[Taken, ...]:
    """Take a step inside a write somebody else opened; returns it as it stands now, one for each problem in order."""
    plans = _plan(ledger, edit, actor, accept)
    ids = writer.insert_many(ProblemEvent, [plan.event for plan in plans])
    for plan in plans:
        if plan.changes:
            _keep_recorded(ledger, writer, plan)
            writer.update(Problem, plan.desk.id, plan.changes)
        _keep_told(ledger, writer, plan)
    _parts(writer, edit, plans)
    return tuple(
        one
        for plan, event in zip(plans, ids, strict=True)
        for one in since(ledger, plan.desk.id, plan.desk.seq)
        if one.id == event
    )


def verb_of(verb_id: str) -> Verb:
    """A verb by its id; a bug if there is none."""
    try:
        return VERBS[verb_id]
    except KeyError:
        message = f"no step {verb_id}"
        raise BugError(message) from None


def title(desk: Desk) -> str:
    """What a problem is called in a sentence about a step."""
    return f"{desk.number} {shortened(str(desk.row['text']))}"


def few(names: Sequence[str]) -> str:
    """A few of them, and how many there are."""
    more = f"等 {len(names)} 个" if len(names) > _SHOWN else ""
    return "、".join(f"“{name}”" for name in names[:_SHOWN]) + more


def refuse_gone(wanted: Iterable[str], found: Mapping[str, Desk]) -> None:
    """Raise KnownError where a problem asked for is not there, or nothing was asked for."""
    ids = set(wanted)
    if not ids:
        raise KnownError("没有选中问题。")
    gone = len(ids) - len(found)
    if gone:
        which = "这个问题" if len(ids) == 1 else f"选中的问题里有 {gone} 个"
        raise KnownError(f"{which}已不在台账里（可能刚移入回收站），请刷新后再试。")
    for desk in found.values():
        if not desk.steps:
            raise KnownError(f"问题 {desk.number} 没有任何办理步骤，台账可能被别的程序改过；请先运行检查。")


def _plan(ledger: Ledger, edit: StepEdit, actor: str, accept: Set[str]) -> list[Plan]:
    verb = verb_of(edit.verb)
    found = desks(ledger, edit.seen)
    refuse_gone(edit.seen, found)
    _refuse_overtaken(ledger, edit, found.values())
    refuse_unlawful(verb, found.values())
    asked, bad = _asked(ledger, verb, edit.values, actor)
    wrong = [*bad, *(fault for fault in typed(asked) if fault.name not in {one.name for one in bad})]
    stopped = {fault.name for fault in wrong if fault.stops}
    mine = [(desk, fault) for desk in found.values() for fault in on_problem(asked, desk) if fault.name not in stopped]
    if len(found) == 1:
        wrong += [fault for _, fault in mine]
    else:
        wrong += together([(title(desk), fault) for desk, fault in mine])
    _refuse(asked, wrong, accept)
    return [_worked_out(asked, desk) for desk in found.values()]


def refuse_unlawful(verb: Verb, found: Iterable[Desk]) -> None:
    """Raise KnownError naming the problems the step cannot be taken on as they stand."""
    every = list(found)
    if len(every) > 1 and not verb.many:
        raise KnownError(f"“{verb.label}”要一个问题一个问题地办，请只选一个。")
    wrong = [desk for desk in every if desk.state not in verb.moves]
    if not wrong:
        return
    able = "、".join(STATES[state].label for state in verb.moves)
    told = "、".join(f"“{title(desk)}”现为{STATES[desk.state].label}" for desk in wrong[:_SHOWN])
    more = f"等 {len(wrong)} 个" if len(wrong) > _SHOWN else ""
    raise KnownError(f"{told}{more}，不能办“{verb.label}”；可以办的状态是：{able}。")


def _refuse_overtaken(ledger: Ledger, edit: StepEdit, found: Iterable[Desk]) -> None:
    moved = [desk for desk in found if desk.seq != edit.seen[desk.id]]
    if not moved:
        return
    later: list[Taken] = []
    for desk in moved:
        later += since(ledger, desk.id, edit.seen[desk.id])
    if not later:
        raise Overtaken(
            f"{few([title(desk) for desk in moved])}的上一步刚被撤销，这一步还没有登记；请看过现在的情况再办。",
            tuple(desk.id for desk in moved),
        )
    done = "；".join(_sentence(one) for one in later[:_SHOWN])
    raise Overtaken(
        f"{few([title(desk) for desk in moved])}刚有新的办理步骤（{done}），这一步还没有登记；请看过再办。",
        tuple(desk.id for desk in moved),
        tuple(later),
    )


def _sentence(one: Taken) -> str:
    when = one.day.isoformat() if one.day else ""
    return f"{when} {one.unit or one.actor}{one.label}".strip()


def _asked(ledger: Ledger, verb: Verb, given: Mapping[str, object], actor: str) -> tuple[Asked, list[Fault]]:
    form = step_shape(verb.id)
    helpers = given.get("co_units")
    values, bad = cleaned(form, {name: value for name, value in given.items() if name != "co_units"})
    if isinstance(helpers, (tuple, list)):
        values["co_units"] = tuple(helpers)
    values["actor"] = values.get("actor") or actor
    return Asked(ledger, verb, form, values, clock.today()), bad


def _refuse(asked: Asked, wrong: list[Fault], accept: Set[str]) -> None:
    stopping = any(fault.stops for fault in wrong)
    if stopping or any(fault.name not in accept for fault in wrong):
        order = {field.name: place for place, field in enumerate(asked.form)}
        raise Faulty(tuple(sorted(wrong, key=lambda fault: (not fault.stops, order.get(fault.name, -1)))))


def _worked_out(asked: Asked, desk: Desk) -> Plan:
    verb = asked.verb
    state = verb.after(desk.state, by_lead=asked.by_lead(desk))
    carried = {name: asked.value(name) for name in _CARRIED}
    event = {
        "problem_id": desk.id, "seq": desk.seq + 1, "kind": verb.id, "day": asked.day, "state": state,
        "actor": asked.value("actor"), **carried,
    }  # fmt: skip
    told = {name: value for name, value in carried.items() if value is not None and name not in {"unit_id", "due_day"}}
    if not asked.by_lead(desk):
        told["by_co"] = True
    step = WalkStep(desk.seq + 1, verb.id, asked.day, state, asked.value("unit_id"), asked.due, told)
    after = decided((*desk.steps, step))
    after |= {name: asked.value(name) for name in _DIRECT if asked.value(name)}
    return Plan(desk, event, {name: value for name, value in after.items() if desk.row[name] != value})


def _keep_recorded(ledger: Ledger, writer: Writer, plan: Plan) -> None:
    """The day an opening recorded on the problem alone (a deadline, a review, the report of what was closed) goes to the
    opening itself before a step sets another: past days are told by it."""
    opening, row = plan.desk.steps[0], plan.desk.row
    column = {"pooled": "review_day", "closed": "reported_day"}.get(opening.state, "deadline")
    recorded = STATES[opening.state].bucket in ASSIGNED_BUCKETS or opening.state == "pooled"
    if recorded and opening.due_day is None and row[column] is not None and column in plan.changes:
        writer.update(ProblemEvent, opening_of(ledger, plan.desk.id), {"due_day": row[column]})


def _keep_told(ledger: Ledger, writer: Writer, plan: Plan) -> None:
    """What a book recorded on the problem alone, that its closing was verified and how content the enterprise was, goes to
    the step it was recorded with before another step says otherwise."""
    row, steps = plan.desk.row, plan.desk.steps
    kept: dict[int, dict[str, Any]] = {}
    closing = book_closing(steps)
    if plan.event["kind"] == "reopen" and row["closed_verified"] and closing is not None:
        kept[closing.seq] = {"solved": "yes"}
    if plan.event["rating"] and row["satisfaction"] in RATINGS and not any(step.value("rating") for step in steps):
        record = next(step for step in reversed(steps) if step.kind not in VERBS)
        kept.setdefault(record.seq, {})["rating"] = row["satisfaction"]
    for seq, values in kept.items():
        writer.update(ProblemEvent, step_of(ledger, plan.desk.id, seq), values)


def _parts(writer: Writer, edit: StepEdit, plans: Sequence[Plan]) -> None:
    """Who has a part from now on: a hand-over ends the parts there were and makes new ones; giving it back ends them."""
    if edit.verb not in {*SETS_UNIT, "return"}:
        return
    for plan in plans:
        for part in plan.desk.parts:
            writer.update(Assignment, part.id, {"ended_day": plan.event["day"]})
    if edit.verb in SETS_UNIT:
        helpers = edit.values.get("co_units") or ()
        assert isinstance(helpers, (tuple, list))
        made = [
            {
                "problem_id": plan.desk.id, "unit_id": unit, "role": "lead" if unit == plan.event["unit_id"] else "co",
                "round": plan.changes.get("rounds", plan.desk.row["rounds"]), "day": plan.event["day"],
            }
            for plan in plans
            for unit in (plan.event["unit_id"], *helpers)
        ]  # fmt: skip
        writer.insert_many(Assignment, made)
