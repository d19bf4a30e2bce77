"""The forms: which fields of which tables a person edits. Labels, kinds and words come from the models.

What is not here is either worked out (keys, initials, numbers) or follows from dated steps (states, stages, days of a
hand-over); :data:`FLOW` says which and why.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from chain_office.db.models import RECORDS, record_number, spec_fields
from chain_office.db.models.base import PREFIXES
from chain_office.domain import values
from chain_office.domain.errors import BugError
from chain_office.domain.forms import Form, FormField
from chain_office.domain.goals import GOAL_FIGURE
from chain_office.domain.specs import FieldSpec
from chain_office.domain.stages import PROJECT_STAGE
from chain_office.domain.textkinds import Choice, ChoiceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.kinds import Kind

FLOW: Mapping[str, Mapping[str, str]] = {
    "problem": {
        "assigned_day": "交办时间随交办步骤记载",
        "reported_day": "报结时间随办理步骤记载",
        "closed_day": "销号时间随办理步骤记载",
        "state": "状态随办理步骤变化",
        "closed_verified": "销号核实随办理步骤记载",
        "rounds": "交办次数随办理步骤累计",
        "original_deadline": "原定时限在交办时定下",
        "lead_unit_id": "牵头单位随交办、改派步骤变化",
        "text_core": "由问题内容得出",
    },
    "match": {"reached": "由意向、授信、放款得出", "matched_day": "由意向、授信、放款的日期得出"},
    "meeting": {"precision": "会议时间总是到日"},
    "credit": {"dated_by": "填了日期就是它自己的日期"},
    "drawdown": {"dated_by": "填了日期就是它自己的日期"},
    "project": {"stage": "随阶段变更记载，请在“阶段变更”里登记", "name_key": "由项目名称得出"},
    "enterprise": {"name_key": "由企业名称得出", "name_core": "由企业名称得出", "initials": "由企业名称得出"},
}
"""Columns nobody types, by table, and where their values come from."""
KEPT_BY_PROGRAM = frozenset({"id", "version", "deleted_at", "number"})
"""Columns of every record that are the program's own."""

ENTRY_KIND = ChoiceKind("entry_kind", (Choice("promoted", "规下转规上"), Choice("new_build", "新建投产")))
PRECISION = ChoiceKind(
    "precision",
    (
        Choice("day", "到日"),
        Choice("xun", "到旬"),
        Choice("month", "到月"),
        Choice("quarter", "到季度"),
        Choice("year", "到年"),
    ),
)
_LINKS = {
    "district_id": ("县市区", "district"),
    "park_id": ("园区", "park"),
    "segment_id": ("产业链环节", "segment"),
    "enterprise_id": ("企业", "enterprise"),
    "category_id": ("问题类别", "category"),
    "campaign_id": ("走访活动", "campaign"),
    "visit_id": ("由哪次走访收集", "visit"),
    "meeting_id": ("交办会", "meeting"),
    "event_id": ("对接会", "meeting"),
    "need_id": ("融资需求", "need"),
    "bank_id": ("银行", "bank"),
    "match_id": ("银企对接", "match"),
    "project_id": ("项目", "project"),
    "common_issue_id": ("共性问题", "common_issue"),
    "lead_unit_id": ("牵头单位", "unit"),
    "parent_id": ("上级环节", "segment"),
    "source_id": ("来自环节", "segment"),
    "target_id": ("流向环节", "segment"),
    "problem_id": ("问题", "problem"),
}
"""Link field → its label and the table whose rows are chosen from."""
_OTHERS: Mapping[tuple[str, str], tuple[str, Kind, tuple[str, ...]]] = {
    ("visit", "precision"): ("时间知道到", PRECISION, ()),
    ("register_spell", "entry_kind"): ("", ENTRY_KIND, ()),
    ("stage_change", "stage"): ("阶段", PROJECT_STAGE, ()),
    ("project_plan", "year"): ("年度", values.YEAR, ()),
    ("target", "year"): ("年度", values.YEAR, ()),
    ("target", "figure_key"): ("对照数字", GOAL_FIGURE, ()),
    **{(table, "approximate"): ("金额是约数", values.FLAG, ()) for table in ("need", "match", "credit", "drawdown")},
}  # fmt: skip
"""Columns the models do not describe, or describe as text where the domain has fixed words: label ("" = the model's),
kind, words."""
_FIXED = frozenset(
    {
        *(("problem", "satisfaction"), ("visit", "rating"), ("need", "first_loan"), ("drawdown", "loan_kind")),
        *(
            ("project", "in_stat"),
            ("promise", "side"),
            ("loan_review", "outcome"),
        ),
    }
)
"""Fields that take their words and nothing else."""


_MODELS = {model._meta.table_name: model for model in RECORDS}


