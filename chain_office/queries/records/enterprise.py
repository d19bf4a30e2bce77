"""An enterprise with everything the office knows of it: contacts, register, visits, problems, loans, projects, output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import Contact, Enterprise, RegisterSpell, record_number
from chain_office.domain.codes import code_name
from chain_office.domain.contacts import mask_phones
from chain_office.domain.loans import STAGE_WORDS
from chain_office.domain.workflow import STATES
from chain_office.queries.finance import stage_at
from chain_office.queries.projects import STAGES
from chain_office.queries.records.attached import attached
from chain_office.queries.records.changes import changes
from chain_office.queries.records.output import output_section
from chain_office.queries.records.rows import (
    MOST,
    NOTHING,
    STATE_AT,
    Row,
    form,
    live,
    more,
    name_of,
    named,
    one,
    state_word,
    wan,
)
from chain_office.queries.records.shape import Item, Line, Record, Section

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

_ENTRY_KINDS = {"promoted": "规下转规上", "new_build": "新建投产"}
_OPEN = frozenset({"open", "reported"})


def enterprise(ledger: Ledger, row_id: str, day: date) -> Record | None:
    """An enterprise at ``day``; None if there is no such record."""
    row = one(ledger, Enterprise, row_id)
    if row is None:
        return None
    spells = live(ledger, RegisterSpell, "enterprise_id", row_id, "t.entry_day")
    status, light = _status(spells, day)
    return Record(
        "enterprises",
        f"enterprise:{row_id}",
        record_number("enterprise", row["number"] or 0),
        row["name"],
        status,
        light,
        (
            _basics(ledger, row),
            _contacts(ledger, row_id),
            _register(spells, status, light, day),
            visits_of(ledger, row_id),
            _problems(ledger, row_id, day),
            _loans(ledger, row_id, day),
            _projects(ledger, row_id),
            output_section(ledger, row_id, day),
            attached(ledger, "enterprise", row_id),
        ),
        changes(ledger, "enterprise", row_id),
        binned=row["deleted_at"] is not None,
    )


def _status(spells: list[Row], day: date) -> tuple[str, str]:
    at = day.isoformat()
    if not spells:
        return "册外", "grey"
    if any((s["entry_day"] or "") <= at and (s["exit_day"] or "9999") > at for s in spells):
        return "在册", "green"
    return ("已退规", "grey") if any((s["entry_day"] or "") <= at for s in spells) else ("尚未入规", "blue")


def _basics(ledger: Ledger, row: Row) -> Section:
    return Section(
        "基本信息",
        (
            *form(Enterprise, row, "short_name former_names"),
            Item(code_name(row["uscc"] or ""), row["uscc"] or NOTHING),
            *form(Enterprise, row, "legal_person"),
            *named("县市区", name_of(ledger, "district", row["district_id"]), always=True),
            *named("园区", name_of(ledger, "park", row["park_id"]), always=True),
            *named("产业链环节", name_of(ledger, "segment", row["segment_id"]), always=True),
            *form(
                Enterprise,
                row,
                "address industry_code industry products employees chain_leader protected_since remark",
                always="products",
            ),
        ),
    )


def _contacts(ledger: Ledger, row_id: str) -> Section:
    lines = []
    for person in live(ledger, Contact, "enterprise_id", row_id):
        phone = person["phone"] or ""
        masked = mask_phones(phone) if phone else ""
        lines.append(
            Line(
                (person["name"] or "", person["post"] or "", masked),
                secret=(2, phone) if masked != phone else None,
                edits=f"contact:{person['id']}",
            )
        )
    return Section("联系人", headings=("姓名", "职务", "电话"), lines=tuple(lines), adds="contact")


def _register(spells: list[Row], status: str, light: str, day: date) -> Section:
    lines = tuple(
        Line(
            (
                s["entry_day"] or "一直在册",
                _ENTRY_KINDS.get(s["entry_kind"] or "", s["entry_kind"] or ""),
                s["exit_day"] or "",
                s["exit_reason"] or "",
            ),
            edits=f"register_spell:{s['id']}",
        )
        for s in spells
    )
    items = (Item("状态", f"{status}（截至 {day.isoformat()}）", light),)
    return Section("在册", items, ("入规时间", "方式", "退规时间", "原因"), lines, adds="register_spell")


def visits_of(ledger: Ledger, firm: str, but: str = "") -> Section:
    """The visits to a firm, latest first, without one of them."""
    rows = ledger.rows(
        "SELECT id, day, precision, coalesce(leader, ''), substr(coalesce(q2_problem, ''), 1, 60) FROM visit "
        "WHERE enterprise_id = ? AND id <> ? AND deleted_at IS NULL ORDER BY coalesce(day, '') DESC, id DESC",
        (firm, but),
    )
    lines = tuple(
        Line((day_text(day, precision), leader, said), "", "visits", f"visit:{found}")
        for found, day, precision, leader, said in rows[:MOST]
    )
    title = "这家企业的其他走访" if but else "走访"
    return Section(
        title,
        headings=("时间", "带队", "困难和问题"),
        lines=lines,
        note=more(len(rows)),
        page="visits",
        reference=f"enterprise:{firm}",
        adds="" if but else "visit",
    )


def day_text(day: str | None, precision: str) -> str:
    """A day as far as it is known."""
    if not day:
        return "日期不详"
    return f"{day[:4]}年{int(day[5:7])}月" if precision == "month" else day


def _problems(ledger: Ledger, firm: str, day: date) -> Section:
    rows = ledger.rows(
        f"SELECT p.id, p.number, p.text, coalesce(u.short, u.name, ''), {STATE_AT} FROM problem p "
        "LEFT JOIN unit u ON u.id = p.lead_unit_id WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL "
        "ORDER BY coalesce(p.number, 0) DESC, p.id DESC",
        {"firm": firm, "day": day.isoformat()},
    )
    lines = tuple(
        Line(
            (record_number("problem", no or 0), text, unit, state_word(state)),
            "amber" if state and STATES[state].bucket in _OPEN else "",
            "problems",
            f"problem:{found}",
        )
        for found, no, text, unit, state in rows[:MOST]
    )
    return Section(
        "问题",
        headings=("编号", "问题", "牵头单位", "状态"),
        lines=lines,
        note=more(len(rows)),
        page="problems",
        reference=f"enterprise:{firm}",
        adds="problem",
    )


def _loans(ledger: Ledger, firm: str, day: date) -> Section:
    rows = ledger.rows(
        "SELECT m.id, coalesce(b.short, b.name, ''), m.intent_yuan, "
        "(SELECT sum(c.granted_yuan) FROM credit c WHERE c.match_id = m.id AND c.deleted_at IS NULL), "
        f"(SELECT sum(d.drawn_yuan) FROM drawdown d WHERE d.match_id = m.id AND d.deleted_at IS NULL), {stage_at()} "
        "FROM match m LEFT JOIN bank b ON b.id = m.bank_id WHERE m.enterprise_id = :firm AND m.deleted_at IS NULL "
        "ORDER BY m.number, m.id",
        {"firm": firm, "day": day.isoformat()},
    )
    lines = tuple(
        Line((bank, *(wan(one) for one in amounts), STAGE_WORDS[stage]), "", "finance", f"match:{found}")
        for found, bank, *amounts, stage in rows[:MOST]
    )
    at = f"enterprise:{firm}"
    headings = ("银行", "意向", "授信", "放款", "到哪一步")
    return Section(
        "贷款（万元，三级各算各的）", (), headings, lines, frozenset({1, 2, 3}), more(len(rows)), "finance", at, "match"
    )


def _projects(ledger: Ledger, firm: str) -> Section:
    rows = ledger.rows(
        "SELECT id, number, name, total_yuan, stage FROM project WHERE enterprise_id = ? AND deleted_at IS NULL "
        "ORDER BY number, id",
        (firm,),
    )
    lines = tuple(
        Line((record_number("project", no or 0), name, wan(total), STAGES[stage]), "", "projects", f"project:{found}")
        for found, no, name, total, stage in rows[:MOST]
    )
    headings = ("编号", "项目", "总投资（万元）", "阶段")
    return Section("项目", (), headings, lines, frozenset({2}), more(len(rows)), adds="project")
