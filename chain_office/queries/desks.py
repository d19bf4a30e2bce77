"""Which desks hold anything at all: an empty desk is not known, which is not the same as none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Desks:
    """Whether each desk has a row that is not in the bin."""

    enterprises: bool
    visits: bool
    problems: bool
    finance: bool
    projects: bool
    output: bool


def recorded(ledger: Ledger) -> Desks:
    """What has been entered, of any date."""
    tables = ("register_spell", "visit", "problem", "match", "project", "monthly_output")
    found = ledger.rows(
        "SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {table} WHERE deleted_at IS NULL)" for table in tables)
    )[0]
    return Desks(*map(bool, found))
