"""催办: who is near or past the deadline, unit by unit; and the log of who was spoken to, how, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from chain_office.db.models.problems import METHODS
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.kinds import BadValue
from chain_office.domain.lights import Rule
from chain_office.domain.steps import StepEdit
from chain_office.queries.light_rules import problem_rules
from chain_office.queries.reminding import due_problems
from chain_office.services.calendar import work_calendar
from chain_office.services.steps import take_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.reminding import DueProblem

WAYS = METHODS
"""How a unit may be spoken to."""
_NEAR = Rule("yellow", "workdays_left", 3)


@dataclass(frozen=True, slots=True)
class UnitDue:
    """What one lead unit is to be reminded of."""

    unit_id: str
    unit: str
    problems: tuple[DueProblem, ...]

    @property
    def overdue(self) -> int:
        """How many are past their deadline."""
        return sum(one.overdue for one in self.problems)


@dataclass(frozen=True, slots=True)
class Reminding:
    """Everything near or overdue at ``day``; ``until``: the last deadline counted as near, and why."""

    day: date
    until: date
    says: str
    units: tuple[UnitDue, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One unit spoken to: about which problems (id → its last step), how, whom, and the reply."""

    unit_id: str
    seen: tuple[tuple[str, int], ...]
    method: str
    contact: str = ""
    reply: str = ""


def reminding(ledger: Ledger, day: date) -> Reminding:
    """What is near (by the office's own light rule: so many working days left) or overdue at ``day``."""
    near = next((rule for rule in problem_rules(ledger) if rule.condition == "workdays_left"), _NEAR)
    try:
        until = work_calendar(ledger).add_workdays(day, near.limit)
        says = f"时限在 {until.isoformat()}（{near.limit} 个工作日）以前的，和已逾期的"
    except BadValue:
        until = day + timedelta(days=near.limit)
        says = f"时限在 {until.isoformat()}（没有那一年的节假日安排，按 {near.limit} 个自然日）以前的，和已逾期的"
    found = due_problems(ledger, day, until)
    units = tuple(
        UnitDue(unit_id or "", unit, tuple(problems))
        for (unit_id, unit), problems in groupby(found, key=lambda one: (one.unit_id, one.unit))
    )
    return Reminding(
        day, until, says, tuple(sorted(units, key=lambda one: (-one.overdue, -len(one.problems), one.unit)))
    )


def log_calls(ledger: Ledger, calls: Sequence[Call], day: date, actor: str) -> Saved:
    """Record the reminders as a step of every problem they were about, in one write."""
    calls = [call for call in calls if call.seen]
    if not calls:
        raise KnownError("还没有选定催办哪些问题。")
    number = sum(len(call.seen) for call in calls)
    with ledger.write(actor, f"催办 {len(calls)} 个单位的 {number} 个问题") as writer:
        for call in calls:
            values: dict[str, object] = {"day": day, "actor": actor, "method": call.method}
            more = {"unit_id": call.unit_id, "contact": call.contact, "text": call.reply}
            values |= {name: value for name, value in more.items() if value}
            take_in(ledger, writer, StepEdit("remind", dict(call.seen), values), actor)
        said = f"已记下对 {len(calls)} 个单位的催办，{number} 个问题"
        return Saved(writer.write_no, "problem", calls[0].seen[0][0], said)
