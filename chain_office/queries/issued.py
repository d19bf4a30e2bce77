"""Papers that were issued: when, of what date, and what they froze."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_COLUMNS = (
    "p.id, p.kind, p.as_of, p.at, p.sha256, coalesce(p.name, ''), "
    "(SELECT a.id FROM attachment a WHERE a.table_name = 'issued_pack' AND a.row_id = p.id AND a.deleted_at IS NULL "
    "AND a.sha256 = p.sha256 LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper as issued. ``at``: the moment; ``attachment``: its PDF, "" if that is gone."""

    id: str
    kind: str
    as_of: date
    at: str
    sha256: str
    name: str
    attachment: str


def issued_packs(ledger: Ledger) -> tuple[Issued, ...]:
    """Every paper issued, newest first."""
    rows = ledger.rows(f"SELECT {_COLUMNS} FROM issued_pack p WHERE p.deleted_at IS NULL ORDER BY p.at DESC, p.id DESC")
    return tuple(map(_issued, rows))


def last_issued(ledger: Ledger, day: date, kind: str = "") -> Issued | None:
    """The paper issued last among those of a date up to ``day`` (of one kind); None if there is none."""
    rows = ledger.rows(
        f"SELECT {_COLUMNS} FROM issued_pack p WHERE p.deleted_at IS NULL AND p.as_of <= :day "
        "AND (:kind = '' OR p.kind = :kind) ORDER BY p.as_of DESC, p.at DESC, p.id DESC LIMIT 1",
        {"day": day.isoformat(), "kind": kind},
    )
    return _issued(rows[0]) if rows else None


def names_given(ledger: Ledger, kind: str, day: date) -> tuple[str, ...]:
    """The names of all papers of a kind and date, those taken back included."""
    rows = ledger.rows(
        "SELECT coalesce(name, '') FROM issued_pack WHERE kind = ? AND as_of = ?", (kind, day.isoformat())
    )
    return tuple(name for (name,) in rows)


def frozen_text(ledger: Ledger, pack: str) -> str:
    """What a paper froze, as it was stored."""
    return str(ledger.value("SELECT figures FROM issued_pack WHERE id = ?", (pack,)) or "")


def _issued(row: tuple[str, str, str, str, str, str, str | None]) -> Issued:
    row_id, kind, as_of, at, digest, name, attachment = row
    return Issued(row_id, kind, date.fromisoformat(as_of), at, digest, name, attachment or "")
