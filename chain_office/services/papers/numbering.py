"""发文字号: every paper that leaves for a unit is registered with its number and the problems on it, all in one write.

The same paper made again keeps its number (``key``), and each problem on it the step it was dispatched at: what comes back
on the form of an older paper is compared with what the unit was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.models import Dispatch, DispatchItem
from chain_office.domain.errors import KnownError
from chain_office.domain.feedback import receipt
from chain_office.domain.forms import Saved
from chain_office.queries import dispatches
from chain_office.services.papers.letterhead import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.queries.dispatches import Dispatched
    from chain_office.queries.paper_rows import PaperProblem
    from chain_office.services.papers.letterhead import Letterhead


class NeedsNumbers(KnownError):
    """Papers that were never numbered are asked of a ledger that takes no writes."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A paper about to leave. ``items``: (problem, role) in its order."""

    kind: str
    key: str
    day: date
    items: tuple[tuple[PaperProblem, str], ...]
    unit_id: str | None = None
    meeting_id: str | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paper's number and the step each of its problems left at (problem id → seq)."""

    text: str
    seqs: Mapping[str, int]

    def code(self, problem: PaperProblem) -> str:
        """The 回执号 of a problem on it."""
        return receipt(problem.number, self.seqs[problem.id])


def numbered(
    ledger: Ledger, leaving: Sequence[Leaving], head: Letterhead, actor: str
) -> tuple[Mapping[str, Numbered], Saved | None]:
    """Key → number, in the order the papers leave in; registers what is new. A ledger that takes no writes gives the
    numbers it has and refuses new ones in words."""
    known = dispatches.dispatched(ledger, [one.key for one in leaving])
    new = [one for one in leaving if one.key not in known]
    if new and ledger.read_only:
        raise NeedsNumbers(
            f"{len(new)} 份材料还没有登记发文号，而“{ledger.path.name}”现在是只读打开的，不能登记；"
            "请在可写的位置打开，或等正在编辑的人退出后再试。"
        )
    words = {one.key: _word(head, one) for one in new}
    nos = _next(ledger, new, words)
    changed = [] if ledger.read_only else [one for one in leaving if one.key in known and _moved(one, known[one.key])]
    saved = _register(ledger, new, changed, known, words, nos, actor) if new or changed else None
    return {one.key: _told(one, known.get(one.key), words, nos) for one in leaving}, saved


def _word(head: Letterhead, one: Leaving) -> str:
    return f"{head.word}{LETTERS[one.kind]}"


def _next(ledger: Ledger, new: Iterable[Leaving], words: Mapping[str, str]) -> dict[str, int]:
    last: dict[tuple[str, int], int] = {}
    found = {}
    for one in new:
        series = words[one.key], one.day.year
        last[series] = last.get(series, dispatches.last_number(ledger, *series) if series not in last else 0) + 1
        found[one.key] = last[series]
    return found


def _told(one: Leaving, known: Dispatched | None, words: Mapping[str, str], nos: Mapping[str, int]) -> Numbered:
    seqs = {problem.id: problem.seq for problem, _ in one.items}
    if known is None:
        return Numbered(f"{words[one.key]}〔{one.day.year}〕{nos[one.key]}号", seqs)
    seqs |= {item.problem_id: item.seq for item in known.items}
    return Numbered(f"{known.word}〔{known.year}〕{known.no}号", seqs)


def _moved(one: Leaving, known: Dispatched) -> bool:
    """Whether other problems are on the paper now."""
    return {(problem.id, role) for problem, role in one.items} != {(item.problem_id, item.role) for item in known.items}


def _register(
    ledger: Ledger,
    new: Sequence[Leaving],
    changed: Sequence[Leaving],
    known: Mapping[str, Dispatched],
    words: Mapping[str, str],
    nos: Mapping[str, int],
    actor: str,
) -> Saved:
    kinds = "、".join(dict.fromkeys(one.kind for one in (*new, *changed)))
    said = f"登记发文：{kinds} {len(new)} 份" if new else f"改登发文：{kinds} {len(changed)} 份"
    with ledger.write(actor, said) as writer:
        rows = [
            {
                "kind": one.kind, "word": words[one.key], "year": one.day.year, "no": nos[one.key],
                "unit_id": one.unit_id, "meeting_id": one.meeting_id, "day": one.day, "key": one.key,
            }
            for one in new
        ]  # fmt: skip
        ids = writer.insert_many(Dispatch, rows)
        items = [
            {"dispatch_id": dispatch, "problem_id": problem.id, "role": role, "seq": problem.seq}
            for one, dispatch in zip(new, ids, strict=True)
            for problem, role in one.items
        ]
        writer.insert_many(DispatchItem, items)
        for one in changed:
            _revise(writer, one, known[one.key])
        return Saved(writer.write_no, "dispatch", ids[0] if ids else known[changed[0].key].id, f"已{said}")


def _revise(writer: Writer, one: Leaving, known: Dispatched) -> None:
    """The register follows the paper: what came onto it leaves now, what is off it is off, a changed part is changed."""
    wanted = {problem.id: (problem, role) for problem, role in one.items}
    there = {item.problem_id: item for item in known.items}
    for problem_id, item in there.items():
        if problem_id not in wanted:
            writer.bin(DispatchItem, item.id)
        elif wanted[problem_id][1] != item.role:
            writer.update(DispatchItem, item.id, {"role": wanted[problem_id][1]})
    for problem_id, (problem, role) in wanted.items():
        if problem_id not in there:
            values = {"dispatch_id": known.id, "problem_id": problem_id, "role": role, "seq": problem.seq}
            writer.insert(DispatchItem, values)
