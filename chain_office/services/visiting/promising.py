"""承诺事项: proposed out of a visit's note, confirmed in one write, kept with a result, or made a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office import clock
from chain_office.db.models import Problem, ProblemEvent, Promise, record_number
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.names import text_core
from chain_office.domain.promise_lines import promise_lines
from chain_office.domain.secrecy import find_secrecy_mark
from chain_office.domain.workflow import OPENING
from chain_office.queries.editing.rows import live, row, rows
from chain_office.queries.work_calendar import work_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.promise_lines import PromiseLine

SIDES = ("我方", "企业")
_LONGEST = 2000
_NOTES = ("q1_status", "q2_problem", "q3_plan", "suggestion", "followup")


@dataclass(frozen=True, slots=True)
class ProposedPromise:
    """A promise a note seems to hold. ``same``: it is registered already. ``mark``: what a word of secrecy calls for."""

    line: PromiseLine
    same: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PromiseProposal:
    """A visit's note looked through for promises."""

    visit_id: str
    title: str
    enterprise: str
    day: date | None
    promises: tuple[ProposedPromise, ...]


@dataclass(frozen=True, slots=True)
class WantedPromise:
    """A promise a person confirmed."""

    text: str
    side: str
    owner: str = ""
    due: date | None = None


def propose_promises(ledger: Ledger, visit_id: str, selected: str = "") -> PromiseProposal:
    """What the note of a visit promises (of ``selected``, where only some of it was chosen)."""
    visit = _visit(ledger, visit_id)
    firm = row(ledger, "enterprise", visit["enterprise_id"])
    note = selected.strip() or "\n".join(visit[name] for name in _NOTES if visit[name])
    known = {text_core(one["text"]) for one in live(ledger, "promise", visit_id=visit_id)}
    found = []
    for line in promise_lines(note, visit["day"], work_calendar(ledger)):
        marked = find_secrecy_mark(line.text)
        found.append(ProposedPromise(line, text_core(line.text) in known, marked.reason if marked is not None else ""))
    return PromiseProposal(
        visit_id,
        record_number("visit", visit["number"] or 0),
        str(firm["name"]) if firm else "",
        visit["day"],
        tuple(found),
    )


def record_promises(ledger: Ledger, visit_id: str, wanted: Sequence[WantedPromise], actor: str) -> Saved:
    """Register the confirmed promises of a visit in one write."""
    visit = _visit(ledger, visit_id)
    if not wanted:
        raise KnownError("还没有勾选要登记的承诺。")
    for place, one in enumerate(wanted, start=1):
        if not one.text.strip():
            raise KnownError(f"第 {place} 条没有内容，请填写或不勾选它。")
        if len(one.text) > _LONGEST:
            raise KnownError(f"第 {place} 条有 {len(one.text)} 个字，请写在 {_LONGEST} 个字以内。")
        if one.side not in SIDES:
            raise KnownError(f"第 {place} 条没有写明是哪一方的承诺。")
    number = record_number("visit", visit["number"] or 0)
    with ledger.write(actor, f"登记走访 {number} 的 {len(wanted)} 项承诺") as writer:
        ids = writer.insert_many(
            Promise,
            [
                {
                    "visit_id": visit_id,
                    "text": one.text.strip(),
                    "side": one.side,
                    "owner": one.owner.strip() or None,
                    "due_day": one.due,
                }
                for one in wanted
            ],
        )
        return Saved(writer.write_no, "promise", ids[0], f"已登记走访 {number} 的 {len(ids)} 项承诺")


def keep_promises(ledger: Ledger, ids: Sequence[str], day: date, result: str, actor: str) -> Saved:
    """Mark promises as kept on ``day``, with what came of them, in one write."""
    found = {one: kept for one, kept in rows(ledger, "promise", ids).items() if kept["deleted_at"] is None}
    todo = [one for one, kept in found.items() if kept["done_day"] is None]
    if not todo:
        raise KnownError("选中的承诺都已兑现。")
    if day > clock.today():
        raise KnownError(f"兑现日期 {day} 还没有到（今天 {clock.today()}），请核对。")
    with ledger.write(actor, f"{len(todo)} 项承诺已兑现") as writer:
        for one in todo:
            writer.update(Promise, one, {"done_day": day, "result": result.strip() or found[one]["result"]})
        return Saved(writer.write_no, "promise", todo[0], f"{len(todo)} 项承诺记为 {day.isoformat()} 兑现")


def promise_to_problem(ledger: Ledger, promise_id: str, actor: str) -> Saved:
    """Make a promise that is not kept a problem of its firm, 待筛选, which it then names."""
    promise = row(ledger, "promise", promise_id)
    if promise is None or promise["deleted_at"] is not None:
        raise KnownError("这项承诺已不在台账里，请刷新后再试。")
    if promise["problem_id"]:
        linked = row(ledger, "problem", promise["problem_id"])
        if linked is not None and linked["deleted_at"] is None:
            raise KnownError(f"这项承诺已转为问题 {record_number('problem', linked['number'] or 0)}。")
    visit = _visit(ledger, promise["visit_id"])
    firm = row(ledger, "enterprise", visit["enterprise_id"])
    day = clock.today()
    with ledger.write(actor, "承诺转为问题") as writer:
        problem = writer.insert(
            Problem,
            {
                "enterprise_id": visit["enterprise_id"],
                "visit_id": visit["id"],
                "district_id": firm["district_id"] if firm else None,
                "text": promise["text"],
                "text_core": text_core(promise["text"]),
                "source": "走访承诺",
                "collected_day": visit["day"] if visit["day"] and visit["day"] <= day else day,
                "state": "waiting",
            },
        )
        event = {"seq": 1, "kind": OPENING, "day": visit["day"] or day, "state": "waiting", "text": "登记"}
        writer.insert(ProblemEvent, {"problem_id": problem, **event})
        writer.update(Promise, promise_id, {"problem_id": problem})
        made = row(ledger, "problem", problem) or {}
        told = record_number("problem", made.get("number") or 0)
        return Saved(writer.write_no, "problem", problem, f"承诺已转为问题 {told}，现为待筛选")


def _visit(ledger: Ledger, visit_id: str) -> dict[str, Any]:
    found = row(ledger, "visit", visit_id)
    if found is None or found["deleted_at"] is not None:
        raise KnownError("这次走访已不在台账里（可能刚移入回收站），请刷新后再试。")
    return found
