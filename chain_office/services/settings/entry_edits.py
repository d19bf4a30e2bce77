"""Changing the lists of names: one cell or one entry a write, every spelling checked against all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.db.models import RECORDS, Record, Unit
from chain_office.db.settings import rename_in_lines
from chain_office.domain.days import DAY as A_DAY
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Fault, Faulty, Saved
from chain_office.domain.kinds import BadValue
from chain_office.domain.names import name_key
from chain_office.queries import settings_names
from chain_office.services.settings.name_lists import (
    CHOICE,
    DAY,
    LINES,
    LINK,
    LINKS,
    TICK,
    NameField,
    NameList,
    name_list,
)
from chain_office.services.settings.texts import LONGEST_NOTE, look_at, refuse, tidy, tidy_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.services.settings.entries import Entry

_FIXED = frozenset({("segment", "stream")})
"""Columns that take their words and nothing else."""
MODELS: dict[str, type[Record]] = {model._meta.table_name: model for model in RECORDS}


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
    if (table, name) == ("segment", "parent_id") and stored:
        refuse_circle(ledger, entry.id, entry.name, str(stored))
    if name == "name" and kind.known_as:
        changes["aliases"] = _with_alias(entry, str(stored))
    said = _said(kind, field, entry, stored)
    with ledger.write(actor, said) as writer:
        writer.update(MODELS[table], entry.id, _by_field(changes), version=entry.version)
        if table == "category" and name == "name":
            rename_in_lines(writer, Unit, "categories", entry.name, str(stored))
    return Saved(writer.write_no, table, entry.id, said)


def add_entry(
    ledger: Ledger,
    table: str,
    name: str,
    actor: str,
    *,
    insist: bool = False,
    beside: Mapping[str, Any] | None = None,
) -> Saved:
    """Add an entry by its name; ``beside``: columns known already, the rest is filled in afterwards. Raises
    :class:`Faulty`."""
    kind = name_list(table)
    stored = _store(kind, kind.field("name"), name, insist=insist)
    _check_names(ledger, kind, "", kind.field("name"), stored)
    said = f"已新增{kind.noun}“{stored}”"
    with ledger.write(actor, said) as writer:
        row_id = writer.insert(MODELS[table], {"name": stored, **_by_field(beside or {})})
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


def refuse_circle(ledger: Ledger, segment_id: str, name: str, parent_id: str) -> None:
    """Raise :class:`Faulty` where a segment would belong to itself or to one of its own."""
    parents = {row["id"]: row["parent_id"] for row in settings_names.entries(ledger, "segment", ("parent_id",))}
    above: str | None = parent_id
    seen: set[str] = set()
    while above is not None and above not in seen:
        if above == segment_id:
            raise Faulty((Fault("parent_id", f"“{name}”不能归到自己或自己的下级环节之下"),))
        seen.add(above)
        above = parents.get(above)


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
    if field.edited == CHOICE and (kind.table, field.name) in _FIXED and text and text not in field.choices:
        raise Faulty((Fault(field.name, f"“{field.label}”请选：{'、'.join(field.choices)}"),))
    spec = getattr(MODELS[kind.table], field.name, None)
    if text and spec is not None and hasattr(spec, "kind") and spec.kind.name in {"phone", "integer"}:
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
    return f"{kind.noun}“{entry.name}”的{field.label}已{'修改' if stored else '清空'}"
