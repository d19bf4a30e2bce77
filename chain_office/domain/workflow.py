"""The problem workflow as data: states, the bucket each counts in, and which step may follow which.

Sources: the three criteria, the 问题交办会 and 销号 of the seed article; verification before closure as in the 2018
municipal drive (交办 147, 回复 120, 核验通过 102); time limits of 泉州 2022 and 许昌 2011.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class State:
    """A state of a problem: id, the word in the window, the bucket it is counted in."""

    id: str
    label: str
    bucket: str


STATES: Mapping[str, State] = {
    state.id: state
    for state in (
        State("waiting", "待筛选", "waiting"),
        State("rejected", "不予采纳", "rejected"),
        State("pooled", "暂不具备", "pooled"),
        State("to_assign", "待交办", "to_assign"),
        State("solved_on_site", "现场解决", "solved_on_site"),
        State("escalated", "上报", "escalated"),
        State("assigned", "已交办", "open"),
        State("acknowledged", "已签收", "open"),
        State("doing", "办理中", "open"),
        State("returned", "退回重派", "open"),
        State("partial", "部分解决", "open"),
        State("reported", "已报结待核实", "reported"),
        State("closed", "已销号", "closed"),
        State("parked", "长期推进", "parked"),
    )
}

ASSIGNED_BUCKETS = ("closed", "reported", "open", "parked")
"""assigned = closed + reported + open + parked."""
SCREENED_IN_BUCKETS = ("to_assign", "solved_on_site", "escalated")
"""screened_in = assigned + these."""
NOT_SCREENED_IN_BUCKETS = ("rejected", "pooled", "waiting")
"""collected = screened_in + these."""

OPEN_STATES = tuple(state.id for state in STATES.values() if state.bucket == "open")
HANDED_OVER_STATES = tuple(state.id for state in STATES.values() if state.bucket in ASSIGNED_BUCKETS)


@dataclass(frozen=True, slots=True)
class Verb:
    """A step a person may take. ``id`` is stored as the kind of the event; ``label`` is the button, ``told`` the word in
    the history. ``moves``: the states it may be taken in, each with the state after it. ``needs``: fields that may not be
    empty, ``takes``: those offered besides (columns of the event, or of what the step brings with it: co_units, owner,
    owner_phone, meeting_id, next_step). ``by_any_unit``: a co-unit may take it too, and the state then stays. ``round``:
    it begins another round. ``many``: may be taken for several problems at once."""

    id: str
    label: str
    told: str
    moves: Mapping[str, str]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    by_any_unit: bool = False
    round: bool = False
    many: bool = False

    def after(self, state: str, *, by_lead: bool = True) -> str:
        """The state after the step, taken in ``state``. KeyError where it may not be taken."""
        target = self.moves[state]
        return target if by_lead or not self.by_any_unit else state


def _to(target: str, *states: str) -> dict[str, str]:
    return dict.fromkeys(states, target)


def _stay(*states: str) -> dict[str, str]:
    return {state: state for state in states}


_CANDIDATE = ("waiting", "pooled", "to_assign")
_AT_WORK = ("assigned", "acknowledged", "doing", "partial")
_QUESTIONS = ("solved", "answered", "approached")

VERBS: Mapping[str, Verb] = {
    verb.id: verb
    for verb in (
        # Screening: the verdicts stand in their own table, the decision is the step.
        Verb("screen_in", "筛选入", "筛选入，待交办", _to("to_assign", "waiting", "pooled"), (), ("text",), many=True),
        Verb("reject", "不予采纳", "不予采纳", _to("rejected", *_CANDIDATE), ("reason",), ("method", "contact"), many=True),
        Verb("pool", "暂不具备", "列入暂不具备", _to("pooled", "waiting", "to_assign"), ("reason", "due_day"), many=True),
        Verb("repool", "推迟复核", "推迟复核", _stay("pooled"), ("due_day", "reason"), many=True),
        Verb("solve_on_site", "现场解决", "现场解决", _to("solved_on_site", *_CANDIDATE), ("text",), ("contact", "rating")),
        Verb("escalate", "上报", "上报", _to("escalated", *_CANDIDATE), ("text",), ("reason",), many=True),
        Verb("take_down", "转本级交办", "转本级交办", _to("to_assign", "escalated"), ("text",)),
        Verb(
            "reconsider", "重新筛选", "重新筛选", _to("waiting", "rejected", "pooled", "solved_on_site"), ("reason",),
        ),
        Verb(
            "tell", "告知企业", "告知企业",
            _stay("rejected", "pooled", "solved_on_site", "escalated", "parked", "closed"), ("method",),
            ("contact", "text"), many=True,
        ),
        # Hand-over.
        Verb(
            "assign", "交办", "交办", _to("assigned", "to_assign", "escalated"), ("unit_id", "due_day"),
            ("co_units", "owner", "owner_phone", "meeting_id", "text"), round=True, many=True,
        ),
        Verb(
            "acknowledge", "签收", "签收",
            {**_to("acknowledged", "assigned"), **_stay("acknowledged", "doing", "partial")},
            ("unit_id",), ("contact", "text"), by_any_unit=True, many=True,
        ),
        Verb("return", "退回", "退回", _to("returned", *_AT_WORK), ("unit_id", "reason"), ("contact",)),
        Verb(
            "reassign", "改派", "改派", _to("assigned", "returned"), ("unit_id", "due_day"),
            ("co_units", "owner", "owner_phone", "reason"), round=True,
        ),
        # Handling.
        Verb(
            "progress", "进展反馈", "反馈进展",
            {**_to("doing", "assigned", "acknowledged", "doing"), **_stay("partial", "parked")},
            ("unit_id", "text"), ("reason", "next_step", "contact"), by_any_unit=True,
        ),
        Verb(
            "partial", "部分解决", "部分解决", _to("partial", *_AT_WORK, "parked"), ("unit_id", "text"),
            ("reason", "next_step", "contact"),
        ),
        Verb(
            "ask_extension", "申请延期", "申请延期", _stay(*_AT_WORK), ("unit_id", "due_day", "reason"), ("contact",),
            by_any_unit=True,
        ),
        Verb("extend", "批准延期", "延期", _stay(*_AT_WORK), ("due_day", "reason"), ("text",), many=True),
        Verb("refuse_extension", "不同意延期", "不同意延期", _stay(*_AT_WORK), ("reason",)),
        Verb(
            "park", "长期推进", "转长期推进", _to("parked", *_AT_WORK, "reported"), ("reason", "understood"),
            ("contact", "due_day"),
        ),
        Verb("resume", "恢复办理", "恢复办理", _to("doing", "parked"), ("due_day",), ("reason",)),
        Verb("remind", "催办", "催办", _stay(*OPEN_STATES, "reported"), ("method",), ("unit_id", "contact", "text"), many=True),
        Verb("report", "报结", "报结", _to("reported", *_AT_WORK, "parked"), ("unit_id", "text"), ("contact",)),
        # Verification by the office with the enterprise: four questions, the fourth is the rating.
        Verb(
            "verify", "核实销号", "核实销号", _to("closed", "reported"), (*_QUESTIONS, "rating", "method", "contact"),
            ("text", "due_day"),
        ),
        Verb(
            "fail", "核实不过", "核实不过，退回续办", _to("doing", "reported"), ("reason", "due_day"),
            (*_QUESTIONS, "rating", "method", "contact"), round=True,
        ),
        Verb("look_back", "回看", "回看", _stay("closed"), ("method", "contact", "solved"), ("rating", "text")),
        Verb("reopen", "重新办理", "重新办理", _to("doing", "closed"), ("reason", "due_day"), round=True),
    )
}  # fmt: skip
"""Every step there is. The window, the forms that come back and the commands take these and no others; an import opens a
problem at its recorded state by one 期初登记 (kind "opening") and later moves it along :func:`path` (kind "import")."""

OPENING, IMPORTED = "opening", "import"
UPDATES = frozenset({"acknowledge", "progress", "partial", "report", IMPORTED})
"""Kinds of events by which a unit was heard of: they set back the clock of 反馈周期."""
SETS_DEADLINE = frozenset({"assign", "reassign", "extend", "resume", "fail", "reopen"})
"""Kinds of events whose ``due_day`` is from then on the deadline."""
SETS_UNIT = frozenset({"assign", "reassign"})
ROUNDS = frozenset(verb.id for verb in VERBS.values() if verb.round)
LOOK_BACK_DAYS = 30
"""A closed problem is looked at again this many days after 销号."""

_BOOKS_ONLY: Mapping[str, tuple[str, ...]] = {"partial": ("doing",), "reported": ("partial",)}
"""What only a newer book may say: the office's own record of a step back has a verb with a reason."""
STEPS: Mapping[str, tuple[str, ...]] = {
    state: tuple(
        dict.fromkeys(
            (
                *(verb.moves[state] for verb in VERBS.values() if verb.moves.get(state, state) != state),
                *_BOOKS_ONLY.get(state, ()),
            )
        )
    )
    for state in STATES
}
"""State → the other states one step may lead to."""


