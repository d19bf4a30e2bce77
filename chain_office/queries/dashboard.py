"""What a dashboard shows of the present state, read from the tallies: as quick with a hundred thousand problems as with
fifty-eight. Figures at a date come from the dated records instead (problems, output)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.workflow import STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class UnitStates:
    """A lead unit's live problems by state; ``unit_id`` None for those without a unit."""

    unit_id: str | None
    unit: str
    states: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    def bucket(self, name: str) -> int:
        """Problems in the states that count in one bucket."""
        return sum(number for state, number in self.states.items() if STATES[state].bucket == name)


@dataclass(frozen=True, slots=True)
class MonthTally:
    """One month's reports: firms reporting, and the sums in 元 with how many firms stated them (None: nobody did)."""

    month: str
    firms: int
    month_firms: int
    month_yuan: int | None
    cum_firms: int
    cum_yuan: int | None


def problems_by_state(ledger: Ledger) -> dict[str, int]:
    """Live problems by state."""
    return dict(
        ledger.rows("SELECT state, sum(problems) FROM tally_unit_state GROUP BY state HAVING sum(problems) <> 0")
    )


def problems_by_unit(ledger: Ledger) -> tuple[UnitStates, ...]:
    """Live problems by lead unit, most first."""
    rows = ledger.rows(
        "SELECT s.unit_id, coalesce(u.short, u.name, ''), s.state, s.problems FROM tally_unit_state s "
        "LEFT JOIN unit u ON u.id = s.unit_id WHERE s.problems <> 0 ORDER BY s.unit_id, s.state"
    )
    units: dict[tuple[str, str], dict[str, int]] = {}
    for unit_id, unit, state, number in rows:
        units.setdefault((unit_id, unit), {})[state] = number
    found = [UnitStates(unit_id or None, unit, states) for (unit_id, unit), states in units.items()]
    return tuple(sorted(found, key=lambda one: (-one.total, one.unit)))


def output_by_month(ledger: Ledger, first: str = "", last: str = "9999-12") -> tuple[MonthTally, ...]:
    """What the reports of each month add up to, whoever reported; growth needs the same sample (queries.output)."""
    rows = ledger.rows(
        "SELECT month, firms, month_firms, month_yuan, cum_firms, cum_yuan FROM tally_month "
        "WHERE firms <> 0 AND month BETWEEN ? AND ? ORDER BY month",
        (first, last),
    )
    return tuple(
        MonthTally(
            month,
            firms,
            month_firms,
            month_yuan if month_firms else None,
            cum_firms,
            cum_yuan if cum_firms else None,
        )
        for month, firms, month_firms, month_yuan, cum_firms, cum_yuan in rows
    )
