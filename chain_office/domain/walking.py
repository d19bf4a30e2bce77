"""The walk of a problem: its dated steps in order. Whether they may stand so, and what they decide about the problem
itself. Pure rules; the rows are read by :mod:`chain_office.db.walks`."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from chain_office.domain.workflow import (
    HANDED_OVER_STATES,
    IMPORTED,
    OPENING,
    ROUNDS,
    SETS_DEADLINE,
    SETS_UNIT,
    STATES,
    STEPS,
    VERBS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class WalkStep:
    """A step as far as the walk depends on it. ``values``: what else it carries, by column."""

    seq: int
    kind: str
    day: date | None
    state: str
    unit: str | None = None
    due_day: date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """What it carries under the name of a field of a step."""
        own = {"unit_id": self.unit, "due_day": self.due_day}
        return own[name] if name in own else self.values.get(name)


CARRIED = (
    "text", "reason", "next_step", "method", "contact", "rating", "solved", "answered", "approached", "understood",
)  # fmt: skip
"""What a step carries besides its day, state, unit and the day it sets."""


def walk_of(rows: Iterable[Mapping[str, Any]]) -> tuple[WalkStep, ...]:
    """Rows of steps by column, in order, as a walk. What a unit says that does not lead counts as a co-unit's."""
    lead: str | None = None
    found: list[WalkStep] = []
    for row in rows:
        kind, unit = row["kind"], row["unit_id"]
        values = {name: row[name] for name in CARRIED if row[name] is not None}
        if kind in SETS_UNIT or not found:
            lead = unit
        elif unit is not None and lead is not None and unit != lead:
            values["by_co"] = True
        found.append(WalkStep(int(row["seq"]), kind, row["day"], row["state"], unit, row["due_day"], values))
    return tuple(found)


def told(kind: str) -> str:
    """A step in a sentence."""
    if kind in VERBS:
        return VERBS[kind].told
    return {OPENING: "期初登记", IMPORTED: "导入更新"}.get(kind, kind)


def last_day(steps: Sequence[WalkStep]) -> tuple[WalkStep, date] | None:
    """The latest day of the walk and the step it belongs to."""
    dated = [(step, step.day) for step in steps if step.day is not None]
    return max(dated, key=lambda one: (one[1], one[0].seq)) if dated else None


def unlawful(steps: Sequence[WalkStep], *, content: bool = True) -> str:
    """The first thing that may not be so, in words; "" for a lawful walk. ``content`` False: what the steps say is not
    looked at, only how they follow from one another."""
    if not steps:
        return "没有任何办理步骤"
    if steps[0].kind != OPENING or steps[0].seq != 1:
        return "第一步不是登记"
    if steps[0].state not in STATES:
        return f"登记的状态“{steps[0].state}”没有定义"
    latest = steps[0].day
    for before, step in pairwise(steps):
        wrong = _wrong(before, step) or (_lacking(step) if content else "")
        if wrong:
            return wrong
        if latest is not None and step.day is not None and step.day < latest:
            return f"第 {step.seq} 步“{told(step.kind)}”的日期 {step.day} 早于前面的 {latest}"
        latest = step.day or latest
    return ""


def _wrong(before: WalkStep, step: WalkStep) -> str:
    what = f"第 {step.seq} 步“{told(step.kind)}”"
    if step.seq != before.seq + 1:
        return f"{what}之前缺了步骤"
    if step.state not in STATES:
        return f"{what}之后的状态“{step.state}”没有定义"
    now = STATES[before.state].label
    if step.kind == IMPORTED:
        lawful = step.state == before.state or step.state in STEPS[before.state]
        return "" if lawful else f"{what}由{now}变为{STATES[step.state].label}，没有这样的步骤"
    verb = VERBS.get(step.kind)
    if verb is None:
        return f"第 {step.seq} 步“{step.kind}”不是可办的步骤"
    if before.state not in verb.moves:
        return f"{what}不能在{now}时办理"
    if step.state not in {verb.after(before.state), verb.after(before.state, by_lead=False)}:
        return f"{what}之后应为{STATES[verb.after(before.state)].label}，记的是{STATES[step.state].label}"
    if step.day is None:
        return f"{what}没有日期"
    return ""


def _lacking(step: WalkStep) -> str:
    verb = VERBS.get(step.kind)
    if verb is None or all(step.value(name) not in (None, "", False) for name in verb.needs):
        return ""
    return f"第 {step.seq} 步“{told(step.kind)}”缺少必填的内容"


