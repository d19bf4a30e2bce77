"""Which texts of which records can be searched. ``kind`` numbers are stored in ledgers: never reuse one."""

from __future__ import annotations

from dataclasses import dataclass

_NAMED = ("name", "short", "aliases", "remark")


@dataclass(frozen=True, slots=True)
class Texts:
    """The searched columns of a table. ``owner`` is the column that names the record it belongs to, where it is part
    of another one, and ``owner_table`` that record's table."""

    kind: int
    table: str
    columns: tuple[str, ...]
    owner: str = "id"
    owner_table: str = ""


TEXTS: tuple[Texts, ...] = (
    Texts(
        1,
        "enterprise",
        (
            "name", "short_name", "former_names", "uscc", "legal_person", "address", "industry", "products",
            "chain_leader", "remark",
        ),
    ),
    Texts(2, "contact", ("name", "post", "remark"), "enterprise_id", "enterprise"),
    Texts(
        3,
        "visit",
        (
            "leader", "visitors", "interviewee", "consent", "q1_status", "q2_problem", "q3_plan", "suggestion",
            "followup", "recorder", "remark",
        ),
    ),
    Texts(
        4,
        "problem",
        (
            "source_no", "text", "demand", "source", "owner", "deadline_text", "progress", "reason", "next_step",
            "satisfaction", "remark",
        ),
    ),
    Texts(5, "problem_event", ("text", "reason"), "problem_id", "problem"),
    Texts(6, "screening", ("basis",), "problem_id", "problem"),
    Texts(7, "need", ("purpose", "term", "guarantee", "contact", "remark")),
    Texts(8, "match", ("stage", "fail_reason", "bank_contact", "remark")),
    Texts(9, "credit", ("remark",), "match_id", "match"),
    Texts(10, "drawdown", ("remark",), "match_id", "match"),
    Texts(
        11,
        "project",
        (
            "code", "name", "owner", "content", "years", "leader", "unit", "agent", "problems", "solution", "remark",
        ),
    ),
    Texts(12, "stage_change", ("reason",), "project_id", "project"),
    Texts(13, "project_plan", ("year_goal",), "project_id", "project"),
    Texts(14, "project_month", ("image_progress",), "project_id", "project"),
    Texts(15, "project_node", ("name", "owner", "remark"), "project_id", "project"),
    Texts(16, "monthly_output", ("reason", "remark"), "enterprise_id", "enterprise"),
    Texts(17, "unit", (*_NAMED, "categories")),
    Texts(18, "park", _NAMED),
    Texts(19, "district", _NAMED),
    Texts(20, "bank", (*_NAMED, "caution")),
    Texts(21, "segment", (*_NAMED, "codes")),
    Texts(22, "officer", ("name", "post", "remark")),
    Texts(23, "meeting", ("name", "kind", "remark")),
    Texts(24, "campaign", ("name", "remark")),
    Texts(25, "attachment", ("name", "remark")),
)  # fmt: skip
"""Telephone numbers are personal data and are not searched; short words chosen from a list have filters instead."""

BY_KIND = {texts.kind: texts for texts in TEXTS}
