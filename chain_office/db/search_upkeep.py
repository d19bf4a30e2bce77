"""Keeping the search index true: in every write, anew on demand, and checked against the records."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from chain_office.db.search import every, words_of
from chain_office.db.searchable import BY_KIND, TEXTS, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer

    Select = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]

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
        records = set(touched.get(texts.table, ()))
        for part in texts.parts:
            for ids in _chunks(sorted(touched.get(part.table, ()))):
                sql = f'SELECT DISTINCT "{part.owner}" FROM "{part.table}" WHERE id IN ({_marks(ids)})'
                records.update(row[0] for row in writer.select(sql, ids))
        for ids in _chunks(sorted(records)):
            _refresh(writer, texts, ids)


def _refresh(writer: Writer, texts: Texts, ids: Sequence[str]) -> None:
    text = texts_of(writer.select, texts, ids)
    keys = [_key(one) for one in ids]
    sql = f"SELECT row_id, no, digest FROM search_doc WHERE row_id IN ({_marks(keys)}) AND kind = {texts.kind}"
    known = {_plain(row_id): (no, digest) for row_id, no, digest in writer.select(sql, keys)}
    if not text and not known:
        return
    digests = {row_id: _digest(one) for row_id, one in text.items()}
    outdated = [(no,) for row_id, (no, digest) in known.items() if digests.get(row_id) != digest]
    new = [row_id for row_id in digests if row_id not in known or known[row_id][1] != digests[row_id]]
    if not outdated and not new:
        return
    writer.derive_many("DELETE FROM search_doc WHERE no = ?", outdated)
    numbered = list(enumerate(new, start=_take_numbers(writer, len(new), stale=len(outdated))))
    writer.derive_many(_ADD, [(no, texts.kind, _key(row_id), digests[row_id]) for no, row_id in numbered])
    writer.derive_many(_INDEX, [(no, " ".join(words_of(text[row_id]))) for no, row_id in numbered])


def texts_of(select: Select, texts: Texts, ids: Sequence[str]) -> dict[str, str]:
    """The searched text of live records by id, in the order of the ids: its own fields, then those of its parts.
    Records without any are left out."""
    marks = _marks(ids)
    live = f'SELECT id, {_columns(texts.columns)} FROM "{texts.table}" WHERE id IN ({marks}) AND deleted_at IS NULL'
    pieces = {row[0]: [one for one in row[1:] if one] for row in select(live, ids)}
    for part in texts.parts:
        columns = _columns(part.columns)
        says = " OR ".join(f"\"{column}\" <> ''" for column in part.columns)
        rows = select(
            f'SELECT "{part.owner}", {columns} FROM "{part.table}" '
            f'WHERE "{part.owner}" IN ({marks}) AND deleted_at IS NULL AND ({says}) ORDER BY id',
            ids,
        )
        for row in rows:
            if row[0] in pieces:
                pieces[row[0]] += [one for one in row[1:] if one]
    return {one: _SEPARATOR.join(pieces[one]) for one in ids if pieces.get(one)}


def _columns(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _marks(items: Sequence[object]) -> str:
    return ",".join("?" * len(items))


def _key(row_id: str) -> bytes | str:
    """A record's id as the index keeps it: half as long where it is one of ours."""
    try:
        packed = bytes.fromhex(row_id)
    except ValueError:
        return row_id
    return packed if packed.hex() == row_id else row_id


def _plain(key: bytes | str) -> str:
    return key.hex() if isinstance(key, bytes) else key


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big") >> 1  # fits four bytes


def _take_numbers(writer: Writer, amount: int, *, stale: int = 0) -> int:
    """The first of ``amount`` new document numbers; notes how many old ones are now of no use."""
    first = int(writer.select("SELECT next_no FROM search_state")[0][0])
    writer.derive("UPDATE search_state SET next_no = next_no + ?, stale = stale + ?", (amount, stale))
    return first


