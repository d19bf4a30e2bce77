"""A step as it is asked for: what was typed, as it is stored, the problem it is for, and what the rules look at beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chain_office.domain.kinds import BadValue
from chain_office.queries.steps import time_limits
from chain_office.services.calendar import work_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Form
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.domain.workflow import Verb
    from chain_office.queries.steps import Desk

USUAL, COMPLEX = "一般问题办结", "复杂问题办结"
AFTER_SCREENING, ASK_AHEAD, OBJECT_WITHIN = "筛选后交办", "延期申请提前", "对交办提出异议"


@dataclass(frozen=True, slots=True)
class Asked:
    """``values``: by field name, as stored; what was left out is None."""

    ledger: Ledger
    verb: Verb
    form: Form
    values: Mapping[str, Any]
    today: date
    _limits: dict[str, int] = field(default_factory=dict)
    _calendar: list[WorkCalendar] = field(default_factory=list)

    def label(self, name: str) -> str:
        """What the form calls a field."""
        return self.form.field(name).spec.label

    def has(self, name: str) -> bool:
        """Whether the form has the field."""
        return any(one.name == name for one in self.form)

    def value(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def day(self) -> date | None:
        found: date | None = self.values.get("day")
        return found

    @property
    def due(self) -> date | None:
        found: date | None = self.values.get("due_day")
        return found

    def limit(self, name: str) -> int | None:
        """The working days of a limit; None where the office set none."""
        if not self._limits:
            self._limits.update(time_limits(self.ledger))
        return self._limits.get(name)

    @property
    def calendar(self) -> WorkCalendar:
        if not self._calendar:
            self._calendar.append(work_calendar(self.ledger))
        return self._calendar[0]

    def by_lead(self, desk: Desk) -> bool:
        """Whether the step is the lead unit's (or nobody's in particular)."""
        return self.value("unit_id") in (None, desk.lead) or desk.lead is None

    def workdays(self, start: date, end: date) -> tuple[int | None, str]:
        """Working days from one day to the other, or why they cannot be counted."""
        try:
            return self.calendar.workdays_between(start, end), ""
        except BadValue as error:
            return None, error.reason.replace("，请直接填写日期", "")
