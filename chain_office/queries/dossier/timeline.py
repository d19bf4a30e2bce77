"""One timeline of a firm: what was visited, promised, raised, lent, built, entered and filed, as far as it was known at a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.money import show_money
from chain_office.domain.workflow import OPENING, STATES
from chain_office.queries.dossier.shape import Entry
from chain_office.queries.problem_facts import BY_DAY
from chain_office.queries.projects import STAGES
from chain_office.queries.records.problem_steps import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.queries.dossier.shape import Stay
    from chain_office.queries.visiting.promises import PromiseLine

    At = dict[str, str]

_UNIT: Final = "coalesce(nullif(u.short, ''), u.name, '')"
_LONG: Final = 60
_VISITS: Final = """
    SELECT id, coalesce(number, 0), day, precision <> 'month', coalesce(leader, ''),
           coalesce(nullif(q2_problem, ''), nullif(q1_status, ''), nullif(q3_plan, ''), '')
      FROM visit WHERE enterprise_id = :firm AND deleted_at IS NULL AND (day IS NULL OR day <= :day)
"""
# +h.kind: the steps are found by their problem, not by their kind, of which there are a hundred thousand.
_STEPS: Final = f"""
    SELECT p.id, coalesce(p.number, 0), p.text, h.day, h.kind, h.state, {_UNIT}, coalesce(nullif(h.text, ''), h.reason, '')
      FROM problem p JOIN problem_event h ON h.problem_id = p.id LEFT JOIN unit u ON u.id = h.unit_id
     WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL AND {BY_DAY} AND +h.kind <> '{OPENING}'
"""
_OPENINGS: Final = f"""
    SELECT p.id, coalesce(p.number, 0), p.text, s.day_from, s.state, {_UNIT}
      FROM problem p JOIN problem_event h ON h.problem_id = p.id JOIN problem_span s ON s.event_id = h.id
      LEFT JOIN unit u ON u.id = s.lead_unit_id
     WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL AND h.deleted_at IS NULL AND +h.kind = '{OPENING}'
       AND (s.day_from IS NULL OR s.day_from <= :day)
"""
_NEEDS: Final = """
    SELECT n.id, t.day, n.need_yuan, coalesce(n.purpose, ''), coalesce(t.name, '')
      FROM need n LEFT JOIN meeting t ON t.id = n.event_id
     WHERE n.enterprise_id = :firm AND n.deleted_at IS NULL AND (t.day IS NULL OR t.day <= :day)
"""
_MATCHES: Final = """
    SELECT m.id, coalesce(b.short, b.name, ''), m.asked_day, m.intent_day, m.matched_day, m.intent_yuan, m.refused_day,
           coalesce(m.fail_reason, ''), m.reached
      FROM match m LEFT JOIN bank b ON b.id = m.bank_id
     WHERE m.enterprise_id = :firm AND m.deleted_at IS NULL
"""
_CREDITS: Final = """
    SELECT m.id, coalesce(b.short, b.name, ''), c.day, c.granted_yuan, coalesce(c.granted_rate, ''), coalesce(c.granted_term, '')
      FROM match m JOIN credit c ON c.match_id = m.id LEFT JOIN bank b ON b.id = m.bank_id
     WHERE m.enterprise_id = :firm AND m.deleted_at IS NULL AND c.deleted_at IS NULL AND (c.day IS NULL OR c.day <= :day)
"""
_DRAWDOWNS: Final = """
    SELECT m.id, coalesce(b.short, b.name, ''), w.day, w.drawn_yuan, coalesce(w.rate, ''), coalesce(w.loan_kind, '')
      FROM match m JOIN drawdown w ON w.match_id = m.id LEFT JOIN bank b ON b.id = m.bank_id
     WHERE m.enterprise_id = :firm AND m.deleted_at IS NULL AND w.deleted_at IS NULL AND (w.day IS NULL OR w.day <= :day)
"""
_REVIEWS: Final = """
    SELECT m.id, coalesce(b.short, b.name, ''), r.day, coalesce(r.outcome, ''), coalesce(r.text, ''), r.after_days
      FROM match m JOIN loan_review r ON r.match_id = m.id LEFT JOIN bank b ON b.id = m.bank_id
     WHERE m.enterprise_id = :firm AND m.deleted_at IS NULL AND r.deleted_at IS NULL AND r.day <= :day
"""
_STAGES: Final = """
    SELECT p.id, p.name, c.day, c.stage, coalesce(c.reason, '')
      FROM project p JOIN stage_change c ON c.project_id = p.id
     WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL AND c.deleted_at IS NULL AND (c.day IS NULL OR c.day <= :day)