def path(current: str, wanted: str) -> tuple[str, ...] | None:
    """The shortest lawful way between two states (without ``current``), or None. Used when a returned form or a
    newer book states a later state than the ledger holds: each step on the way is recorded."""
    frontier: list[tuple[str, ...]] = [(current,)]
    seen = {current}
    while frontier:
        trail = frontier.pop(0)
        for following in STEPS[trail[-1]]:
            if following == wanted:
                return (*trail[1:], following)
            if following not in seen:
                seen.add(following)
                frontier.append((*trail, following))
    return None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which nothing that counts changed: day_from ≤ d < day_until; None is open-ended. ``step``: which of
    the steps began it."""

    state: str
    day_from: date | None
    day_until: date | None
    step: int = 0
    due_day: date | None = None
    lead_unit: str | None = None
    reported_day: date | None = None
    round: int = 0

    def goes_on_as(self, other: Span) -> bool:
        """Whether the other stretch, which follows, says nothing new."""
        told = (other.state, other.due_day, other.lead_unit, other.reported_day, other.round)
        return told == (self.state, self.due_day, self.lead_unit, self.reported_day, self.round)


@dataclass(frozen=True, slots=True)
class Opening:
    """How an imported problem stood: its recorded state and the days the record tells."""

    state: str
    collected_day: date | None = None
    assigned_day: date | None = None
    reported_day: date | None = None
    closed_day: date | None = None


def opening_steps(opening: Opening) -> tuple[tuple[str, date | None], ...]:
    """The dated states a 期初登记 stands for, in order. The recorded state comes last. A day that does not fit between
    hand-over and closing (a 反馈时间 after the 办结时间) tells nothing about states and is left out."""
    if STATES[opening.state].bucket not in ASSIGNED_BUCKETS:
        return ((opening.state, opening.collected_day),)
    steps: list[tuple[str, date | None]] = []
    first = opening.assigned_day
    if opening.collected_day and first and opening.collected_day < first:
        steps.append(("waiting", opening.collected_day))
    if opening.state not in {"closed", "reported"}:
        return (*steps, (opening.state, first))
    steps.append(("assigned", first))
    reported = opening.reported_day
    if opening.state == "reported":
        return (*steps, ("reported", max(reported, first) if reported and first else reported or first))
    if reported and first and opening.closed_day and first <= reported < opening.closed_day:
        steps.append(("reported", reported))
    return (*steps, ("closed", opening.closed_day))


@dataclass(frozen=True, slots=True)
class Told:
    """A dated state with what the event behind it told. ``kind``: a verb, "opening" or "import"."""

    state: str
    day: date | None
    kind: str = OPENING
    unit: str | None = None
    due_day: date | None = None
    reported_day: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the problem itself says now; it overrules what the last step that set it said, so that a slip of the pen is
    corrected in one place."""

    lead_unit: str | None = None
    deadline: date | None = None
    original_deadline: date | None = None
    review_day: date | None = None


