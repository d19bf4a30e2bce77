"""Keeping the search index true: in every write, anew on demand, and checked against the records."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from chain_office.db.search import every, words_of
from chain_office.db.searchable import BY_KIND, TEXTS, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer

_CHUNK = 500
_SAMPLE = 500
_SEPARATOR = "\x1f"
_ADD = "INSERT INTO search_doc(no, kind, row_id, digest) VALUES (?, ?, ?, ?)"
_INDEX = "INSERT INTO search_index(rowid, words) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class Faults:
    """Where the index and the records disagree, as (table, id): a record the index lacks, one changed behind its back,
    one that is no longer there, one that its own words do not find (looked at in a sample)."""

    missing: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    lost: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.gone or self.lost)


def refresh(writer: Writer) -> None:
    """Before a commit: bring the documents of every record the write touched up to date."""
    touched = writer.touched
    for texts in TEXTS:
        for ids in _chunks(sorted(touched.get(texts.table, ()))):
            _refresh(writer, texts, ids)


def _refresh(writer: Writer, texts: Texts, ids: Sequence[str]) -> None:
    marks = ",".join("?" * len(ids))
    worth = f"{_live(texts)} AND {_says_something(texts)} AND id IN ({marks}) ORDER BY id"
    rows = writer.select(f"SELECT id, {_columns(texts)} FROM {worth}", ids)
    text = {row[0]: _SEPARATOR.join(one or "" for one in row[1:]) for row in rows}
    known = {
        row_id: (no, digest)
        for row_id, no, digest in writer.select(
            f"SELECT row_id, no, digest FROM search_doc WHERE kind = {texts.kind} AND row_id IN ({marks})", ids
        )
    }
    if not text and not known:
        return
    digests = {row_id: _digest(one) for row_id, one in text.items()}
    outdated = [(no,) for row_id, (no, digest) in known.items() if digests.get(row_id) != digest]
    writer.derive_many("DELETE FROM search_doc WHERE no = ?", outdated)
    new = [row_id for row_id, digest in digests.items() if row_id not in known or known[row_id][1] != digest]
    first = _take_numbers(writer, len(new), stale=len(outdated))
    numbered = list(enumerate(new, start=first))
    writer.derive_many(_ADD, [(no, texts.kind, row_id, digests[row_id]) for no, row_id in numbered])
    writer.derive_many(_INDEX, [(no, " ".join(words_of(text[row_id]))) for no, row_id in numbered])


def _columns(texts: Texts) -> str:
    return ", ".join(f't."{column}"' for column in texts.columns)


def _live(texts: Texts) -> str:
    return f'"{texts.table}" t WHERE t.deleted_at IS NULL'


def _says_something(texts: Texts) -> str:
    return "(" + " OR ".join(f"t.\"{column}\" <> ''" for column in texts.columns) + ")"


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


def _take_numbers(writer: Writer, amount: int, *, stale: int = 0) -> int:
    """The first of ``amount`` new document numbers; notes how many old ones are now of no use."""
    first = int(writer.select("SELECT next_no FROM search_state WHERE id = 1")[0][0])
    if amount or stale:
        writer.derive("UPDATE search_state SET next_no = next_no + ?, stale = stale + ? WHERE id = 1", (amount, stale))
    return first


def rebuild(writer: Writer) -> int:
    """Make the index anew from the records, keeping the order of the documents; returns how many there are."""
    writer.derive("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    for texts in TEXTS:
        worth = f"{_live(texts)} AND {_says_something(texts)}"
        writer.derive(f"DELETE FROM search_doc WHERE kind = {texts.kind} AND row_id NOT IN (SELECT t.id FROM {worth})")
        known = f"SELECT row_id FROM search_doc WHERE kind = {texts.kind}"
        new = writer.select(f"SELECT t.id FROM {worth} AND t.id NOT IN ({known}) ORDER BY t.id")
        first = _take_numbers(writer, len(new))
        writer.derive_many(_ADD, ((first + at, texts.kind, row_id, 0) for at, (row_id,) in enumerate(new)))
    numbered = writer.select("SELECT no, kind, row_id FROM search_doc ORDER BY no")
    for batch in _chunks(numbered):
        _index_batch(writer, batch)
    writer.derive("UPDATE search_state SET stale = 0 WHERE id = 1")
    return len(numbered)


def _index_batch(writer: Writer, batch: Sequence[tuple[int, int, str]]) -> None:
    found: dict[tuple[int, str], str] = {}
    for kind in {row[1] for row in batch}:
        ids = [row[2] for row in batch if row[1] == kind]
        texts = BY_KIND[kind]
        marks = ",".join("?" * len(ids))
        rows = writer.select(f"SELECT id, {_columns(texts)} FROM {_live(texts)} AND id IN ({marks})", ids)
        found.update(((kind, row[0]), _SEPARATOR.join(one or "" for one in row[1:])) for row in rows)
    read = [(no, found[kind, row_id]) for no, kind, row_id in batch]
    writer.derive_many(_INDEX, [(no, " ".join(words_of(text))) for no, text in read])
    writer.derive_many("UPDATE search_doc SET digest = ? WHERE no = ?", [(_digest(text), no) for no, text in read])


def check(ledger: Ledger) -> Faults:
    """Compare the index with the records, whoever changed them. Writes nothing."""
    missing, changed, gone = [], [], []
    for texts in TEXTS:
        for row_id, digest, text in _compared(ledger, texts):
            if digest is None and text:
                missing.append((texts.table, row_id))
            elif digest is not None and not text:
                gone.append((texts.table, row_id))
            elif digest is not None and digest != _digest(text):
                changed.append((texts.table, row_id))
        orphans = (
            f"SELECT row_id FROM search_doc WHERE kind = {texts.kind} AND row_id NOT IN (SELECT id FROM {_live(texts)})"
        )
        gone.extend((texts.table, row[0]) for row in ledger.rows(orphans))
    doubted = set(changed) | set(gone)
    return Faults(
        tuple(missing), tuple(changed), tuple(gone), tuple(one for one in _lost(ledger) if one not in doubted)
    )


def _compared(ledger: Ledger, texts: Texts) -> Iterator[tuple[str, int | None, str]]:
    """(id, digest as indexed, text as it stands) of every live record of a table."""
    source = f'"{texts.table}" t LEFT JOIN search_doc d ON d.row_id = t.id AND d.kind = {texts.kind}'
    cursor = ledger.database.execute_sql(
        f"SELECT t.id, d.digest, {_columns(texts)} FROM {source} WHERE t.deleted_at IS NULL"
    )
    for row in cursor:
        yield row[0], row[1], _SEPARATOR.join(one or "" for one in row[2:]) if any(row[2:]) else ""


def _lost(ledger: Ledger) -> list[tuple[str, str]]:
    """Of a sample spread over all documents: those the index does not find by their own words."""
    total = int(ledger.value("SELECT count(*) FROM search_doc"))
    step = max(1, total // _SAMPLE)
    lost = []
    for no, kind, row_id in ledger.rows("SELECT no, kind, row_id FROM search_doc WHERE no % ? = 0", (step,)):
        texts = BY_KIND[kind]
        for row in ledger.rows(f"SELECT {_columns(texts)} FROM {_live(texts)} AND t.id = ?", (row_id,)):
            words = sorted(words_of(_SEPARATOR.join(one or "" for one in row)))
            question = "SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid = ?"
            if not all(ledger.rows(question, (every(few), no)) for few in _chunks(words)):
                lost.append((texts.table, row_id))
    return lost


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
