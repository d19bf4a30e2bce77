"""A visit: who went and whom they met, then the three standing questions in full."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office.db.models import Visit, record_number
from chain_office.domain.visiting import LIGHTS, PROMISE_WORDS
from chain_office.queries.records.attached import attached
from chain_office.queries.records.changes import changes
from chain_office.queries.records.enterprise import day_text, visits_of
from chain_office.queries.records.rows import NOTHING, STATE_AT, Row, form, name_of, named, one, state_word
from chain_office.queries.records.shape import Item, Line, Picture, Record, Section
from chain_office.queries.visiting.pictures import visit_pictures
from chain_office.queries.visiting.promises import promises_at

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

_QUESTIONS = (
    ("q1_status", "一问　生产经营情况"), ("q2_problem", "二问　困难和问题"), ("q3_plan", "三问　发展打算"),
)  # fmt: skip


def visit(ledger: Ledger, row_id: str, day: date) -> Record | None:
    """A visit; None if there is no such record."""
    row = one(ledger, Visit, row_id)
    if row is None:
        return None
    firm = name_of(ledger, "enterprise", row["enterprise_id"])
    return Record(
        "visits",
        f"visit:{row_id}",
        record_number("visit", row["number"] or 0),
        firm,
        day_text(row["day"], row["precision"]),
        "",
        (
            Section("走访", (*_head(ledger, row, firm),)),
            *(Section(title, (Item("", row[name] or NOTHING),)) for name, title in _QUESTIONS),
            Section(
                "其他", form(Visit, row, "suggestion sales_yuan tax_yuan followup rating rated_day recorder remark")
            ),
            _promises(ledger, row_id, day),
            _problems(ledger, row, day),
            visits_of(ledger, row["enterprise_id"], row_id),
            replace(attached(ledger, "visit", row_id), pictures=_pictures(ledger, row_id)),
        ),
        changes(ledger, "visit", row_id),
        binned=row["deleted_at"] is not None,
    )


def _head(ledger: Ledger, row: Row, firm: str) -> tuple[Item, ...]:
    day = day_text(row["day"], row["precision"])
    return (
        *named("企业", firm, page="enterprises", reference=f"enterprise:{row['enterprise_id']}"),
        Item("走访时间", f"{day}（只知到月）" if row["precision"] == "month" else day),
        *named("走访活动", name_of(ledger, "campaign", row["campaign_id"])),
        *form(Visit, row, "leader visitors interviewee method", always="leader"),
        *_consent(ledger, row),
    )


def _consent(ledger: Ledger, row: Row) -> tuple[Item, ...]:
    """The enterprise's consent; of one under protection it is missed where it is not on record."""
    told = form(Visit, row, "consent_by consent_way consent_day booking_no consent")
    since = ledger.value("SELECT protected_since FROM enterprise WHERE id = ?", (row["enterprise_id"],))
    if since is None or row["day"] is None or str(since) > str(row["day"]):
        return told
    lacking = [row[name] is None for name in ("consent_by", "consent_way", "consent_day")]
    light, word = ("amber", "没有记全企业同意") if any(lacking) else ("green", "已征得企业同意")
    return (Item("赋码保护", f"{since} 起，{word}", light), *told)


def _promises(ledger: Ledger, visit: str, day: date) -> Section:
    """What was promised at the visit, and where it stands at the day."""
    lines = tuple(
        Line(
            (
                one.text, "、".join(part for part in (one.side, one.owner) if part), one.due.isoformat() if one.due else "",
                one.problem, PROMISE_WORDS[one.state] + (f"：{one.result}" if one.result else ""),
            ),
            LIGHTS[one.state],
            edits=f"promise:{one.id}",
        )
        for one in promises_at(ledger, visit, day)
    )  # fmt: skip
    return Section("承诺事项", headings=("承诺", "谁", "时限", "问题", "状态"), lines=lines, adds="promise")


def _pictures(ledger: Ledger, visit: str) -> tuple[Picture, ...]:
    return tuple(Picture(*one) for one in visit_pictures(ledger, visit))


def _problems(ledger: Ledger, row: Row, day: date) -> Section:
    """The firm's problems: those of this visit, and those without one."""
    rows = ledger.rows(
        f"SELECT p.id, p.number, p.text, {STATE_AT} FROM problem p WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL "
        "AND (p.visit_id = :visit OR p.visit_id IS NULL) ORDER BY coalesce(p.number, 0), p.id",
        {"firm": row["enterprise_id"], "visit": row["id"], "day": day.isoformat()},
    )
    lines = tuple(
        Line((record_number("problem", no or 0), text, state_word(state)), "", "problems", f"problem:{found}")
        for found, no, text, state in rows
    )
    return Section("已登记的问题", headings=("编号", "问题", "状态"), lines=lines, adds="problem")
