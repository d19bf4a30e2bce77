"""Two entries of a list that mean the same: everything that names the one names the other, in one write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office.db.models import Assignment, Category, Unit
from chain_office.db.settings import point_elsewhere, rename_in_lines
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.names import name_key
from chain_office.queries import settings_names
from chain_office.services.editing.deriving import settle
from chain_office.services.settings.entry_edits import MODELS
from chain_office.services.settings.name_lists import LINES, LINKS, TICK, name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.queries.settings_names import Use
    from chain_office.services.settings.entries import Entry
    from chain_office.services.settings.name_lists import NameField, NameList


@dataclass(frozen=True, slots=True)
class Merging:
    """What merging would do. ``moved``: the records that would name the other; ``learnt``: what it would also be known
    as; ``filled``: labels of its columns that would be filled up; ``doubled``: assignments that would stand twice."""

    noun: str
    source: str
    target: str
    moved: tuple[Use, ...]
    learnt: tuple[str, ...]
    filled: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The same in words."""
        named = "、".join(use.text for use in self.moved)
        said = [f"{named}改用“{self.target}”" if named else f"没有记录在用“{self.source}”"]
        if self.doubled:
            said.append(f"{len(self.doubled)} 处同一问题上两个单位都有的承办关系只留一处")
        if self.learnt:
            said.append(f"“{self.target}”增加别名：{'、'.join(self.learnt)}")
        if self.filled:
            said.append(f"“{self.target}”的{'、'.join(self.filled)}用“{self.source}”的补上")
        return (*said, f"“{self.source}”移入回收站，可以撤销")


def look_at_merge(ledger: Ledger, table: str, source: Entry, target: Entry) -> Merging:
    """Work out what merging ``source`` into ``target`` would do; nothing is written."""
    kind = name_list(table)
    if source.id == target.id:
        raise KnownError(f"不能把“{source.name}”合并到它自己；请另选一个{kind.noun}。")
    changes = _changes(kind, source, target)
    known = (target.values.get("aliases") or "").splitlines() if kind.known_as else []
    learnt = [word for word in (changes.get("aliases") or "").splitlines() if word not in known]
    filled = [field.label for field in kind.fields if field.name in changes and field.name != "aliases"]
    return Merging(
        kind.noun,
        source.name,
        target.name,
        settings_names.uses(ledger, table, source.id).get(source.id, ()),
        tuple(learnt),
        tuple(filled),
        settings_names.doubled_assignments(ledger, source.id, target.id) if table == "unit" else (),
    )


def merge(ledger: Ledger, table: str, source: Entry, target: Entry, actor: str) -> Saved:
    """Merge ``source`` into ``target``."""
    plan = look_at_merge(ledger, table, source, target)
    kind, model = name_list(table), MODELS[table]
    said = f"{kind.noun}“{source.name}”已合并到“{target.name}”"
    moving = settings_names.pointing(ledger, table, source.id)
    changes = _changes(kind, source, target)
    with ledger.write(actor, said) as writer:
        for row_id in plan.doubled:
            writer.bin(Assignment, row_id)
        for other, column, ids in moving:
            point_elsewhere(writer, other, column, ids, target.id)
        if table == "category":
            rename_in_lines(writer, Unit, "categories", source.name, target.name)
        if table == "unit":
            rename_in_lines(writer, Category, "default_units", _token(source), _token(target))
        if changes:
            fields = {name.removesuffix("_id"): value for name, value in changes.items()}
            writer.update(model, target.id, fields, version=target.version)
        writer.bin(model, source.id, version=source.version)
        settle(ledger, writer, writer.touched)  # what a co-unit told is the lead unit's now
    return Saved(writer.write_no, table, target.id, said)


def _token(entry: Entry) -> str:
    """What a list of default units keeps of a unit."""
    return str(entry.values.get("code") or entry.id)


def _changes(kind: NameList, source: Entry, target: Entry) -> dict[str, Any]:
    """What the entry that stays takes over: names it was not known by, and what it had left empty."""
    changes: dict[str, Any] = {}
    for field in kind.fields:
        if field.name in {"name", "short", "verified"} or field.edited == TICK:
            continue
        mine, theirs = target.values[field.name], source.values[field.name]
        known = field.name == "aliases"
        merged = _known_as(source.values, target.values) if known else _together(field, mine, theirs)
        if merged != (mine or None):
            changes[field.name] = merged
    return changes


def _together(field: NameField, mine: Any, theirs: Any) -> Any:
    if field.edited in {LINES, LINKS}:
        return _lines([*(mine or "").splitlines(), *(theirs or "").splitlines()])
    return mine or theirs or None


def _known_as(source: Mapping[str, Any], target: Mapping[str, Any]) -> str | None:
    own = {name_key(word) for word in (target["name"], target.get("short")) if word}
    words = (target["aliases"] or "").splitlines()
    words += [source["name"], source.get("short") or "", *(source["aliases"] or "").splitlines()]
    return _lines(word for word in words if word and name_key(word) not in own)


def _lines(words: Iterable[str]) -> str | None:
    """One a line, each spelling once."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(name_key(word), word)
    return "\n".join(found.values()) or None
