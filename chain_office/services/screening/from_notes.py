"""From a visit's note to problems: proposals first, then what a person confirmed in one write that 撤销 takes back whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from chain_office import clock
from chain_office.db.models import Problem, ProblemEvent, record_number
from chain_office.domain.category_words import guess
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.names import text_core
from chain_office.domain.note_splitting import split_note
from chain_office.domain.secrecy import find_secrecy_mark
from chain_office.domain.workflow import OPENING
from chain_office.queries.editing.rows import live, row
from chain_office.queries.screening import kinds
from chain_office.queries.similar_problems import About, similar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.category_words import Guess, Kind

SOURCE: Final = "走访收集"
_ALIKE: Final = 0.5
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Proposed:
    """One problem a note seems to name. ``same``: a problem of the same firm that says the same (its number and text),
    ``certain`` where the texts are equal. ``mark``: what a word of secrecy in it calls for."""

    text: str
    category: Guess | None
    same: str = ""
    certain: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A visit's note taken apart. ``day``: when the problems count as collected."""

    visit_id: str
    title: str
    enterprise: str
    day: date | None
    note: str
    problems: tuple[Proposed, ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A problem a person confirmed."""

    text: str
    category_id: str | None = None


def propose(ledger: Ledger, visit_id: str, selected: str = "") -> Proposal:
    """What the note of a visit names (of ``selected``, where only some of it was chosen), each with its category and
    the firm's problem that says the same already."""
    visit = _visit(ledger, visit_id)
    firm = row(ledger, "enterprise", visit["enterprise_id"])
    note = (selected or visit["q2_problem"] or "").strip()
    if not note:
        raise KnownError("这次走访没有记下“存在困难和问题”；请先填写，或直接新建问题。")
    every = kinds(ledger)
    texts = split_note(note)
    return Proposal(
        visit_id,
        record_number("visit", visit["number"] or 0),
        str(firm["name"]) if firm else "",
        visit["day"],
        note,
        tuple(look(ledger, visit["enterprise_id"], text, every) for text in texts),
        every,
    )


def look(ledger: Ledger, enterprise_id: str, text: str, every: Sequence[Kind]) -> Proposed:
    """A text with the category its words point to, and the firm's problem that says the same."""
    hint, marked = guess(text, every), find_secrecy_mark(text)
    mark = marked.reason if marked is not None else ""
    same = live(ledger, "problem", enterprise_id=enterprise_id, text_core=text_core(text))
    if same:
        return Proposed(text, hint, _told(same[0]["number"] or 0, same[0]["text"]), certain=True, mark=mark)
    near = [one for one in similar(ledger, About(text, enterprise_id)) if one.same_firm and one.score >= _ALIKE]
    return Proposed(text, hint, _told(near[0].number, near[0].text) if near else "", mark=mark)


def create(ledger: Ledger, visit_id: str, wanted: Sequence[Wanted], actor: str) -> Saved:
    """Register the confirmed problems in 待筛选, with the visit, its firm, district and day, in one write."""
    visit = _visit(ledger, visit_id)
    texts = [one.text.strip() for one in wanted]
    _refuse(texts)
    firm = row(ledger, "enterprise", visit["enterprise_id"])
    day = visit["day"]
    if day is not None and day > clock.today():
        raise KnownError(f"走访时间 {day} 还没有到（今天 {clock.today()}），请先核对走访记录。")
    number = record_number("visit", visit["number"] or 0)
    with ledger.write(actor, f"走访 {number} 的记录转为 {len(wanted)} 个问题") as writer:
        ids = writer.insert_many(
            Problem,
            [
                {
                    "enterprise_id": visit["enterprise_id"],
                    "visit_id": visit_id,
                    "district_id": firm["district_id"] if firm else None,
                    "category_id": one.category_id,
                    "text": text,
                    "text_core": text_core(text),
                    "source": SOURCE,
                    "collected_day": day,
                    "state": "waiting",
                }
                for one, text in zip(wanted, texts, strict=True)
            ],
        )
        writer.insert_many(
            ProblemEvent,
            [
                {
                    "problem_id": one,
                    "seq": 1,
                    "kind": OPENING,
                    "day": day,
                    "state": "waiting",
                    "text": f"登记（走访 {number}）",
                }
                for one in ids
            ],
        )
        return Saved(writer.write_no, "problem", ids[0], f"走访 {number} 转为 {len(ids)} 个问题，现为待筛选")


def _refuse(texts: Sequence[str]) -> None:
    if not texts:
        raise KnownError("还没有勾选要转为问题的内容。")
    for place, text in enumerate(texts, start=1):
        if not text:
            raise KnownError(f"第 {place} 条没有内容，请填写或不勾选它。")
        if len(text) > _LONGEST:
            raise KnownError(f"第 {place} 条有 {len(text)} 个字，请写在 {_LONGEST} 个字以内。")
    cores = [text_core(text) for text in texts]
    twice = next((texts[at] for at, core in enumerate(cores) if core in cores[:at]), "")
    if twice:
        raise KnownError(f"“{twice}”写了两次，请去掉一条。")


def _visit(ledger: Ledger, visit_id: str) -> dict[str, Any]:
    found = row(ledger, "visit", visit_id)
    if found is None or found["deleted_at"] is not None:
        raise KnownError("这次走访已不在台账里（可能刚移入回收站），请刷新后再试。")
    return found


def _told(number: int, text: str) -> str:
    return f"{record_number('problem', number)} {text}"
