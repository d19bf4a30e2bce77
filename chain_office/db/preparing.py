"""Python values on their way into a table, a column at a time: checked, defaulted, in the database's types.

Rows of an import repeat themselves (the same months, units, days), so texts and days are checked once per value.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from chain_office.db.fields import SpecField
from chain_office.domain.errors import BugError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import peewee

_REPEATING = frozenset({str, date, type(None)})
"""Types whose equal values are the same value (1 == True == Decimal("1.0") is why numbers are not among them)."""
_MISSING: Any = object()


def prepare_column(
    field: peewee.Field, rows: Sequence[Mapping[str, Any]], make: Callable[[], object] | None = None
) -> list[object]:
    """One column of ``rows`` as the database takes it. A row without the field gets ``make()``, else the default."""
    name, column = field.name, field.column_name
    values = [row.get(name, _MISSING) for row in rows]
    if any(value is _MISSING for value in values):
        made = make or (lambda: field.default() if callable(field.default) else field.default)
        values = [(rows[at].get(column, _MISSING) if value is _MISSING else value) for at, value in enumerate(values)]
        values = [made() if value is _MISSING else value for value in values]
    return _checked(field, values)


def _checked(field: peewee.Field, values: list[Any]) -> list[object]:
    if _REPEATING.issuperset(map(type, values)):
        known = {value: check_value(field, value) for value in dict.fromkeys(values)}
        return [known[value] for value in values]
    return [check_value(field, value) for value in values]


def check_value(field: peewee.Field, value: Any) -> object:
    """A value of a field as the database takes it. Raises what the field's kind raises for a bad one."""
    if isinstance(field, SpecField):
        if value is not None:
            field.kind.clean(value)
        elif not field.null:
            raise BugError(f"{field.model.__name__}.{field.name} may not be empty")
    stored: object = field.db_value(value)
    return stored
