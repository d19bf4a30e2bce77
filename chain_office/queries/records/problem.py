"""A problem as the office's own form tells it: what was said, how it was screened, who has it, how it went."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import Problem, Screening, record_number
from chain_office.domain.lights import ProblemFacts, evaluate, is_overdue
from chain_office.domain.workflow import ASSIGNED_BUCKETS, STATES
from chain_office.queries.light_rules import problem_rules
from chain_office.queries.records.attached import attached
from chain_office.queries.records.changes import changes
from chain_office.queries.records.rows import MOST, STATE_AT, Row, form, live, more, name_of, named, one, state_word
from chain_office.queries.records.shape import Item, Line, Record, Section

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar

CRITERIA = {"urgent": "企业很急需", "feasible": "条件又具备", "gov_can": "政府办得到"}
_VERDICTS = {"yes": "是", "no": "否", "pending": "待定"}
COLOURS = {"yellow": "amber"}
"""A light's name → the palette's."""


def problem(ledger: Ledger, row_id: str, day: date, calendar: WorkCalendar) -> Record | None:
    """A problem at ``day``; None if there is no such record."""
    row = one(ledger, Problem, row_id)
    if row is None:
        return None
    state = state_at(ledger, row_id, day)
    facts = _facts(ledger, row, state, day)
    light = evaluate(facts, day, calendar, problem_rules(ledger)) if state else None
    colour = COLOURS.get(light.light, light.light) if light else ""
    return Record(
        "problems",
        f"problem:{row_id}",
        record_number("problem", row["number"] or 0),
        row["text"],
        STATES[state].label if state else f"{day.isoformat()} 尚未收集",
        colour,
        (
            _told(ledger, row),
            _screening(ledger, row_id),
            _assigned(ledger, row, facts, day),
            Section("灯", (Item(light.label, f"{light.why}（截至 {day.isoformat()}）", colour),) if light else ()),
            _handling(row, state),
            Section(
                "办理过程",
                headings=("日期", "步骤", "单位", "内容"),
                lines=_steps(ledger, row_id),
            ),
            _others(ledger, row, day),
            attached(ledger, "problem", row_id),
        ),
        changes(ledger, "problem", row_id),
        binned=row["deleted_at"] is not None,
    )


def state_at(ledger: Ledger, row_id: str, day: date) -> str:
    """The state a problem is in at ``day``, "" before it begins."""
    found = ledger.value(
        "SELECT state FROM problem_span WHERE problem_id = :id AND (day_from IS NULL OR day_from <= :day) "
        "AND (day_until IS NULL OR day_until > :day)",
        {"id": row_id, "day": day.isoformat()},
    )
    return str(found or "")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _facts(ledger: Ledger, row: Row, state: str, day: date) -> ProblemFacts:
    """What the light rules look at."""
    updated, returns = ledger.rows(
        "SELECT max(CASE WHEN kind <> 'opening' THEN day END), sum(state = 'returned') FROM problem_event "
        "WHERE problem_id = ? AND deleted_at IS NULL AND (day IS NULL OR day <= ?)",
        (row["id"], day.isoformat()),
    )[0]
    return ProblemFacts(
        state,
        _day(row["deadline"]),
        _day(row["reported_day"]),
        _day(updated or row["assigned_day"]),
        int(returns or 0),
        bool(row["closed_verified"]),
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


def _screening(ledger: Ledger, row_id: str) -> Section:
    rows = live(ledger, Screening, "problem_id", row_id)
    lines = []
    for key, word in CRITERIA.items():
        for verdict in (each for each in rows if each["criterion"] == key):
            who = name_of(ledger, "officer", verdict["officer_id"])
            beside = " ".join(part for part in (who, verdict["day"] or "") if part)
            told = _VERDICTS.get(verdict["verdict"] or "", "未记载")
            lines.append(Line((word, told, verdict["basis"] or "", beside)))
    return Section("筛选", headings=("标准", "结论", "依据", "谁、何时"), lines=tuple(lines))


def _assigned(ledger: Ledger, row: Row, facts: ProblemFacts, day: date) -> Section:
    lead = ledger.value("SELECT coalesce(short, name) FROM unit WHERE id = ?", (row["lead_unit_id"],)) or ""
    beside = ledger.rows(
        "SELECT DISTINCT coalesce(u.short, u.name) FROM assignment a JOIN unit u ON u.id = a.unit_id "
        "WHERE a.problem_id = ? AND a.deleted_at IS NULL AND a.role = 'co' AND a.ended_day IS NULL ORDER BY a.id",
        (row["id"],),
    )
    handed = STATES[facts.state].bucket in ASSIGNED_BUCKETS if facts.state else False
    return Section(
        "交办",
        (
            *named("交办会", name_of(ledger, "meeting", row["meeting_id"])),
            *form(Problem, row, "assigned_day"),
            *named("牵头单位", str(lead), always=handed),
            *named("配合单位", "、".join(name for (name,) in beside)),
            *form(Problem, row, "level owner owner_phone"),
            *_deadline(row, facts, day, handed=handed),
            *form(Problem, row, "deadline_text"),
        ),
    )


def _deadline(row: Row, facts: ProblemFacts, day: date, *, handed: bool) -> tuple[Item, ...]:
    if facts.deadline is None:
        return (Item("办结时限", "没有时限"),) if handed else ()
    text = facts.deadline.isoformat()
    if row["original_deadline"] and row["original_deadline"] != row["deadline"]:
        text += f"（原 {row['original_deadline']}）"
    if not is_overdue(facts, day):
        return (Item("办结时限", text),)
    end = facts.reported_day if facts.state == "reported" and facts.reported_day else day
    return (Item("办结时限", f"{text}　逾期 {(end - facts.deadline).days} 天", "red"),)


def _handling(row: Row, state: str) -> Section:
    closed = row["state"] == "closed"
    verified = "已核实" if row["closed_verified"] else "未见核实"
    return Section(
        "办理",
        (
            *form(Problem, row, "progress", always="progress" if state else ""),
            *form(Problem, row, "reason next_step reported_day closed_day"),
            *((Item("销号核实", verified, "green" if row["closed_verified"] else "blue"),) if closed else ()),
            *form(Problem, row, "satisfaction callback_day review_day remark"),
        ),
    )


def _steps(ledger: Ledger, row_id: str) -> tuple[Line, ...]:
    """The dated steps. An opening stands for the stretches worked out from it."""
    rows = ledger.rows(
        """
        SELECT s.day_from AS day, e.seq, s.state, e.kind, coalesce(u.short, u.name, ''), coalesce(e.text, ''), e.reason
          FROM problem_span s JOIN problem_event e ON e.id = s.event_id LEFT JOIN unit u ON u.id = e.unit_id
         WHERE s.problem_id = :id AND e.kind = 'opening'
        UNION ALL
        SELECT e.day, e.seq, e.state, e.kind, coalesce(u.short, u.name, ''), coalesce(e.text, ''), e.reason
          FROM problem_event e LEFT JOIN unit u ON u.id = e.unit_id
         WHERE e.problem_id = :id AND e.kind <> 'opening' AND e.deleted_at IS NULL
         ORDER BY 2, 1
        """,
        {"id": row_id},
    )
    return tuple(
        Line((day or "日期不详", STATES[state].label, unit, text + (f"（{reason}）" if reason else "")))
        for day, _, state, _, unit, text, reason in rows
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
