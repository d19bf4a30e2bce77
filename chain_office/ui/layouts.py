"""How each table's form is laid out: sections as on the office's own papers, one or two fields a row. Not derived from the
fields: a place is a decision, and a test fails where a field has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.ui.kit.form.body import Layout

ENTERPRISE: Layout = (
    ("基本情况", (
        ("name",), ("short_name", "legal_person"), ("uscc", "employees"), ("address",), ("former_names",),
    )),
    ("归属", (("district_id", "park_id"), ("segment_id", "chain_leader"), ("protected_since",))),
    ("行业", (("industry_code", "industry"), ("products",))),
    ("备注", (("remark",),)),
)  # fmt: skip
CONTACT: Layout = (("联系人", (("enterprise_id",), ("name", "post"), ("phone",), ("remark",))),)
REGISTER_SPELL: Layout = (
    ("在册", (("enterprise_id",), ("entry_day", "entry_kind"), ("exit_day", "exit_reason"))),
)  # fmt: skip
VISIT: Layout = (
    ("走访", (
        ("enterprise_id",), ("day", "precision"), ("campaign_id", "method"), ("leader", "interviewee"), ("visitors",),
        ("recorder",),
    )),
    ("企业同意", (("consent_by", "consent_way"), ("consent_day", "booking_no"), ("consent",))),
    ("一问　生产经营情况", (("q1_status",), ("sales_yuan", "tax_yuan"))),
    ("二问　困难和问题", (("q2_problem",),)),
    ("三问　发展打算", (("q3_plan",),)),
    ("办理", (("suggestion",), ("followup",), ("rating", "rated_day"), ("remark",))),
)  # fmt: skip
CAMPAIGN: Layout = (("走访活动", (("name",), ("from_day", "to_day"), ("remark",))),)
VISIT_PLAN: Layout = (
    ("走访计划", (("campaign_id",), ("enterprise_id",), ("due_day", "leader"), ("visitors",), ("remark",))),
)  # fmt: skip
PROMISE: Layout = (
    ("承诺", (("visit_id",), ("text",), ("side", "owner"), ("due_day",))),
    ("兑现", (("done_day", "problem_id"), ("result",), ("remark",))),
)  # fmt: skip
MEETING: Layout = (("会议", (("name",), ("kind", "day"), ("remark",))),)
PROBLEM: Layout = (
    ("反映", (
        ("enterprise_id",), ("text",), ("demand",), ("category_id", "level"), ("source", "source_no"),
        ("visit_id", "collected_day"), ("district_id", "common_issue_id"),
    )),
    ("交办", (("meeting_id", "owner"), ("owner_phone", "deadline"), ("deadline_text",))),
    ("办理", (("progress",), ("reason",), ("next_step",))),
    ("回访", (("satisfaction", "callback_day"), ("review_day",), ("remark",))),
)  # fmt: skip
COMMON_ISSUE: Layout = (
    ("共性问题", (("name",), ("category_id", "lead_unit_id"), ("day",), ("text",), ("measure",), ("remark",))),
)  # fmt: skip
NEED: Layout = (
    ("谁要融资", (("enterprise_id",), ("park_id", "event_id"), ("contact", "phone"))),
    ("要多少、做什么", (
        ("need_yuan", "approximate"), ("purpose",), ("term", "guarantee"), ("existing_yuan", "first_loan"), ("remark",),
    )),
)  # fmt: skip
MATCH: Layout = (
    ("双方", (("enterprise_id",), ("park_id", "need_id"), ("bank_id", "bank_contact"), ("event_id", "stage"))),
    ("意向", (("asked_day", "intent_day"), ("intent_yuan", "approximate"))),
    ("未达成", (("refused_day",), ("fail_reason",))),
    ("说明", (("remark",),)),
)  # fmt: skip
CREDIT: Layout = (
    ("授信", (
        ("match_id",), ("granted_yuan", "day"), ("granted_rate", "granted_term"), ("approximate",), ("remark",),
    )),
)  # fmt: skip
DRAWDOWN: Layout = (
    ("放款", (
        ("match_id",), ("drawn_yuan", "day"), ("loan_kind", "rate"), ("drawn_term", "repay_day"), ("approximate",),
        ("remark",),
    )),
)  # fmt: skip
LOAN_REVIEW: Layout = (
    ("落实回访", (("match_id",), ("need_id",), ("day", "after_days"), ("outcome", "officer"), ("text",))),
)  # fmt: skip
PROJECT: Layout = (
    ("项目", (
        ("name",), ("owner", "enterprise_id"), ("code", "nature"), ("district_id", "park_id"), ("segment_id", "land_mu"),
        ("content",),
    )),
    ("投资与工期", (
        ("total_yuan", "years"), ("plan_start", "start_day"), ("plan_finish", "finish_day"),
        ("output_after_yuan", "tax_after_yuan"), ("in_stat",),
    )),
    ("服务", (("leader", "unit"), ("agent",))),
    ("困难与措施", (("problems",), ("solution",), ("remark",))),
)  # fmt: skip
STAGE_CHANGE: Layout = (("阶段变更", (("project_id",), ("stage", "day"), ("reason",))),)
PROJECT_PLAN: Layout = (("年度计划", (("project_id",), ("year", "year_plan_yuan"), ("year_goal",))),)
PROJECT_MONTH: Layout = (
    ("月度进展", (
        ("project_id",), ("month", "month_done_yuan"), ("year_done_yuan", "total_done_yuan"), ("image_progress",),
    )),
)  # fmt: skip
PROJECT_NODE: Layout = (("节点", (("project_id",), ("name", "owner"), ("plan_day", "done_day"), ("remark",))),)
PROJECT_CAUSE: Layout = (("制约问题", (("project_id",), ("problem_id",), ("node",), ("remark",))),)
SEGMENT_FLOW: Layout = (("环节流向", (("source_id", "target_id"), ("product",))),)
TARGET: Layout = (
    ("发展目标", (("name",), ("year", "figure_key"), ("goal_yuan",), ("goal", "unit"))),
    ("落实", (("owner",), ("basis",), ("remark",))),
)  # fmt: skip
PROSPECT: Layout = (
    ("招商项目", (
        ("name",), ("investor",), ("total_yuan", "segment_id"), ("district_id", "park_id"), ("content",),
    )),
    ("进展", (("met_day", "signed_day"), ("landed_day", "ended_day"), ("project_id",), ("next_step",))),
    ("责任", (("unit", "owner"), ("remark",))),
)  # fmt: skip
ACHIEVEMENT: Layout = (
    ("科研成果", (("name",), ("holder", "field"), ("maturity", "segment_id"), ("ip",))),
    ("转化", (("enterprise_id",), ("demand",), ("contact", "phone"), ("day", "landed_day"), ("remark",))),
)  # fmt: skip
MONTHLY_OUTPUT: Layout = (
    ("产值", (
        ("enterprise_id",), ("month", "source"), ("filed_day",), ("month_yuan", "month_prev_yuan"), ("cum_yuan", "cum_prev_yuan"),
    )),
    ("效益", (("revenue_yuan", "profit_yuan"), ("tax_yuan", "power_kwh"))),
    ("说明", (("stop",), ("reason",), ("remark",))),
)  # fmt: skip
LAYOUTS: Mapping[str, Layout] = {
    "enterprise": ENTERPRISE, "contact": CONTACT, "register_spell": REGISTER_SPELL, "campaign": CAMPAIGN, "visit": VISIT,
    "meeting": MEETING, "problem": PROBLEM, "common_issue": COMMON_ISSUE,
    "need": NEED, "match": MATCH, "credit": CREDIT, "drawdown": DRAWDOWN,
    "project": PROJECT, "stage_change": STAGE_CHANGE, "project_plan": PROJECT_PLAN, "project_month": PROJECT_MONTH,
    "project_node": PROJECT_NODE, "monthly_output": MONTHLY_OUTPUT, "project_cause": PROJECT_CAUSE,
    "visit_plan": VISIT_PLAN, "promise": PROMISE, "loan_review": LOAN_REVIEW, "segment_flow": SEGMENT_FLOW,
    "target": TARGET, "prospect": PROSPECT, "achievement": ACHIEVEMENT,
}  # fmt: skip
