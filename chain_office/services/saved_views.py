"""Selections people named: what a desk's list is filtered by, its order and its columns, kept in the ledger for all."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import Setting
from chain_office.db.settings import setting_id, setting_value, settings_under
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.queries.facets import Between, Contains, OneOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.queries.facets import Condition

LONGEST: Final = 30
_TABLE: Final = "setting"
_KINDS: Final = {"one_of": OneOf, "between": Between, "contains": Contains}


@dataclass(frozen=True, slots=True)
class SavedView:
    """``chosen``: the ready-made selection it starts from. ``values``: the boxes. ``pin``: filter, value, words.
    ``conditions`` with their words. ``shown``: it stands among the chips. ``columns``: as the list keeps them."""

    name: str
    chosen: str = ""
    values: Mapping[str, str | None] = field(default_factory=dict)
    pin: tuple[str, str, str] | None = None
    conditions: tuple[tuple[Condition, str], ...] = ()
    order: str = ""
    down: bool = False
    columns: Mapping[str, Any] = field(default_factory=dict)
    shown: bool = False


def saved_views(ledger: Ledger, desk: str) -> tuple[SavedView, ...]:
    """The views of a desk by name; one that cannot be read (of a later program) is left out, and left alone."""
    found = (_read(name, value) for name, value in settings_under(ledger, _key(desk, "")))
    return tuple(view for view in found if view is not None)


def save_view(ledger: Ledger, actor: str, desk: str, view: SavedView) -> Saved:
    """Keep a view under its name, in place of one of that name."""
    name = _clean(view.name)
    with ledger.write(actor, f"保存视图：{name}") as writer:
        row_id = setting_id(writer, _key(desk, name))
        if row_id:
            writer.update(Setting, row_id, {"value": _write(view)})
        else:
            row_id = writer.insert(Setting, {"key": _key(desk, name), "value": _write(view)})
    return Saved(writer.write_no, _TABLE, row_id, f"已保存视图“{name}”。")


def rename_view(ledger: Ledger, actor: str, desk: str, old: str, new: str) -> Saved:
    """Give a view another name. Raises KnownError if there is one of that name, or none of the old."""
    name = _clean(new)
    with ledger.write(actor, f"视图改名：{old} → {name}") as writer:
        if name != old and setting_id(writer, _key(desk, name)):
            raise KnownError(f"已经有一个视图叫“{name}”，没有改名；请换一个名字。")
        row_id = _need(writer, desk, old)
        writer.update(Setting, row_id, {"key": _key(desk, name)})
    return Saved(writer.write_no, _TABLE, row_id, f"视图“{old}”已改名为“{name}”。")


def show_view(ledger: Ledger, actor: str, desk: str, name: str, *, shown: bool) -> Saved:
    """Put a view among the chips, or take it from there."""
    word = "放到标签行" if shown else "从标签行拿下"
    with ledger.write(actor, f"视图“{name}”{word}") as writer:
        row_id = _need(writer, desk, name)
        view = _read(name, setting_value(writer, row_id))
        if view is not None:
            writer.update(Setting, row_id, {"value": _write(replace(view, shown=shown))})
    return Saved(writer.write_no, _TABLE, row_id, f"视图“{name}”已{word}。")


def remove_view(ledger: Ledger, actor: str, desk: str, name: str) -> Saved:
    """Move a view to the bin."""
    with ledger.write(actor, f"删除视图：{name}") as writer:
        row_id = _need(writer, desk, name)
        writer.bin(Setting, row_id)
    return Saved(writer.write_no, _TABLE, row_id, f"已删除视图“{name}”。")


def _key(desk: str, name: str) -> str:
    return f"view:{desk}:{name}"


def _clean(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise KnownError("视图还没有名字，没有保存；请写一个名字，如“常宁逾期”。")
    if len(said) > LONGEST:
        raise KnownError(f"视图的名字太长（{len(said)} 个字），没有保存；请写在 {LONGEST} 个字以内。")
    return said


def _need(writer: Writer, desk: str, name: str) -> str:
    row_id = setting_id(writer, _key(desk, name))
    if not row_id:
        raise KnownError(f"视图“{name}”已经不在了（可能被同事删除或改名）；列表已重新读取。")
    return row_id


# As JSON.


def _write(view: SavedView) -> str:
    kept = asdict(view)
    kept.pop("name")
    names = {kind: name for name, kind in _KINDS.items()}
    kept["conditions"] = [{"kind": names[type(one)], "said": said, **asdict(one)} for one, said in view.conditions]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _read(name: str, text: str | None) -> SavedView | None:
    try:
        kept = json.loads(text or "")
        conditions = tuple((_condition(dict(one)), str(one["said"])) for one in kept.get("conditions", ()))
        pin = kept.get("pin")
        return SavedView(
            name,
            str(kept.get("chosen", "")),
            {str(key): None if value is None else str(value) for key, value in dict(kept.get("values", {})).items()},
            (str(pin[0]), str(pin[1]), str(pin[2])) if pin else None,
            conditions,
            str(kept.get("order", "")),
            bool(kept.get("down")),
            dict(kept.get("columns", {})),
            bool(kept.get("shown")),
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _condition(kept: dict[str, Any]) -> Condition:
    facet = str(kept["facet"])
    if kept["kind"] == "one_of":
        return OneOf(facet, tuple(map(str, kept["values"])), tuple(map(str, kept.get("words", ()))))
    if kept["kind"] == "contains":
        return Contains(facet, str(kept["text"]))
    return Between(facet, _bound(kept["low"]), _bound(kept["high"]))


def _bound(value: object) -> str | int | float | None:
    return value if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None
