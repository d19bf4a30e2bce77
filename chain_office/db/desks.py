"""The six desks as tables of a workbook: which fields a row may carry, under which headings.

Stored fields come from the models (described once, there); what a row says about *other* records (the enterprise's
name, units, bank, district) or about states is described here, because it is looked up or derived, not stored as text.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from chain_office.db.models import (
    Contact,
    Credit,
    Drawdown,
    Enterprise,
    Match,
    MonthlyOutput,
    Need,
    Problem,
    Project,
    ProjectMonth,
    ProjectPlan,
    RegisterSpell,
    Visit,
    specs,
)
from chain_office.domain import values
from chain_office.domain.specs import DeskSpec, FieldSpec

if TYPE_CHECKING:
    import peewee

_FIRM = ("单位名称", "企业", "公司名称", "单位详细名称", "单位", "企业全称")


def _of(model: type[peewee.Model], *, skip: tuple[str, ...] = (), **renamed: str) -> tuple[FieldSpec, ...]:
    """A model's described fields, some left out, some under another name on this desk."""
    return tuple(
        replace(spec, name=renamed.get(spec.name, spec.name)) for spec in specs(model) if spec.name not in skip
    )


def _text(name: str, label: str, *aliases: str, weight: str = "other", width: int = 14) -> FieldSpec:
    return FieldSpec(name=name, label=label, kind=values.TEXT, aliases=aliases, weight=weight, width=width)


def _lines(name: str, label: str, *aliases: str) -> FieldSpec:
    """A cell that lists names, perhaps one a line."""
    return FieldSpec(name=name, label=label, kind=values.LONG_TEXT, aliases=aliases, width=16)


def _percent(name: str, label: str, *aliases: str) -> FieldSpec:
    return FieldSpec(name=name, label=label, kind=values.PERCENT, aliases=aliases, derived=True, periodic=True)


def _class(*aliases: str) -> FieldSpec:
    """A classifying column, looked at for what no column of its own says; never stored."""
    return replace(_text("class_text", "类别", *aliases), derived=True)


_RECORD = _text("record_no", "记录号", width=10)
_DISTRICT = _text(
    "district",
    "县市区",
    "所在区县",
    "县(市、区)",
    "属地",
    "所在地",
    "区域",
    "地区",
    "所属县市区",
    "所在县市区",
    "县区",
    "区县",
    "市/区县",
    "行政区划",
)
_PARK = _text("park", "所属园区", "所在园区", "园区", "产业园区", "承载园区")
_USCC = FieldSpec(
    "uscc", "统一社会信用代码", values.CREDIT_CODE, ("信用代码", "社会信用代码", "组织机构代码", "法人代码"), width=22
)


def _firm(*aliases: str) -> FieldSpec:
    return FieldSpec("enterprise", "企业名称", values.NAME, (*aliases, *_FIRM), weight="key", width=32)


def _yes_no(name: str, label: str, *aliases: str) -> FieldSpec:
    return FieldSpec(name, label, values.YES_NO, aliases)


@cache
def desks() -> tuple[DeskSpec, ...]:
    """All six desks, in the window's order."""
    return (_enterprises(), _visits(), _problems(), _finance(), _projects(), _output())


def desk(desk_id: str) -> DeskSpec:
    """One desk by id; KeyError if there is none."""
    return {one.id: one for one in desks()}[desk_id]


def _enterprises() -> DeskSpec:
    return DeskSpec(
        "enterprises",
        "企业",
        (
            _RECORD,
            *_of(Enterprise, skip=("employees", "remark")),
            *_of(Contact, skip=("remark", "name", "post", "phone")),
            _text("contact", "联系人", "对接人", "填报人", "企业联系人"),
            _text("post", "联系人职务", "职务"),
            replace(Contact.phone.spec, name="phone"),
            _text(
                "contact_phone",
                "联系人及电话",
                "联系人及联系方式",
                "联系人及联系电话",
                "负责人及电话",
                "联系人电话及姓名",
            ),
            _DISTRICT,
            _PARK,
            _text("segment", "产业链环节", "环节", "产业链位置", "细分领域", "链条环节"),
            _yes_no("is_scale", "是否规上", "规上企业", "规上", "是否规模以上"),
            _text("scale_text", "企业规模", "规模", "企业划型"),
            *_of(RegisterSpell),
            _class("类型", "新增类别", "入库类别"),
            replace(Enterprise.employees.spec),
            replace(Enterprise.remark.spec),
        ),
        ("名册", "名录", "花名册", "企业名单", "企业库", "规上企业", "基本情况表", "一企一档", "企业信息", "企业台账"),
    )


def _visits() -> DeskSpec:
    return DeskSpec(
        "visits",
        "走访",
        (
            _RECORD,
            _firm("走访企业", "被走访企业", "调研企业", "受访企业"),
            *_of(Visit),
            _DISTRICT,
            _PARK,
            _text("campaign", "走访活动", "批次"),
        ),
        ("走访", "调研", "大走访", "访企", "入企"),
    )


