"""走访: campaigns, and one note a visit with the three standing questions (生产经营情况 / 困难和问题 / 发展打算)."""

from __future__ import annotations

import peewee

from chain_office.db.fields import DayField, LineField, MoneyField, NoteField
from chain_office.db.models.base import Numbered, Record, link
from chain_office.db.models.enterprises import Enterprise

CONSENT_WAYS = ("码上约", "电话", "当面", "书面", "短信微信")


class Campaign(Record):
    """A round of visits ("2020年10月集中走访")."""

    name = LineField("走访活动", null=False)
    from_day = DayField("开始日期")
    to_day = DayField("结束日期")
    remark = NoteField("备注")


class Visit(Numbered):
    """One visit. ``precision`` "month" says that only the month is known (``day`` is then its last day)."""

    enterprise = link(Enterprise, null=False)
    campaign = link(Campaign)
    day = DayField("走访时间", "走访日期", "调研日期", "时间", "日期", "走访(调研)时间", "调研时间", "走访调研时间")
    precision = peewee.TextField(default="day")
    leader = LineField("带队领导", "牵头领导", "走访领导", "带队人")
    visitors = LineField("走访人员", "走访人", "参加人员", "走访组成员", "带队领导及成员", "陪同人员", width=20)
    interviewee = LineField("受访人", "接待人", "企业参加人员", "座谈人员", "受访人及职务", width=16)
    method = LineField("走访方式", "调研方式", "方式", "形式", words=("实地走访", "座谈", "电话", "线上"))
    consent = LineField("是否经企业同意", "企业是否同意", "预约编号", "扫码时间", "企业同意方式")
    q1_status = NoteField(
        "生产经营情况", "企业生产经营情况", "目前生产经营怎么样", "基本情况", "企业运行情况", "生产经营状况", "经营情况"
    )
    q2_problem = NoteField(
        "存在困难和问题", "困难问题", "需要政府帮助解决的困难和问题", "企业问题及诉求", "主要困难", "问题及诉求", "反映的问题",
        "存在的困难和问题", "存在的问题", "困难和问题", "存在问题",
    )  # fmt: skip
    q3_plan = NoteField("发展打算", "下步打算", "发展规划", "下一步打算", "扩产计划", "做大做强打算", "发展计划")
    suggestion = NoteField("意见建议", "企业建议", "对政府的建议", "意见和建议")
    sales_yuan = MoneyField("销售额", "营业收入", "主营业务收入", "本年销售收入", weight="other")
    tax_yuan = MoneyField("纳税额", "上缴税收", "税收", "本年税收", weight="other")
    followup = NoteField("跟进措施", "处理意见", "诉求解决情况", "建议解决情况", "初步处理意见", "解决措施")
    rating = LineField("企业评价", "码上评", "满意度评价", words=("满意", "基本满意", "不满意", "未评价"))
    recorder = LineField("记录人")
    remark = NoteField("备注", "说明")
    consent_by = LineField("同意人")
    consent_way = LineField("同意途径", words=CONSENT_WAYS)
    consent_day = DayField("同意日期", weight="other")
    booking_no = LineField("预约号")
    rated_day = DayField("评价日期", weight="other")


class VisitPlan(Record):
    """An enterprise to be visited in a campaign. It is done when a visit of the enterprise falls into the campaign."""

    campaign = link(Campaign, null=False)
    enterprise = link(Enterprise, null=False)
    due_day = DayField("计划走访日期", is_deadline=True)
    leader = LineField("带队领导")
    visitors = LineField("走访人员")
    remark = NoteField("备注")
