"""A problem that is in the ledger already, brought to what a newer book records of it: step by lawful, dated step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import Assignment, Problem, ProblemEvent
from chain_office.domain.workflow import ASSIGNED_BUCKETS, STATES, path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chain_office.services.importing.planner import Planner, Row
    from chain_office.services.importing.rows import Incoming

_KIND = "import"
_ENDS = frozenset({"reported", "closed"})


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
        self._planner.insert(Assignment, {"problem_id": self._problem, "unit_id": unit, "role": role, "day": day})

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
        latest = max((one["day"] for one in self._events if one["day"]), default=None)
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
        self._values["original_deadline"] = self._values.get("deadline")
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
        if not isinstance(day, date) or not steps or steps[-1]["state"] != state or steps[-1]["day"] == day:
            return
        if len(steps) > 1 and steps[-2]["day"] and day < steps[-2]["day"]:
            raise self._row.refuse("status", f"变化日期 {day} 早于台账里上一步的 {steps[-2]['day']}，请核对")
        self._planner.update(ProblemEvent, steps[-1]["id"], {"day": day})

    @property
    def _events(self) -> list[Row]:
        return self._planner.group(ProblemEvent, "problem_id", self._problem)

    def _step(self, state: str, day: date) -> None:
        self._planner.insert(
            ProblemEvent,
            {"problem_id": self._problem, "seq": len(self._events) + 1, "kind": _KIND, "day": day, "state": state,
             "text": "导入更新"},
        )  # fmt: skip