def rebuild(writer: Writer) -> int:
    """Make the index anew from the records; returns how many documents there are. Those numbered before keep their order,
    the others follow in the order of their ids, which is that of their making."""
    stored = writer.select("SELECT kind, row_id, no FROM search_doc")
    numbers = {(kind, _plain(key)): no for kind, key, no in stored}
    writer.derive("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    writer.derive("DELETE FROM search_doc")
    live = [(texts.kind, one) for texts in TEXTS for one in _ids(writer.select, texts)]
    known = sorted((one for one in live if one in numbers), key=numbers.__getitem__)
    new = sorted((one for one in live if one not in numbers), key=lambda record: record[1])
    documents = sum(_index(writer, batch, numbers) for batch in _chunks(known))
    documents += sum(_index(writer, batch, {}) for batch in _chunks(new))
    writer.derive("UPDATE search_state SET stale = 0")
    writer.derive("INSERT INTO search_index(search_index) VALUES ('optimize')")
    return documents


def _ids(select: Select, texts: Texts) -> list[str]:
    """Live records that have a text, or parts that may have one."""
    says = " OR ".join(f"\"{column}\" <> ''" for column in texts.columns) if not texts.parts else "TRUE"
    return [
        row[0]
        for row in select(f'SELECT id FROM "{texts.table}" WHERE deleted_at IS NULL AND ({says}) ORDER BY id', ())
    ]


def _index(writer: Writer, batch: Sequence[tuple[int, str]], numbers: Mapping[tuple[int, str], int]) -> int:
    """Add the documents of these records, under new numbers where they have none."""
    found: dict[tuple[int, str], str] = {}
    for kind in {one[0] for one in batch}:
        ids = [one[1] for one in batch if one[0] == kind]
        found |= {(kind, one): text for one, text in texts_of(writer.select, BY_KIND[kind], ids).items()}
    records = [one for one in batch if one in found]
    first = 0 if numbers else _take_numbers(writer, len(records))
    docs = [(numbers.get(one, first + at), *one, found[one]) for at, one in enumerate(records)]
    writer.derive_many(_ADD, [(no, kind, _key(row_id), _digest(text)) for no, kind, row_id, text in docs])
    writer.derive_many(_INDEX, [(no, " ".join(words_of(text))) for no, _, _, text in docs])
    return len(docs)


def check(ledger: Ledger) -> Faults:
    """Compare the index with the records, whoever changed them. Writes nothing."""
    missing, changed, gone = [], [], []
    for texts in TEXTS:
        sql = "SELECT row_id, digest FROM search_doc WHERE kind = ?"
        known = {_plain(key): digest for key, digest in ledger.rows(sql, (texts.kind,))}
        for ids in _chunks(_ids(ledger.rows, texts)):
            for row_id, text in texts_of(ledger.rows, texts, ids).items():
                digest = known.pop(row_id, None)
                if digest is None:
                    missing.append((texts.table, row_id))
                elif digest != _digest(text):
                    changed.append((texts.table, row_id))
        gone += [(texts.table, row_id) for row_id in known]
    doubted = set(changed) | set(gone)
    return Faults(
        tuple(missing), tuple(changed), tuple(gone), tuple(one for one in _lost(ledger) if one not in doubted)
    )


def _lost(ledger: Ledger) -> list[tuple[str, str]]:
    """Of a sample spread over all documents: those the index does not find by their own words."""
    total = int(ledger.value("SELECT count(*) FROM search_doc"))
    step = max(1, total // _SAMPLE)
    question = "SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid = ?"
    lost = []
    for no, kind, key in ledger.rows("SELECT no, kind, row_id FROM search_doc WHERE no % ? = 0", (step,)):
        for row_id, text in texts_of(ledger.rows, BY_KIND[kind], [_plain(key)]).items():
            if not all(ledger.rows(question, (every(few), no)) for few in _chunks(sorted(words_of(text)))):
                lost.append((BY_KIND[kind].table, row_id))
    return lost


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
