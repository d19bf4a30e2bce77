"""Names, codes and telephone numbers in memory, one line each: what a search looks through before any text.

Lines are read once for an open ledger; after a write only what the history says was changed is read again.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from chain_office.db.spelling import spell
from chain_office.domain.contacts import mask_phone
from chain_office.queries.search_words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chain_office.db.ledger import Ledger

NAME, PERSON, CODE, TELEPHONE = "name", "person", "code", "telephone"
ALIAS = "别名"
_MANY = 500
_SEVERAL = re.compile(r"[\n、；;，,]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is (``kind``), the record it leads to, how the line is called ("" for the record's own name), what
    is shown, and what is compared: the text folded, and its letters where initials can find it."""

    kind: str
    table: str
    row_id: str
    label: str
    shown: str
    folded: str
    spelt: str = ""
    core: int = 0
    """Where what sets a firm's name apart begins: after "湖南" or "衡阳市"."""


def _entry(kind: str, table: str, row_id: str, label: str, text: str, core: str = "") -> Entry:
    folded = fold(text)
    spelt = spell(folded) if kind == NAME else ""
    return Entry(kind, table, row_id, label, text, folded, spelt, max(0, folded.find(core)))


def _named(kind: str, table: str, row_id: str, label: str, text: str | None) -> Iterator[Entry]:
    for one in _SEVERAL.split(text or ""):
        if one.strip():
            yield _entry(kind, table, row_id, label, one.strip())


def _telephones(table: str, row_id: str, label: str, person: str | None, stored: str | None) -> Iterator[Entry]:
    for number in (stored or "").split("、"):
        digits = re.sub(r"\D", "", number)
        if digits:
            shown = f"{person or ''} {mask_phone(number)}".strip()
            yield Entry(TELEPHONE, table, row_id, label, shown, digits)


def _enterprise(
    row_id: str, name: str, core: str, short: str | None, former: str | None, code: str | None
) -> Iterator[Entry]:
    yield _entry(NAME, "enterprise", row_id, "", name, core)
    yield from _named(NAME, "enterprise", row_id, "简称", short)
    yield from _named(NAME, "enterprise", row_id, "曾用名", former)
    if code:
        yield _entry(CODE, "enterprise", row_id, "统一社会信用代码", code)


def _contact(_row_id: str, firm: str, name: str | None, telephone: str | None) -> Iterator[Entry]:
    yield from _named(PERSON, "enterprise", firm, "联系人", name)
    yield from _telephones("enterprise", firm, "联系人电话", name, telephone)


def _project(row_id: str, name: str, code: str | None) -> Iterator[Entry]:
    yield _entry(NAME, "project", row_id, "", name)
    if code:
        yield _entry(CODE, "project", row_id, "项目代码", code)


def _officer(row_id: str, name: str, telephone: str | None) -> Iterator[Entry]:
    yield _entry(NAME, "officer", row_id, "", name)
    yield from _telephones("officer", row_id, "联系电话", name, telephone)


def _achievement(row_id: str, name: str, contact: str | None, telephone: str | None) -> Iterator[Entry]:
    yield _entry(NAME, "achievement", row_id, "", name)
    yield from _telephones("achievement", row_id, "联系电话", contact, telephone)


def _of_names(table: str) -> Callable[..., Iterator[Entry]]:
    def entries(row_id: str, name: str, short: str | None, aliases: str | None) -> Iterator[Entry]:
        yield _entry(NAME, table, row_id, "", name)
        yield from _named(NAME, table, row_id, "简称", short)
        yield from _named(NAME, table, row_id, ALIAS, aliases)

    return entries


def _of_telephone(table: str, label: str) -> Callable[..., Iterator[Entry]]:
    return lambda row_id, person, telephone: _telephones(table, row_id, label, person, telephone)


_SOURCES: dict[str, tuple[str, str, Callable[..., Iterator[Entry]]]] = {
    "enterprise": ("id, name, name_core, short_name, former_names, uscc", "", _enterprise),
    "project": ("id, name, code", "", _project),
    "contact": ("id, enterprise_id, name, phone", "", _contact),
    "problem": ("id, owner, owner_phone", "AND owner_phone <> ''", _of_telephone("problem", "责任人电话")),
    "need": ("id, contact, phone", "AND phone <> ''", _of_telephone("need", "联系人电话")),
    "officer": ("id, name, phone", "", _officer),
    "meeting": ("id, name, NULL, NULL", "", _of_names("meeting")),
    "campaign": ("id, name, NULL, NULL", "", _of_names("campaign")),
    "target": ("id, name, NULL, NULL", "", _of_names("target")),
    "prospect": ("id, name, NULL, NULL", "", _of_names("prospect")),
    "achievement": ("id, name, contact, phone", "", _achievement),
    **{
        table: ("id, name, short, aliases", "", _of_names(table))
        for table in ("unit", "park", "district", "bank", "segment")
    },
}
"""Table → the columns read, which rows, and the lines made of a row."""


