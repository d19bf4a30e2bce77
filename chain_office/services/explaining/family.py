"""What a family of figures has to say: which keys it has at a date, and each of them with its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.figures import Explained


class Family(Protocol):
    """Figures of one kind. A desk has a family of its own: a module with these two functions, named once in
    :data:`chain_office.services.explaining.FAMILIES`."""

    def keys(self, ledger: Ledger, day: date) -> tuple[str, ...]:
        """Its keys at ``day``, in the order they are listed."""

    def explain(self, ledger: Ledger, day: date, key: str) -> Explained:
        """The figure of one of its keys, with its rows."""
