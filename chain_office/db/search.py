"""The search index: which records contain a text, exactly as LIKE would say, without reading them all.

Each record with text is one document in a contentless FTS5 table, broken into its characters and pairs of neighbouring
characters. A needle's pairs narrow the documents down; the record itself then has the last word (LIKE), so an index
that holds too much costs time, never truth. A changed record gets a new document number: the highest numbers are the
newest, and what the old number left in the index points nowhere until a rebuild drops it.
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
    below = "" if before is None else " AND f.rowid < :before"
    rows = ledger.rows(
        f"SELECT d.no, d.kind, d.row_id {_matching(wanted, tables)}{below} ORDER BY f.rowid DESC LIMIT :limit",
        {**_arguments(wanted), "limit": limit, "before": before},
    )
    return tuple(Found(no, BY_KIND[kind].table, row_id) for no, kind, row_id in rows)


def count(ledger: Ledger, needles: Sequence[str], *, tables: Collection[str] = (), cap: int = 1000) -> int:
    """How many live records contain every needle; one more than ``cap`` stands for "more"."""
    wanted = [one for one in needles if one]
    if not wanted:
        return 0
    found = ledger.value(
        f"SELECT count(*) FROM (SELECT 1 {_matching(wanted, tables)} LIMIT :limit)",
        {**_arguments(wanted), "limit": cap + 1},
    )
    return int(found)


def _matching(needles: Sequence[str], tables: Collection[str]) -> str:
    """Documents d whose record holds :like0, :like1 … each in one of its fields."""
    kinds = [texts for texts in TEXTS if not tables or texts.table in tables]
    cases = " ".join(f"WHEN {one.kind} THEN {_contains(one, len(needles))}" for one in kinds)
    chosen = f" AND d.kind IN ({', '.join(str(one.kind) for one in kinds)})" if tables else ""
    return (
        "FROM search_index f CROSS JOIN search_doc d ON d.no = f.rowid "
        f"WHERE f.search_index MATCH :words{chosen} AND CASE d.kind {cases} ELSE 0 END"
    )


def _contains(texts: Texts, needles: int) -> str:
    tests = " AND ".join(
        "(" + " OR ".join(f"t.\"{column}\" LIKE :like{at} ESCAPE '\\'" for column in texts.columns) + ")"
        for at in range(needles)
    )
    return f'EXISTS (SELECT 1 FROM "{texts.table}" t WHERE t.id = d.row_id AND t.deleted_at IS NULL AND {tests})'


def _arguments(needles: Sequence[str]) -> dict[str, object]:
    likes = {f"like{at}": pattern(needle) for at, needle in enumerate(needles)}
    words = list(dict.fromkeys(word for needle in needles for word in _words(needle)))
    return {"words": every(words), **likes}


def pattern(needle: str) -> str:
    """The LIKE pattern (escape character ``\\``) that says: contains ``needle``."""
    for sign in ("\\", "%", "_"):
        needle = needle.replace(sign, "\\" + sign)
    return f"%{needle}%"


def _words(needle: str) -> list[str]:
    """Index words that every document containing the needle has."""
    if len(needle) == 1:
        return [fold(needle)]
    pairs = _pairs(fold(needle))
    return [*pairs[:: max(1, -(-len(pairs) // _PAIRS))], pairs[-1]]


def _pairs(spelt: str) -> list[str]:
    return [first + second for first, second in pairwise(spelt)]


def fold(text: str) -> str:
    """The text in the index's spelling: as long as it was, and alike for texts LIKE holds to be alike."""
    return text.translate(_SPELLING)


def words_of(text: str) -> set[str]:
    """A text as the index's words: its distinct characters and pairs of neighbours."""
    spelt = fold(text)
    return {*spelt, *_pairs(spelt)}


def every(words: Sequence[str]) -> str:
    """The FTS5 query for documents that have all these words."""
    return " AND ".join(f'"{word}"' for word in words)