class Shelf:
    """The lines of one table's live rows, and all of them end to end, so that one pass in C looks through them."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._rows: dict[str, tuple[Entry, ...]] = {}
        self._entries: list[Entry] = []
        self._folded = self._spelt = "\n"
        self._starts = array("q")

    def __contains__(self, row_id: str) -> bool:
        return row_id in self._rows

    def read(self, ledger: Ledger, ids: Sequence[str] | None = None) -> None:
        """Read every row, or those that were changed."""
        columns, which, entries = _SOURCES[self._table]
        sql = f'SELECT {columns} FROM "{self._table}" WHERE deleted_at IS NULL {which}'
        if ids is None:
            self._rows = {row[0]: tuple(entries(*row)) for row in ledger.rows(sql)}
        else:
            for row_id in ids:
                self._rows.pop(row_id, None)
            marks = ",".join("?" * len(ids))
            self._rows |= {row[0]: tuple(entries(*row)) for row in ledger.rows(f"{sql} AND id IN ({marks})", ids)}
        self._lay_end_to_end()

    def _lay_end_to_end(self) -> None:
        self._entries = [entry for row in self._rows.values() for entry in row]
        self._folded = "\n".join(("", *(entry.folded for entry in self._entries), ""))
        self._spelt = "\n".join(("", *(entry.spelt or "\0" * len(entry.folded) for entry in self._entries), ""))
        self._starts = array("q")
        at = 1
        for entry in self._entries:
            self._starts.append(at)
            at += len(entry.folded) + 1

    def holding(self, needle: str, most: int) -> Iterator[tuple[Entry, int]]:
        """Lines with a text, those that begin with it first, each with where it stands."""
        for within, skipped in ((f"\n{needle}", 1), (needle, 0)):
            at, found = self._folded.find(within), 0
            while at >= 0 and found < most:
                place = bisect_right(self._starts, at + skipped) - 1
                yield self._entries[place], at + skipped - self._starts[place]
                found += 1
                at = self._folded.find(within, self._starts[place] + len(self._entries[place].folded))

    def spelling(self, letters: str, most: int) -> Iterator[tuple[Entry, int]]:
        """Lines whose initials hold what the expression finds, those that begin with it first."""
        for within, skipped in ((f"\n{letters}", 1), (letters, 0)):
            for found, match in enumerate(re.finditer(within, self._spelt)):
                if found >= most:
                    break
                place = bisect_right(self._starts, match.start() + skipped) - 1
                yield self._entries[place], match.start() + skipped - self._starts[place]


class NameIndex:
    """All shelves of one ledger, as new as its last write."""

    def __init__(self) -> None:
        self._head = -1
        self._shelves = {table: Shelf(table) for table in _SOURCES}

    def refresh(self, ledger: Ledger) -> None:
        """Read what was written since the last time, by this program or any other."""
        head = int(ledger.value("SELECT coalesce(max(no), 0) FROM history"))
        if head == self._head:
            return
        for table, ids in self._changed(ledger).items():
            self._shelves[table].read(ledger, ids)
        self._head = head

    def _changed(self, ledger: Ledger) -> dict[str, list[str] | None]:
        """Table → the changed rows; None for so many that all are read."""
        if self._head < 0:
            return dict.fromkeys(self._shelves)
        rows = ledger.rows("SELECT DISTINCT table_name, row_id FROM history WHERE no > ?", (self._head,))
        found: dict[str, list[str]] = {}
        for table, row_id in rows:
            if table in self._shelves:
                found.setdefault(table, []).append(row_id)
        return {table: ids if len(ids) <= _MANY else None for table, ids in found.items()}

    def holding(self, needle: str, most: int) -> Iterator[tuple[Entry, int]]:
        """Lines with a text."""
        yield from self._live(shelf.holding(needle, most) for shelf in self._shelves.values())

    def spelling(self, letters: str, most: int) -> Iterator[tuple[Entry, int]]:
        """Lines whose initials hold what the expression finds."""
        yield from self._live(shelf.spelling(letters, most) for shelf in self._shelves.values())

    def _live(self, found: Iterable[Iterator[tuple[Entry, int]]]) -> Iterator[tuple[Entry, int]]:
        firms = self._shelves["enterprise"]
        for some in found:
            yield from (one for one in some if one[0].table != "enterprise" or one[0].row_id in firms)


_KNOWN: WeakKeyDictionary[Ledger, NameIndex] = WeakKeyDictionary()


def names_of(ledger: Ledger) -> NameIndex:
    """The names of an open ledger as they stand now."""
    index = _KNOWN.setdefault(ledger, NameIndex())
    index.refresh(ledger)
    return index
