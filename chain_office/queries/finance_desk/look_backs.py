"""Who is to be looked back at by a day, what was found before, and which loans end soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chain_office.domain.loans import RENEWED, Deal, Drawing, Need
from chain_office.domain.look_backs import (
    FINAL,
    LOOK_BACK_DAYS,
    MATURES_DAYS,
    Checkpoint,
    Review,
    checkpoints,
    months_later,
    term_months,
    wanted,
)
from chain_office.queries.finance_desk.deals import Standing, events

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chain_office.db.ledger import Ledger

__all__ = ["FINAL", "LOOK_BACK_DAYS", "Due", "LookBacks", "Repayment", "look_backs"]


@dataclass(frozen=True, slots=True)
class Due:
    """One look-back wanted: of a bank's answer (``deal``), or of a need no bank has taken up. ``last``: the one before."""

    checkpoint: Checkpoint
    deal: Deal | None
    need: Need | None
    last: Review | None
    from_event: bool

    @property
    def reference(self) -> str:
        """ "match:<id>" or "need:<id>"."""
        if self.deal is not None:
            return f"match:{self.deal.id}"
        return f"need:{self.need.id}" if self.need is not None else ""


@dataclass(frozen=True, slots=True)
class Repayment:
    """A loan that ends on ``day``. ``reckoned``: worked out from its term, nobody wrote the day down. ``left``: days to it,
    below 0 after it."""

    deal: Deal
    drawing: Drawing
    day: date
    reckoned: bool
    left: int


@dataclass(frozen=True, slots=True)
class LookBacks:
    """``due``: the most overdue first, then those of the week ahead. ``made``: look-backs made so far, by outcome."""

    day: date
    due: tuple[Due, ...]
    repayments: tuple[Repayment, ...]
    made: Mapping[str, int]

    @property
    def overdue(self) -> int:
        """Look-backs whose day has passed."""
        return sum(one.checkpoint.late > 0 for one in self.due)


def look_backs(ledger: Ledger, found: Standing, *, after_step: bool = False, until: date | None = None) -> LookBacks:
    """What is wanted of these deals and needs. ``after_step``: counted from the last thing that happened instead of from
    the event. ``until``: every look-back and loan's end up to that day, not only what is near (for a calendar)."""
    held = {one.id: one.day for one in events(ledger) if one.day is not None and one.day <= found.day}
    of_match, of_need = _reviews(ledger, found.day)
    due = [
        *_of_deals(found, held, of_match, after_step=after_step, until=until),
        *_of_needs(found, held, of_need, until),
    ]
    due.sort(key=lambda one: (-one.checkpoint.late, one.reference))
    made: dict[str, int] = {}
    mine = {one.id for one in found.deals}, {one.id for one in found.needs}
    for ids, reviews in zip(mine, (of_match, of_need), strict=True):
        for row_id in ids & reviews.keys():
            for one in reviews[row_id]:
                made[one.outcome] = made.get(one.outcome, 0) + 1
    return LookBacks(found.day, tuple(due), tuple(_repayments(found, until)), made)


def _reviews(ledger: Ledger, day: date) -> tuple[dict[str, list[Review]], dict[str, list[Review]]]:
    rows = ledger.rows(
        "SELECT match_id, need_id, day, after_days, coalesce(outcome, '') FROM loan_review "
        "WHERE deleted_at IS NULL AND day <= ? ORDER BY day, id",
        (day.isoformat(),),
    )
    of_match: dict[str, list[Review]] = {}
    of_need: dict[str, list[Review]] = {}
    for match, need, at, after, outcome in rows:
        one = Review(date.fromisoformat(at), after, outcome)
        if match:
            of_match.setdefault(match, []).append(one)
        elif need:
            of_need.setdefault(need, []).append(one)
    return of_match, of_need


def _open(since: date | None, made: Sequence[Review], day: date, until: date | None) -> tuple[Checkpoint, ...]:
    if since is None:
        return ()
    if until is not None:
        return checkpoints(since, made, day, until)
    near = wanted(since, made, day)
    return () if near is None else (near,)


def _of_deals(
    found: Standing,
    held: Mapping[str, date],
    reviews: Mapping[str, Sequence[Review]],
    *,
    after_step: bool,
    until: date | None,
) -> Iterator[Due]:
    for deal in found.deals:
        if deal.refused or _landed(deal):
            continue
        event = held.get(deal.event_id)
        since = (deal.known_day or event) if after_step else (event or deal.known_day)
        made = reviews.get(deal.id, ())
        for checkpoint in _open(since, made, found.day, until):
            yield Due(checkpoint, deal, None, made[-1] if made else None, since == event)


def _landed(deal: Deal) -> bool:
    """All that was granted is drawn."""
    return deal.stage == "drawn" and (deal.drawn_yuan or 0) >= (deal.granted_yuan or 0)


def _of_needs(
    found: Standing, held: Mapping[str, date], reviews: Mapping[str, Sequence[Review]], until: date | None
) -> Iterator[Due]:
    """Needs no bank is at work on: none was brought together with them, or all said no."""
    alive = {one.need_id for one in found.deals if not one.refused}
    at_work = {(one.borrower_id, one.event_id) for one in found.deals if not one.refused and not one.need_id}
    for need in found.needs:
        since = held.get(need.event_id)
        if since is None or need.id in alive or (need.borrower_id, need.event_id) in at_work:
            continue
        made = reviews.get(need.id, ())
        for checkpoint in _open(since, made, found.day, until):
            yield Due(checkpoint, None, need, made[-1] if made else None, from_event=True)


def _repayments(found: Standing, wanted_until: date | None) -> list[Repayment]:
    until, since = found.day + timedelta(days=MATURES_DAYS), found.day - timedelta(days=MATURES_DAYS)
    until = max(until, wanted_until or until)
    renewed: dict[tuple[str, str], list[date]] = {}
    for deal in found.deals:
        for one in deal.drawings:
            if one.kind == RENEWED:
                renewed.setdefault((deal.borrower_id, deal.bank_id), []).append(one.day)
    made = []
    for deal in found.deals:
        for one in deal.drawings:
            months = None if one.repay_day else term_months(one.term)
            end = one.repay_day or (months_later(one.day, months) if months else None)
            if end is None or not since <= end <= until:
                continue
            again = renewed.get((deal.borrower_id, deal.bank_id), ())
            if not any(one.day < day and day >= end - timedelta(days=MATURES_DAYS) for day in again):
                made.append(Repayment(deal, one, end, one.repay_day is None, (end - found.day).days))
    return sorted(made, key=lambda one: (one.day, one.deal.number))
