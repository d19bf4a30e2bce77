"""A form's line made a proposal: what it would do to the problem as it stands, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from chain_office import clock
from chain_office.db.models import record_number
from chain_office.domain.feedback import CO, LEAD
from chain_office.domain.steps import StepEdit
from chain_office.domain.walking import last_day, told
from chain_office.domain.workflow import STATES, VERBS
from chain_office.services.feedback.answers import read_answers
from chain_office.services.feedback.plan import ADDED, BLANK, CONFLICT, FAULTY, READY, SAME, Change, Proposal
from chain_office.services.feedback.trying import try_step
from chain_office.services.feedback.wanted import wanted_steps
from chain_office.services.steps.telling import since

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.exchange.feedback.form import FormRow
    from chain_office.queries.steps import Desk
    from chain_office.services.feedback.answers import Said
    from chain_office.services.feedback.finding import Finder, Who

_ASIDE = frozenset({"remind", "tell", "acknowledge"})
"""Steps that leave what the unit answers to as it was."""
_BY_UNITS = frozenset({"progress", "partial", "report", "ask_extension"})


@dataclass(slots=True)
class _Steps:
    """The steps of a proposal being put together."""

    edits: list[StepEdit] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    accept: set[str] = field(default_factory=set)


class Proposer:
    """Makes proposals of lines, all compared with the ledger as it stands."""

    def __init__(self, ledger: Ledger, finder: Finder, actor: str) -> None:
        self._ledger = ledger
        self._finder = finder
        self._actor = actor
        self._today = clock.today()

    def propose(self, row: FormRow, file: int, key: str) -> Proposal:
        """What one line comes to; ``key`` is what it is called."""
        receipt = row.receipt
        base = Proposal(
            key, file, row.place, FAULTY, receipt.record_no if receipt else "",
            enterprise=row.text("enterprise"), text=row.text("problem"), unit=row.text("unit"), role=row.text("role"),
            values={key: row.text(key) for key in row.values},
        )  # fmt: skip
        named = self._finder.named(row)
        if named is None:
            return self._unknown(base, row)
        base = replace(
            base, problem_id=named.id, record_no=record_number("problem", named.number), enterprise=named.firm,
            text=named.text,
        )  # fmt: skip
        desk = self._finder.desks.get(named.id)
        if named.binned or desk is None:
            return replace(base, faults=(f"{base.record_no} 在回收站里；要登记请先恢复这个问题",))
        base = replace(base, state=STATES[desk.state].label, seen=desk.seq)
        if self._finder.contradicts(row, named):
            other = f"{row.text('enterprise')}“{row.text('problem')[:20]}”"
            return replace(
                base, faults=(f"记录号对不上：表上写的是{other}，{base.record_no} 是{named.firm}的另一个问题",)
            )
        who = self._finder.who(row, desk, receipt.seq if receipt else None)
        return self._answered(base, row, desk, who)

    def _unknown(self, base: Proposal, row: FormRow) -> Proposal:
        if row.receipt is not None:
            return replace(base, faults=(f"台账里没有编号为 {row.receipt.record_no} 的问题，请核对记录号",))
        if row.text("problem"):
            return replace(base, verdict=ADDED, notes=("表中新增的行，没有记录号；要记入台账请录为新问题",))
        return replace(base, faults=("这一行没有记录号，也没有写是哪个问题",))

    def _answered(self, base: Proposal, row: FormRow, desk: Desk, who: Who) -> Proposal:
        seq = row.receipt.seq if row.receipt else None
        paper = self._finder.left(desk.id, who.id) if who.id else None
        left = seq if seq is not None else paper.seq if paper is not None else None
        left_day = paper.day if paper is not None and paper.seq == left else self._left_day(desk, left)
        said = read_answers(row, left_day)
        base = replace(base, unit_id=who.id, unit=who.name or base.unit, left=left)
        if who.id and not who.fault:
            base = replace(base, role=LEAD if who.id == desk.lead or desk.lead is None else CO)
        if said.says_nothing and said.due is None:
            return replace(base, verdict=BLANK, notes=("这一行没有填写",))
        if who.fault:
            return replace(base, faults=(who.fault, *said.faults), said=said.status)
        steps, known, now = self._steps(said, desk, who)
        notes = [*([who.note] if who.note else []), *said.notes, *steps.notes]
        if row.receipt is None:
            notes.insert(0, f"没有记录号，按企业和问题认作 {base.record_no}")
        base = replace(
            base, steps=tuple(steps.edits), notes=tuple(dict.fromkeys(notes)), accept=frozenset(steps.accept),
            said="、".join(VERBS[edit.verb].label for edit in steps.edits),
            changes=tuple(_changes(desk, now, steps.edits, who)),
        )  # fmt: skip
        faults = tuple(dict.fromkeys((*said.faults, *steps.faults)))
        if not steps.edits and not faults:
            return replace(base, verdict=SAME if known else BLANK)
        later = since(self._ledger, desk.id, left) if left is not None and left != desk.seq else ()
        base = replace(base, since=later, faults=faults)
        if faults:
            return base
        moved = left is not None and (left > desk.seq or any(not _aside(one, who.name, said.day) for one in later))
        return replace(base, verdict=CONFLICT if moved else READY)

    def _left_day(self, desk: Desk, left: int | None) -> date | None:
        """When the step the form left with was taken; the hand-over's day if that is not known."""
        days = [step.day for step in desk.steps if step.day and (left is None or step.seq <= left)]
        found: date | None = days[-1] if days and left is not None else desk.row["assigned_day"]
        return found or (days[-1] if days else None)

    def _steps(self, said: Said, desk: Desk, who: Who) -> tuple[_Steps, bool, Desk]:
        wanted = wanted_steps(said, desk, who.id)
        steps = _Steps(faults=list(wanted.faults), notes=list(wanted.notes))
        now = desk
        for verb, values in wanted.steps:
            day = self._day(steps, said, verb, now)
            whole: dict[str, Any] = {**values, "day": day, "unit_id": who.id}
            tried = try_step(self._ledger, verb, whole, now, self._actor)
            if tried.stops:
                steps.faults += tried.stops
                break
            steps.notes += [message for _, message in tried.warned]
            steps.accept |= {name for name, _ in tried.warned}
            steps.edits.append(StepEdit(verb, {desk.id: now.seq}, whole))
            now = tried.desk
        return steps, wanted.known, now

    def _day(self, steps: _Steps, said: Said, verb: str, desk: Desk) -> date:
        """When the step is recorded for: as the form says, not before the last step that stands there already."""
        own = (said.signed_day if verb == "acknowledge" else None) or said.day
        last = last_day(desk.steps)
        if own is None:
            steps.notes.append(f"没有填报日期，按收到的日子（{self._today.isoformat()}）登记")
            return self._today
        if last is not None and own < last[1] <= self._today:
            what = "签收日期" if verb == "acknowledge" else "填报日期"
            steps.notes.append(f"{what} {own} 早于最近一步“{told(last[0].kind)}”，按它的日期 {last[1]} 登记")
            return last[1]
        return own


