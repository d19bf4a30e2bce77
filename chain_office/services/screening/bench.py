"""What stands on the bench: the queue, and one candidate with the category its words point to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.domain.category_words import guess
from chain_office.queries import screening as reading

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.category_words import Guess, Kind
    from chain_office.queries.screening import Candidate, Waiting


@dataclass(frozen=True, slots=True)
class Bench:
    """Who waits, in order, and the categories there are."""

    waiting: tuple[Waiting, ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate, and the category its words point to where it has none."""

    candidate: Candidate
    guess: Guess | None


def read_bench(ledger: Ledger, day: date, screener: str) -> Bench:
    """The queue of a screener at ``day``."""
    return Bench(reading.queue(ledger, day, screener, acting_day(day)), reading.kinds(ledger))


def read_candidate(ledger: Ledger, problem_id: str, day: date) -> Shown | None:
    """One candidate; None if it is gone."""
    found = reading.candidate(ledger, problem_id, day, acting_day(day))
    if found is None:
        return None
    hint = None if found.category_id else guess(f"{found.text}\n{found.demand}", reading.kinds(ledger))
    return Shown(found, hint)


def officers(ledger: Ledger) -> tuple[str, ...]:
    """Who may be at the bench."""
    return reading.officer_names(ledger)


def acting_day(day: date) -> date:
    """The day things done now are dated: the one the window shows, but never one that is still to come."""
    return min(day, clock.today())
