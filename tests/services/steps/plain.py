"""The same workflow told a second time, plainly: lists of steps, replayed. It shares the table of verbs with the program
and nothing else, and says what must be refused and what stands on any day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chain_office.domain.workflow import HANDED_OVER_STATES, OPEN_STATES, VERBS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


@dataclass(frozen=True)
class Done:
    """A step that was taken: its verb, its values, the state it led to."""

    verb: str
    day: date
    state: str
    values: Mapping[str, Any]
    write: int = 0


@dataclass(frozen=True)
class Stand:
    """How a problem stands after a step."""

    state: str
    day: date
    deadline: date | None = None
    original: date | None = None
    lead: str | None = None
    helpers: tuple[str, ...] = ()
    rounds: int = 0
    reported: date | None = None
    closed: date | None = None
    verified: bool = False
    rating: str | None = None
    progress: str | None = None
    assigned: date | None = None


@dataclass(frozen=True)
class PlainProblem:
    """A problem: when it was collected, what was done, whether it is in the bin."""

    collected: date
    done: tuple[Done, ...] = ()
    binned: bool = False

    @cached_property
    def stands(self) -> list[Stand]:
        """After the registration and after every step."""
        found = [Stand("waiting", self.collected)]
        for step in self.done:
            found.append(_after(found[-1], step))
        return found

    @property
    def now(self) -> Stand:
        return self.stands[-1]

    def at(self, day: date) -> Stand | None:
        """How it stood at the end of a day; None before it was collected."""
        return next((one for one in reversed(self.stands) if one.day <= day), None)

    def overdue(self, day: date) -> bool:
        one = self.at(day)
        if one is None or one.deadline is None:
            return False
        if one.state == "reported":
            return one.reported is not None and one.deadline < one.reported
        return one.state in OPEN_STATES and one.deadline < day

    def corrected(self, deadline: date) -> PlainProblem:
        """The deadline put right in the step that set it."""
        place = self.setter
        assert place is not None
        mended = replace(self.done[place], values={**self.done[place].values, "due_day": deadline})
        return replace(self, done=(*self.done[:place], mended, *self.done[place + 1 :]))

    @property
    def setter(self) -> int | None:
        """The step that set the deadline that counts now."""
        kinds = {"assign", "reassign", "extend", "resume", "fail", "reopen"}
        return max((place for place, step in enumerate(self.done) if step.verb in kinds), default=None)


def _after(was: Stand, step: Done) -> Stand:
    return _outcome(was, step, _handed(was, step, replace(was, state=step.state, day=step.day)))


def _handed(was: Stand, step: Done, now: Stand) -> Stand:
    value = step.values.get
    if step.verb in {"assign", "reassign"}:
        now = replace(now, lead=value("unit_id"), helpers=tuple(value("co_units") or ()), rounds=was.rounds + 1)
        if was.state not in HANDED_OVER_STATES and step.verb == "assign":
            now = replace(now, original=value("due_day"), assigned=step.day)
    if step.verb == "return":
        now = replace(now, helpers=())
    if step.verb in {"assign", "reassign", "extend", "resume", "fail", "reopen"}:
        now = replace(now, deadline=value("due_day"))
    if step.verb in {"fail", "reopen"}:
        now = replace(now, rounds=was.rounds + 1)
    return now


def _outcome(was: Stand, step: Done, now: Stand) -> Stand:
    value = step.values.get
    if step.verb == "reopen":
        now = replace(now, closed=None, verified=False)
    if step.verb in {"park", "fail", "reopen"}:
        now = replace(now, reported=None)
    if step.verb == "report":
        now = replace(now, reported=step.day)
    if step.verb == "verify":
        now = replace(now, closed=step.day, verified=True)
    if value("rating"):
        now = replace(now, rating=value("rating"))
    told = step.verb in {"progress", "partial", "report", "solve_on_site"}
    if told and value("text") and value("unit_id") in {None, was.lead}:
        now = replace(now, progress=value("text"))
    return now


def state_after(problem: PlainProblem, verb_id: str, values: Mapping[str, Any]) -> str:
    """The state a lawful step leads to."""
    now, verb = problem.now, VERBS[verb_id]
    if verb.by_any_unit and values.get("unit_id") in now.helpers:
        return now.state
    return verb.moves[now.state]


def is_lawful(
    problem: PlainProblem, verb_id: str, values: Mapping[str, Any], today: date, live_units: set[str]
) -> bool:
    """Whether a step may be taken on the problem as it stands."""
    now, verb = problem.now, VERBS[verb_id]
    day, due, unit = values.get("day"), values.get("due_day"), values.get("unit_id")
    helpers = values.get("co_units") or ()
    known = unit is None or unit in live_units
    return (
        not problem.binned
        and now.state in verb.moves
        and day is not None
        and now.day <= day <= today
        and all(values.get(name) not in (None, "") for name in verb.needs)
        and known
        and live_units >= set(helpers)
        and _due_fits(verb_id, day, due, now)
        and _units_fit(verb_id, unit, helpers, now)
        and (verb_id != "park" or values.get("understood") is True)
        and (verb_id != "verify" or (values.get("solved") != "no" and values.get("rating") != "不满意"))
    )


def _due_fits(verb: str, day: date, due: date | None, now: Stand) -> bool:
    if due is None:
        return True
    if verb in {"ask_extension", "extend"}:
        return now.deadline is None or due > now.deadline
    return due > day


def _units_fit(verb: str, unit: str | None, helpers: Sequence[str], now: Stand) -> bool:
    if verb in {"assign", "reassign"}:
        return unit not in helpers and len(set(helpers)) == len(helpers)
    if unit is None or unit == now.lead:
        return True
    return unit in now.helpers and (VERBS[verb].by_any_unit or verb == "remind")


@dataclass
class PlainDesk:
    """All problems by id, and how they were before each write."""

    problems: dict[str, PlainProblem] = field(default_factory=dict)

    def states(self, day: date) -> dict[str, int]:
        """How many problems are in which state at a day."""
        found: dict[str, int] = {}
        for problem in self.problems.values():
            stand = None if problem.binned else problem.at(day)
            if stand is not None:
                found[stand.state] = found.get(stand.state, 0) + 1
        return found

    def overdue(self, day: date) -> int:
        return sum(not one.binned and one.overdue(day) for one in self.problems.values())
