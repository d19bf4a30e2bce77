"""How often the office wants to visit, as its settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.db.settings import read_settings
from chain_office.domain.visiting import Pace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

KEYS: Final[Mapping[str, str]] = {
    "every_days": "visit_every_days",
    "protected_days": "visit_protected_days",
    "monthly_most": "visit_protected_monthly",
}
"""Field of :class:`Pace` → the setting it is kept under."""


def visit_pace(ledger: Ledger) -> Pace:
    """The office's own numbers; the usual ones where it set none."""
    kept, usual = read_settings(ledger), Pace()
    found = {name: kept.get(key, "") for name, key in KEYS.items()}
    return Pace(**{name: int(text) if text.isdigit() else getattr(usual, name) for name, text in found.items()})
