"""The office's own light rules for problems, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.lights import Rule

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


def problem_rules(ledger: Ledger) -> tuple[Rule, ...]:
    """The rules the office keeps; each names a condition of `domain.lights` and, where it has one, its limit."""
    rows = ledger.rows(
        "SELECT light, condition, coalesce(threshold, 0) FROM light_rule "
        "WHERE deleted_at IS NULL AND desk = 'problems' ORDER BY rank"
    )
    return tuple(Rule(light, condition, int(limit)) for light, condition, limit in rows)
