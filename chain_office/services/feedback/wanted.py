"""Which steps a unit's answers amount to: its choice of status, and whether it leads or helps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chain_office.domain.feedback import CO, DOING, DONE, EXTEND, PARK, PARTIAL, RETURN
from chain_office.domain.plain import plain
from chain_office.domain.workflow import SETS_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chain_office.queries.steps import Desk
    from chain_office.services.feedback.answers import Said

_TELLS = frozenset({"progress", "partial", "report"})


@dataclass(slots=True)
class Wanted:
    """Steps to try, in order: (verb, values without day and unit). ``faults``: what is missing for one."""

    steps: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: bool = False
    """Something it says stands in the ledger already."""


def wanted_steps(said: Said, desk: Desk, unit: str) -> Wanted:
    """The steps a line proposes; what the ledger has already is left out."""
    found = Wanted()
    leads = unit == desk.lead or desk.lead is None
    if said.signed:
        _sign(found, said, desk, unit)
    for verb, values in _answer(found, said, leads=leads):
        if _stands(desk, unit, verb, values, said.day):
            found.known = True
        else:
            found.steps.append((verb, values))
    return found


def _sign(found: Wanted, said: Said, desk: Desk, unit: str) -> None:
    handed = max((at for at, step in enumerate(desk.steps) if step.kind in SETS_UNIT), default=0)
    heard = any(step.unit == unit and step.kind != "remind" for step in desk.steps[handed + 1 :])
    if heard:
        found.known = True
    else:
        found.steps.append(("acknowledge", _without_blanks(contact=said.signed_by or said.contact)))


def _answer(found: Wanted, said: Said, *, leads: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    status = said.status or (DOING if said.done or said.reason or said.next_step else "")
    if not status:
        if said.due is not None and not said.signed:
            found.faults.append("只填了预计办结时间，没有选办理状态；要延期请选“申请延期”")
        return
    if not said.status:
        found.notes.append("没有选办理状态，按“办理中”登记")
    if status == EXTEND:
        yield from _extension(found, said)
    elif status == RETURN and leads:
        yield from _needing(found, "return", "退回原因", reason=said.reason or said.done, contact=said.contact)
    elif status == PARTIAL and leads:
        yield from _told(found, said, "partial", said.done)
    elif status == DONE and leads:
        more = "\n".join(part for part in (said.done, said.next_step and f"下一步：{said.next_step}") if part)
        yield from _needing(found, "report", "办理情况", text=more, contact=said.contact)
    elif status in {DOING, PARK}:
        yield from _progress(found, said, suggests_parking=status == PARK)
    else:
        word = {PARTIAL: "部分解决", DONE: "已办结", RETURN: "申请退回"}[status]
        found.notes.append(f"{CO}单位的“{word}”记为进展反馈，问题的状态由牵头单位定")
        text = said.done or said.reason
        yield from _told(found, said, "progress", f"{word}：{text}" if text else "")


def _progress(found: Wanted, said: Said, *, suggests_parking: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    text = said.done or said.next_step or said.reason
    if suggests_parking:
        found.notes.append("单位建议转长期推进：要不要转由办公室定，接受后只记进展")
        text = f"{text}（单位建议转长期推进）" if text else ""
    yield from _told(found, said, "progress", text)


def _extension(found: Wanted, said: Said) -> Iterator[tuple[str, dict[str, Any]]]:
    if said.done and said.reason:
        yield from _told(found, said, "progress", said.done, reason="")
    reason = said.reason or said.done
    if said.due is None and not said.faults:
        found.faults.append("申请延期，但没有写延到哪一天")
    if not reason:
        found.faults.append("申请延期，但没有写原因")
    if said.due is not None and reason:
        yield "ask_extension", _without_blanks(due_day=said.due, reason=reason, contact=said.contact)


def _told(
    found: Wanted, said: Said, verb: str, text: str, reason: str | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    following = said.next_step if said.next_step != text else ""
    if said.due is not None and said.status != EXTEND:
        following = "；".join(part for part in (following, f"预计 {said.due.isoformat()} 办结") if part)
    why = (said.reason if reason is None else reason) if said.reason != text else ""
    yield from _needing(found, verb, "办理情况", text=text, reason=why, next_step=following, contact=said.contact)


def _needing(found: Wanted, verb: str, label: str, **values: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    first = next(iter(values.values()))
    if first:
        yield verb, _without_blanks(**values)
    else:
        found.faults.append(f"没有写{label}")


def _without_blanks(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _stands(desk: Desk, unit: str, verb: str, values: dict[str, Any], day: date | None) -> bool:
    """Whether the ledger records just that: the same form twice says nothing new; the same words a month later do."""
    for step in desk.steps:
        alike = step.kind == verb or (verb in _TELLS and step.kind in _TELLS)
        if not alike or step.unit != unit or (day is not None and step.day is not None and step.day < day):
            continue
        same = ("text", "reason") if verb in _TELLS else ("reason", "due_day")
        if all(_plain(step.value(name)) == _plain(values.get(name)) for name in same):
            return True
    return False


def _plain(value: Any) -> str:
    return plain(value).replace(" ", "")
