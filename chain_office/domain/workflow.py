"""The problem workflow as data: states, the bucket each counts in, and which step may follow which.

Sources: the three criteria, the 问题交办会 and 销号 of the seed article; verification before closure as in the 2018
municipal drive (交办 147, 回复 120, 核验通过 102); time limits of 泉州 2022 and 许昌 2011.
"""

from __future__ import annotations

from dataclasses import dataclass
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

_HANDED_OVER = ("acknowledged", "doing", "partial", "reported", "parked", "returned")

STEPS: Mapping[str, tuple[str, ...]] = {
    "waiting": ("rejected", "pooled", "to_assign", "solved_on_site", "escalated"),
    "rejected": ("waiting",),
    "pooled": ("waiting", "rejected", "to_assign", "solved_on_site", "escalated"),
    "to_assign": ("assigned", "pooled", "rejected", "solved_on_site", "escalated"),
    "solved_on_site": ("waiting",),
    "escalated": ("to_assign", "assigned"),
    "assigned": _HANDED_OVER,
    "acknowledged": ("doing", "partial", "reported", "parked", "returned"),
    "doing": ("doing", "partial", "reported", "parked", "returned"),
    "returned": ("assigned",),
    "partial": ("doing", "partial", "reported", "parked", "returned"),
    "reported": ("closed", "doing", "partial", "parked"),
    "parked": ("doing", "partial", "reported"),
    "closed": ("doing",),
}
"""State → the states one step may lead to."""


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
    """A stretch of one state: day_from ≤ d < day_until; None is open-ended. ``step``: which of the steps began it."""

    state: str
    day_from: date | None
    day_until: date | None
    step: int = 0


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


def spans(steps: Iterable[tuple[str, date | None]]) -> tuple[Span, ...]:
    """Dated steps in order → stretches without gaps or overlaps. A step never begins before the one ahead of it; one
    that begins on the day the next does leaves no stretch."""
    ordered: list[tuple[str, date | None]] = []
    for state, day in steps:
        before = ordered[-1][1] if ordered else None
        ordered.append((state, before if before is not None and (day is None or day < before) else day))
    out: list[Span] = []
    for index, (state, day) in enumerate(ordered):
        if index + 1 == len(ordered):
            out.append(Span(state, day, None, index))
            continue
        until = ordered[index + 1][1]
        if until is not None and (day is None or day < until):
            out.append(Span(state, day, until, index))
    return tuple(out)
