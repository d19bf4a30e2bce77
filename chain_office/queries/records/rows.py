"""Reading rows with the names of their columns, and showing a described field as people read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from chain_office.db.models import spec_fields
from chain_office.domain.contacts import mask_phones
from chain_office.domain.money import format_money, show_money
from chain_office.domain.textkinds import ChoiceKind
from chain_office.domain.workflow import STATES
from chain_office.queries.records.shape import Item

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    import peewee

    from chain_office.db.ledger import Ledger
    from chain_office.domain.specs import FieldSpec

Row = dict[str, Any]
MOST = 12
"""Lines of a related list; the desk itself shows the rest."""
NOTHING = "—"
_WHOLE = re.compile(r"-?\d+")


def read(
    ledger: Ledger, model: type[peewee.Model], where: str, arguments: Iterable[object], tail: str = ""
) -> list[Row]:
    """Rows of a table t as they are stored, by column. ``where`` and ``tail`` are this program's own SQL."""
    names = [field.column_name for field in model._meta.sorted_fields]
    columns = ", ".join(f't."{name}"' for name in names)
    sql = f'SELECT {columns} FROM "{model._meta.table_name}" t WHERE {where} {tail}'
    return [dict(zip(names, row, strict=True)) for row in ledger.rows(sql, tuple(arguments))]


def one(ledger: Ledger, model: type[peewee.Model], row_id: str) -> Row | None:
    """A row by its id, in the bin or not."""
    found = read(ledger, model, "t.id = ?", (row_id,))
    return found[0] if found else None


def live(ledger: Ledger, model: type[peewee.Model], owner: str, row_id: str, order: str = "t.id") -> list[Row]:
    """The rows of a table that hang on a record."""
    return read(ledger, model, f"t.{owner} = ? AND t.deleted_at IS NULL", (row_id,), f"ORDER BY {order}")


def name_of(ledger: Ledger, table: str, row_id: str | None) -> str:
    """What a named row is called, "" for none."""
    if row_id is None:
        return ""
    return str(ledger.value(f'SELECT name FROM "{table}" WHERE id = ?', (row_id,)) or "")


def shown(spec: FieldSpec, value: object) -> str:
    """A stored value as people read it; telephone numbers masked."""
    if value is None or value == "":
        return ""
    kind = spec.kind.name
    if kind in {"money", "integer"} and not _WHOLE.fullmatch(str(value)):
        return str(value)  # written by another program: shown as it is
    if kind == "money":
        return show_money(int(str(value)))
    if kind == "phone":
        return mask_phones(str(value))
    if kind == "integer":
        return f"{int(str(value)):,} {spec.unit}".rstrip()
    if kind in {"day", "month"}:
        return str(value)
    if isinstance(spec.kind, ChoiceKind):
        return spec.kind.label(str(value))
    if kind == "flag":
        return "是" if str(value) == "1" else "否"
    if kind == "yes_no":
        return {"yes": "是", "no": "否", "pending": "待定"}.get(str(value), str(value))
    return f"{value} {spec.unit}".rstrip()


def form(model: type[peewee.Model], row: Row, names: str, *, always: str = "") -> tuple[Item, ...]:
    """The named fields of a row as items, those without a value left out unless ``always`` names them."""
    kept = always.split()
    fields = {field.name: field for field in spec_fields(model)}
    items = []
    for name in names.split():
        field = fields[name]
        value = row[field.column_name]
        text = shown(field.spec, value)
        if text or name in kept:
            secret = str(value) if field.spec.kind.name == "phone" and text else ""
            items.append(Item(field.spec.label, text or NOTHING, secret=secret if secret != text else ""))
    return tuple(items)


def named(label: str, text: str, *, always: bool = False, page: str = "", reference: str = "") -> tuple[Item, ...]:
    """One item, or none where there is nothing to say."""
    if not text:
        return (Item(label, NOTHING),) if always else ()
    return (Item(label, text, page=page, reference=reference),)


STATE_AT = (
    "coalesce((SELECT z.state FROM problem_span z WHERE z.problem_id = p.id AND (z.day_from IS NULL OR z.day_from <= :day) "
    "AND (z.day_until IS NULL OR z.day_until > :day)), '')"
)
"""The state of a problem p at :day, '' before it begins."""


def state_word(state: str) -> str:
    """A problem's state as people say it."""
    return STATES[state].label if state else "未收集"


def more(count: int) -> str:
    """What is said under a list that leaves lines out."""
    return f"共 {count} 条，只列 {MOST} 条" if count > MOST else ""


def wan(yuan: int | None) -> str:
    """An amount in 万元 as a bare number, for columns whose heading names the unit; "" for None."""
    if yuan is None:
        return ""
    return format_money(yuan, "万元", 0 if yuan % 10_000 == 0 else 2)


def percent(rate: Decimal | None) -> str:
    """A rate with its sign, for columns whose heading says %; "" for None."""
    return "" if rate is None else f"{rate:+}"
