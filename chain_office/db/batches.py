"""The imports a ledger has had, and taking one back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db import undo
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer


@dataclass(frozen=True, slots=True)
class Batch:
    """One applied import, by the number of its one write."""

    number: int
    at: str
    books: str
    new: int
    changed: int
    undone: bool


def batches(ledger: Ledger) -> tuple[Batch, ...]:
    """Every import, newest first."""
    rows = ledger.rows(
        "SELECT write_no, at, book, new, changed, undone_at FROM import_batch WHERE deleted_at IS NULL "
        "ORDER BY write_no DESC"
    )
    return tuple(
        Batch(int(no), at, book, int(new), int(edits), gone is not None) for no, at, book, new, edits, gone in rows
    )


def history_head(ledger: Ledger) -> int:
    """The number of the newest history row; 0 in an empty ledger."""
    return int(ledger.value("SELECT coalesce(max(no), 0) FROM history"))


def why_not(ledger: Ledger, batch: Batch) -> str:
    """Why an import cannot be taken back, in words; "" when it can."""
    if batch.undone:
        return "这次导入已经撤销过了。"
    try:
        undo.refuse_if_built_on(ledger, batch.number)
    except KnownError as error:
        return error.message
    return ""


def take_back(
    ledger: Ledger,
    batch: Batch,
    actor: str,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _what: None,
    look: Callable[[Writer], None] = lambda _writer: None,
) -> dict[str, int]:
    """Undo an import whole; refused (KnownError) when later work stands on it. Returns counts of rows and fields. What
    ``progress`` raises, or ``look`` (at what stands when it is undone), takes the undoing back."""
    undo.refuse_if_built_on(ledger, batch.number)
    with ledger.write(actor, f"撤销导入 {batch.books}") as writer:
        counts = undo.take_back(writer, batch.number, progress)
        writer.derive(
            "UPDATE import_batch SET undone_at = ?, deleted_at = NULL WHERE write_no = ?", (clock.stamp(), batch.number)
        )
        look(writer)
    return counts