def _problems() -> DeskSpec:
    return DeskSpec(
        "problems",
        "问题",
        (
            _RECORD,
            _firm("反映企业", "提出企业", "诉求企业", "涉及企业", "企业(项目)名称"),
            *_of(Problem, skip=("deadline_text",)),
            _DISTRICT,
            _text("category", "问题类别", "问题类型", "类别", "诉求类型", "事项类别"),
            _yes_no("urgent", "企业很急需", "是否急需", "急需程度", "紧急程度", "轻重缓急", "企业急需"),
            _yes_no("feasible", "条件又具备", "条件是否具备", "条件具备", "可行性"),
            _yes_no("gov_can", "政府办得到", "政府能否办到", "是否属政府职能", "权限"),
            _text("basis", "筛选依据", "筛选意见", "研判意见", "筛选理由"),
            _lines(
                "lead_unit", "牵头单位", "承办单位", "主办单位", "办理单位", "交办单位", "牵头责任单位", "主办部门", "责任部门",
                "交办部门", "责任单位", "问题交办单位", "牵头部门", "牵头及配合单位",
            ),
            _lines("assist_units", "配合单位", "协办单位", "协助单位", "配合部门", "协办部门"),
            _text(
                "owner_combined", "责任人及电话", "牵头整改部门责任人及联系电话", "牵头部门责任人及联系电话", "承办人及联系方式",
                "责任人及联系电话",
            ),
            _text(
                "status", "是否办结", "办理状态", "状态", "是否完成", "办结情况", "是否已完成整改", "筛选结果", "筛选结论",
                "处理方式",
            ),
            _text("verification", "核实情况", "是否销号", "是否核实", "核实意见", "核实结果", "销号意见", "验收情况"),
            _text("meeting", "交办会", "交办会议", "交办批次"),
        ),
        (
            "问题清单", "问题收集", "问题登记", "问题汇总", "问题统计", "交办清单", "问题台账", "问题交办", "诉求", "困难问题",
            "整改清单", "销号",
        ),
    )  # fmt: skip


def _finance() -> DeskSpec:
    return DeskSpec(
        "finance",
        "银企",
        (
            _RECORD,
            _firm(
                "融资主体",
                "借款人",
                "申请企业",
                "借款企业",
                "企业(园区)名称",
                "融资单位",
                "需求单位",
                "主体名称",
                "签约企业",
                "贷款企业",
                "用款企业",
            ),
            _USCC,
            *_of(Need, skip=("remark",)),
            _lines(
                "bank",
                "意向银行",
                "承贷银行",
                "合作银行",
                "贷款银行",
                "放款银行",
                "银行",
                "对接银行",
                "银行名称",
                "签约银行",
            ),
            *_of(Match, skip=("remark",)),
            *_of(Credit, skip=("remark",), day="granted_day"),
            *_of(Drawdown, skip=("remark",), day="drawn_day"),
            _text("industry", "所属行业", "所在行业", "行业"),
            _DISTRICT,
            _text("event", "对接会", "对接活动", "活动名称", "会议名称"),
            FieldSpec("event_day", "对接会日期", values.DAY, ("对接会时间", "活动时间", "会议时间"), weight="date"),
            _text("contact_phone", "联系人及电话", "联系人及联系方式", "联系人及联系电话"),
            _text("remark", "备注", "说明"),
        ),
        ("银企", "融资", "贷款", "授信", "放款", "金融", "银行"),
    )


def _projects() -> DeskSpec:
    return DeskSpec(
        "projects",
        "项目",
        (
            _RECORD,
            *_of(Project, skip=("remark",)),
            _text("stage", "建设阶段", "项目状态", "阶段", "是否开工", "项目进展阶段", "项目阶段"),
            _text(
                "district",
                "建设地点",
                "建设地址",
                "所在地",
                "所属辖区",
                "建设地",
                "县市区",
                "属地",
                "县区",
                "区县",
                "所在区县",
            ),
            _PARK,
            *_of(ProjectPlan),
            _text("plan_year", "计划年度", "年度", "年份"),
            *_of(ProjectMonth),
            _percent(
                "year_rate",
                "年度投资完成率",
                "占年度计划%",
                "年计划投资完成率",
                "投资完成比例",
                "完成年度计划比例",
                "完成率",
            ),
            _text("stage_day", "阶段变更日期", "阶段变更时间"),
            _class("项目类别", "项目类型", "项目分类", "分类"),
            _text("remark", "备注", "说明"),
        ),
        ("项目", "重点项目", "调度表", "竣工", "开工", "建设项目"),
    )


def _output() -> DeskSpec:
    return DeskSpec(
        "output",
        "产值",
        (
            _firm("填报单位", "报送单位"),
            _USCC,
            *_of(MonthlyOutput),
            _percent("month_yoy", "当月同比", "本月同比", "当月增速", "当月增长"),
            _percent(
                "cum_yoy", "同比", "同比增长", "增幅", "累计同比", "累计增长%", "同比增减%", "比上年同期增长", "增速"
            ),
            _percent("mom", "环比", "比上月", "环比增长"),
            replace(RegisterSpell.entry_kind.spec, name="entry_kind"),
            _DISTRICT,
            _PARK,
        ),
        ("产值", "工业总产值", "运行", "月报", "生产经营情况表"),
    )
