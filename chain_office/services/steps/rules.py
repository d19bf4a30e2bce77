"""What is wrong with a step: first with what was typed, whatever problem it is for, then with taking it on one problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.forms import Fault
from chain_office.domain.secrecy import find_secrecy_mark
from chain_office.domain.walking import last_day, told
from chain_office.domain.workflow import SETS_DEADLINE, SETS_UNIT
from chain_office.queries.editing.hanging import is_live
from chain_office.queries.editing.rows import row
from chain_office.queries.steps import unit_words
from chain_office.services.editing.case import warn
from chain_office.services.steps.asked import AFTER_SCREENING, ASK_AHEAD, OBJECT_WITHIN, Asked
from chain_office.services.steps.judging import of_verdicts, of_verification

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chain_office.domain.walking import WalkStep
    from chain_office.queries.steps import Desk


def typed(asked: Asked) -> Iterator[Fault]:
    """What is wrong whatever the problem: empty fields, units in the bin, days that cannot be."""
    for field in asked.form:
        value = asked.value(field.name)
        if field.required and (value is None or value == ""):
            yield Fault(field.name, f"没有选择{field.spec.label}" if field.link else f"{field.spec.label}没有填")
        for one in value if field.many and value else (value,):
            if field.link and one and not is_live(asked.ledger, field.link, one):
                yield Fault(field.name, f"所选的{field.spec.label}已不在台账里（可能刚移入回收站），请重新选择")
                break
        mark = find_secrecy_mark(value) if isinstance(value, str) and not field.link else None
        if mark is not None:
            yield warn(field.name, f"{field.spec.label}：{mark.reason}")
    yield from _days(asked)
    yield from _units(asked)
    yield from of_verification(asked)


def _days(asked: Asked) -> Iterator[Fault]:
    day, due = asked.day, asked.due
    if day and day > asked.today:
        yield Fault("day", f"{asked.label('day')} {day} 还没有到（今天 {asked.today}），请核对")
    if day and due and asked.verb.id not in {"ask_extension", "extend"} and due <= day:
        beside = "（当日不计）" if asked.verb.id in SETS_DEADLINE else ""
        yield Fault("due_day", f"{asked.label('due_day')} {due} 不晚于{asked.label('day')} {day}{beside}，请核对")
    if asked.verb.id == "extend" and day and due and due < day:
        yield warn(
            "due_day", f"{asked.label('due_day')} {due} 早于{asked.label('day')} {day}，批下来就已经逾期，请核对"
        )
    meeting = row(asked.ledger, "meeting", asked.value("meeting_id")) if asked.value("meeting_id") else None
    if meeting is not None and day and meeting["day"] and meeting["day"] != day:
        yield warn("meeting_id", f"“{meeting['name']}”是 {meeting['day']} 开的，{asked.label('day')}却是 {day}，请核对")


def _units(asked: Asked) -> Iterator[Fault]:
    helpers = asked.value("co_units") or ()
    if asked.value("unit_id") in helpers:
        yield Fault("co_units", "牵头单位不能同时是配合单位，请去掉一个")
    if len(set(helpers)) < len(helpers):
        yield Fault("co_units", "配合单位有重复，请去掉重复的")
    if asked.has("understood") and asked.value("understood") is False:
        yield Fault("understood", "转长期推进要企业知晓：请先向企业说明，再勾选“企业知晓”")


def on_problem(asked: Asked, desk: Desk) -> Iterator[Fault]:
    """What is wrong with taking it on this problem."""
    last = last_day(desk.steps)
    before, since = (told(last[0].kind), last[1]) if last else ("收集", desk.row["collected_day"])
    if asked.day and since and asked.day < since:
        yield Fault("day", f"{asked.label('day')} {asked.day} 早于上一步“{before}”的 {since}，请核对")
    yield from _part(asked, desk)
    yield from of_verdicts(asked, desk)
    yield from _in_time(asked, desk)
    yield from _extension(asked, desk)


def _part(asked: Asked, desk: Desk) -> Iterator[Fault]:
    """Only units that have the problem speak about it; the state is the lead unit's to change."""
    unit = asked.value("unit_id")
    if unit is None or asked.verb.id in SETS_UNIT:
        if asked.verb.id == "reassign" and unit is not None and unit == desk.lead:
            yield warn("unit_id", "改派给了退回它的同一个单位，请核对")
        return
    words = unit_words(asked.ledger, (unit, desk.lead))
    if desk.lead is None:
        if unit not in desk.helpers:
            yield warn("unit_id", f"台账里没有这个问题的牵头单位，按“{words.get(unit, '')}”登记")
    elif unit != desk.lead and unit not in desk.helpers:
        yield Fault(
            "unit_id",
            f"“{words.get(unit, '')}”不是这个问题的承办单位（牵头是“{words.get(desk.lead, '')}”），请重新选择",
        )
    elif unit != desk.lead and not asked.verb.by_any_unit and asked.verb.id != "remind":
        yield Fault(
            "unit_id",
            f"{asked.verb.label}由牵头单位“{words.get(desk.lead, '')}”办理；配合单位的情况请用“进展反馈”登记",
        )


