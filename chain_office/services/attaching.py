"""Files hung on a record: read from disk in one write, read back, put somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office import files
from chain_office.db import attachments
from chain_office.db.models import RECORDS, Attachment
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chain_office.db.ledger import Ledger

_RUNS = frozenset({
    ".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".msi", ".msp",
    ".hta", ".lnk", ".url", ".reg", ".jar", ".cpl", ".dll", ".sys", ".chm", ".appref-ms", ".sh", ".desktop",
})  # fmt: skip
"""Ends of names of files that run, or lead to what runs, when they are opened."""
_MODELS = {model._meta.table_name: model for model in RECORDS}


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment with its bytes. ``runs``: opening it would run it, so it is only saved."""

    id: str
    name: str
    data: bytes
    runs: bool


def attach_files(
    ledger: Ledger,
    table: str,
    row_id: str,
    paths: Sequence[Path],
    actor: str,
    progress: Callable[[int, int, str], None] | None = None,
) -> Saved:
    """Hang files on a record, all or none. Raises KnownError for one that cannot be read or is too large."""
    found: list[tuple[str, bytes]] = []
    for number, path in enumerate(paths):
        if progress is not None:
            progress(number, len(paths), path.name)
        found.append((path.name, _bytes(path)))
    names = "、".join(attachments.shown_name(name) for name, _ in found)
    with ledger.write(actor, f"放入附件 {names}") as writer:
        for name, data in found:
            attachments.attach(writer, _MODELS[table], row_id, name, data)
        return Saved(writer.write_no, table, row_id, f"已放入附件：{names}")


@dataclass(frozen=True, slots=True)
class Ready:
    """A file with its bytes, ready to be hung on a record. ``note``: what was done to it."""

    name: str
    data: bytes
    note: str = ""


def attach_ready(ledger: Ledger, table: str, row_id: str, ready: Sequence[Ready], actor: str) -> Saved:
    """Hang files that were read (and made smaller) elsewhere on a record, all or none."""
    told = "、".join(attachments.shown_name(one.name) + (f"（{one.note}）" if one.note else "") for one in ready)
    with ledger.write(actor, f"放入附件 {told}") as writer:
        for one in ready:
            attachments.attach(writer, _MODELS[table], row_id, one.name, one.data)
        return Saved(writer.write_no, table, row_id, f"已放入：{told}")


def read_file(path: Path) -> Ready:
    """A file as it is. Raises KnownError for one that cannot be read or is too large."""
    return Ready(path.name, _bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > attachments.LARGEST:
            raise KnownError(f"“{path.name}”有 {size // 1048576} MB，附件最大 50 MB；请压缩后再放入。")
        return path.read_bytes()
    except OSError as error:
        raise KnownError(f"读不了“{path.name}”（{files.reason(error)}）；请关闭正在使用它的程序后再试。") from error


def read(ledger: Ledger, attachment: str) -> Attached:
    """One attachment, checked against what was put in."""
    data = attachments.read(ledger, attachment)
    name = attachments.place(ledger, attachment)[2]
    dot = name.rfind(".")
    return Attached(attachment, name, data, dot >= 0 and name[dot:].casefold() in _RUNS)


def put(found: Attached, path: Path, *, free_name: bool = False) -> Path:
    """Write an attachment to ``path`` (``free_name``: to a name nobody uses there yet); returns where it went."""
    target = path
    serial = 2
    while free_name and target.exists():
        target = path.with_name(f"{path.stem} ({serial}){path.suffix}")
        serial += 1
    files.write_bytes(target, found.data)
    return target


def bin_attachment(ledger: Ledger, attachment: str, actor: str) -> Saved:
    """Take an attachment off its record; 撤销 hangs it back."""
    table, row_id, name = attachments.place(ledger, attachment)
    with ledger.write(actor, f"移走附件 {name}") as writer:
        writer.bin(Attachment, attachment)
        return Saved(writer.write_no, table, row_id, f"附件“{name}”已移入回收站")
