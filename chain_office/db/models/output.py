"""产值: what each enterprise reports a month, with the prior-year base its own form states."""

from __future__ import annotations

import peewee

from chain_office.db.fields import DayField, DecimalTextField, LineField, MoneyField, MonthField, NoteField
from chain_office.db.models.base import Record, link
from chain_office.db.models.enterprises import Enterprise


class MonthlyOutput(Record):
    """One enterprise's output of one month, current prices. Month and cumulative are both kept: they differ when
    firms revise. ``source``: where the figures come from (enterprise's own report; never a statistical survey)."""

    enterprise = link(Enterprise, null=False)
    month = MonthField("月份", "所属月份", "报告期", null=False)
    month_yuan = MoneyField(
        "本月",
        "本月产值",
        "当月产值",
        "本月工业总产值",
        "本月完成",
        "当月",
        "工业总产值",
        "产值",
        "本期产值",
        "工业总产值本期",
        "产值本期",
        periodic=True,
    )
    month_prev_yuan = MoneyField("上年同月", "去年同月", "上年同期本月", "上年本月", periodic=True)
    cum_yuan = MoneyField("累计", "1—本月", "累计产值", "本年累计", "累计完成", "1—本月累计", periodic=True)
    cum_prev_yuan = MoneyField(
        "上年同期", "上年累计", "去年同期", "上年同期累计", "上年1—本月", "去年累计", "同期累计", periodic=True
    )
    revenue_yuan = MoneyField("营业收入", "主营业务收入", "销售收入", weight="other")
    profit_yuan = MoneyField("利润", "利润总额", weight="other")
    tax_yuan = MoneyField("税金", "入库税金", "税收", "上缴税金", weight="other")
    power_kwh = DecimalTextField("用电量", "工业用电量", "用电", unit="千瓦时")
    stop = LineField("生产状态", "开停工", "是否停产", "停产情况", words=("正常生产", "半停产", "停产检修", "停产"))
    reason = NoteField("增减原因", "下降原因", "变动原因", "原因分析")
    source = LineField("数据来源", "来源", words=("企业自报", "园区报送", "县市区调度"))
    remark = NoteField("备注")
    filed_day = DayField("报送日期", weight="other")


class PublishedTotal(Record):
    """A total as published at the time ("上年公布数"), cumulative from January to ``month``."""

    month = MonthField("月份", null=False)
    total_yuan = MoneyField("公布数", null=False)
    source = LineField("来源")
    note = peewee.TextField(null=True)


class OutputCorrection(Record):
    """A dated correction of a month that was signed off. The amounts are those that stood before it, so that a figure as
    of an earlier day can be told as it was."""

    output = link(MonthlyOutput, null=False)
    day = DayField("更正日期", null=False)
    reason = NoteField("更正原因", null=False)
    actor = LineField("更正人")
    month_yuan = MoneyField("更正前本月")
    cum_yuan = MoneyField("更正前累计")
    month_prev_yuan = MoneyField("更正前上年同月")
    cum_prev_yuan = MoneyField("更正前上年同期")


class OutputAnswer(Record):
    """What an enterprise or the office says to a finding of a month's health check (``finding``: its kind)."""

    enterprise = link(Enterprise, null=False)
    month = MonthField("月份", null=False)
    finding = peewee.TextField()
    text = NoteField("说明", null=False)
    actor = LineField("说明人")
    day = DayField("说明日期")
