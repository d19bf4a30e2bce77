"""Forms that came back, as the command line takes them in: what can be recorded is, the rest says why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.services.feedback.accepting import NotAccepted, accept
from chain_office.services.feedback.plan import BLANK, CONFLICT, FAULTY, READY, SAME, VERDICTS
from chain_office.services.feedback.planning import plan
from chain_office.services.ledgers import account, open_existing, open_to_write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.domain.steps import StepEdit
    from chain_office.services.feedback.plan import FeedbackPlan, FormRead, Proposal

NOBODY = "命令行"
TAKEN, PLANNED = "已登记", "可登记"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan, which of its lines were recorded, and why others could not be after all."""

    plan: FeedbackPlan
    saved: Saved | None
    taken: frozenset[str]
    faults: dict[str, str]

    @property
    def refused_all(self) -> bool:
        """Whether nothing was recorded although something was new, or nothing could be read."""
        return not self.taken and not any(self.plan.of(SAME, BLANK))


def run(path: Path, files: Sequence[Path], *, plan_only: bool = False) -> Outcome:
    """Read the files, and record every proposal without conflict or fault."""
    if plan_only:
        with open_existing(path, read_only=True) as ledger:
            found = plan(ledger, files)
            return Outcome(found, None, frozenset(one.id for one in found.of(READY)), {})
    with open_to_write(path) as ledger:
        return _apply(ledger, plan(ledger, files))


def _apply(ledger: Ledger, found: FeedbackPlan) -> Outcome:
    wanted = {one.id for one in found.of(READY)}
    faults: dict[str, str] = {}
    while wanted:
        try:
            saved = accept(ledger, found, wanted, account() or NOBODY)
        except NotAccepted as error:
            faults |= error.faults
            wanted -= error.faults.keys()
        else:
            return Outcome(found, saved, frozenset(wanted), faults)
    return Outcome(found, None, frozenset(), faults)


def as_lines(outcome: Outcome, *, planned: bool) -> list[str]:
    """What was done, by file and line."""
    lines = []
    for number, file in enumerate(outcome.plan.files):
        lines.append(f"{file.name}：{file.refused or _counted(outcome.plan, number)}")
        for one in outcome.plan.proposals:
            if one.file == number:
                lines += _told(outcome, one, planned=planned)
    return lines


def summary(outcome: Outcome, *, planned: bool) -> str:
    """The last line: how much came of it."""
    if planned:
        return f"以上只是预览，什么也没有写；可登记 {len(outcome.taken)} 行。"
    if outcome.saved is not None:
        return f"{outcome.saved.said}；要撤销，打开台账按 Ctrl+Z 或在问题的修改记录里撤销。"
    return "没有登记任何反馈，台账没有改动。"


def _counted(found: FeedbackPlan, file: int) -> str:
    counts = {word: found.count(verdict, file) for verdict, word in VERDICTS.items()}
    return "、".join(f"{word} {count} 行" for word, count in counts.items() if count)


def _told(outcome: Outcome, one: Proposal, *, planned: bool) -> list[str]:
    what = " ".join(part for part in (one.record_no, one.enterprise, one.unit) if part)
    fault = outcome.faults.get(one.id)
    if one.id in outcome.taken:
        word = f"{PLANNED if planned else TAKEN}“{one.said}”"
    elif fault:
        word = "没有登记"
    else:
        word = VERDICTS[one.verdict]
    lines = [f"  {one.place} {what} {word}"]
    if one.id in outcome.taken or one.verdict == CONFLICT:
        lines += [f"    {change.label}：{_short(change.old) or '空'} → {_short(change.new)}" for change in one.changes]
    if one.verdict == CONFLICT:
        lines += [f"    其间：{step.day or ''} {step.unit or step.actor} {step.label}" for step in one.since]
        lines.append("    发出以后问题又有变化，没有登记；请在窗口“问题 › 反馈”里看过再接受")
    lines += [f"    原因：{said}" for said in ((fault,) if fault else one.faults)]
    lines += [f"    注意：{said}" for said in one.notes if one.verdict not in {SAME, BLANK}]
    return lines


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:40]}……"


def as_json(outcome: Outcome) -> dict[str, object]:
    """The same for programs; the keys stay."""
    return {
        "files": [_file(outcome, number, file) for number, file in enumerate(outcome.plan.files)],
        "recorded": len(outcome.taken) if outcome.saved is not None else 0,
        "write_no": outcome.saved.write_no if outcome.saved is not None else None,
    }


def _file(outcome: Outcome, number: int, file: FormRead) -> dict[str, object]:
    return {
        "file": str(file.path),
        "title": file.title,
        "refused": file.refused or None,
        "rows": [_row(outcome, one) for one in outcome.plan.proposals if one.file == number],
    }


def _row(outcome: Outcome, one: Proposal) -> dict[str, object]:
    fault = outcome.faults.get(one.id)
    return {
        "place": one.place,
        "verdict": FAULTY if fault else one.verdict,
        "recorded": outcome.saved is not None and one.id in outcome.taken,
        "record_no": one.record_no or None,
        "enterprise": one.enterprise or None,
        "unit": one.unit or None,
        "role": one.role or None,
        "state": one.state or None,
        "left_at": one.left,
        "now_at": one.seen or None,
        "steps": [_step(edit) for edit in one.steps],
        "changes": [{"label": each.label, "old": each.old, "new": each.new} for each in one.changes],
        "since": [{"day": _text(each.day), "step": each.kind, "unit": each.unit or None} for each in one.since],
        "faults": [fault] if fault else list(one.faults),
        "notes": list(one.notes),
    }


def _step(edit: StepEdit) -> dict[str, object]:
    told = {name: _text(value) for name, value in edit.values.items() if name != "unit_id"}
    return {"step": edit.verb, **told}


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
