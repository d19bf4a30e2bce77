"""Who and where: districts, parks, units, banks, chain segments, problem categories, officers."""

from __future__ import annotations

import peewee

from chain_office.db.fields import DayField, LineField, NoteField, PhoneField, WholeField
from chain_office.db.models.base import Record, link


class Named(Record):
    """A named thing people write in several ways. ``aliases`` holds one other name a line."""

    code = peewee.TextField(null=True)
    name = LineField("名称", null=False)
    short = LineField("简称")
    aliases = NoteField("别名")
    kind = LineField("类别")
    verified = peewee.BooleanField(default=True)
    remark = NoteField("备注", "说明")


class District(Named):
    """县市区 (GB/T 2260 code)."""


class Park(Named):
    """产业园区."""

    district = link(District)
    level = LineField("级别")


class Unit(Named):
    """A unit problems are handed to: 市直单位, 县市区政府, 园区. ``categories``: problem categories it usually takes."""

    categories = NoteField("常办类别")
    district = link(District)
    park = link(Park)


class Bank(Named):
    """A bank. ``caution``: names it is mistaken for."""

    caution = NoteField("易混提示")


STREAMS = ("上游", "中游", "下游", "配套")


class Segment(Named):
    """产业链环节. ``codes``: GB/T 4754-2017 codes, one a line. ``rank``: its place among its brothers."""

    codes = NoteField("行业代码")
    parent = link("self")
    stream = LineField("所处位置", words=STREAMS)
    rank = WholeField("顺序")


class SegmentFlow(Record):
    """What one segment delivers to another: an arrow of the 上下游图谱."""

    source = link(Segment, null=False)
    target = link(Segment, null=False)
    product = LineField("流向产品")


class Category(Named):
    """问题类别, with its keywords and usual units (unit codes), one a line."""

    keywords = NoteField("关键词")
    default_units = NoteField("默认承办单位")


class Officer(Record):
    """A person of the office or seconded to it."""

    name = LineField("姓名", null=False)
    post = LineField("职务")
    unit = link(Unit)
    phone = PhoneField("联系电话")
    remark = NoteField("备注")
    left_day = DayField("离岗日期")
    successor = link("self")
