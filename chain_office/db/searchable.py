"""Which texts of which records can be searched. ``kind`` numbers are stored in ledgers: never reuse one.

A record is one document with everything that is part of it: a problem with its steps, a project with its months.
"""

from __future__ import annotations

from dataclasses import dataclass

_NAMED = ("name", "short", "aliases", "remark")


@dataclass(frozen=True, slots=True)
class Part:
    """Searched columns of a table whose rows belong to a record, which ``owner`` names."""

    table: str
    owner: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """The searched columns of a record's table, and its parts."""

    kind: int
    table: str
    columns: tuple[str, ...]
    parts: tuple[Part, ...] = ()


TEXTS: tuple[Texts, ...] = (
    Texts(
        1,
        "enterprise",
        (
            "name", "short_name", "former_names", "uscc", "legal_person", "address", "industry", "products",
            "chain_leader", "remark",
        ),
        (Part("contact", "enterprise_id", ("name", "post", "remark")),),
    ),
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
        (Part("problem_event", "problem_id", ("text", "reason", "next_step")), Part("screening", "problem_id", ("basis",))),
    ),
    Texts(7, "need", ("purpose", "term", "guarantee", "contact", "remark")),
    Texts(
        8,
        "match",
        ("stage", "fail_reason", "bank_contact", "remark"),
        (Part("credit", "match_id", ("remark",)), Part("drawdown", "match_id", ("remark",))),
    ),
    Texts(
        11,
        "project",
        ("code", "name", "owner", "content", "years", "leader", "unit", "agent", "problems", "solution", "remark"),
        (
            Part("stage_change", "project_id", ("reason",)),
            Part("project_plan", "project_id", ("year_goal",)),
            Part("project_month", "project_id", ("image_progress",)),
            Part("project_node", "project_id", ("name", "owner", "remark")),
        ),
    ),
    Texts(16, "monthly_output", ("reason", "remark")),
    Texts(17, "unit", (*_NAMED, "categories")),
    Texts(18, "park", _NAMED),
    Texts(19, "district", _NAMED),
    Texts(20, "bank", (*_NAMED, "caution")),
    Texts(21, "segment", (*_NAMED, "codes")),
    Texts(22, "officer", ("name", "post", "remark")),
    Texts(23, "meeting", ("name", "kind", "remark")),
    Texts(24, "campaign", ("name", "remark")),
    Texts(25, "attachment", ("name", "remark")),
    Texts(26, "target", ("name", "owner", "basis", "remark")),
    Texts(27, "prospect", ("name", "investor", "content", "unit", "owner", "next_step", "remark")),
    Texts(28, "achievement", ("name", "holder", "field", "ip", "demand", "contact", "remark")),
)  # fmt: skip
"""Telephone numbers are personal data and are not searched; short words chosen from a list have filters instead.
Monthly reports are documents of their own: each month's import would otherwise index every enterprise anew."""

BY_KIND = {texts.kind: texts for texts in TEXTS}
