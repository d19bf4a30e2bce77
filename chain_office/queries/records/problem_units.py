"""Who has a problem: its lead unit and co-units with what was heard of each, its limit and how it moved; and how the office
verified that it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.db.models import Problem
from chain_office.domain.lights import late_text
from chain_office.domain.workflow import ASSIGNED_BUCKETS, UPDATES
from chain_office.queries.records.problem_steps import ANSWERS, QUESTIONS, UNIT
from chain_office.queries.records.rows import Row, form, name_of, named
from chain_office.queries.records.shape import Item, Line, Section

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.records.problem_standing import Stand

_ROLES = {"lead": "牵头", "co": "配合"}
_EXCERPT = 40


def assigned(ledger: Ledger, row: Row, now: Stand, day: date, calendar: WorkCalendar) -> Section:
    """交办: to whom, until when."""
    handed = now.bucket in ASSIGNED_BUCKETS
    parts = _parts(ledger, row, day) if handed else []
    heard = any(cells[2] or cells[3] for cells in parts)
    beside = "、".join(unit for role, unit, *_ in parts if role == _ROLES["co"])
    return Section(
        "交办",
        (
            *named("交办会", name_of(ledger, "meeting", row["meeting_id"])),
            *(form(Problem, row, "assigned_day") if handed or not now.state else ()),
            *named("牵头单位", now.unit, always=handed),
            *named("配合单位", beside),
            *form(Problem, row, "level owner owner_phone"),
            *_deadline(ledger, row, now, day, calendar),
            *(form(Problem, row, "deadline_text") if handed else ()),
        ),
        headings=("承办", "单位", "签收", "最近反馈"),
        lines=tuple(Line(cells) for cells in parts) if len(parts) > 1 or heard else (),
    )


def _parts(ledger: Ledger, row: Row, day: date) -> list[tuple[str, str, str, str]]:
    """The units that have a part at the day: role, name, when each signed for it, when it was last heard of and with what."""
    found: list[Any] = ledger.rows(
        f"SELECT a.role, {UNIT}, a.unit_id, a.day FROM assignment a JOIN unit u ON u.id = a.unit_id "
        "WHERE a.problem_id = :id AND a.deleted_at IS NULL AND (a.day IS NULL OR a.day <= :day) "
        "AND (a.ended_day IS NULL OR a.ended_day > :day) ORDER BY a.role = 'co', a.id",
        {"id": row["id"], "day": day.isoformat()},
    )
    parts = []
    for role, unit, unit_id, since in found:
        events = ledger.rows(
            "SELECT kind, coalesce(day, ''), coalesce(text, '') FROM problem_event WHERE problem_id = ? AND unit_id = ? "
            "AND deleted_at IS NULL AND day <= ? AND day >= ? ORDER BY seq",
            (row["id"], unit_id, day.isoformat(), since or ""),
        )
        signed = next((when for kind, when, _ in events if kind == "acknowledge"), "")
        last = next(((when, text) for kind, when, text in events[::-1] if kind in UPDATES - {"acknowledge"}), None)
        said = f"{last[0]}　{_short(last[1])}" if last else ""
        parts.append((_ROLES.get(role, ""), str(unit), signed, said))
    return parts


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"


def _deadline(ledger: Ledger, row: Row, now: Stand, day: date, calendar: WorkCalendar) -> tuple[Item, ...]:
    if now.bucket not in ASSIGNED_BUCKETS:
        return ()
    if now.deadline is None:
        return (Item("办结时限", "没有时限"),)
    late = late_text(now.facts, day, calendar)
    text = now.deadline.isoformat() + (f"　{late}" if late else "")
    granted = ledger.rows(
        "SELECT due_day FROM problem_event WHERE problem_id = ? AND kind = 'extend' AND deleted_at IS NULL AND day <= ? "
        "AND due_day IS NOT NULL ORDER BY seq",
        (row["id"], day.isoformat()),
    )
    first = row["original_deadline"] or (now.first_due.isoformat() if now.first_due else "")
    items = [Item("办结时限", text, "red" if late else "")]
    if first and first != now.deadline.isoformat():
        items.append(Item("原定时限", first))
    if granted:
        days = " → ".join(dict.fromkeys((first, *(due for (due,) in granted)))) if first else granted[-1][0]
        items.append(Item("延期", f"{len(granted)} 次：{days}"))
    return tuple(items)


def handling(ledger: Ledger, row: Row, now: Stand, day: date) -> Section:
    """办理: what was last heard of it. At a past day that is what the last step by then said."""
    later = ledger.value(
        "SELECT count(*) FROM problem_event WHERE problem_id = ? AND deleted_at IS NULL AND day > ?",
        (row["id"], day.isoformat()),
    )
    if not later:
        return Section(
            "办理",
            (
                *form(Problem, row, "progress", always="progress" if now.state else ""),
                *(form(Problem, row, "reason next_step") if now.state != "closed" else ()),
                *form(Problem, row, "reported_day closed_day remark"),
            ),
        )
    kinds = ", ".join(f"'{one}'" for one in sorted(UPDATES))
    last = ledger.rows(
        "SELECT coalesce(e.text, ''), coalesce(e.reason, ''), coalesce(e.next_step, '') FROM problem_event e "
        f"LEFT JOIN unit u ON u.id = e.unit_id WHERE e.problem_id = :id AND e.kind IN ({kinds}) AND e.deleted_at IS NULL "
        f"AND e.day <= :day AND coalesce(e.text, '') <> '' AND (:unit IN ('', {UNIT}) OR e.unit_id IS NULL) "
        "ORDER BY e.seq DESC LIMIT 1",
        {"id": row["id"], "day": day.isoformat(), "unit": now.unit},
    )
    text, reason, following = last[0] if last else ("", "", "")
    return Section(
        "办理",
        (
            *named("办理进展", text, always=bool(now.state)),
            *named("存在困难", reason),
            *named("下一步措施", following),
            *named("报结时间", now.reported.isoformat() if now.reported else ""),
        ),
    )


def verified(ledger: Ledger, row: Row, now: Stand, day: date) -> Section:
    """核实: what the enterprise was asked, and what it said."""
    every: list[Any] = ledger.rows(
        "SELECT kind, coalesce(day, ''), coalesce(actor, ''), coalesce(method, ''), coalesce(contact, ''), "
        "coalesce(rating, ''), coalesce(text, ''), coalesce(reason, ''), due_day, solved, answered, approached "
        "FROM problem_event WHERE problem_id = ? AND kind IN ('verify', 'fail', 'look_back') AND deleted_at IS NULL "
        "ORDER BY seq",
        (row["id"],),
    )
    found = [one for one in every if one[1] <= day.isoformat()]
    items: list[Item] = []
    if now.state == "closed":
        said = ("已核实", "green") if now.facts.verified else ("未见核实", "blue")
        items.append(Item("销号核实", *said))
    for kind, when, actor, method, contact, rating, text, reason, due, *answers in _latest(found):
        head = {"verify": "核实销号", "fail": "核实不过", "look_back": "回看"}[kind]
        items.append(Item(head, "　".join(part for part in (when, actor, method, contact) if part)))
        asked = zip(QUESTIONS.values(), answers, strict=True)
        items += [Item(label, ANSWERS.get(answer, answer)) for label, answer in asked if answer]
        items += [*named("企业是否满意", rating), *named("情况", text), *named("不过的原因", reason)]
        if kind == "verify" and due:
            items.append(Item("回看时间", due))
    if not every:
        items += form(Problem, row, "satisfaction callback_day")
    if now.state == "pooled" and now.due:
        items.append(Item("复核时间", now.due.isoformat()))
    elif not every and now.state not in {"pooled", "closed"}:
        items += form(Problem, row, "review_day")
    return Section("核实" if found or now.state == "closed" else "回访", tuple(items))


def _latest(found: list[Any]) -> list[Any]:
    """The last verification and what was looked at again since; those before it stand on the timeline."""
    last = max((place for place, one in enumerate(found) if one[0] != "look_back"), default=0)
    return [*found[last : last + 1], *found[last + 1 :][-1:]]
