"""What every record has: a client-made id, a version, a bin mark, and perhaps a number people can say aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import peewee

from chain_office.db.fields import SpecField
from chain_office.db.identity import new_id

if TYPE_CHECKING:
    from chain_office.domain.specs import FieldSpec

database = peewee.DatabaseProxy()
"""Bound by the ledger that is open; the same models run on any backend it is bound to."""


class Record(peewee.Model):
    """A row of the ledger. Deleting is setting ``deleted_at``; ``version`` counts saves."""

    id = peewee.TextField(primary_key=True, default=new_id)
    version = peewee.IntegerField(default=1, constraints=[peewee.SQL("DEFAULT 1")])
    deleted_at = peewee.TextField(null=True)

    class Meta:
        database = database
        legacy_table_names = False


class Numbered(Record):
    """A record with a number of its own, shown as prefix + four digits ("WT0012")."""

    number = peewee.IntegerField(null=True)


PREFIXES = {
    "enterprise": "QY",
    "visit": "ZF",
    "problem": "WT",
    "match": "YQ",
    "need": "XQ",
    "project": "XM",
    "common_issue": "GX",
    "target": "MB",
    "prospect": "ZS",
    "achievement": "CG",
}
"""Record-number prefixes by table."""


def record_number(table: str, number: int) -> str:
    """The record number as printed on papers and exports."""
    return f"{PREFIXES[table]}{number:04d}"


def spec_fields(model: type[peewee.Model]) -> tuple[SpecField, ...]:
    """The described columns of a model, in declaration order."""
    return tuple(field for field in model._meta.sorted_fields if isinstance(field, SpecField))


def specs(model: type[peewee.Model]) -> tuple[FieldSpec, ...]:
    """The descriptions of a model's columns, in declaration order."""
    return tuple(field.spec for field in spec_fields(model))


def link(
    model: type[peewee.Model] | Literal["self"], *, null: bool = True, name: str | None = None
) -> peewee.ForeignKeyField[Any]:
    """A reference to another record, without a back reference."""
    options: dict[str, Any] = {"null": null, "backref": "+", "column_name": name, "on_delete": "RESTRICT"}
    field: peewee.ForeignKeyField[Any] = peewee.ForeignKeyField(model, **options)
    return field