def _aside(step: Any, unit: str, day: date | None) -> bool:
    """Whether a step taken since the form left leaves its answers as good as they were."""
    if step.kind in _ASIDE:
        return True
    if step.kind not in _BY_UNITS:
        return False
    if step.unit == unit:  # its own earlier answer, which this one follows
        return day is not None and step.day is not None and step.day < day
    return step.kind in {"progress", "ask_extension"}


def _changes(desk: Desk, now: Desk, edits: list[StepEdit], who: Who) -> list[Change]:
    """Old beside new, for what the steps would change."""
    row, leads = desk.row, who.id in {desk.lead, None} or desk.lead is None
    own = next((step for step in reversed(desk.steps) if step.unit == who.id and step.value("text")), None)
    found = []
    by_verb = {edit.verb: edit.values for edit in edits}
    if "acknowledge" in by_verb:
        signed = f"{by_verb['acknowledge'].get('contact', '')} {by_verb['acknowledge']['day']}".strip()
        found.append(Change("签收", "未签收", signed))
    if now.state != desk.state:
        found.append(Change("状态", STATES[desk.state].label, STATES[now.state].label))
    told_now: dict[str, Any] = {}
    for edit in edits:
        told_now |= {name: edit.values[name] for name in ("text", "reason", "next_step") if edit.values.get(name)}
    old_text = row["progress"] if leads else own.value("text") if own else ""
    for name, label, old in (
        ("text", "办理情况", old_text),
        ("reason", "退回原因" if "return" in by_verb else "未办结原因", row["reason"] if leads else ""),
        ("next_step", "下一步措施", row["next_step"] if leads else ""),
    ):
        if name in told_now and told_now[name] != (old or ""):
            found.append(Change(label, old or "", str(told_now[name])))
    if "ask_extension" in by_verb:
        deadline = row["deadline"]
        found.append(
            Change(
                "办结时限",
                deadline.isoformat() if deadline else "没有时限",
                f"申请延至 {by_verb['ask_extension']['due_day']}",
            )
        )
    return found
