"""Files → plan: read, recognised, compared with the ledger. Nothing is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office.exchange.feedback.read import files_in, read_forms
from chain_office.services.feedback.finding import Finder
from chain_office.services.feedback.plan import ACCEPTABLE, CONFLICT, READY, SAME, FeedbackPlan, FormRead, Proposal
from chain_office.services.feedback.proposing import Proposer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.exchange.feedback.form import FormFile

UNNAMED = "（反馈表）"
"""Who would take the steps, while nobody has accepted them yet."""


def plan(
    ledger: Ledger, paths: Sequence[Path], progress: Callable[[int, int, str], None] | None = None
) -> FeedbackPlan:
    """Read the files and say what each line would do."""
    return plan_of(ledger, read_forms(files_in(paths), progress))


def plan_of(ledger: Ledger, forms: Sequence[FormFile]) -> FeedbackPlan:
    """What forms that were read would do to the ledger as it stands now."""
    finder = Finder(ledger, (row for form in forms for row in form.rows))
    proposer = Proposer(ledger, finder, UNNAMED)
    found = [
        proposer.propose(row, file, f"{form.path}#{number}")
        for file, form in enumerate(forms)
        for number, row in enumerate(form.rows)
    ]
    files = tuple(
        FormRead(form.path, form.title, form.refused, form.digest, form.size, len(form.rows)) for form in forms
    )
    return FeedbackPlan(files, tuple(_without_twins(files, found)))


def _without_twins(files: tuple[FormRead, ...], proposals: list[Proposal]) -> list[Proposal]:
    """The same answer twice among the files is one; two different answers to one question are a conflict to look at."""
    first: dict[tuple[str, str], Proposal] = {}
    out: list[Proposal] = []
    for one in proposals:
        key = (one.problem_id, one.unit_id)
        twin = first.get(key)
        if one.verdict not in ACCEPTABLE:
            out.append(one)
        elif twin is None:
            first[key] = one
            out.append(one)
        elif _alike(one, twin):
            out.append(replace(one, verdict=SAME, notes=(f"与“{files[twin.file].name}”{twin.place}相同", *one.notes)))
        else:
            said = f"同一批里“{files[twin.file].name}”{twin.place}对这个问题填的不一样，请看过再定"
            out.append(replace(one, verdict=CONFLICT, notes=(said, *one.notes)))
            other = f"同一批里“{files[one.file].name}”{one.place}对这个问题填的不一样，请看过再定"
            at = next(place for place, earlier in enumerate(out) if earlier.id == twin.id)
            if out[at].verdict in {READY, CONFLICT} and other not in out[at].notes:
                out[at] = replace(out[at], verdict=CONFLICT, notes=(other, *out[at].notes))
    return out


def _alike(one: Proposal, other: Proposal) -> bool:
    return [(edit.verb, dict(edit.values)) for edit in one.steps] == [
        (edit.verb, dict(edit.values)) for edit in other.steps
    ]
