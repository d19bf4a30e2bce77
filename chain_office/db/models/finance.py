"""银企: needs of enterprises and parks, and per bank 意向 → 授信 → 放款, each dated, never added across stages."""

from __future__ import annotations

import peewee

from chain_office.db.fields import DayField, LineField, MoneyField, NoteField, PercentField, PhoneField, WholeField
from chain_office.db.models.base import Numbered, Record, link
from chain_office.db.models.enterprises import Enterprise
from chain_office.db.models.places import Bank, Park
from chain_office.db.models.problems import Meeting

STEPS = ("达成意向", "正在审批", "未达成")
OUTCOMES = ("已落地", "推进中", "不再需要", "落空")


class Need(Numbered):
    """A borrower's need, brought to an event. The borrower is an enterprise or a park, never both."""

    enterprise = link(Enterprise)
    park = link(Park)
    event = link(Meeting)
    need_yuan = MoneyField(
        "融资需求金额", "需求金额", "贷款需求", "融资金额", "拟融资额", "贷款金额", "申请金额", "申请贷款总金额", "融资需求",
        "贷款需求金额",
    )  # fmt: skip
    purpose = LineField("资金用途", "贷款用途", "用途", "融资用途", width=20)
    term = LineField("期限", "贷款期限", "融资期限", "需求期限")
    guarantee = LineField(
        "担保方式", "抵押物", "抵质押情况", "可提供担保方式",
        words=("信用", "保证", "土地抵押", "厂房抵押", "设备抵押", "存货质押", "应收账款质押", "知识产权质押"),
    )  # fmt: skip
    existing_yuan = MoneyField("现有贷款余额", "贷款余额", "已有授信", "现有融资情况", weight="other")
    first_loan = LineField("是否首次贷款", "是否首贷", words=("是", "否"))
    contact = LineField("联系人", "企业联系人")
    phone = PhoneField("联系电话", "联系方式", "手机")
    remark = NoteField("备注")
    approximate = peewee.BooleanField(default=False)


class Match(Numbered):
    """One bank's answer to one borrower. ``reached``: none, refused, intent, granted, drawn; matched means intent or
    beyond. ``matched_day`` is the first day it counts as matched."""

    need = link(Need)
    enterprise = link(Enterprise)
    park = link(Park)
    bank = link(Bank)
    event = link(Meeting)
    stage = LineField(
        "对接情况", "对接进展", "办理进度", "进展", "对接结果", "对接状态", "办理结果", "落实情况", words=STEPS
    )
    intent_yuan = MoneyField("意向金额", "达成意向金额", "签约金额", "意向授信")
    intent_day = DayField("意向时间", "签约时间", "对接时间")
    matched_day = peewee.DateField(null=True)
    fail_reason = NoteField("未达成原因", "未对接成功原因", "不予受理原因", "存在困难", "拒贷原因")
    reached = peewee.TextField(default="none")
    bank_contact = LineField("银行联系人", "客户经理", "银行对接人")
    remark = NoteField("备注")
    approximate = peewee.BooleanField(default=False)
    asked_day = DayField("推送日期", weight="other")
    refused_day = DayField("未达成日期", weight="other")


class Credit(Record):
    """授信: one grant. ``dated_by`` "event" says the day is the event's, for want of its own."""

    match = link(Match, null=False)
    granted_yuan = MoneyField("授信金额", "授信额度", "批复金额", "授信")
    day = DayField("授信时间", "批复时间", "授信日期")
    dated_by = peewee.TextField(default="row")
    approximate = peewee.BooleanField(default=False)
    remark = NoteField("备注")
    granted_rate = PercentField("授信利率", unit="%")
    granted_term = LineField("授信期限")


class Drawdown(Record):
    """放款: one drawing. ``loan_kind``: 新增 or 续贷."""

    match = link(Match, null=False)
    drawn_yuan = MoneyField(
        "放款金额",
        "已发放金额",
        "实际放款",
        "已投放",
        "发放贷款",
        "帮助落实贷款",
        "放款",
        "到位金额",
        "累计放款",
        "累计投放",
    )
    day = DayField("放款时间", "发放日期", "投放时间", "放款日期", "到账时间")
    loan_kind = LineField("新增/续贷", "贷款性质", "新增或续贷", "贷款类型", words=("新增", "续贷"))
    rate = PercentField("利率", "贷款利率", "年利率", unit="%")
    dated_by = peewee.TextField(default="row")
    approximate = peewee.BooleanField(default=False)
    remark = NoteField("备注")
    drawn_term = LineField("放款期限")
    repay_day = DayField("到期日", weight="other", is_deadline=True)


class LoanReview(Record):
    """A look-back at what became of a need or of a bank's answer, ``after_days`` after the event."""

    match = link(Match)
    need = link(Need)
    day = DayField("回访日期", null=False)
    after_days = WholeField("会后天数", unit="天")
    outcome = LineField("回访结果", words=OUTCOMES)
    text = NoteField("回访情况")
    officer = LineField("回访人")
