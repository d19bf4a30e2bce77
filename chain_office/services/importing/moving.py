"""A problem that is in the ledger already, brought to what a newer book records of it: step by lawful, dated step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import Assignment, Problem, ProblemEvent
from chain_office.domain.walking import BOOK_TEXT, BY_BOOK, DECIDED, decided, told, walk_of
from chain_office.domain.workflow import ASSIGNED_BUCKETS, STATES, VERBS, path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chain_office.domain.walking import WalkStep
    from chain_office.services.importing.planner import Planner, Row
    from chain_office.services.importing.rows import Incoming

_KIND = "import"
_ENDS = frozenset({"reported", "closed"})
_LINE = ("waiting", "to_assign", "assigned", "acknowledged", "doing", "partial", "reported", "closed")
_PLACE = {**{state: place for place, state in enumerate(_LINE)}, "pooled": 0, "escalated": 0, "parked": 5}
"""How far along a state is. Those that have no place wait for a decision of the office (rejected, given back)."""
_NOWHERE = len(_LINE)
_OF_A_STATE = (
    "assigned_day", "deadline", "deadline_text", "original_deadline", "reported_day", "closed_day", "closed_verified",
    "satisfaction", "callback_day", "review_day",
)  # fmt: skip
_SHOWN = frozenset(
    {"deadline", "reported_day", "closed_day", "satisfaction", "callback_day", "review_day", "reason", "next_step"}
)
"""What a person would miss if it were left out without a word."""


def is_handed_over(state: str) -> bool:
    """Whether a problem in this state is with a unit, or was."""
    return STATES[state].bucket in ASSIGNED_BUCKETS


class Move:
    """One row's steps for one known problem. ``values`` are what the row says; what the steps decide is added to them."""

    def __init__(self, planner: Planner, row: Incoming, problem: str, values: dict[str, object]) -> None:
        self._planner = planner
        self._row = row
        self._problem = problem
        self._values = values
        self._current: Row = planner.table(Problem)[problem]

    def allowed(self, state: str) -> str:
        """The state to go to: the row's, or, where the desk has taken steps and the row does not carry them on, the one on
        record. A book is coarse and often older than the desk; it brings a problem forward, never back."""
        now = str(self._current["state"])
        if state == now or not self._by_desk:
            return state
        if _PLACE.get(now, _NOWHERE) < _PLACE.get(state, -1):
            return state
        last = self._walk[-1]
        when = f"{last.day} " if last.day else ""
        self._row.warn(
            "status",
            f"台账里{when}已{told(last.kind)}，现为{STATES[now].label}，表里写的是{STATES[state].label}；"
            "状态不随导入改变，请在问题台上办理",
        )
        for name in _OF_A_STATE:
            self._values.pop(name, None)
        return now

    def keep_recorded(self, state: str) -> None:
        """What the desk's steps say of the problem is not overwritten; a difference is pointed out."""
        if not self._by_desk:
            return
        by_book = BY_BOOK.get(state, frozenset()) if state != self._current["state"] else frozenset()
        for name, known in decided(self._walk).items():
            mine = self._values.get(name)
            if name in {"state", "rounds", "progress", "lead_unit_id", *by_book} or mine is None:
                continue
            self._values.pop(name)
            if mine != known and name in _SHOWN:
                self._row.warn(name, f"{DECIDED[name]}在问题台上已记为“{known or '空'}”，导入不改，请在问题台上办理")
            if name == "deadline":
                self._values.pop("deadline_text", None)

    def tell(self) -> None:
        """Newer progress of a problem whose progress is told by its steps is a step as well."""
        text = self._values.get("progress")
        known = decided(self._walk)
        if not text or "progress" not in known or text == known["progress"]:
            return
        day = self._row.table.as_of or self._row.table_day
        latest = self._latest
        if not isinstance(day, date) or (latest is not None and day < latest):
            self._values.pop("progress")
            self._row.warn("progress", f"台账里 {latest or ''} 已有办理步骤，表里的进展没有更新的日期，没有导入")
            return
        state = str(self._values.get("state") or self._current["state"])
        self._step(state, day, str(text))

    @property
    def _walk(self) -> tuple[WalkStep, ...]:
        return walk_of(sorted(self._events, key=lambda one: int(one["seq"])))

    @property
    def _by_desk(self) -> bool:
        return any(one["kind"] in VERBS for one in self._events)

    @property
    def _latest(self) -> date | None:
        return max((one["day"] for one in self._events if one["day"]), default=None)

    def units(self, lead: str | None, others: Iterable[str]) -> None:
        """The lead where there is none yet, and co-units not known yet; a different lead is said, not followed."""
        known = self._current["lead_unit_id"]
        if lead and known and lead != known:
            self._row.warn("lead_unit", "牵头单位与台账不同，导入不改派，请在问题台上办理")
        elif lead and not known:
            self._values["lead_unit_id"] = lead
            self._assign(lead, "lead")
        part = {one["unit_id"] for one in self._planner.group(Assignment, "problem_id", self._problem)}
        for unit in others:
            if unit not in part:
                self._assign(unit, "co")

    def _assign(self, unit: str, role: str) -> None:
        day = self._values.get("assigned_day") or self._current["assigned_day"]
        values = {"problem_id": self._problem, "unit_id": unit, "role": role, "day": day}
        self._planner.insert(Assignment, {**values, "round": max(1, int(self._current["rounds"] or 0))})

    def to(self, state: str, ask_day: Callable[[Incoming, str, str], date]) -> None:
        """Record every step on the way to ``state``. Raises Refused where there is no lawful way or the days run back."""
        before = str(self._current["state"])
        steps = path(before, state)
        if steps is None:
            raise self._row.refuse(
                "status", f"台账里是{STATES[before].label}，不能直接变为{STATES[state].label}，请在问题台上办理"
            )
        handed = self._handed_over_on(before, state)
        day = handed if handed is not None and state not in _ENDS else self._day(ask_day)
        latest = self._latest
        first = handed or day
        if latest is not None and (first < latest or day < latest):
            raise self._row.refuse("status", f"变化日期 {min(first, day)} 早于台账里上一步的 {latest}，请核对")
        for step in steps:
            self._step(step, self._day_of(step, state, handed or latest, handed, day))
        self._values["state"] = state

    def _day(self, ask_day: Callable[[Incoming, str, str], date]) -> date:
        stated = self._values.get("closed_day") or self._values.get("reported_day")
        day = stated or self._row.table.as_of or self._row.table_day
        if isinstance(day, date):
            return day
        return ask_day(self._row, "status", "办理状态有变化，但没有写明何时变化，请补充日期")

    def _handed_over_on(self, before: str, after: str) -> date | None:
        """The day a problem collected earlier was handed over; by then at the latest it had been collected."""
        day = self._values.get("assigned_day")
        if is_handed_over(before) or not is_handed_over(after) or not isinstance(day, date):
            return None
        self._values["rounds"] = 1
        self._values["original_deadline"] = self._values.get("deadline") or self._current["deadline"]
        events = self._events
        if len(events) == 1 and events[0]["day"] is not None and events[0]["day"] > day:
            self._row.warn("assigned_day", f"交办时间早于台账里的收集时间 {events[0]['day']}，收集时间按交办时间更正")
            self._planner.update(ProblemEvent, events[0]["id"], {"day": day})
            self._values["collected_day"] = day
        return day

    def _day_of(self, step: str, last: str, earliest: date | None, handed: date | None, day: date) -> date:
        """Up to the hand-over, its day; the report of what is closed by now, its own; the rest on the day stated."""
        if handed is not None and step not in _ENDS:
            return handed
        reported = self._values.get("reported_day")
        if step == "reported" and last == "closed" and isinstance(reported, date):
            return reported if (earliest is None or earliest <= reported) and reported <= day else day
        return day

    def stays(self, state: str) -> None:
        """The state is the one on record; a corrected closing or report day corrects its step."""
        day = self._values.get({"closed": "closed_day", "reported": "reported_day"}.get(state, ""))
        steps = sorted(self._events, key=lambda one: int(one["seq"]))
        by_desk = bool(steps) and steps[-1]["kind"] in VERBS
        if not isinstance(day, date) or not steps or by_desk or steps[-1]["state"] != state or steps[-1]["day"] == day:
            return
        if len(steps) > 1 and steps[-2]["day"] and day < steps[-2]["day"]:
            raise self._row.refuse("status", f"变化日期 {day} 早于台账里上一步的 {steps[-2]['day']}，请核对")
        self._planner.update(ProblemEvent, steps[-1]["id"], {"day": day})

    @property
    def _events(self) -> list[Row]:
        return self._planner.group(ProblemEvent, "problem_id", self._problem)

    def _step(self, state: str, day: date, text: str = BOOK_TEXT) -> None:
        self._planner.insert(
            ProblemEvent,
            {"problem_id": self._problem, "seq": len(self._events) + 1, "kind": _KIND, "day": day, "state": state,
             "text": text},
        )  # fmt: skip
