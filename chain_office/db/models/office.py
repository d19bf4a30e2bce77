"""The office itself: settings, rules it may change, what it imported, attached and issued."""

from __future__ import annotations

import peewee

from chain_office.db.fields import DayField, LineField, MonthField, NoteField, WholeField
from chain_office.db.models.base import Record, database


class Setting(Record):
    """One setting of this ledger (office, chain, 牵头领导, 后盾单位, 承载地, 主链银行, as_of, sample …)."""

    key = peewee.TextField()
    value = peewee.TextField(null=True)


class LightRule(Record):
    """One row of a light table: the first rule that fits, by ``rank``, gives the colour and the reason."""

    desk = peewee.TextField()
    rank = peewee.IntegerField()
    light = peewee.TextField()
    condition = peewee.TextField()
    threshold = WholeField("阈值")
    text = LineField("说明")


class TimeLimit(Record):
    """A time limit in working days, by what it limits."""

    name = LineField("事项", null=False)
    days = WholeField("工作日", unit="工作日")
    remark = NoteField("依据")


class CalendarDay(Record):
    """A day that differs from its weekday: a holiday on a weekday, or a working weekend."""

    day = DayField("日期", null=False)
    works = peewee.BooleanField()
    name = LineField("名称")


class ImportBatch(Record):
    """One applied import. ``write_no`` is its one write, which undoing takes back whole."""

    book = LineField("工作簿", null=False)
    sha256 = peewee.TextField(default="")
    at = peewee.TextField()
    write_no = peewee.IntegerField(null=True)
    new = peewee.IntegerField(default=0)
    changed = peewee.IntegerField(default=0)
    same = peewee.IntegerField(default=0)
    refused = peewee.IntegerField(default=0)
    undone_at = peewee.TextField(null=True)


class Blob(peewee.Model):
    """The bytes of an attachment, once per content."""

    sha256 = peewee.TextField(primary_key=True)
    data = peewee.BlobField()
    size = peewee.IntegerField()

    class Meta:
        database = database


class Attachment(Record):
    """A file kept in the ledger, hung on a record."""

    table_name = peewee.TextField()
    row_id = peewee.TextField()
    name = LineField("文件名", null=False)
    sha256 = peewee.TextField()
    remark = NoteField("说明")


class IssuedPack(Record):
    """A pack as issued: its figures are frozen with it."""

    kind = LineField("材料", null=False)
    as_of = DayField("截止日期", null=False)
    at = peewee.TextField()
    sha256 = peewee.TextField()
    figures = peewee.TextField()
    name = LineField("文件名")


class MonthFreeze(Record):
    """A month that was closed. ``desk``: projects or output. ``data``: what was frozen, as JSON text."""

    desk = peewee.TextField()
    month = MonthField("月份", null=False)
    day = DayField("签认日期", null=False)
    signed_by = LineField("签认人")
    data = peewee.TextField(default="{}")
    remark = NoteField("备注")
