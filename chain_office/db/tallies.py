"""The tallies that triggers keep (their DDL stands in the schema): made anew on demand, and compared with the rows.

``tally_unit_state``: live problems by lead unit ("" = none) and state. ``tally_month``: live monthly reports by month:
firms reporting, and the month's and the cumulative amounts with how many firms stated them. A counted-out line stays
with zeros.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer


@dataclass(frozen=True, slots=True)
class Tally:
    """A tally table: its key, its numbers, and the query that works them out from the rows."""

    table: str
    keys: tuple[str, ...]
    numbers: tuple[str, ...]
    truth: str


TALLIES = (
    Tally(
        "tally_unit_state",
        ("unit_id", "state"),
        ("problems",),
        "SELECT coalesce(lead_unit_id, ''), state, count(*) FROM problem WHERE deleted_at IS NULL GROUP BY 1, 2",
    ),
    Tally(
        "tally_month",
        ("month",),
        ("firms", "month_firms", "month_yuan", "cum_firms", "cum_yuan"),
        "SELECT month, count(*), count(month_yuan), coalesce(sum(month_yuan), 0), count(cum_yuan), "
        "coalesce(sum(cum_yuan), 0) FROM monthly_output WHERE deleted_at IS NULL GROUP BY month",
    ),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of a tally that is not what the rows say. Numbers in the tally's order; a missing line counts as zeros."""

    table: str
    key: tuple[str, ...]
    kept: tuple[int, ...]
    counted: tuple[int, ...]


def check(ledger: Ledger) -> tuple[Difference, ...]:
    """Count everything again and name the lines that differ. Writes nothing."""
    found = []
    for tally in TALLIES:
        columns = ", ".join((*tally.keys, *tally.numbers))
        kept = _lines(tally, ledger.rows(f"SELECT {columns} FROM {tally.table}"))
        counted = _lines(tally, ledger.rows(tally.truth))
        nothing = (0,) * len(tally.numbers)
        for key in sorted(kept.keys() | counted.keys()):
            ours, theirs = kept.get(key, nothing), counted.get(key, nothing)
            if ours != theirs:
                found.append(Difference(tally.table, key, ours, theirs))
    return tuple(found)


def _lines(tally: Tally, rows: list[tuple[Any, ...]]) -> dict[tuple[str, ...], tuple[int, ...]]:
    width = len(tally.keys)
    return {tuple(row[:width]): tuple(row[width:]) for row in rows}


def rebuild(writer: Writer) -> None:
    """Make every tally anew from the rows."""
    for tally in TALLIES:
        writer.derive(f"DELETE FROM {tally.table}")
        writer.derive(f"INSERT INTO {tally.table}({', '.join((*tally.keys, *tally.numbers))}) {tally.truth}")
