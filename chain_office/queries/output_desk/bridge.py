"""The bridge between nominal and same-sample growth, firm by firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.growth import covered, cumulative, within
from chain_office.domain.output_bridge import Before, Bridge, bridge_of
from chain_office.domain.periods import previous_year
from chain_office.queries.output import growth, known_year, published_on, reports_between
from chain_office.queries.output_desk.members import members

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.output_breakdown import Member


def bridge(ledger: Ledger, day: date) -> Bridge | None:
    """From last year's published total to the base of the same firms, and this year's likewise; None where last year's total
    or the base is not known."""
    return ledger.recall(("output bridge", day), lambda: _bridge(ledger, day))


def _bridge(ledger: Ledger, day: date) -> Bridge | None:
    found, grown = members(ledger, day), growth(ledger, day)
    if (
        grown.last_published_yuan is None
        or grown.sample.base_yuan is None
        or not found.to_month
        or not found.from_month
    ):
        return None
    then = previous_year(found.to_month)
    known = None if published_on(ledger, day, then) == day else known_year(ledger, day, then).totals
    return bridge_of(
        (found.from_month, found.to_month),
        found.every,
        grown.last_published_yuan,
        _own_bases(ledger, day, found.from_month, found.to_month, _restated(found.every, known), known),
        known,
        stated=grown.stated,
    )


def _restated(every: Collection[Member], known: Mapping[str, int] | None) -> list[Member]:
    """Firms whose base is not what they counted for last year."""
    return [
        one
        for one in every
        if one.cum.base_yuan not in {None, one.cum.last_yuan}
        and (one.cum.last_yuan is not None or (known is not None and one.id in known))
    ]


def _own_bases(
    ledger: Ledger, day: date, first: str, last: str, restated: list[Member], known: Mapping[str, int] | None
) -> dict[str, Before]:
    """Firm → what it reported itself last year for the very months it reports this year, and which months these are."""
    whole = frozenset(range(1, int(last[5:]) + 1))
    plain = {one.id: one.cum.last_yuan for one in restated if one.plain and (known is None or one.id in known)}
    found = {one: Before(yuan if known is None else known[one], whole) for one, yuan in plain.items()}
    firms = [one.id for one in restated if one.id not in found]
    now = reports_between(ledger, day, first, last, firms)
    then = reports_between(ledger, day, previous_year(first), previous_year(last), firms)
    for firm in firms:
        months = covered({one.month: (one.month_yuan, one.cum_yuan) for one in now.get(firm, [])})
        own = within({one.month: (one.month_yuan, one.cum_yuan) for one in then.get(firm, [])}, months)
        if covered(own) == months:
            found[firm] = Before(cumulative(own), months)
    return found