"""
_PUT_IN: Final = (
    "substr((SELECT min(k.at) FROM history k WHERE k.table_name = 'attachment' AND k.row_id = a.id "
    "AND k.op = 'insert'), 1, 10)"
)
_FILES: Final = f"""
    SELECT a.name, coalesce(a.remark, ''), '企业', 'enterprise', a.row_id, {_PUT_IN} FROM attachment a
     WHERE a.table_name = 'enterprise' AND a.row_id = :firm AND a.deleted_at IS NULL
    UNION ALL
    SELECT a.name, coalesce(a.remark, ''), '走访', 'visit', v.id, coalesce(v.day, {_PUT_IN})
      FROM visit v JOIN attachment a ON a.table_name = 'visit' AND a.row_id = v.id
     WHERE v.enterprise_id = :firm AND v.deleted_at IS NULL AND a.deleted_at IS NULL
    UNION ALL
    SELECT a.name, coalesce(a.remark, ''), '问题', 'problem', p.id, {_PUT_IN}
      FROM problem p JOIN attachment a ON a.table_name = 'problem' AND a.row_id = p.id
     WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL AND a.deleted_at IS NULL
    UNION ALL
    SELECT a.name, coalesce(a.remark, ''), '问题办理', 'problem', p.id, coalesce(h.day, {_PUT_IN})
      FROM problem p JOIN problem_event h ON h.problem_id = p.id
      JOIN attachment a ON a.table_name = 'problem_event' AND a.row_id = h.id
     WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL AND h.deleted_at IS NULL AND a.deleted_at IS NULL
    UNION ALL
    SELECT a.name, coalesce(a.remark, ''), '项目', 'project', p.id, {_PUT_IN}
      FROM project p JOIN attachment a ON a.table_name = 'project' AND a.row_id = p.id
     WHERE p.enterprise_id = :firm AND p.deleted_at IS NULL AND a.deleted_at IS NULL
    UNION ALL
    SELECT a.name, coalesce(a.remark, ''), '贷款', 'match', m.id, {_PUT_IN}
      FROM match m JOIN attachment a ON a.table_name = 'match' AND a.row_id = m.id
     WHERE m.enterprise_id = :firm AND m.deleted_at IS NULL AND a.deleted_at IS NULL
