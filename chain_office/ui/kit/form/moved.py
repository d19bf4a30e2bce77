"""What changed between a record as it was read and as it stands now, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.forms import Clash
from chain_office.domain.kinds import BadValue

if TYPE_CHECKING:
    from chain_office.domain.forms import Form, FormField, Loaded
    from chain_office.ui.kit.form.body import FormBody

_EMPTY = "（空）"
_LONG = 40


@dataclass(frozen=True, slots=True)
class Moved:
    """One field: its label, and its texts before and now."""

    label: str
    before: str
    now: str


def shown(field: FormField, loaded: Loaded, value: object | None) -> str:
    """A field's value as it is read."""
    if field.link:
        option = loaded.links.get(field.name)
        return option.label if option is not None and option.id == value else str(value or "")
    return field.spec.kind.format(value)


def between(form: Form, before: Loaded, now: Loaded) -> tuple[Moved, ...]:
    """The fields that differ."""
    return tuple(
        Moved(field.spec.label, shown(field, before, old), shown(field, now, new))
        for field in form
        if (old := before.values.get(field.name)) != (new := now.values.get(field.name))
    )


def sentences(changed: tuple[Moved, ...]) -> str:
    """One line a field: "带队领导：张三 → 李四"."""
    return "\n".join(f"{one.label}：{_short(one.before)} → {_short(one.now)}" for one in changed)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return (one_line if len(one_line) <= _LONG else f"{one_line[:_LONG]}…") or _EMPTY


def both_changed(body: FormBody, before: Loaded, now: Loaded) -> tuple[Clash, ...]:
    """The fields that somebody else changed and that were typed into as well."""
    found: list[Clash] = []
    for name, editor in body.editors.items():
        old, new = before.values.get(name), now.values.get(name)
        if not editor.touched or old == new:
            continue
        try:
            mine = editor.value()
        except BadValue:
            mine = None
        if mine == new:
            continue
        field = editor.field
        texts = (editor.text(), shown(field, now, new), shown(field, before, old))
        found.append(Clash(name, field.spec.label, mine, new, old, *texts))
    return tuple(found)
