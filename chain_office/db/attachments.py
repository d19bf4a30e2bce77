"""Files hung on records. The bytes are kept in the ledger once per content, by their SHA-256; a name is only shown."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from chain_office.db.models import Attachment, Record
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer

LARGEST = 50 * 1024 * 1024
"""Bytes one attachment may have; the ledger's own limit for a value is a little above it."""


def attach(writer: Writer, model: type[Record], row_id: str, name: str, data: bytes) -> str:
    """Hang a file on a record; returns the attachment's id. Raises :class:`KnownError` for one too large."""
    if len(data) > LARGEST:
        raise KnownError(f"“{name}”有 {len(data) // 1048576} MB，附件最大 50 MB；请压缩后再放入。")
    digest = hashlib.sha256(data).hexdigest()
    if not writer.select("SELECT 1 FROM blob WHERE sha256 = ?", (digest,)):
        writer.derive("INSERT INTO blob(sha256, data, size) VALUES (?, ?, ?)", (digest, data, len(data)))
    values = {"table_name": model._meta.table_name, "row_id": row_id, "name": shown_name(name), "sha256": digest}
    return writer.insert(Attachment, values)


def shown_name(name: str) -> str:
    """The last part of a name, without separators, drive or control characters: it is text, never a path."""
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    clean = "".join(one for one in last if one.isprintable() and one not in '<>:"|?*').strip(". ")
    return clean[:120] or "附件"


def place(ledger: Ledger, attachment: str) -> tuple[str, str, str]:
    """An attachment's table, record and name. Raises :class:`KnownError` for one that is not there."""
    found = ledger.rows("SELECT table_name, row_id, name FROM attachment WHERE id = ?", (attachment,))
    if not found:
        raise KnownError("找不到这个附件，可能已经移走；请刷新后再试。")
    table, row_id, name = found[0]
    return table, row_id, name


def read(ledger: Ledger, attachment: str) -> bytes:
    """An attachment's bytes. Raises :class:`KnownError` if they do not match what was put in."""
    found = ledger.rows(
        "SELECT a.name, a.sha256, b.data FROM attachment a LEFT JOIN blob b ON b.sha256 = a.sha256 WHERE a.id = ?",
        (attachment,),
    )
    if not found or found[0][2] is None:
        raise KnownError("找不到这个附件，可能台账被别的程序改过；请用备份恢复（restore）。")
    name, digest, data = found[0]
    if hashlib.sha256(data).hexdigest() != digest:
        raise KnownError(f"附件“{name}”的内容与放入时不一致，已损坏；请用备份恢复（restore）。")
    return bytes(data)