def _in_time(asked: Asked, desk: Desk) -> Iterator[Fault]:
    """Objections and hand-overs that come later than the office allows."""
    if asked.verb.id == "return":
        handed = next((one.day for one in reversed(desk.steps) if one.kind in SETS_UNIT), desk.row["assigned_day"])
        yield from _late(asked, "day", handed, OBJECT_WITHIN, "对交办有异议应在交办后")
    elif asked.verb.id == "assign":
        screened = next((one.day for one in reversed(desk.steps) if one.state == "to_assign" and one.day), None)
        yield from _late(asked, "day", screened, AFTER_SCREENING, "筛选后应在")


def _late(asked: Asked, name: str, start: date | None, limit: str, rule: str) -> Iterator[Fault]:
    allowed = asked.limit(limit)
    if start is None or asked.day is None or allowed is None or asked.day < start:
        return
    taken, why = asked.workdays(start, asked.day)
    if taken is None:
        yield warn(name, f"{why}，没有核对“{limit}”（{allowed} 个工作日）")
    elif taken > allowed:
        yield warn(name, f"{rule} {allowed} 个工作日内办，自 {start} 起已 {taken} 个工作日，晚了 {taken - allowed} 个")


def _extension(asked: Asked, desk: Desk) -> Iterator[Fault]:
    deadline, due, verb = desk.row["deadline"], asked.due, asked.verb.id
    if verb not in {"ask_extension", "extend", "refuse_extension"}:
        return
    if due and deadline and due <= deadline:
        yield Fault("due_day", f"{asked.label('due_day')} {due} 不晚于现在的办结时限 {deadline}，请核对")
    request = pending(desk)
    if verb != "ask_extension":
        if request is None:
            yield warn("due_day" if verb == "extend" else "reason", "没有登记过单位的延期申请，请核对")
        elif due and request.due_day and due > request.due_day:
            yield warn("due_day", f"比单位申请的 {request.due_day} 还晚，请核对")
    elif deadline is not None and asked.day is not None:
        yield from _ahead(asked, deadline, asked.day)


def _ahead(asked: Asked, deadline: date, day: date) -> Iterator[Fault]:
    wanted = asked.limit(ASK_AHEAD)
    if wanted is None:
        return
    ahead, why = asked.workdays(day, deadline)
    rule = f"延期应在办结时限（{deadline}）前至少 {wanted} 个工作日申请"
    if ahead is None:
        yield warn("day", f"{why}，没有核对“{ASK_AHEAD}”（{wanted} 个工作日）")
    elif ahead < 0 or day > deadline:
        yield warn("day", f"{rule}，现在已过时限 {-ahead} 个工作日")
    elif ahead < wanted:
        yield warn("day", f"{rule}，现在只提前了 {ahead} 个工作日，差 {wanted - ahead} 个")


def pending(desk: Desk) -> WalkStep | None:
    """The request for an extension nobody has decided on yet."""
    for step in reversed(desk.steps):
        if step.kind == "ask_extension":
            return step
        if step.kind in {"extend", "refuse_extension", *SETS_UNIT, "fail", "reopen", "resume"}:
            return None
    return None
