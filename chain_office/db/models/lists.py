"""五单: goals of the chain, projects being courted, research results waiting for a plant. The other two lists are
projects and problems of their own desks."""

from __future__ import annotations

import peewee

from chain_office.db.fields import DayField, DecimalTextField, LineField, MoneyField, NoteField, PhoneField
from chain_office.db.models.base import Numbered, link
from chain_office.db.models.enterprises import Enterprise
from chain_office.db.models.places import District, Park, Segment
from chain_office.db.models.projects import Project

MATURITIES = ("实验室", "小试", "中试", "产业化")
GOAL_UNITS = ("家", "个", "%", "项", "人")


class Target(Numbered):
    """发展目标: a goal of a year, in 元 or in a unit of its own. ``figure_key``: the figure it is compared with."""

    year = peewee.IntegerField()
    name = LineField("目标名称", null=False, width=24)
    figure_key = peewee.TextField(null=True)
    goal_yuan = MoneyField("目标金额")
    goal = DecimalTextField("目标数")
    unit = LineField("计量单位", words=GOAL_UNITS)
    owner = LineField("责任人")
    basis = NoteField("依据")
    remark = NoteField("备注")


class Prospect(Numbered):
    """招商项目: a project being courted. Its stage follows from the days: 在谈, 签约, 落地, 终止."""

    name = LineField("招商项目", null=False, width=32)
    investor = LineField("投资方", width=24)
    content = NoteField("建设内容")
    total_yuan = MoneyField("拟投资额")
    segment = link(Segment)
    district = link(District)
    park = link(Park)
    unit = LineField("责任单位")
    owner = LineField("责任人")
    met_day = DayField("接洽时间")
    signed_day = DayField("签约时间")
    landed_day = DayField("落地时间")
    ended_day = DayField("终止时间")
    project = link(Project)
    next_step = NoteField("下一步措施")
    remark = NoteField("备注")


class Achievement(Numbered):
    """可产业化科研成果."""

    name = LineField("成果名称", null=False, width=32)
    holder = LineField("持有单位", width=24)
    field = LineField("技术领域")
    maturity = LineField("成熟度", words=MATURITIES)
    ip = NoteField("知识产权")
    segment = link(Segment)
    enterprise = link(Enterprise)
    demand = NoteField("合作需求")
    contact = LineField("联系人")
    phone = PhoneField("联系电话")
    day = DayField("登记日期")
    landed_day = DayField("转化日期")
    remark = NoteField("备注")
