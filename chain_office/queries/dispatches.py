"""发文登记: the papers that left, their numbers, and the problems on them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class DispatchedItem:
    """A problem on a paper that left. ``seq``: its last step at that time."""

    id: str
    problem_id: str
    role: str
    seq: int


@dataclass(frozen=True, slots=True)
class Dispatched:
    """A paper that left. ``key``: what it is the paper of, so that it keeps its number when it is made again."""

    id: str
    kind: str
    word: str
    year: int
    no: int
    unit_id: str | None
    meeting_id: str | None
    day: date
    key: str
    items: tuple[DispatchedItem, ...]


def dispatched(ledger: Ledger, keys: Iterable[str]) -> Mapping[str, Dispatched]:
    """The papers with these keys, by key."""
    wanted = json.dumps(sorted(keys))
    items: dict[str, list[DispatchedItem]] = {}
    for dispatch, *item in ledger.rows(
        "SELECT i.dispatch_id, i.id, i.problem_id, i.role, i.seq FROM dispatch_item i "
        "JOIN dispatch d ON d.id = i.dispatch_id AND d.deleted_at IS NULL "
        "WHERE i.deleted_at IS NULL AND d.key IN (SELECT value FROM json_each(?)) ORDER BY i.id",
        (wanted,),
    ):
        items.setdefault(dispatch, []).append(DispatchedItem(*item))
    return {
        key: Dispatched(
            row_id,
            kind,
            word or "",
            year,
            no,
            unit,
            meeting,
            date.fromisoformat(day),
            key,
            tuple(items.get(row_id, ())),
        )
        for row_id, kind, word, year, no, unit, meeting, day, key in ledger.rows(
            "SELECT id, kind, word, year, no, unit_id, meeting_id, day, key FROM dispatch "
            "WHERE deleted_at IS NULL AND key IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
            (wanted,),
        )
    }


def last_number(ledger: Ledger, word: str, year: int) -> int:
    """The highest number given under a word in a year; 0 before the first."""
    return int(
        ledger.value(
            "SELECT coalesce(max(no), 0) FROM dispatch WHERE deleted_at IS NULL AND word = ? AND year = ?", (word, year)
        )
    )
