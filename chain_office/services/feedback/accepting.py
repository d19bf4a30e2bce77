"""Accepting proposals: all of them in one write, each with its file hung on the step, or none."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office.db import attachments
from chain_office.db.models import ProblemEvent
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.walking import last_day
from chain_office.queries.steps import desks
from chain_office.services.feedback.plan import ACCEPTABLE
from chain_office.services.steps import seen, take_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.domain.steps import StepEdit
    from chain_office.services.feedback.plan import FeedbackPlan, Proposal

REASON = "登记反馈表"
_ENDS = frozenset({"report", "return"})
"""After these no unit may tell progress."""


class NotAccepted(KnownError):
    """One of the proposals could not be recorded after all; nothing was. ``faults``: proposal → why."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("；".join(dict.fromkeys(faults.values())))
        self.faults = dict(faults)


def accept(
    ledger: Ledger,
    plan: FeedbackPlan,
    chosen: Collection[str],
    actor: str,
    progress: Callable[[int, int, str], None] | None = None,
) -> Saved:
    """Record the chosen proposals as steps. Raises :class:`NotAccepted`, and then nothing was written."""
    wanted = [one for one in plan.proposals if one.id in chosen and one.verdict in ACCEPTABLE]
    if not wanted:
        raise KnownError("没有可以接受的反馈；有问题的请先核对，已登记过的不用再登记。")
    kept = _files(plan, wanted)
    now = dict(seen(ledger, {one.problem_id for one in wanted}))
    moved = {
        one.id: f"{one.record_no} 刚有新的办理步骤，请重新核对" for one in wanted if now.get(one.problem_id) != one.seen
    }
    if moved:
        raise NotAccepted(moved)
    names = {plan.files[one.file].name for one in wanted}
    with ledger.write(actor, f"{REASON}：{_few(sorted(names))}") as writer:
        last: dict[str, str] = {}
        for number, (one, edit) in enumerate(steps := _in_order(wanted)):
            if progress is not None:
                progress(number, len(steps), plan.files[one.file].name)
            last[one.id] = _take(ledger, writer, one, edit, actor)
        for one in wanted:
            if one.file in kept:
                attachments.attach(writer, ProblemEvent, last[one.id], plan.files[one.file].name, kept[one.file])
        problems = {one.problem_id for one in wanted}
        said = f"已登记 {len(problems)} 个问题的反馈（{sum(len(one.steps) for one in wanted)} 步）"
        return Saved(writer.write_no, "problem", wanted[0].problem_id, said)


def _in_order(wanted: list[Proposal]) -> list[tuple[Proposal, StepEdit]]:
    """Of one problem what ends the unit's work comes last, and before that the earlier answer first."""
    steps = [(one, place, edit) for one in wanted for place, edit in enumerate(one.steps)]
    steps.sort(key=lambda step: (step[0].problem_id, step[2].verb in _ENDS, str(step[2].values["day"]), step[1]))
    return [(one, edit) for one, _, edit in steps]


def _take(ledger: Ledger, writer: Writer, one: Proposal, edit: StepEdit, actor: str) -> str:
    """Record one step; returns the event's id."""
    try:
        return take_in(ledger, writer, _as_it_stands(ledger, one, edit), actor, accept=one.accept)[-1].id
    except KnownError as error:
        raise NotAccepted({one.id: error.message}) from error


def _as_it_stands(ledger: Ledger, one: Proposal, edit: StepEdit) -> StepEdit:
    """Within one write another unit's answer may stand before this one: it is followed, in number and in day."""
    desk = desks(ledger, [one.problem_id])[one.problem_id]
    last = last_day(desk.steps)
    day = edit.values["day"]
    if last is not None and last[1] > day:  # type: ignore[operator]
        return replace(edit, seen={one.problem_id: desk.seq}, values={**edit.values, "day": last[1]})
    return replace(edit, seen={one.problem_id: desk.seq})


def _files(plan: FeedbackPlan, wanted: list[Proposal]) -> dict[int, bytes]:
    """The bytes of the files, as they were read; one that is too large to keep is left out."""
    found: dict[int, bytes] = {}
    faults: dict[str, str] = {}
    for number in dict.fromkeys(one.file for one in wanted):
        file = plan.files[number]
        if file.size > attachments.LARGEST:
            continue
        try:
            data = file.path.read_bytes()
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != file.digest:
            said = f"“{file.name}”在核对之后被改动或移走了，请重新拖入"
            faults |= {one.id: said for one in wanted if one.file == number}
        found[number] = data
    if faults:
        raise NotAccepted(faults)
    return found


def _few(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 份"
