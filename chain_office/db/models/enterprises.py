"""企业: the register of above-scale enterprises, their contacts, and when each entered or left the register."""

from __future__ import annotations

import peewee

from chain_office.db.fields import (
    CreditCodeField,
    DayField,
    IndustryCodeField,
    LineField,
    NoteField,
    PhoneField,
    WholeField,
)
from chain_office.db.models.base import Numbered, Record, link
from chain_office.db.models.places import District, Park, Segment
from chain_office.domain import values


class Enterprise(Numbered):
    """An enterprise. It is *on the register* while one of its spells says so; without a spell it is an
    off-register party (a borrower, a project owner), never counted."""

    name = LineField(
        "企业名称", "单位名称", "企业", "公司名称", "单位详细名称", "单位", "企业全称", "规上企业名称",
        kind=values.NAME, weight="key", width=32, null=False,
    )  # fmt: skip
    short_name = LineField("简称", "企业简称")
    former_names = NoteField("曾用名", "原名", "曾用名称")
    uscc = CreditCodeField(
        "统一社会信用代码", "社会信用代码", "信用代码", "组织机构代码", "营业执照号", "机构代码", "法人代码", width=22
    )
    legal_person = LineField("法定代表人", "法人代表", "企业负责人", "法人", "负责人")
    district = link(District)
    park = link(Park)
    segment = link(Segment)
    address = LineField("地址", "详细地址", "企业地址", "生产地址", "厂址", "注册地址", width=30)
    industry_code = IndustryCodeField("行业代码", "国民经济行业代码", "行业小类代码")
    industry = LineField("行业", "所属行业", "行业类别", "行业小类", "所在行业")
    products = LineField("主要产品", "主导产品", "主营业务", "产品", "主营产品", width=24)
    employees = WholeField("职工人数", "员工人数", "用工人数", "平均用工人数", "从业人数", unit="人")
    chain_leader = LineField("联系领导", "挂点领导", "联点领导", "服务专员", "联系人(市级)", "帮扶单位")
    protected_since = DayField("赋码保护日期", "赋码保护时间", "纳入保护时间", weight="other")
    remark = NoteField("备注", "说明", "附注")
    name_key = peewee.TextField(default="", index=True)
    name_core = peewee.TextField(default="", index=True)
    initials = peewee.TextField(default="")


class Contact(Record):
    """A person at an enterprise. No ID-card number exists in this schema."""

    enterprise = link(Enterprise, null=False)
    name = LineField("联系人", "对接人", "填报人", "企业联系人")
    post = LineField("联系人职务", "职务")
    phone = PhoneField("联系电话", "联系方式", "手机", "手机号", "手机号码", "联系人电话", "电话")
    remark = NoteField("联系人备注")


class NotDuplicate(Record):
    """Two enterprises somebody looked at and found to be different: they are not proposed as one again."""

    first = link(Enterprise, null=False)
    second = link(Enterprise, null=False)
    remark = NoteField("备注")


class RegisterSpell(Record):
    """One stay on the 规上 register: entry_day ≤ d < exit_day; no entry day = always.

    ``entry_kind``: promoted (规下转规上: brings its own base), new_build (新建投产: base 0), or None (unknown).
    """

    enterprise = link(Enterprise, null=False)
    entry_day = DayField("入规时间", "入库时间", "纳统时间", "入统时间", "入规月份", "升规时间")
    entry_kind = LineField("入规方式", "入规类型", "纳统方式", "新增类型", "入库方式", "入统类型")
    exit_day = DayField("退规时间", "退库时间", "退出时间", "退统时间", "退规月份")
    exit_reason = LineField(
        "退规原因", "退库原因", "退出原因", "退统原因",
        words=("年主营业务收入低于2000万元", "停产", "注销", "破产", "迁出", "重组合并"),
    )  # fmt: skip
