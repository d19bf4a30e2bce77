"""A problem as the office's own form tells it: what was said, how it was screened, who has it, how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import Problem, Screening, record_number
from chain_office.domain.workflow import VERBS
from chain_office.queries.records.attached import attached
from chain_office.queries.records.changes import changes
from chain_office.queries.records.problem_standing import COLOURS, stand
from chain_office.queries.records.problem_steps import steps
from chain_office.queries.records.problem_units import assigned, handling, verified
from chain_office.queries.records.rows import MOST, STATE_AT, Row, form, live, more, name_of, named, one, state_word
from chain_office.queries.records.shape import Item, Line, Record, Section

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar

__all__ = ["COLOURS", "CRITERIA", "problem"]

CRITERIA = {"urgent": "企业很急需", "feasible": "条件又具备", "gov_can": "政府办得到"}
_VERDICTS = {"yes": "是", "no": "否", "pending": "待定"}
_DECISIONS = ("screen_in", "reject", "pool", "repool", "solve_on_site", "escalate", "take_down", "reconsider")


def problem(ledger: Ledger, row_id: str, day: date, calendar: WorkCalendar) -> Record | None:
    """A problem at ``day``; None if there is no such record."""
    row = one(ledger, Problem, row_id)
    if row is None:
        return None
    now = stand(ledger, row, day, calendar)
    light = now.light
    return Record(
        "problems",
        f"problem:{row_id}",
        record_number("problem", row["number"] or 0),
        row["text"],
        now.word or f"{day.isoformat()} 尚未收集",
        now.colour,
        (
            Section("灯", (Item(light.label, f"{light.why}（截至 {day.isoformat()}）", now.colour),) if light else ()),
            _told(ledger, row),
            _screening(ledger, row_id, day),
            assigned(ledger, row, now, day, calendar),
            handling(ledger, row, now, day),
            verified(ledger, row, now, day),
            steps(ledger, row, day),
            _held_up(ledger, row_id),
            _others(ledger, row, day),
            attached(ledger, "problem", row_id),
        ),
        changes(ledger, "problem", row_id),
        binned=row["deleted_at"] is not None,
    )


def _told(ledger: Ledger, row: Row) -> Section:
    firm = name_of(ledger, "enterprise", row["enterprise_id"])
    visit = ledger.rows("SELECT id, day FROM visit WHERE id = ?", (row["visit_id"],))
    return Section(
        "问题",
        (
            *named("企业", firm, always=True, page="enterprises", reference=f"enterprise:{row['enterprise_id']}"),
            *form(Problem, row, "source_no text demand", always="text demand"),
            *named("问题类别", name_of(ledger, "category", row["category_id"])),
            *named("县市区", name_of(ledger, "district", row["district_id"])),
            *form(Problem, row, "source collected_day"),
            *(Item("走访", day or "未记日期", page="visits", reference=f"visit:{found}") for found, day in visit),
        ),
    )


def _screening(ledger: Ledger, row_id: str, day: date) -> Section:
    """The verdicts on the three criteria, every screener's; where they differ it says so; and who decided."""
    rows = [
        each for each in live(ledger, Screening, "problem_id", row_id) if not each["day"] or each["day"] <= str(day)
    ]
    lines, differing = [], []
    for key, word in CRITERIA.items():
        said = [each for each in rows if each["criterion"] == key]
        for verdict in said:
            who = name_of(ledger, "officer", verdict["officer_id"])
            beside = " ".join(part for part in (who, verdict["day"] or "") if part)
            told = _VERDICTS.get(verdict["verdict"] or "", "未记载")
            lines.append(Line((word, told, verdict["basis"] or "", beside)))
        if len({each["verdict"] for each in said if each["verdict"]}) > 1:
            differing.append(word)
    note = f"意见不一致：{'、'.join(differing)}" if differing else ""
    return Section("筛选", _decided(ledger, row_id, day), ("标准", "结论", "依据", "谁、何时"), tuple(lines), note=note)


def _decided(ledger: Ledger, row_id: str, day: date) -> tuple[Item, ...]:
    """The last decision on whether it is taken up."""
    kinds = ", ".join(f"'{kind}'" for kind in _DECISIONS)
    found = ledger.rows(
        "SELECT kind, coalesce(day, ''), coalesce(actor, ''), coalesce(reason, text, '') FROM problem_event "
        f"WHERE problem_id = ? AND kind IN ({kinds}) AND deleted_at IS NULL AND day <= ? ORDER BY seq DESC LIMIT 1",
        (row_id, day.isoformat()),
    )
    return tuple(
        Item("结论", "　".join(part for part in (VERBS[kind].told, when, actor, why) if part))
        for kind, when, actor, why in found
    )


def _held_up(ledger: Ledger, row_id: str) -> Section:
    """The projects it holds up (queries.records.project shows the same links from their side)."""
    rows = ledger.rows(
        "SELECT c.id, j.id, coalesce(j.number, 0), j.name, coalesce(c.node, ''), coalesce(c.remark, '') "
        "FROM project_cause c JOIN project j ON j.id = c.project_id "
        "WHERE c.problem_id = ? AND c.deleted_at IS NULL AND j.deleted_at IS NULL ORDER BY j.number, c.id",
        (row_id,),
    )
    return Section(
        "制约的项目",
        headings=("项目", "受阻节点", "说明"),
        lines=tuple(
            Line(
                (f"{record_number('project', no)} {name}", node, remark),
                "",
                "projects",
                f"project:{project}",
                edits=f"project_cause:{cause}",
            )
            for cause, project, no, name, node, remark in rows
        ),
        adds="project_cause",
    )


def _others(ledger: Ledger, row: Row, day: date) -> Section:
    rows = ledger.rows(
        f"SELECT p.id, p.number, p.text, {STATE_AT} FROM problem p WHERE p.enterprise_id = :firm AND p.id <> :id "
        "AND p.deleted_at IS NULL ORDER BY coalesce(p.number, 0) DESC, p.id DESC",
        {"firm": row["enterprise_id"], "id": row["id"], "day": day.isoformat()},
    )
    return Section(
        "这家企业的其他问题",
        headings=("编号", "问题", "状态"),
        lines=tuple(
            Line((record_number("problem", no or 0), text, state_word(state)), "", "problems", f"problem:{found}")
            for found, no, text, state in rows[:MOST]
        ),
        note=more(len(rows)),
        page="problems",
        reference=f"enterprise:{row['enterprise_id']}",
    )
