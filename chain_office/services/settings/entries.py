"""Reading and writing entries of the lists of names: one cell or one entry a write, every name checked against all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office.db.models import RECORDS, Record, Unit
from chain_office.db.settings import rename_in_lines
from chain_office.domain.days import DAY as A_DAY
from chain_office.domain.errors import BugError, KnownError
from chain_office.domain.forms import Fault, Faulty, Option, Saved
from chain_office.domain.kinds import BadValue
from chain_office.domain.names import name_key
from chain_office.queries import settings_names
from chain_office.services.settings.finding import prepare
from chain_office.services.settings.name_lists import DAY, LINES, LINK, LINKS, TICK, NameField, NameList, name_list
from chain_office.services.settings.texts import LONGEST_NOTE, look_at, refuse, tidy, tidy_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.queries.settings_names import Use

MODELS: dict[str, type[Record]] = {model._meta.table_name: model for model in RECORDS}


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


def save_cell(
    ledger: Ledger, table: str, entry: Entry, name: str, value: Any, actor: str, *, insist: bool = False
) -> Saved | None:
    """Change one cell; None when it was that already. ``value``: a text, the id of a link, a tuple of several, or a
    tick. A name that is changed stays known as a 别名. Raises :class:`Faulty`."""
    kind = name_list(table)
    field = kind.field(name)
    stored = _store(kind, field, value, insist=insist)
    if stored == entry.values[name] or (not stored and not entry.values[name] and field.edited != TICK):
        return None
    changes: dict[str, Any] = {name: stored}
    _check_names(ledger, kind, entry.id, field, stored)
    if name == "name" and kind.known_as:
        changes["aliases"] = _with_alias(entry, str(stored))
    said = _said(kind, field, entry, stored)
    with ledger.write(actor, said) as writer:
        writer.update(MODELS[table], entry.id, _by_field(changes), version=entry.version)
        if table == "category" and name == "name":
            rename_in_lines(writer, Unit, "categories", entry.name, str(stored))
    return Saved(writer.write_no, table, entry.id, said)


def add_entry(ledger: Ledger, table: str, name: str, actor: str, *, insist: bool = False) -> Saved:
    """Add an entry by its name; the rest is filled in afterwards. Raises :class:`Faulty`."""
    kind = name_list(table)
    stored = _store(kind, kind.field("name"), name, insist=insist)
    _check_names(ledger, kind, "", kind.field("name"), stored)
    said = f"已新增{kind.noun}“{stored}”"
    with ledger.write(actor, said) as writer:
        row_id = writer.insert(MODELS[table], {"name": stored})
    return Saved(writer.write_no, table, row_id, said)


def bin_entry(ledger: Ledger, table: str, entry: Entry, actor: str) -> Saved:
    """Move an entry nobody uses to the bin; one that is used is refused, saying by what."""
    kind = name_list(table)
    used = settings_names.uses(ledger, table, entry.id).get(entry.id, ())
    if used:
        by = "、".join(use.text for use in used)
        raise KnownError(
            f"“{entry.name}”还有{by}在用，不能移入回收站；请先改用别的{kind.noun}，或把它合并到另一个{kind.noun}。"
        )
    said = f"{kind.noun}“{entry.name}”已移入回收站"
    with ledger.write(actor, said) as writer:
        writer.bin(MODELS[table], entry.id, version=entry.version)
    return Saved(writer.write_no, table, entry.id, said)


def _by_field(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Storage names as the model's fields take them."""
    return {name.removesuffix("_id"): value for name, value in changes.items()}


def _store(kind: NameList, field: NameField, value: Any, *, insist: bool) -> Any:
    """What is stored for what was typed or chosen. Raises :class:`Faulty`."""
    if field.edited == TICK:
        return bool(value)
    if field.edited == LINK:
        return value or None
    if field.edited in {LINES, LINKS}:
        words = tidy_lines(value) if isinstance(value, str) else tuple(value)
        text = "\n".join(words)
        refuse(look_at(field.name, field.label, text, most=LONGEST_NOTE, insist=insist))
        return text or None
    text = tidy(str(value or ""))
    if not text and field.name == "name":
        raise Faulty((Fault(field.name, f"“{field.label}”不能空着"),))
    refuse(look_at(field.name, field.label, text, insist=insist))
    if field.edited == DAY:
        return _read_day(field, text)
    spec = getattr(MODELS[kind.table], field.name, None)
    if text and spec is not None and hasattr(spec, "kind") and spec.kind.name == "phone":
        return _read(field, spec.kind, text)
    return text or None


def _read_day(field: NameField, text: str) -> Any:
    return _read(field, A_DAY, text) if text else None


def _read(field: NameField, kind: Any, text: str) -> Any:
    try:
        return kind.parse(text).value
    except BadValue as error:
        raise Faulty((Fault(field.name, f"“{field.label}”写的“{text}”读不懂：{error.reason}"),)) from error


def _check_names(ledger: Ledger, kind: NameList, row_id: str, field: NameField, stored: Any) -> None:
    """A name, 简称 or 别名 must mean one entry only. Lists of people and meetings only mind the same name."""
    if field.name not in {"name", "short", "aliases"} or not stored:
        return
    columns = ("name", "short", "aliases") if kind.known_as else ("name",)
    words = str(stored).splitlines() if field.edited == LINES else [str(stored)]
    known = {name_key(word): word for word in words}
    for row in settings_names.entries(ledger, kind.table, columns):
        if row["id"] == row_id:
            continue
        for column in columns:
            for other in (row[column] or "").splitlines():
                if name_key(other) in known and (kind.known_as or kind.table == "campaign"):
                    raise Faulty((Fault(field.name, _taken(kind, known[name_key(other)], row["name"], column)),))


def _taken(kind: NameList, word: str, owner: str, column: str) -> str:
    if column == "name":
        return f"已经有叫“{owner}”的{kind.noun}了；要是同一个，请用“合并”"
    label = {"short": "简称", "aliases": "别名"}[column]
    return f"“{word}”已经是{kind.noun}“{owner}”的{label}；一个写法只能指一个{kind.noun}，要是同一个，请用“合并”"


def _with_alias(entry: Entry, new: str) -> str | None:
    """The former name stays known, so that a workbook with it is still understood."""
    words = [word for word in (entry.values["aliases"] or "").splitlines() if name_key(word) != name_key(new)]
    if name_key(entry.name) not in {name_key(word) for word in words} | {name_key(new)}:
        words.append(entry.name)
    return "\n".join(words) or None


def _said(kind: NameList, field: NameField, entry: Entry, stored: Any) -> str:
    if field.name == "name":
        kept = "，旧名留作别名" if kind.known_as else ""
        return f"{kind.noun}“{entry.name}”已改名为“{stored}”{kept}"
    if field.edited == TICK:
        return f"{kind.noun}“{entry.name}”{'已核对' if stored else '改为待核对'}"
    if not kind.has(field.name):
        raise BugError(field.name)
    return f"{kind.noun}“{entry.name}”的{field.label}已{'修改' if stored else '清空'}"
