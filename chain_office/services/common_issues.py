"""共性问题: several problems hung on one item (一件事 → 一类事), each act in one write that 撤销 takes back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.db.models import CommonIssue, Problem, record_number
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.queries.common_issue_members import issue_names, members, of_issue
from chain_office.queries.similar_problems import About, similar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.queries.common_issue_members import IssueName, Member

TABLE: Final = "common_issue"
LONGEST: Final = 60
_SHOWN: Final = 5
_LIKE: Final = 5
"""So many of an item's problems say what others have to read like."""
_PROPOSED: Final = 12


def create(ledger: Ledger, name: str, problem_ids: Sequence[str], day: date, actor: str) -> Saved:
    """A new item named ``name``, proposed on ``day``, with these problems on it. What they all share, the category and the
    lead unit, it takes over."""
    name = " ".join(name.split())
    if not name:
        raise KnownError("共性问题还没有名称，请先写一句话说清是哪一类问题。")
    if len(name) > LONGEST:
        raise KnownError(f"共性问题的名称有 {len(name)} 个字，请写在 {LONGEST} 个字以内；细节写进“共性表述”。")
    same = next((one for one in issue_names(ledger) if one.name == name), None)
    if same is not None:
        raise KnownError(f"已有同名的共性问题 {record_number(TABLE, same.number)}，请把问题归入它，或换一个名称。")
    found = _found(ledger, problem_ids)
    with ledger.write(actor, f"新建共性问题“{name}”，归入 {len(found)} 个问题") as writer:
        issue_id = writer.insert(
            CommonIssue,
            {
                "name": name,
                "day": day,
                "category_id": _shared([one.category_id for one in found]),
                "lead_unit_id": _shared([one.unit_id for one in found]),
            },
        )
        _hang(writer, found, issue_id)
        said = f"已新建共性问题“{name}”" + (f"，归入 {len(found)} 个问题" if found else "") + _moved(found)
        return Saved(writer.write_no, TABLE, issue_id, said)


def add(ledger: Ledger, issue_id: str, problem_ids: Sequence[str], actor: str) -> Saved:
    """Hang more problems on an item; those that hung on another one are moved, and it is said."""
    issue = _issue(ledger, issue_id)
    found = [one for one in _found(ledger, problem_ids) if one.issue_id != issue_id]
    if not found:
        return Saved(0, TABLE, issue_id, f"这些问题都已在“{issue.name}”里")
    with ledger.write(actor, f"共性问题“{issue.name}”：归入 {_numbers(found)}") as writer:
        _hang(writer, found, issue_id)
        return Saved(writer.write_no, TABLE, issue_id, f"已把 {len(found)} 个问题归入“{issue.name}”{_moved(found)}")


def take_off(ledger: Ledger, problem_ids: Sequence[str], actor: str) -> Saved:
    """Take problems off the items they hang on."""
    found = [one for one in _found(ledger, problem_ids) if one.issue_id]
    if not found:
        return Saved(0, TABLE, "", "这些问题没有归入共性问题")
    names = "、".join(f"“{name}”" for name in dict.fromkeys(one.issue for one in found))
    with ledger.write(actor, f"共性问题{names}：移出 {_numbers(found)}") as writer:
        _hang(writer, found, None)
        return Saved(writer.write_no, TABLE, found[0].issue_id, f"已把 {len(found)} 个问题移出{names}")


def dissolve(ledger: Ledger, issue_id: str, actor: str) -> Saved:
    """Take every problem off an item and move it to the bin."""
    issue = _issue(ledger, issue_id)
    found = members(ledger, of_issue(ledger, issue_id))
    with ledger.write(actor, f"解散共性问题“{issue.name}”，移出 {len(found)} 个问题") as writer:
        _hang(writer, found, None)
        writer.bin(CommonIssue, issue_id)
        return Saved(writer.write_no, TABLE, issue_id, f"共性问题“{issue.name}”已解散，问题本身不变")


def proposals(ledger: Ledger, issue_id: str) -> dict[str, tuple[str, ...]]:
    """Problems that read like an item and those on it, the likest first, with the words they share; none that hang on it."""
    issue, mine = _issue(ledger, issue_id), of_issue(ledger, issue_id)
    texts = [issue.name, *(one.text for one in members(ledger, mine[:_LIKE]))]
    likest: dict[str, float] = {}
    words: dict[str, dict[str, None]] = {}
    for text in texts:
        for one in similar(ledger, About(text), most=_PROPOSED):
            if one.words and one.id not in mine:
                likest[one.id] = max(likest.get(one.id, 0.0), one.score)
                words.setdefault(one.id, {}).update(dict.fromkeys(one.words))
    best = sorted(likest, key=lambda row_id: (-likest[row_id], row_id))[:_PROPOSED]
    return {row_id: tuple(words[row_id]) for row_id in best}


def _issue(ledger: Ledger, issue_id: str) -> IssueName:
    issue = next((one for one in issue_names(ledger) if one.id == issue_id), None)
    if issue is None:
        raise KnownError("这个共性问题已不在台账里，请刷新后再试。")
    return issue


def _found(ledger: Ledger, problem_ids: Sequence[str]) -> tuple[Member, ...]:
    found = members(ledger, problem_ids)
    gone = len(set(problem_ids)) - len(found)
    if gone:
        raise KnownError(f"其中 {gone} 个问题已被移入回收站或不在台账里，请刷新后重新选择。")
    return found


def _hang(writer: Writer, found: Sequence[Member], issue_id: str | None) -> None:
    for one in found:
        writer.update(Problem, one.id, {"common_issue_id": issue_id})


def _moved(found: Sequence[Member]) -> str:
    """Which items problems were taken from."""
    names = list(dict.fromkeys(one.issue for one in found if one.issue))
    number = sum(bool(one.issue) for one in found)
    return f"（其中 {number} 个从{'、'.join(f'“{name}”' for name in names)}移来）" if names else ""


def _numbers(found: Sequence[Member]) -> str:
    shown = "、".join(record_number("problem", one.number) for one in found[:_SHOWN])
    return f"{shown} 等 {len(found)} 个" if len(found) > _SHOWN else shown


def _shared(values: Sequence[str | None]) -> str | None:
    """The value all have; None where they differ."""
    return values[0] if values and len(set(values)) == 1 else None
