"""问题: from a candidate through screening, hand-over, progress and reported closure to verified closure (销号)."""

from __future__ import annotations

import peewee

from chain_office.db.fields import DayField, LineField, NoteField, PhoneField, WholeField
from chain_office.db.models.base import Numbered, Record, link
from chain_office.db.models.enterprises import Enterprise
from chain_office.db.models.places import Category, District, Officer, Unit
from chain_office.db.models.visits import Visit
from chain_office.domain.statuses import SATISFACTION

LEVELS = ("市级", "县级", "省级", "国家级")
SOURCES = ("走访收集", "企业上报", "座谈会", "调度会", "县市区报送", "园区报送", "上级转办", "来信来电")
RATINGS = tuple(choice.label for choice in SATISFACTION.choices)
MEETINGS = ("问题交办会", "银企对接会", "调度会")
METHODS = ("电话", "当面", "走访", "会议", "发函", "短信微信")
"""How an enterprise or a unit was spoken to (催办 is kept by its way: phone, letter, visit, meeting)."""


class Meeting(Record):
    """A meeting things are dated by: 问题交办会, 银企对接会, 调度会 (``kind``)."""

    name = LineField("会议名称", "会议", "交办会", "对接会", null=False)
    kind = LineField("会议类别", words=MEETINGS)
    day = DayField("会议时间", "会议日期")
    precision = peewee.TextField(default="day")
    remark = NoteField("备注")


class CommonIssue(Numbered):
    """共性问题: one item that many enterprises' problems hang on (一件事 → 一类事)."""

    name = LineField("共性问题", null=False, width=24)
    text = NoteField("共性表述")
    category = link(Category)
    lead_unit = link(Unit)
    measure = NoteField("专题措施")
    day = DayField("提出日期")
    remark = NoteField("备注")


class Problem(Numbered):
    """One problem. ``state`` and the days beside it repeat what the events say, written in the same transaction;
    the check proves that they agree."""

    enterprise = link(Enterprise)
    visit = link(Visit)
    meeting = link(Meeting)
    district = link(District)
    category = link(Category)
    lead_unit = link(Unit)
    source_no = LineField("编号", "问题编号", "清单序号", "交办编号", "交办文号")
    text = NoteField(
        "存在问题", "反映问题", "问题", "问题描述", "困难和问题", "问题表述", "具体问题表述", "问题内容", "困难问题",
        "问题及诉求", "反映的问题", "存在困难和问题", "主要问题", "具体问题", "问题事项", "督办事项", "交办事项", "事项",
        weight="key", null=False,
    )  # fmt: skip
    demand = NoteField("企业诉求", "诉求", "具体诉求", "诉求内容", "请求事项", "建议意见", "企业建议")
    level = LineField("解决层级", "办理层级", "层级", "市级/县级", words=LEVELS)
    source = LineField("问题来源", "来源", "信息来源", words=SOURCES)
    owner = LineField("责任人", "承办人", "经办人", "具体责任人", "整改责任人", "第一责任人")
    owner_phone = PhoneField("责任人电话", "承办人电话", "责任人联系电话")
    collected_day = DayField("收集时间", "收集日期", "提出时间", "登记时间", "上报时间", "反映时间")
    assigned_day = DayField("交办时间", "交办日期", "下达时间", "派单时间", "转办时间")
    deadline = DayField(
        "办结时限", "完成时限", "整改时限", "解决时限", "时限要求", "完成时间", "要求办结时间", "反馈时限", "办理时限", "时限",
        is_deadline=True,
    )  # fmt: skip
    deadline_text = LineField("时限原文")
    progress = NoteField(
        "办理进展", "进展情况", "办理情况", "目前进展", "解决情况", "办理结果", "落实情况", "采取措施及进展", "当前进展",
        "已采取的整改措施", "完成情况", "工作进展",
    )  # fmt: skip
    reported_day = DayField("报结时间", "反馈时间", "报结日期", "申请销号时间")
    closed_day = DayField("办结时间", "办结日期", "销号时间", "完成日期", "销号日期", "核实时间")
    reason = NoteField("未办结原因", "未整改到位原因及下一步计划", "存在困难", "滞后原因", "不予采纳原因", "不采纳理由")
    next_step = NoteField("下一步措施", "下步打算", "下一步计划", "下步工作")
    satisfaction = LineField(
        "满意度", "是否满意", "企业评价", "回访情况", "企业反馈", "企业满意度", "满意度评价", words=RATINGS
    )  # fmt: skip
    callback_day = DayField("回访时间", "回访日期", weight="other")
    review_day = DayField("复核时间", "再评估时间", "复查时间", "回看时间", weight="other", is_deadline=True)
    remark = NoteField("备注", "说明")
    state = peewee.TextField(default="waiting", index=True)
    closed_verified = peewee.BooleanField(default=False)
    original_deadline = peewee.DateField(null=True)
    rounds = peewee.IntegerField(default=0)
    text_core = peewee.TextField(default="", index=True)
    common_issue = link(CommonIssue)


