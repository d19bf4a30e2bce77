"""The append-only line of what was changed when, by whom and why. Filled by triggers, never by code."""

from __future__ import annotations

import peewee

from chain_office.db.models.base import database


class Write(peewee.Model):
    """One transaction through the write door."""

    no = peewee.AutoField()
    at = peewee.TextField()
    actor = peewee.TextField()
    reason = peewee.TextField()

    class Meta:
        database = database
        table_name = "write_log"


class WriteContext(peewee.Model):
    """One row: the write under way, or none. A change made while it is none has no actor."""

    id = peewee.IntegerField(primary_key=True)
    write_no = peewee.IntegerField(null=True)

    class Meta:
        database = database
        table_name = "write_context"


class History(peewee.Model):
    """One changed field (op "update"), or one row made ("insert") or removed outside the program ("delete")."""

    no = peewee.AutoField()
    write_no = peewee.IntegerField(null=True)
    at = peewee.TextField()
    op = peewee.TextField()
    table_name = peewee.TextField()
    row_id = peewee.TextField()
    field = peewee.TextField(null=True)
    before = peewee.TextField(null=True)
    after = peewee.TextField(null=True)

    class Meta:
        database = database
        table_name = "history"
