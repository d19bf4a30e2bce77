"""The matches behind a number of the finance desk, so that it can be opened in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.loans import NEW, RENEWED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chain_office.domain.loans import Deal
    from chain_office.queries.finance_desk.deals import Standing


def _kind(wanted: str) -> Callable[[Deal], bool]:
    return lambda deal: any(one.kind == wanted for one in deal.drawings)


_COUNTED: Final[Mapping[str, Callable[[Deal], bool]]] = {
    "need": lambda deal: bool(deal.need_id),
    "intent": lambda deal: deal.matched,
    "granted": lambda deal: deal.granted_yuan is not None,
    "drawn": lambda deal: bool(deal.drawings),
    "new": _kind(NEW),
    "renewed": _kind(RENEWED),
    "unsaid": lambda deal: any(one.kind not in {NEW, RENEWED} for one in deal.drawings),
    "rate": lambda deal: any(one.rate is not None for one in deal.drawings),
    "refused": lambda deal: deal.refused,
    "landed_yuan": lambda deal: deal.granted_yuan is not None or bool(deal.drawings),
    "landed_parties": lambda deal: deal.matched,
    "waiting": lambda deal: deal.stage == "granted" or (deal.drawn_yuan or 0) < (deal.granted_yuan or 0),
    "every": lambda _deal: True,
}
"""What is counted → which deals it counts (a rate: those of its denominator)."""


def rows_behind(
    found: Standing, key: str, *, bank_id: str | None = None, borrower_id: str | None = None
) -> frozenset[str]:
    """Ids of the matches behind a number: of a bank ("": without one), of a borrower, of both, or of all."""
    counts = _COUNTED[key]
    return frozenset(
        deal.id
        for deal in found.deals
        if counts(deal)
        and (bank_id is None or deal.bank_id == bank_id)
        and (borrower_id is None or deal.borrower_id == borrower_id)
    )