def _field(table: str, written: str) -> FormField:
    """A field by its name; "*" behind it: it may not be empty."""
    name, required = written.rstrip("*"), written.endswith("*")
    if name in _LINKS:
        label, link = _LINKS[name]
        return FormField(FieldSpec(name, label, values.TEXT), link, required)
    described = {field.name: field.spec for field in spec_fields(_MODELS[table])}
    fixed = (table, name) in _FIXED
    if (table, name) in _OTHERS:
        label, kind, words = _OTHERS[table, name]
        spec = described.get(name) or FieldSpec(name, label, kind)
        labels = tuple(one.label for one in kind.choices) if isinstance(kind, ChoiceKind) else words
        return FormField(replace(spec, kind=kind, choices=labels), "", required, fixed=bool(labels))
    return FormField(described[name], "", required, fixed)


def _form(table: str, noun: str, names: str, owner: str = "") -> Form:
    return Form(table, noun, tuple(_field(table, name) for name in names.split()), owner)


@cache
def forms() -> Mapping[str, Form]:
    """Every form by its table."""
    made = (
        _form(
            "enterprise",
            "企业",
            "name* short_name former_names uscc district_id park_id segment_id legal_person address industry_code industry "
            "products employees chain_leader protected_since remark",
        ),
        _form("contact", "联系人", "enterprise_id* name post phone remark", "enterprise_id"),
        _form(
            "register_spell", "在册记录", "enterprise_id* entry_day entry_kind exit_day exit_reason", "enterprise_id"
        ),
        _form("campaign", "走访活动", "name* from_day to_day remark"),
        _form(
            "visit",
            "走访记录",
            "enterprise_id* day* precision campaign_id leader visitors interviewee method consent consent_by consent_way "
            "consent_day booking_no q1_status q2_problem q3_plan suggestion sales_yuan tax_yuan followup rating "
            "rated_day recorder remark",
        ),
        _form("visit_plan", "走访计划", "campaign_id* enterprise_id* due_day leader visitors remark", "campaign_id"),
        _form(
            "promise", "承诺事项", "visit_id* text* side* owner due_day done_day result problem_id remark", "visit_id"
        ),
        _form("meeting", "会议", "name* kind day* remark"),
        _form(
            "problem",
            "问题",
            "enterprise_id district_id visit_id text* demand category_id source source_no collected_day* meeting_id level "
            "owner owner_phone deadline deadline_text progress reason next_step satisfaction callback_day review_day "
            "common_issue_id remark",
        ),
        _form("common_issue", "共性问题", "name* text category_id lead_unit_id measure day remark"),
        _form(
            "need",
            "融资需求",
            "enterprise_id park_id event_id need_yuan* approximate purpose term guarantee existing_yuan first_loan contact "
            "phone remark",
        ),
        _form(
            "match",
            "银企对接",
            "need_id enterprise_id park_id bank_id* event_id stage asked_day intent_yuan intent_day approximate "
            "fail_reason refused_day bank_contact remark",
        ),
        _form(
            "credit", "授信", "match_id* granted_yuan* day* granted_rate granted_term approximate remark", "match_id"
        ),
        _form(
            "drawdown",
            "放款",
            "match_id* drawn_yuan* day* loan_kind rate drawn_term repay_day approximate remark",
            "match_id",
        ),
        _form("loan_review", "落实回访", "match_id need_id day* after_days outcome* text officer"),
        _form(
            "project",
            "项目",
            "name* code owner enterprise_id district_id park_id segment_id nature content years total_yuan plan_start "
            "start_day plan_finish finish_day leader unit agent land_mu in_stat output_after_yuan tax_after_yuan problems "
            "solution remark",
        ),
        _form("stage_change", "阶段变更", "project_id* stage* day reason", "project_id"),
        _form("project_plan", "年度计划", "project_id* year* year_plan_yuan year_goal", "project_id"),
        _form(
            "project_month",
            "月度进展",
            "project_id* month* month_done_yuan year_done_yuan total_done_yuan image_progress",
            "project_id",
        ),
        _form("project_node", "节点", "project_id* name* plan_day done_day owner remark", "project_id"),
        _form("project_cause", "制约问题", "project_id* problem_id* node remark", "project_id"),
        _form("segment_flow", "环节流向", "source_id* target_id* product"),
        _form("target", "发展目标", "year* name* figure_key goal_yuan goal unit owner basis remark"),
        _form(
            "prospect",
            "招商项目",
            "name* investor content total_yuan segment_id district_id park_id unit owner met_day signed_day landed_day "
            "ended_day project_id next_step remark",
        ),
        _form(
            "achievement",
            "科研成果",
            "name* holder field maturity ip segment_id enterprise_id demand contact phone day landed_day remark",
        ),
        _form(
            "monthly_output",
            "产值",
            "enterprise_id* month* month_yuan month_prev_yuan cum_yuan cum_prev_yuan revenue_yuan profit_yuan tax_yuan "
            "power_kwh stop reason source* filed_day remark",
            "enterprise_id",
        ),
    )
    return MappingProxyType({one.table: one for one in made})


def form(table: str) -> Form:
    """The form of a table's records; a bug if there is none."""
    try:
        return forms()[table]
    except KeyError:
        message = f"no form for {table}"
        raise BugError(message) from None


def numbered(table: str, number: int | None) -> str:
    """The record number people say, "" where the table has none."""
    return record_number(table, number or 0) if table in PREFIXES and number else ""