BOOK_TEXT = "导入更新"
"""The text of an imported step that told no progress."""
DECIDED: Mapping[str, str] = {
    "state": "状态", "rounds": "交办次数", "lead_unit_id": "牵头单位", "assigned_day": "交办时间", "deadline": "办结时限",
    "original_deadline": "原定时限", "reported_day": "报结时间", "closed_day": "办结时间", "closed_verified": "销号核实",
    "satisfaction": "满意度", "callback_day": "回访时间", "review_day": "复核时间", "progress": "办理进展",
    "reason": "未办结原因", "next_step": "下一步措施",
}  # fmt: skip
"""The columns of a problem that steps may decide, and what people call them."""


def decided(steps: Sequence[WalkStep]) -> dict[str, Any]:
    """The columns of the problem that its steps decide, with what they say. What an opening or an import recorded stands
    on the problem alone: only state and rounds follow from those."""
    found: dict[str, Any] = {"state": steps[-1].state, "rounds": rounds(steps)}
    handed = False
    for step in steps:
        if step.kind in VERBS:
            found |= dict(_said(step, handed=handed))
        elif step.kind == IMPORTED:
            by_book = BY_BOOK.get(step.state, frozenset())
            found = {name: value for name, value in found.items() if name not in by_book}
            if step.value("text") not in (None, BOOK_TEXT):
                found["progress"] = step.value("text")
        handed = handed or step.state in HANDED_OVER_STATES
    return found


BY_BOOK: Mapping[str, frozenset[str]] = {
    "reported": frozenset({"reported_day"}),
    "closed": frozenset({"reported_day", "closed_day", "closed_verified", "satisfaction", "callback_day"}),
}
"""What a newer book says on the problem when it brings it to a state."""


def rounds(steps: Sequence[WalkStep]) -> int:
    """How many times it was handed over: the first time, and every further round."""
    count, handed = 0, False
    for step in steps:
        first = not handed and step.state in HANDED_OVER_STATES
        count += first or step.kind in ROUNDS
        handed = handed or first
    return count


def book_closing(steps: Sequence[WalkStep]) -> WalkStep | None:
    """The step by which a book closed the problem that is closed now; None where it is open or was verified here."""
    for step in reversed(steps):
        if step.state != "closed" or step.kind == "verify":
            return None
        if step.kind not in VERBS:
            return step
    return None


def lead_of(steps: Sequence[WalkStep]) -> str | None:
    """The unit the last hand-over by the desk named; None where the desk handed nothing over."""
    return next((step.unit for step in reversed(steps) if step.kind in SETS_UNIT), None)


_UNDONE_BY: Mapping[str, Mapping[str, object]] = {
    "fail": {"reported_day": None},
    "park": {"reported_day": None},
    "reopen": {"reported_day": None, "closed_day": None, "closed_verified": False},
}
_REVIEWS = frozenset({"pool", "repool", "park", "verify"})
_TELLS_PROGRESS = frozenset({"progress", "partial", "report", "solve_on_site"})
_TELLS_REASON = frozenset({"reject", "pool", "repool", "progress", "partial", "park", "fail"})
_RATES = frozenset({"verify", "fail", "look_back", "solve_on_site"})
_CALLS = frozenset({"verify", "fail", "look_back"})


def _said(step: WalkStep, *, handed: bool) -> Iterator[tuple[str, Any]]:
    kind = step.kind
    yield from _UNDONE_BY.get(kind, {}).items()
    if kind in SETS_UNIT:
        yield "lead_unit_id", step.unit
    if kind in SETS_DEADLINE and step.due_day:
        yield "deadline", step.due_day
        if not handed:
            yield "original_deadline", step.due_day
            yield "assigned_day", step.day
    if kind == "report":
        yield "reported_day", step.day
    if kind == "verify":
        yield "closed_day", step.day
        yield "closed_verified", True
    if kind in _REVIEWS and step.due_day:
        yield "review_day", step.due_day
    yield from _told_by_unit(step)
    if kind in _RATES and step.value("rating"):
        yield "satisfaction", step.value("rating")
    if kind in _CALLS and (step.value("contact") or step.value("method")):
        yield "callback_day", step.day


def _told_by_unit(step: WalkStep) -> Iterator[tuple[str, Any]]:
    """Progress, reason and next step as the lead unit (or the office) last told them; a co-unit's stay in its step."""
    if step.value("by_co"):
        return
    if step.kind in _TELLS_PROGRESS and step.value("text"):
        yield "progress", step.value("text")
    if step.kind in _TELLS_REASON and step.value("reason"):
        yield "reason", step.value("reason")
    if step.value("next_step"):
        yield "next_step", step.value("next_step")
