"""A verdict as it is given: one row for each person and criterion, so that those who differ stand beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import Officer, Problem, Screening
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.screening import CRITERIA, VERDICTS
from chain_office.domain.workflow import STATES
from chain_office.queries import screening as reading
from chain_office.queries.editing.rows import live, row
from chain_office.services.screening.bench import acting_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.domain.steps import Verdict
    from chain_office.queries.screening import Candidate

OPEN_FOR_SCREENING = ("waiting", "pooled")
"""A problem is screened while it is in one of these states."""


def save_verdict(ledger: Ledger, problem_id: str, verdict: Verdict, day: date, actor: str) -> Saved:
    """Keep one person's answer to one criterion (``verdict.officer``), at once. What others said stays."""
    found = on_bench(ledger, problem_id, day)
    word = VERDICTS.get(verdict.verdict, "未定")
    told = f"{found.title} {CRITERIA[verdict.criterion]}：{word}"
    basis = f"（{verdict.basis}）" if verdict.basis else ""
    with ledger.write(actor, f"筛选意见：{verdict.officer}，{told}{basis}") as writer:
        if not put(ledger, writer, found, [verdict], day):
            return Saved(0, "problem", problem_id, f"{told}，没有改动")
        return Saved(writer.write_no, "problem", problem_id, f"已记下 {verdict.officer} 的意见：{told}")


def set_category(ledger: Ledger, problem_id: str, category_id: str, actor: str) -> Saved:
    """Give a candidate its category."""
    found, kind = row(ledger, "problem", problem_id), row(ledger, "category", category_id)
    if found is None or found["deleted_at"] is not None:
        raise KnownError("这个问题已不在台账里（可能刚移入回收站），请刷新后再试。")
    if kind is None or kind["deleted_at"] is not None:
        raise KnownError("所选的类别已不在名称表里，请重新选择。")
    word = kind["short"] or kind["name"]
    with ledger.write(actor, f"问题类别：{word}") as writer:
        writer.update(Problem, problem_id, {"category_id": category_id})
        return Saved(writer.write_no, "problem", problem_id, f"类别定为“{word}”")


def on_bench(ledger: Ledger, problem_id: str, day: date) -> Candidate:
    """The candidate as it stands now. Raises KnownError where it is gone or no longer to be screened."""
    found = reading.candidate(ledger, problem_id, day, acting_day(day))
    if found is None:
        raise KnownError("这个问题已不在台账里（可能刚移入回收站），请看下一个。")
    if found.state not in OPEN_FOR_SCREENING:
        label = STATES[found.state].label
        raise KnownError(f"{found.title} 已是“{label}”，不再筛选；要重新筛选请先在记录里办“重新筛选”。")
    return found


def put(ledger: Ledger, writer: Writer, found: Candidate, verdicts: Iterable[Verdict], day: date) -> int:
    """Write verdicts that differ from what is on record, inside a write; says how many did."""
    changed = 0
    for one in verdicts:
        before = found.of(one.officer).get(one.criterion)
        if before is not None and (before.verdict, before.basis) == (one.verdict, one.basis.strip()):
            continue
        if before is None and not one.verdict and not one.basis.strip():
            continue
        officer = officer_id(ledger, writer, one.officer)
        said = {"verdict": one.verdict or None, "basis": one.basis.strip() or None, "day": acting_day(day)}
        known = _row(ledger, found, one, officer) if before is not None else None
        if known is None:
            of = {"problem_id": found.id, "criterion": one.criterion, "officer_id": officer}
            writer.insert(Screening, {**of, **said})
        else:
            writer.update(Screening, known, said)
        changed += 1
    return changed


def officer_id(ledger: Ledger, writer: Writer, name: str) -> str:
    """The officer of that name; a new one where there is none."""
    tidy = " ".join(name.split())
    if not tidy:
        raise KnownError("请先填写筛选人的姓名。")
    known = live(ledger, "officer", name=tidy)
    return str(known[0]["id"]) if known else writer.insert(Officer, {"name": tidy})


def _row(ledger: Ledger, found: Candidate, verdict: Verdict, officer: str) -> str | None:
    """The row of the screening under way: the latest of this person for this criterion."""
    now = {one.day for one in found.verdicts}
    every = live(ledger, "screening", problem_id=found.id, criterion=verdict.criterion, officer_id=officer)
    mine = [one for one in every if one["day"] in now]
    return str(max(mine, key=lambda one: (str(one["day"] or ""), str(one["id"])))["id"]) if mine else None
