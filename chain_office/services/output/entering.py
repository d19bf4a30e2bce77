"""Entering a month of output as a grid: every line goes through the form's own rules, all of them in one write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit, Option
from chain_office.domain.output_entry import AMOUNTS, EntrySheet, Typed
from chain_office.domain.output_paste import Laid, Names, block, lay
from chain_office.domain.periods import last_day
from chain_office.queries.output_entry import entry_sheet
from chain_office.services.editing.deriving import known_places
from chain_office.services.editing.many import ManyFaulty, Wrong, look, save_many
from chain_office.services.settings.finding import Finder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.domain.output_entry import EntryLine

_TABLE = "monthly_output"
_SOON = 60
"""A month entered within so many days of its end was told on the day it is entered; of older ones the day is not known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed for one firm. ``row_id`` "": nothing is recorded for the month yet. ``version``: how much of the
    ledger's history was read when it was begun. ``accept``: fields whose warnings the person stays with."""

    enterprise_id: str
    row_id: str
    version: int
    changes: Mapping[str, object]
    accept: frozenset[str] = frozenset()


class GridFaulty(KnownError):
    """A grid that cannot be saved as it is. ``wrong``: firm → what is wrong with its line."""

    def __init__(self, wrong: Mapping[str, Wrong]) -> None:
        super().__init__(f"有 {len(wrong)} 家企业的数要核对，还没有保存。")
        self.wrong = wrong


def read_sheet(ledger: Ledger, month: str) -> tuple[EntrySheet, Finder, Names]:
    """A month's grid, with what finds a firm in it by what is typed (initials too) and by what a pasted row calls it."""
    sheet = entry_sheet(ledger, month)
    finder = Finder([Option(line.enterprise_id, line.name, line.district, line.keys) for line in sheet.lines])
    return sheet, finder, Names(sheet.lines, known_places(ledger))


def lay_block(
    text: str,
    lines: Sequence[EntryLine],
    names: Names,
    *,
    month: str,
    unit: str,
    at: tuple[int, str],
    columns: Sequence[str],
) -> Laid:
    """A clipboard's text laid on the lines shown (see :func:`chain_office.domain.output_paste.lay`). KnownError for what is
    no table."""
    return lay(block(text), lines, names, month=month, unit=unit, at=at, columns=columns)


def look_at(ledger: Ledger, month: str, entries: Sequence[Entry]) -> dict[str, Wrong]:
    """What the form's rules say of these lines, without saving: firm → faults and warnings."""
    _, wrong = look(ledger, [_edit(month, one) for one in entries])
    return {entries[place].enterprise_id: one for place, one in wrong.items()}


def save_entries(
    ledger: Ledger,
    month: str,
    entries: Sequence[Entry],
    actor: str,
    progress: Callable[[int, int, str], None] | None = None,
) -> Saved:
    """Save the lines as one write. Raises :class:`GridFaulty`; then nothing is saved."""
    edits = [_edit(month, one) for one in entries]
    accept: dict[int, Set[str]] = {place: one.accept for place, one in enumerate(entries)}
    reason = f"录入 {month} 产值：{len(entries)} 家企业"
    said = f"已保存 {month} 产值，{{number}} 家企业"
    try:
        return save_many(ledger, edits, actor, reason, said=said, accept=accept, progress=progress)
    except ManyFaulty as error:
        raise GridFaulty({entries[place].enterprise_id: one for place, one in error.wrong.items()}) from error


def _edit(month: str, entry: Entry) -> Edit:
    changes = dict(entry.changes)
    if entry.row_id:
        return Edit(_TABLE, entry.row_id, entry.version, changes)
    first = {"enterprise_id": entry.enterprise_id, "month": month}
    if any(changes.get(name) is not None for name in AMOUNTS) and (clock.today() - last_day(month)).days <= _SOON:
        changes["filed_day"] = clock.today()
    return Edit(_TABLE, "", 0, {**first, **changes})


__all__ = [
    "Entry", "GridFaulty", "Laid", "Typed", "Wrong", "lay_block", "look_at", "read_sheet", "save_entries",
]  # fmt: skip
