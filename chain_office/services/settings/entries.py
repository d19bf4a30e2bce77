"""The lists of names as they are read: every entry with what uses it, and what its columns may name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office.domain.forms import Option
from chain_office.queries import settings_names
from chain_office.services.settings.finding import prepare
from chain_office.services.settings.name_lists import LINES, LINK, LINKS, TICK, NameField, NameList, name_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.queries.settings_names import Use


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``values``: what is stored, by column; ``texts``: what is shown. ``uses``: the records that name it."""

    id: str
    version: int
    values: Mapping[str, Any]
    texts: Mapping[str, str]
    uses: tuple[Use, ...] = ()

    @property
    def name(self) -> str:
        """Its full name."""
        return str(self.values["name"])

    @property
    def used(self) -> int:
        """How many records name it."""
        return sum(use.records for use in self.uses)

    @property
    def sure(self) -> bool:
        """Whether its name has been checked; lists without that column need no check."""
        return bool(self.values.get("verified", True))


@dataclass(frozen=True, slots=True)
class Entries:
    """A list as read: its entries, and what may be chosen in each column that links to another list."""

    list: NameList
    entries: tuple[Entry, ...]
    options: Mapping[str, tuple[Option, ...]]
    counts: Mapping[str, int]

    @property
    def unsure(self) -> int:
        """How many names await checking."""
        return sum(not entry.sure for entry in self.entries)


def read_entries(ledger: Ledger, table: str, tables: Sequence[str] = ()) -> Entries:
    """A whole list; ``tables``: whose sizes to count besides."""
    kind = name_list(table)
    prepare()
    extra = ("code",) if kind.known_as else ()
    rows = settings_names.entries(ledger, table, (*(field.name for field in kind.fields), *extra))
    options = {field.name: _options(ledger, field) for field in kind.fields if field.link}
    shown = {name: {option.id: option.label for option in found} for name, found in options.items()}
    used = settings_names.uses(ledger, table)
    entries = tuple(
        Entry(
            row["id"],
            row["version"],
            row,
            {field.name: _text(field, row[field.name], shown.get(field.name, {})) for field in kind.fields},
            used.get(row["id"], ()),
        )
        for row in rows
    )
    return Entries(kind, entries, options, settings_names.how_many(ledger, tables))


def _options(ledger: Ledger, field: NameField) -> tuple[Option, ...]:
    """What a column may name. Several are kept as texts: categories by name, units by their code (or id)."""
    rows = settings_names.entries(ledger, field.link, ("name", "short", "aliases", "code"))
    return tuple(
        Option(
            row["id"]
            if field.edited == LINK
            else row["name"]
            if field.link == "category"
            else row["code"] or row["id"],
            row["short"] or row["name"],
            row["name"] if row["short"] else "",
            _keys(row),
        )
        for row in rows
    )


def _keys(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Every name it goes by."""
    names = (row["name"], row["short"] or "", *(row["aliases"] or "").splitlines())
    return tuple(name for name in names if name)


def _text(field: NameField, value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return ""
    if field.edited == TICK:
        return "" if value else "待核对"
    if field.edited == LINK:
        return names.get(value, "（已在回收站）")
    words = str(value).splitlines()
    if field.edited == LINKS:
        return "、".join(names.get(word, word) for word in words)
    return "、".join(words) if field.edited == LINES else str(value)
