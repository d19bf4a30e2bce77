"""What every desk's planner works with: the plan, the firms, the places, and the table's own dates."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.days import DAY
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.names import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.workdays import WorkCalendar
    from chain_office.services.importing.firms import Firms
    from chain_office.services.importing.places import Places
    from chain_office.services.importing.planner import Planner
    from chain_office.services.importing.rows import Incoming


class Desk(ABC):
    """Base of the six desk planners: shared look-ups. ``plan`` is the one thing each must do."""

    def __init__(self, planner: Planner, firms: Firms, places: Places, calendar: WorkCalendar) -> None:
        self.planner = planner
        self.firms = firms
        self.places = places
        self.calendar = calendar

    @abstractmethod
    def plan(self, row: Incoming) -> None:
        """Plan one row; raise :class:`~.rows.Refused` when it may not pass."""

    def firm(self, row: Incoming, *, off_register_note: str, code: str | None = None, name: str | None = None) -> str:
        """The enterprise a row names; one nobody knows is kept as an off-register party, with a warning."""
        name = name or row.text("enterprise")
        if not name:
            raise row.refuse("enterprise", "没有企业名称，不知道是哪一家")
        found = self.firms.find(name, code)
        for warning in found.warnings:
            row.warn("enterprise", warning)
        if found.rivals:
            answer = row.ask(
                "enterprise", f"“{name}”可能是{'、'.join(found.rivals)}，请指明是哪一家", choices=found.rivals
            )
            found = self.firms.find(answer, code)
        if found.id is not None:
            return found.id
        row.warn("enterprise", f"企业名册里没有“{name}”，{off_register_note}")
        return self.firms.add(name, uscc=code)

    def answered_day(self, row: Incoming, field: str, reason: str) -> date:
        """A date asked of a person; the same answer serves the whole table."""
        text = row.ask(field, reason, topic="date", whole_table=True)
        try:
            value = DAY.parse(text, Context()).value
        except BadValue as error:
            raise row.refuse(field, f"回答“{text}”读不懂：{error.reason}") from error
        if not isinstance(value, date):
            raise row.refuse(field, f"回答“{text}”不是日期")
        return value


def corroborates(stored: Mapping[str, object], stated: Mapping[str, object]) -> bool:
    """Whether what a row says beside its name bears out that it is the record whose number it carries: at least one
    value is equal, and at least half of those both sides have. (Another office's export has numbers of its own.)"""
    both = [name for name, value in stated.items() if value is not None and stored.get(name) is not None]
    equal = sum(stored[name] == stated[name] for name in both)
    return equal > 0 and 2 * equal >= len(both)


def record_number_of(text: str | None, prefix: str) -> int | None:
    """The number in our own record number ("WT0012" → 12), else None."""
    key = name_key(text or "").upper()
    if key.startswith(prefix) and key[len(prefix) :].isdigit():
        return int(key[len(prefix) :])
    return None
