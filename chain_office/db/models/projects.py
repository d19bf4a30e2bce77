"""项目: the pipeline 拟开工 → 在建 → 竣工 (or 停缓建), with dated stage changes, plans, monthly progress and nodes."""

from __future__ import annotations

import peewee

from chain_office.db.fields import DayField, DecimalTextField, LineField, MoneyField, MonthField, NoteField
from chain_office.db.models.base import Numbered, Record, link
from chain_office.db.models.enterprises import Enterprise
from chain_office.db.models.places import District, Park, Segment
from chain_office.db.models.problems import Problem
from chain_office.domain import values

NODES = ("立项", "用地", "规划", "环评", "能评", "施工许可", "开工", "封顶", "设备安装", "试生产", "竣工验收", "投产")


class Project(Numbered):
    """A project. ``stage`` repeats what the stage changes say, written in the same transaction."""

    code = LineField("项目代码", "项目编码", "投资项目统一代码", "在线平台代码")
    name = LineField("项目名称", "项目", "建设项目", "工程名称", weight="key", kind=values.NAME, width=32, null=False)
    owner = LineField("建设单位", "业主单位", "项目业主", "投资主体", "项目单位", "投资方", "项目法人", width=24)
    enterprise = link(Enterprise)
    district = link(District)
    park = link(Park)
    segment = link(Segment)
    nature = LineField("建设性质", "项目性质", "性质", words=("新建", "扩建", "改建", "技改", "迁建"))
    content = NoteField(
        "建设内容及规模", "建设规模及内容", "建设规模及主要建设内容", "建设内容", "主要建设内容", "建设规模"
    )
    years = LineField(
        "建设年限", "建设起止年限", "项目工期", "建设周期", "建设期", "开竣工时间", "计划开竣工时间", "起止年限"
    )
    plan_start = DayField("计划开工时间", "拟开工时间", "预计开工时间", weight="other", is_deadline=True)
    start_day = DayField("开工时间", "开工日期", "实际开工时间")
    plan_finish = DayField(
        "计划竣工时间", "拟竣工时间", "预计竣工时间", "计划投产时间", weight="other", is_deadline=True
    )
    finish_day = DayField("竣工时间", "完工时间", "竣工日期", "实际竣工时间", "投产时间", "竣工投产时间")
    total_yuan = MoneyField("总投资", "计划总投资", "总投资额", "投资总额", "估算总投资", "项目总投资")
    leader = LineField("责任领导", "联系领导", "市级联系领导", "挂点领导", "牵头领导")
    unit = LineField("责任单位", "牵头单位", "服务单位", "分管局委")
    agent = LineField("代办员", "项目秘书", "首席服务员")
    land_mu = DecimalTextField("用地面积", "占地面积", "用地(亩)", unit="亩", kind=values.QuantityKind("亩"))
    in_stat = LineField("是否入统", "是否入库", "是否纳统", words=("是", "否"))
    output_after_yuan = MoneyField("达产产值", "预计年产值", "达产后年产值", weight="other")
    tax_after_yuan = MoneyField("预计年税收", "达产税收", weight="other")
    problems = NoteField("存在问题", "存在的主要问题", "困难问题", "存在的困难", "存在困难和问题")
    solution = NoteField("解决措施", "下步措施", "建议")
    remark = NoteField("备注")
    stage = peewee.TextField(default="planned", index=True)
    name_key = peewee.TextField(default="", index=True)


class StageChange(Record):
    """A project entered a stage. No day = it stood so when it was first recorded."""

    project = link(Project, null=False)
    stage = peewee.TextField()
    day = DayField("日期")
    reason = NoteField("原因")


class ProjectPlan(Record):
    """A year's plan of a project."""

    project = link(Project, null=False)
    year = peewee.IntegerField()
    year_plan_yuan = MoneyField(
        "年度计划投资", "本年计划投资", "年度投资计划", "年投资计划", "年度投资目标", "今年计划投资"
    )
    year_goal = NoteField("年度建设目标", "年度目标", "当年建设目标", "年度主要建设内容")


class ProjectMonth(Record):
    """A month's progress: invested this month, this year so far, since the start."""

    project = link(Project, null=False)
    month = MonthField("月份", "调度月份", null=False)
    month_done_yuan = MoneyField(
        "本月完成投资", "当月已完成投资", "本月投资", "月完成投资", "当月完成投资", periodic=True
    )
    year_done_yuan = MoneyField(
        "年度累计完成投资", "本年累计完成投资", "累计完成投资(本年)", "当年项目累计投资", "当月至今已完成", "本年完成投资",
        periodic=True,
    )  # fmt: skip
    total_done_yuan = MoneyField("累计完成投资", "开工以来累计完成投资", "项目累计投资", "截至目前累计完成投资")
    image_progress = NoteField("形象进度", "工程进度", "建设进度", "项目进展情况", "项目进展")


class ProjectNode(Record):
    """A step on the way: 立项 用地 环评 开工 封顶 投产 …"""

    project = link(Project, null=False)
    name = LineField("节点", null=False, words=NODES)
    plan_day = DayField("计划时间", is_deadline=True)
    done_day = DayField("完成时间")
    owner = LineField("负责人")
    remark = NoteField("备注")


class ProjectCause(Record):
    """A problem that holds a project up, perhaps at one node."""

    project = link(Project, null=False)
    problem = link(Problem, null=False)
    node = LineField("受阻节点", words=NODES)
    remark = NoteField("备注")
