"""The search index: which records contain a text, exactly as LIKE would say, without reading them all.

Each record with text is one document in a contentless FTS5 table, broken into its characters and pairs of neighbouring
characters. A needle's pairs narrow the documents down; the record itself then has the last word (LIKE), so an index
that holds too much costs time, never truth. A changed record gets a new document number: the highest numbers are the
newest, and what the old number left in the index points nowhere until a rebuild drops it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from chain_office.db.searchable import BY_KIND, TEXTS, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from chain_office.db.session import Writer

    Select = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]

_CHUNK = 500
_SIGNS = {code: 0xE000 + code for code in range(128) if not chr(code).isalnum()}
"""The tokenizer splits at ASCII signs: they stand in the index as private-use characters."""
_SEPARATOR = "\x1f"
_PAIRS = 8
"""A longer needle is looked up by this many of its pairs, spread over it; LIKE settles the rest."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Where index and records disagree: (table, id) of records missing from it, changed behind it, or gone."""

    missing: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    broken: str = ""

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.gone or self.broken)


def grams(text: str) -> set[str]:
    """What a document is found by: its characters and its pairs of neighbours, in the index's spelling."""
    spelt = text.lower().translate(_SIGNS) if text.isascii() else _lower(text).translate(_SIGNS)
    return {*spelt, *map("".join, zip(spelt, spelt[1:], strict=False))}


def _lower(text: str) -> str:
    """ASCII letters only, as LIKE folds them: other letters stay what they are."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def expression(needle: str) -> str:
    """The FTS5 query that every document containing ``needle`` meets."""
    spelt = _lower(needle).translate(_SIGNS)
    if len(spelt) < 2:
        words = [spelt]
    else:
        pairs = [spelt[at : at + 2] for at in range(len(spelt) - 1)]
        step = max(1, -(-len(pairs) // _PAIRS))
        words = list(dict.fromkeys([*pairs[::step], pairs[-1]]))
    return " AND ".join(f'"{word}"' for word in words)


def pattern(needle: str) -> str:
    """The LIKE pattern (escape character ``\\``) that says: contains ``needle``."""
    for sign in ("\\", "%", "_"):
        needle = needle.replace(sign, "\\" + sign)
    return f"%{needle}%"


def candidates(tables: Iterable[str] | None = None) -> str:
    """SQL for the documents d that hold :needle's pairs (:words) and do contain :like in one of their fields."""
    kinds = [texts for texts in TEXTS if tables is None or texts.table in set(tables)]
    tests = " ".join(f"WHEN {one.kind} THEN EXISTS (SELECT 1 FROM {_source(one)} AND ({_contains(one)}))" for one in kinds)
    return (
        "FROM search_index f JOIN search_doc d ON d.no = f.rowid "
        f"WHERE f.search_index MATCH :words AND CASE d.kind {tests} ELSE 0 END"
    )


def _source(texts: Texts) -> str:
    return f'"{texts.table}" t WHERE t.id = d.row_id AND t.deleted_at IS NULL'


def _contains(texts: Texts) -> str:
    return " OR ".join(f"t.\"{column}\" LIKE :like ESCAPE '\\'" for column in texts.columns)


def refresh(writer: Writer) -> None:
    """Before a commit: bring the documents of every record the write touched up to date."""
    for texts in TEXTS:
        touched = sorted(writer.touched.get(texts.table, ()))
        for start in range(0, len(touched), _CHUNK):
            _refresh(writer, texts, touched[start : start + _CHUNK])


def _refresh(writer: Writer, texts: Texts, ids: list[str]) -> None:
    marks = ",".join("?" * len(ids))
    found = writer.select(f"{_read(texts)} AND id IN ({marks})", ids)
    present = {row[0]: " " for row in found}
    known = {
        row_id: (int(no), int(digest))
        for row_id, no, digest in writer.select(
            f"SELECT row_id, no, digest FROM search_doc WHERE kind = {texts.kind} AND row_id IN ({marks})", ids
        )
    }
    documents = {row[0]: text for row in found if (text := _joined(row))}
    outdated = [no for row_id, (no, digest) in known.items() if _digest(documents.get(row_id, "")) != digest]
    del present
    _drop(writer, outdated)
    new = [(row_id, text) for row_id, text in documents.items() if known.get(row_id, (0, None))[1] != _digest(text)]
    _add(writer, texts, new)
