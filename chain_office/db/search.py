"""The search index: which records contain a text, exactly as LIKE would say, without reading them all.

Each record with text is one document in a contentless FTS5 table, broken into its pairs of neighbouring characters. A
needle's pairs narrow the documents down; the record itself then has the last word (LIKE), so an index that holds too
much costs time, never truth. A single character is looked for among the newest records first: where they do not yield
enough, it is rare, and the pairs that begin with it are few. A changed record gets a new document number: the highest
numbers are the newest, and what the old number left in the index points nowhere until a rebuild drops it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from chain_office.db.searchable import BY_KIND, TEXTS, Part, Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from chain_office.db.ledger import Ledger

_SPELLING = {code: 0xE000 + code for code in range(128) if not chr(code).isalnum()} | {
    code: code + 32 for code in range(ord("A"), ord("Z") + 1)
}
"""The tokenizer splits at ASCII signs, so they stand in as private-use characters. Letters fold as in LIKE."""
_END = "\x1f"
_PAIRS = 8
"""A longer needle is looked up by this many of its pairs, spread over it; LIKE settles the rest."""
_RECENT = 1000
"""Among so many of the newest documents a single character is looked for without the index."""
_ROW_ID = "CASE typeof(d.row_id) WHEN 'blob' THEN lower(hex(d.row_id)) ELSE d.row_id END"


@dataclass(frozen=True, slots=True)
class Found:
    """A record that contains the needle: its document number (higher is newer), table and id."""

    no: int
    table: str
    row_id: str


@dataclass(frozen=True, slots=True)
class _Source:
    """Where documents d are taken from, and the name of their number there."""

    sql: str
    number: str


_NEWEST = _Source("FROM search_doc d WHERE", "d.no")
_INDEXED = _Source(
    "FROM search_index f CROSS JOIN search_doc d ON d.no = f.rowid WHERE f.search_index MATCH :words AND", "f.rowid"
)


def find(
    ledger: Ledger, needles: Sequence[str], *, tables: Collection[str] = (), limit: int = 50, before: int | None = None
) -> tuple[Found, ...]:
    """Live records that contain every needle, newest first; ``before`` continues after a document number."""
    found: list[Found] = []
    columns = f"d.no, d.kind, {_ROW_ID}"
    for source, low, high in _stretches(ledger, needles, before):
        if len(found) < limit:
            sql = f"SELECT {columns} {_matching(source, len(needles), tuple(tables))} ORDER BY {source.number} DESC LIMIT :limit"
            rows = ledger.rows(sql, _arguments(needles, low, high, limit - len(found)))
            found += [Found(no, BY_KIND[kind].table, row_id) for no, kind, row_id in rows]
    return tuple(found)


def count(ledger: Ledger, needles: Sequence[str], *, tables: Collection[str] = (), cap: int = 1000) -> int:
    """How many live records contain every needle; one more than ``cap`` stands for "more"."""
    total = 0
    for source, low, high in _stretches(ledger, needles, None):
        if total <= cap:
            sql = f"SELECT count(*) FROM (SELECT 1 {_matching(source, len(needles), tuple(tables))} LIMIT :limit)"
            total += int(ledger.value(sql, _arguments(needles, low, high, cap + 1 - total)))
    return total


def _stretches(ledger: Ledger, needles: Sequence[str], before: int | None) -> list[tuple[_Source, int, int]]:
    """What to look through, newest first: (where, from this document number on, up to and without that one)."""
    if not needles or not all(needles):
        return []
    top = int(ledger.value("SELECT next_no FROM search_state")) if before is None else before
    if max(map(len, needles)) > 1:
        return [(_INDEXED, 0, top)]
    sql = "SELECT no FROM search_doc WHERE no < ? ORDER BY no DESC LIMIT 1 OFFSET ?"
    newest = int(ledger.value(sql, (top, _RECENT - 1)) or 0)
    return [(_NEWEST, newest, top), (_INDEXED, 0, newest)]


@lru_cache(64)
def _matching(source: _Source, needles: int, tables: tuple[str, ...]) -> str:
    """Documents d of a stretch whose record holds :like0, :like1 … each in one of its fields or parts."""
    kinds = [texts for texts in TEXTS if not tables or texts.table in tables]
    cases = " ".join(f"WHEN {one.kind} THEN {_contains(one, needles)}" for one in kinds)
    chosen = f"d.kind IN ({', '.join(str(one.kind) for one in kinds)}) AND " if tables else ""
    between = f"{source.number} >= :low AND {source.number} < :high"
    return f"{source.sql} {between} AND {chosen}CASE d.kind {cases} ELSE 0 END"


def _contains(texts: Texts, needles: int) -> str:
    tests = " AND ".join(f"({_one_of(texts, at)})" for at in range(needles))
    return f'EXISTS (SELECT 1 FROM "{texts.table}" t WHERE t.id = {_ROW_ID} AND t.deleted_at IS NULL AND {tests})'


def _one_of(texts: Texts, needle: int) -> str:
    own = _any_like("t", texts.columns, needle)
    return " OR ".join((own, *(_in_part(part, needle) for part in texts.parts)))


def _in_part(part: Part, needle: int) -> str:
    mine = f'c."{part.owner}" = t.id AND c.deleted_at IS NULL AND ({_any_like("c", part.columns, needle)})'
    return f'EXISTS (SELECT 1 FROM "{part.table}" c WHERE {mine})'


def _any_like(alias: str, columns: Iterable[str], needle: int) -> str:
    return " OR ".join(f"{alias}.\"{column}\" LIKE :like{needle} ESCAPE '\\'" for column in columns)


def _arguments(needles: Sequence[str], low: int, high: int, limit: int) -> dict[str, object]:
    likes = {f"like{at}": pattern(needle) for at, needle in enumerate(needles)}
    return {"words": question(needles), "low": low, "high": high, "limit": limit, **likes}


def pattern(needle: str) -> str:
    """The LIKE pattern (escape character ``\\``) that says: contains ``needle``."""
    for sign in ("\\", "%", "_"):
        needle = needle.replace(sign, "\\" + sign)
    return f"%{needle}%"


def question(needles: Sequence[str]) -> str:
    """The FTS5 query that every document with these needles meets."""
    long = [needle for needle in needles if len(needle) > 1]
    if long:
        return every([word for needle in long for word in _words(needle)])
    return " AND ".join(f'"{fold(needle)}" *' for needle in needles)


def _words(needle: str) -> list[str]:
    """Index words that every document containing the needle has."""
    pairs = _pairs(fold(needle))
    return [*pairs[:: max(1, -(-len(pairs) // _PAIRS))], pairs[-1]]


def _pairs(spelt: str) -> list[str]:
    return [first + second for first, second in pairwise(spelt)]


def fold(text: str) -> str:
    """The text in the index's spelling: as long as it was, and alike for texts LIKE holds to be alike."""
    return text.translate(_SPELLING)


def words_of(text: str) -> set[str]:
    """A text as the index's words: its distinct pairs of neighbours, the last character paired with an end sign."""
    return set(_pairs(fold(text + _END)))


def every(words: Sequence[str]) -> str:
    """The FTS5 query for documents that have all these words."""
    return " AND ".join(f'"{word}"' for word in dict.fromkeys(words))
