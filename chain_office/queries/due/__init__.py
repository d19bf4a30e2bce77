"""Everything due, of every desk at once: one agenda of what is still to be done at a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.queries.due import desks, loans, problems
from chain_office.queries.due.shape import KINDS, Due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from chain_office.db.ledger import Ledger

    Source = Callable[[Ledger, date, date, date], Iterable[Due]]

__all__ = ["KINDS", "Due", "due"]

SOURCES: Final[tuple[Source, ...]] = (
    problems.problems, desks.promises, desks.planned_visits, loans.look_backs_and_repayments, desks.nodes,
    desks.starts_and_finishes, desks.filings, desks.targets,
)  # fmt: skip
"""What makes duties: one line each. Asked with the first and the last day wanted, and the day at which they stand open."""


def due(ledger: Ledger, first: date, last: date, day: date) -> tuple[Due, ...]:
    """Every duty from ``first`` to ``last``, both included, still open at ``day``; by day, then by kind."""
    found = [one for source in SOURCES for one in source(ledger, first, last, day)]
    return tuple(sorted(found, key=lambda one: one.order))