"""
"""A file is dated by what it hangs on where that has a day (a visit, a step), else by the day it was put in."""
_PAGES: Final = {
    "enterprise": "enterprises", "visit": "visits", "problem": "problems", "match": "finance", "need": "finance",
    "project": "projects",
}  # fmt: skip
_PROBLEM_LIGHTS: Final = {
    "closed": "green", "solved_on_site": "green", "reported": "blue", "returned": "amber", "parked": "grey",
    "rejected": "grey", "pooled": "grey",
}  # fmt: skip
_STAGE_LIGHTS: Final = {"completed": "green", "under_construction": "blue", "stopped": "amber"}


def timeline(
    ledger: Ledger, firm: str, day: date, stays: Sequence[Stay], promises: Sequence[PromiseLine]
) -> tuple[tuple[Entry, ...], int]:
    """Everything dated up to ``day``, newest first, what has no day last; and how many files were put in after it."""
    at = {"firm": firm, "day": day.isoformat()}
    files, later = _files(ledger, at, day)
    found = [
        *_visits(ledger, at), *_promises(promises, day), *_problems(ledger, at), *_loans(ledger, at, day),
        *_projects(ledger, at), *_register(stays, firm, day), *files,
    ]  # fmt: skip
    dated = sorted((one for one in found if one.day is not None), key=lambda one: one.when, reverse=True)
    return (*dated, *(one for one in found if one.day is None)), later


def _visits(ledger: Ledger, at: At) -> Iterator[Entry]:
    for row_id, number, when, exact, leader, said in ledger.rows(_VISITS, at):
        what = f"走访 {record_number('visit', number)}" + (f"，带队 {leader}" if leader else "")
        yield _entry(when, "visit", what, said, "visit", row_id, exact=bool(exact))


def _promises(promises: Sequence[PromiseLine], day: date) -> Iterator[Entry]:
    for one in promises:
        who = "、".join(part for part in (one.side, one.owner) if part)
        due = f"，{one.due.isoformat()} 前" if one.due else ""
        light = "red" if one.state == "late" else ""
        made = _entry(_iso(one.visited), "promise", f"{who or '承诺'}{due}", one.text, "visit", one.visit_id, light)
        yield made
        if one.done is not None and one.done <= day:
            text = one.text if not one.result else f"{one.text}（{one.result}）"
            yield _entry(_iso(one.done), "promise", "承诺兑现", text, "visit", one.visit_id, "green")


def _problems(ledger: Ledger, at: At) -> Iterator[Entry]:
    for row_id, number, text, when, state, unit in ledger.rows(_OPENINGS, at):
        what = f"{record_number('problem', number)} {STATES[state].label}" + (f"，{unit}" if unit else "")
        yield _entry(when, "problem", what, text, "problem", row_id, _PROBLEM_LIGHTS.get(state, ""))
    for row_id, number, text, when, kind, state, unit, said in ledger.rows(_STEPS, at):
        what = f"{record_number('problem', number)} {word(kind, state)}" + (f"，{unit}" if unit else "")
        body = f"{said}（{_short(text)}）" if said else text
        yield _entry(when, "problem", what, body, "problem", row_id, _PROBLEM_LIGHTS.get(state, ""))


def _loans(ledger: Ledger, at: At, day: date) -> Iterator[Entry]:
    for row_id, when, yuan, purpose, event in ledger.rows(_NEEDS, at):
        text = "，".join(part for part in (purpose, event) if part)
        yield _entry(when, "loan", f"融资需求 {_money(yuan)}".rstrip(), text, "need", row_id)
    until = day.isoformat()
    for row_id, bank, asked, intended, matched, yuan, refused, reason, reached in ledger.rows(_MATCHES, at):
        if asked and asked <= until:
            yield _entry(asked, "loan", f"推送 {bank}", "", "match", row_id)
        when = intended or matched
        if (when is None or when <= until) and (intended or yuan is not None) and (when or not refused):
            yield _entry(when, "loan", f"{bank} 意向 {_money(yuan)}".rstrip(), "", "match", row_id)
        said_no = reached == "refused" or refused or (reason and reached in {"intent", "none"})
        if said_no and (refused is None or refused <= until):
            yield _entry(refused, "loan", f"{bank} 未达成", reason, "match", row_id, "amber")
    for row_id, bank, when, yuan, percent, term in ledger.rows(_CREDITS, at):
        yield _entry(
            when, "loan", f"{bank} 授信 {_money(yuan)}".rstrip(), _terms(percent, term), "match", row_id, "blue"
        )
    for row_id, bank, when, yuan, percent, kind in ledger.rows(_DRAWDOWNS, at):
        yield _entry(
            when, "loan", f"{bank} 放款 {_money(yuan)}".rstrip(), _terms(percent, kind), "match", row_id, "green"
        )
    for row_id, bank, when, outcome, text, after in ledger.rows(_REVIEWS, at):
        what = f"{bank} 落实回访" + (f"（{after} 天）" if after else "")
        yield _entry(when, "loan", what, "，".join(part for part in (outcome, text) if part), "match", row_id)


def _projects(ledger: Ledger, at: At) -> Iterator[Entry]:
    for row_id, name, when, stage, reason in ledger.rows(_STAGES, at):
        text = f"{name}（{reason}）" if reason else name
        yield _entry(when, "project", STAGES[stage], text, "project", row_id, _STAGE_LIGHTS.get(stage, ""))


def _register(stays: Sequence[Stay], firm: str, day: date) -> Iterator[Entry]:
    for one in stays:
        if one.entered is not None and one.entered <= day:
            yield _entry(_iso(one.entered), "register", "入规", one.kind or "方式未填", "enterprise", firm, "green")
        if one.left is not None and one.left <= day:
            yield _entry(_iso(one.left), "register", "退规", one.reason or "原因未填", "enterprise", firm, "amber")


def _files(ledger: Ledger, at: At, day: date) -> tuple[list[Entry], int]:
    made, later = [], 0
    for name, remark, of, table, row_id, when in ledger.rows(_FILES, at):
        if when and when > day.isoformat():
            later += 1
            continue
        text = "，".join(part for part in (f"{of}的附件", remark) if part)
        made.append(_entry(when, "file", name, text, table, row_id))
    return made, later


def _entry(
    when: str | None, kind: str, what: str, text: str, table: str, row_id: str, light: str = "", *, exact: bool = True
) -> Entry:
    day = date.fromisoformat(when) if when else None
    return Entry(day, kind, what, " ".join(text.split()), _PAGES[table], f"{table}:{row_id}", light, exact)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _money(yuan: int | None) -> str:
    return "" if yuan is None else show_money(yuan)


def _terms(percent: str, other: str) -> str:
    return "，".join(part for part in (f"利率 {percent}%" if percent else "", other) if part)


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONG else f"{said[: _LONG - 2]}……"
