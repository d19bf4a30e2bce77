"""A project: what is built, its plan and pace, the stages it went through, month by month, and what holds it up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import (
    Project,
    ProjectMonth,
    ProjectNode,
    ProjectPlan,
    StageChange,
    record_number,
)
from chain_office.queries.projects import STAGES
from chain_office.queries.projects_desk.standing import standing_of
from chain_office.queries.records.attached import attached
from chain_office.queries.records.changes import changes
from chain_office.queries.records.rows import MOST, Row, form, live, more, name_of, named, one, wan
from chain_office.queries.records.shape import Item, Line, Record, Section

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.queries.projects_desk.standing import Standing

_LIGHTS = {"completed": "blue", "under_construction": "green", "planned": "grey", "stopped": "red"}


def project(ledger: Ledger, row_id: str, day: date) -> Record | None:
    """A project at ``day``; None if there is no such record."""
    row = one(ledger, Project, row_id)
    if row is None:
        return None
    stages = live(ledger, StageChange, "project_id", row_id, "coalesce(t.day, ''), t.id")
    known = [change["stage"] for change in stages if (change["day"] or "") <= day.isoformat()]
    stage = known[-1] if known else ""
    stood = standing_of(ledger, day, row_id)
    return Record(
        "projects",
        f"project:{row_id}",
        record_number("project", row["number"] or 0),
        row["name"],
        STAGES.get(stage, "尚未列入"),
        _LIGHTS.get(stage, ""),
        (
            _light(stood, day),
            _basics(ledger, row),
            _plan(ledger, row, stage, day, stood),
            _causes(stood),
            Section(
                "阶段变更",
                headings=("日期", "阶段", "原因"),
                lines=tuple(
                    Line(
                        (change["day"] or "登记时", STAGES[change["stage"]], change["reason"] or ""),
                        edits=f"stage_change:{change['id']}",
                    )
                    for change in stages
                ),
                adds="stage_change",
            ),
            _months(ledger, row_id),
            _nodes(ledger, row_id, day),
            Section("困难与措施", form(Project, row, "problems solution remark")),
            attached(ledger, "project", row_id),
        ),
        changes(ledger, "project", row_id),
        binned=row["deleted_at"] is not None,
    )


def _basics(ledger: Ledger, row: Row) -> Section:
    firm = name_of(ledger, "enterprise", row["enterprise_id"])
    return Section(
        "项目",
        (
            *form(Project, row, "code owner", always="owner"),
            *named("企业", firm, page="enterprises", reference=f"enterprise:{row['enterprise_id']}"),
            *named("县市区", name_of(ledger, "district", row["district_id"])),
            *named("园区", name_of(ledger, "park", row["park_id"])),
            *named("产业链环节", name_of(ledger, "segment", row["segment_id"])),
            *form(Project, row, "nature content years total_yuan", always="content total_yuan"),
            *form(Project, row, "leader unit agent land_mu in_stat output_after_yuan tax_after_yuan"),
        ),
    )


def _light(stood: Standing | None, day: date) -> Section:
    """The light with its reason, how far behind it is and why, what comes next."""
    if stood is None:
        return Section("灯")
    items = []
    if stood.light:
        items.append(Item(stood.label, f"{stood.reason}（截至 {day.isoformat()}）", stood.light))
    if stood.behind:
        items.append(Item("滞后", stood.behind, "red" if stood.lag is not None else "amber"))
    node = stood.node
    if node is not None:
        late = node.days_late(day) > 0
        who = f"，{node.owner}" if node.owner else "，没有负责人"
        planned = f"，计划 {node.plan_day.isoformat()}" if node.plan_day is not None else ""
        items.append(Item("下一节点", f"{node.name}{planned}，{node.when(day)}{who}", "red" if late else ""))
    return Section("灯", tuple(items))


def _causes(stood: Standing | None) -> Section:
    """The problems that hold it up; one that is solved stays to be read, and holds nothing up any more."""
    lines = tuple(
        Line(
            (
                cause.topic,
                f"{cause.number} {cause.text}",
                cause.unit or "未明确",
                cause.state_word if cause.holds else "已解决",
            ),
            "red" if cause.holds else "blue",
            "problems",
            f"problem:{cause.problem_id}",
            edits=f"project_cause:{cause.id}",
        )
        for cause in (stood.causes if stood is not None else ())
    )
    return Section("制约问题", headings=("受阻", "问题", "牵头单位", "状态"), lines=lines, adds="project_cause")


def _plan(ledger: Ledger, row: Row, stage: str, day: date, stood: Standing | None) -> Section:
    items = list(form(Project, row, "plan_start start_day"))
    for item in form(Project, row, "plan_finish"):
        late = stage in {"planned", "under_construction"} and row["plan_finish"] < day.isoformat()
        items.append(Item(item.label, f"{item.text}　已过计划时间", "red") if late else item)
    items += form(Project, row, "finish_day")
    pace = stood.pace if stood is not None else None
    if pace is not None:
        items.append(Item("年度完成", f"{wan(pace.done_yuan)} / {wan(pace.plan_yuan)} 万元（{pace.month}）"))
        items.append(Item("序时进度", f"{pace.why}（截至 {day.isoformat()}）", pace.light))
    plans = live(ledger, ProjectPlan, "project_id", row["id"], "t.year DESC")
    lines = tuple(
        Line(
            (str(plan["year"]), wan(plan["year_plan_yuan"]), plan["year_goal"] or ""),
            edits=f"project_plan:{plan['id']}",
        )
        for plan in plans
    )
    headings = ("年度", "计划投资（万元）", "年度目标")
    return Section("计划与进度", tuple(items), headings, lines, frozenset({1}), adds="project_plan")


def _months(ledger: Ledger, row_id: str) -> Section:
    rows = live(ledger, ProjectMonth, "project_id", row_id, "t.month DESC")
    lines = tuple(
        Line(
            (
                row["month"],
                wan(row["month_done_yuan"]),
                wan(row["year_done_yuan"]),
                wan(row["total_done_yuan"]),
                row["image_progress"] or "",
            ),
            edits=f"project_month:{row['id']}",
        )
        for row in rows[:MOST]
    )
    headings = ("月份", "本月", "本年累计", "开工以来", "形象进度")
    return Section(
        "逐月完成投资（万元）", (), headings, lines, frozenset({1, 2, 3}), more(len(rows)), adds="project_month"
    )


def _nodes(ledger: Ledger, row_id: str, day: date) -> Section:
    lines, due, finished = [], 0, 0
    for node in live(ledger, ProjectNode, "project_id", row_id, "t.plan_day, t.id"):
        open_then = not node["done_day"] or node["done_day"] > day.isoformat()
        late = open_then and (node["plan_day"] or "9999") < day.isoformat()
        due += (node["plan_day"] or "9999") <= day.isoformat()
        finished += not open_then
        done = node["done_day"] or (f"逾期 {(day - date.fromisoformat(node['plan_day'])).days} 天" if late else "")
        light, edits = "red" if late else "", f"project_node:{node['id']}"
        lines.append(Line((node["name"], node["owner"] or "", node["plan_day"] or "", done), light, edits=edits))
    note = f"应完成 {due} 个，已完成 {finished} 个，共 {len(lines)} 个" if lines else ""
    return Section(
        "节点", note=note, headings=("节点", "负责人", "计划", "完成"), lines=tuple(lines), adds="project_node"
    )
