"""The search index: which records contain a text, exactly as LIKE would say, without reading them all.

Each record with text is one document in a contentless FTS5 table, broken into its pairs of neighbouring characters. A
needle's pairs narrow the documents down; the record itself then has the last word (LIKE), so an index that holds too
much costs time, never truth. A single character is looked for among the newest records first: where they do not yield
enough, it is rare, and the pairs that begin with it are few. A changed record gets a new document number: the highest
numbers are the newest, and what the old number left in the index points nowhere until a rebuild drops it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from chain_office.db.searchable import BY_KIND, TEXTS, Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from chain_office.db.ledger import Ledger

_SPELLING = {code: 0xE000 + code for code in range(128) if not chr(code).isalnum()} | {
    code: code + 32 for code in range(ord("A"), ord("Z") + 1)
}
"""The tokenizer splits at ASCII signs, so they stand in as private-use characters. Letters fold as in LIKE."""
_PAIRS = 8
"""A longer needle is looked up by this many of its pairs, spread over it; LIKE settles the rest."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that contains the needle: its document number (higher is newer), table and id."""

    no: int
    table: str
    row_id: str


def find(
    ledger: Ledger, needles: Sequence[str], *, tables: Collection[str] = (), limit: int = 50, before: int | None = None
) -> tuple[Found, ...]:
    """Live records that contain every needle, newest first; ``before`` continues after a document number."""
    wanted = [one for one in needles if one]
    if not wanted:
        return ()
    top = before if before is not None else int(ledger.value("SELECT coalesce(max(no), 0) + 1 FROM search_doc"))
    if max(map(len, wanted)) > 1:
        return _found(ledger, _indexed(wanted), wanted, tables, (0, top), limit)
    newest = max(0, top - _RECENT)
    found = _found(ledger, _RECENT_DOCUMENTS, wanted, tables, (newest, top), limit)
    if newest and len(found) < limit:
        found += _found(ledger, _indexed(wanted), wanted, tables, (0, newest), limit - len(found))
    return found


def _found(  # what to look in, for what, between which document numbers
    ledger: Ledger,
    source: str,
    needles: Sequence[str],
    tables: Collection[str],
    between: tuple[int, int],
    limit: int,
) -> tuple[Found, ...]:
    rows = ledger.rows(
        f"SELECT d.no, d.kind, {ROW_ID} {source} AND {_holds(needles, tables)} ORDER BY {_NUMBER[source[5]]} DESC LIMIT :limit",
        {**_arguments(needles), "low": between[0], "high": between[1], "limit": limit},
    )
    return tuple(Found(no, BY_KIND[kind].table, row_id) for no, kind, row_id in rows)