def spans(steps: Iterable[Told], now: Standing) -> tuple[Span, ...]:
    """Dated steps in order → stretches without gaps or overlaps, no two neighbours alike. A step never begins before the
    one ahead of it; one that begins on the day the next does leaves no stretch."""
    told = list(steps)
    days: list[date | None] = []
    for one in told:
        before = days[-1] if days else None
        days.append(before if before is not None and (one.day is None or one.day < before) else one.day)
    out: list[Span] = []
    for index, span in enumerate(_carried(told, now)):
        day = days[index]
        until = days[index + 1] if index + 1 < len(days) else None
        if index + 1 < len(days) and (until is None or (day is not None and day >= until)):
            continue
        if out and out[-1].goes_on_as(span):
            out[-1] = replace(out[-1], day_until=until)
        else:
            out.append(replace(span, day_from=day, day_until=until))
    return tuple(out)


def _carried(told: list[Told], now: Standing) -> list[Span]:
    """Each step with the deadline, unit and round that stand after it."""
    handed = [index for index, one in enumerate(told) if one.state in HANDED_OVER_STATES]
    first = handed[0] if handed else len(told)
    last_due = max((i for i, one in enumerate(told) if one.kind in SETS_DEADLINE and one.due_day), default=first)
    last_unit = max((i for i, one in enumerate(told) if one.kind in SETS_UNIT and one.unit), default=first)
    deadline, unit, rounds = now.original_deadline, now.lead_unit, 0
    out: list[Span] = []
    for index, one in enumerate(told):
        if one.due_day and (one.kind in SETS_DEADLINE or (one.kind == OPENING and one.state != "pooled")):
            deadline = one.due_day
        if (one.kind in SETS_UNIT or index == first) and one.unit:
            unit = one.unit
        rounds += one.kind in ROUNDS or (index == first and one.kind not in ROUNDS)
        is_handed = one.state in HANDED_OVER_STATES
        standing = now.deadline if index >= last_due else deadline
        out.append(
            Span(
                one.state,
                None,
                None,
                index,
                _due(one, standing, now, out[-1] if out else None),
                (now.lead_unit if index >= last_unit else unit) if is_handed else None,
                _reported(one, out[-1] if out else None),
                rounds if is_handed else 0,
            )
        )
    return out


def _due(one: Told, deadline: date | None, now: Standing, before: Span | None) -> date | None:
    """What is due in a state: the deadline; a pool's review; a look-back once closed and verified."""
    bucket = STATES[one.state].bucket
    if bucket in {"open", "reported"}:
        return deadline
    if one.kind == "look_back":
        return None
    if one.kind in {"pool", "repool", "verify", "park"}:
        return one.due_day
    if one.state == "pooled" and (before is None or before.state != "pooled"):
        return one.due_day or now.review_day
    return before.due_day if before is not None and before.state == one.state else None


def _reported(one: Told, before: Span | None) -> date | None:
    if one.state != "reported":
        return None
    if before is not None and before.state == "reported":
        return before.reported_day
    return one.reported_day if one.kind == OPENING else one.day
