"""Rules of problems and of the meetings they are handed over at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.forms import numbered
from chain_office.db.walks import walks
from chain_office.domain.forms import Fault
from chain_office.domain.walking import decided
from chain_office.domain.workflow import ASSIGNED_BUCKETS, SETS_DEADLINE, STATES, VERBS
from chain_office.queries.editing.rows import live, row
from chain_office.services.editing.case import not_ahead, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chain_office.services.editing.case import Case


def _problem(case: Case) -> Iterator[Fault]:
    yield from not_ahead(case, "collected_day", "callback_day")
    yield from _raiser(case)
    yield from _days(case)
    yield from _taken(case)
    if case.after["text_core"] and case.touched("text", "enterprise_id"):
        same = live(
            case.ledger, "problem", text_core=case.after["text_core"], enterprise_id=case.after["enterprise_id"]
        )
        for other in case.others(same)[:1]:
            yield warn("text", f"同一企业已有相同的问题（{numbered('problem', other['number'])}），请核对是否重复")


def _raiser(case: Case) -> Iterator[Fault]:
    if case.touched("enterprise_id") and case.after["enterprise_id"] is None:
        yield warn("enterprise_id", "没有写明是哪家企业的问题")
    yield from _of_the_visit(case)


def _of_the_visit(case: Case) -> Iterator[Fault]:
    firm, visit = case.after["enterprise_id"], case.after["visit_id"]
    if visit and case.touched("enterprise_id", "visit_id"):
        found = row(case.ledger, "visit", visit)
        if found is not None and firm and found["enterprise_id"] != firm:
            yield Fault("visit_id", "所选的走访不是这家企业的，请重新选择")


def _days(case: Case) -> Iterator[Fault]:
    collected, deadline, assigned = (case.day(name) for name in ("collected_day", "deadline", "assigned_day"))
    handed = STATES[case.after["state"]].bucket in ASSIGNED_BUCKETS
    if deadline and case.touched("deadline"):
        if handed and assigned and deadline < assigned:
            yield Fault("deadline", f"办结时限 {deadline} 早于交办时间 {assigned}，请核对")
        elif collected and deadline < collected:
            yield Fault("deadline", f"办结时限 {deadline} 早于收集时间 {collected}，请核对")
    if not case.touched("collected_day") or not collected:
        return
    if handed and assigned and collected > assigned:
        yield Fault("collected_day", f"收集时间 {collected} 晚于交办时间 {assigned}，请核对")
        return
    later = [
        one["day"]
        for one in live(case.ledger, "problem_event", problem_id=case.row_id)
        if one["kind"] != "opening" and one["day"]
    ]
    if later and collected > min(later):
        yield Fault("collected_day", f"收集时间 {collected} 晚于已记载的办理步骤 {min(later)}，请核对")


_BY_STEPS = ("progress", "reason", "next_step", "satisfaction", "callback_day", "review_day")


def _taken(case: Case) -> Iterator[Fault]:
    """What the steps taken on the desk say is not typed over; only a deadline is corrected in the step that set it."""
    mine = [name for name in (*_BY_STEPS, "deadline") if name in case.changed]
    if case.is_new or not mine:
        return
    steps = walks(case.ledger.rows, [case.row_id])[case.row_id]
    told = decided(steps) if steps else {}
    for name in mine:
        if name == "deadline" or name not in told or case.after[name] == told[name]:
            continue
        yield Fault(name, f"{case.label(name)}随办理步骤记载，不在这里改；请登记新的办理步骤，最后一步记错了可以撤销它")
    setter = next((one for one in reversed(steps) if one.kind in SETS_DEADLINE and one.due_day), None)
    if setter is None or "deadline" not in mine:
        return
    deadline, word = case.day("deadline"), VERBS[setter.kind].told
    if deadline is None:
        yield Fault("deadline", f"办结时限是“{word}”时定下的，不能清空；改为长期推进请用“长期推进”")
    elif setter.day is not None and deadline <= setter.day:
        yield Fault("deadline", f"办结时限 {deadline} 不晚于“{word}”的 {setter.day}，请核对")


def _meeting(case: Case) -> Iterator[Fault]:
    after = case.after
    if after["name"] and case.touched("name", "day"):
        for other in case.others(live(case.ledger, "meeting", name=after["name"])):
            if other["day"] == after["day"]:
                yield Fault("name", f"已有同名同日的会议“{other['name']}”")


RULES: Mapping[str, Callable[[Case], Iterator[Fault]]] = {"problem": _problem, "meeting": _meeting}
BETWEEN: Mapping[str, Callable[[Case], Iterator[Fault]]] = {"problem": _of_the_visit, "meeting": _meeting}
"""Those that look at other records: a record that comes back is held to them, however it stood before."""