class Screening(Record):
    """One verdict on one criterion: urgent (企业很急需), feasible (条件又具备), gov_can (政府办得到)."""

    problem = link(Problem, null=False)
    criterion = peewee.TextField()
    verdict = peewee.TextField(null=True)
    basis = NoteField("依据")
    officer = link(Officer)
    day = DayField("筛选日期")


class Assignment(Record):
    """A unit's part in a problem: role "lead" (one) or "co" (any number), per round."""

    problem = link(Problem, null=False)
    unit = link(Unit, null=False)
    role = peewee.TextField()
    round = peewee.IntegerField(default=1)
    day = DayField("交办日期")
    ended_day = DayField("结束日期")


class ProblemEvent(Record):
    """A dated step. ``kind``: a verb of domain.workflow, or "opening" / "import". ``state``: the state after it.
    期初登记 (opening) carries the days of an imported history. ``actor``: who took it, in the business sense (who
    screened, approved, verified); who typed it is in the history. ``due_day``: the day it sets, by kind: a deadline, the
    wished one of a request, a pool's review, a closed problem's look-back. ``solved``, ``answered``, ``approached``: the
    verification's questions, "yes", "no" or "partly". A book's step keeps here what later steps overrule on the problem:
    that its closing was verified (``solved`` "yes") and its ``rating``."""

    problem = link(Problem, null=False)
    seq = WholeField("顺序", null=False)
    kind = peewee.TextField()
    day = DayField("日期")
    state = peewee.TextField()
    unit = link(Unit)
    text = NoteField("内容")
    reason = NoteField("原因")
    actor = LineField("经手人")
    due_day = DayField("时限", is_deadline=True)
    method = LineField("方式", words=METHODS)
    contact = LineField("对方")
    rating = LineField("满意度", words=RATINGS)
    solved = peewee.TextField(null=True)
    answered = peewee.TextField(null=True)
    approached = peewee.TextField(null=True)
    understood = peewee.BooleanField(null=True)
    next_step = NoteField("下一步措施")
    meeting = link(Meeting)


class ProblemSpan(Record):
    """A stretch in which nothing that counts changed, derived from the events: day_from ≤ d < day_until (None = always /
    still). ``due_day``: what is due in it (the deadline while open or reported, the review while pooled, the look-back
    while closed). ``lead_unit``, ``round``: who has it, for which time. ``reported_day``: when it was reported, while it
    waits to be verified. A question about a past day reads these, never the columns of the problem."""

    problem = link(Problem, null=False)
    event = link(ProblemEvent, null=False)
    state = peewee.TextField()
    day_from = peewee.DateField(null=True)
    day_until = peewee.DateField(null=True)
    due_day = peewee.DateField(null=True)
    lead_unit = link(Unit)
    reported_day = peewee.DateField(null=True)
    round = peewee.IntegerField(default=0)


class Dispatch(Record):
    """A paper that left for a unit (发文登记): 交办单, 催办函, 督办通报, 销号单. ``year`` and ``no`` are its number
    (有色交〔2020〕3号); the same paper made again keeps it."""

    kind = LineField("文种", null=False)
    word = LineField("发文字")
    year = WholeField("年份", null=False)
    no = WholeField("序号", null=False)
    unit = link(Unit)
    meeting = link(Meeting)
    day = DayField("日期", null=False)
    key = peewee.TextField(default="")


class DispatchItem(Record):
    """A problem on a paper that left. ``seq``: its last step at that time, which the returned form is compared with."""

    dispatch = link(Dispatch, null=False)
    problem = link(Problem, null=False)
    role = peewee.TextField(default="lead")
    seq = WholeField("步数", null=False)
