"""One search over everything: record numbers, names, initials, codes, telephone numbers, and any text.

What a record is called comes before what stands in it; within texts the newest comes first. Every hit is a live record,
counted once, under the desk that shows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chain_office.db import search as index
from chain_office.db.spelling import typed_letters
from chain_office.queries import name_index as names
from chain_office.queries.search_shown import Hit, Marked, Reason, describe
from chain_office.queries.search_words import code_of, digits_of, fold, letters_of, number_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chain_office.db.ledger import Ledger

__all__ = ["MOST_COUNTED", "Answer", "Group", "Hit", "Marked", "found_ids", "look_up", "warm_up"]

MOST_COUNTED = 1000
"""So many records are looked for; "1000+" stands for more."""
MOST_OF_ONE_LETTER = 200
"""A single letter or character is only the beginning of a word: fewer will do while it is being typed."""
MOST_SHOWN = 50
MOST_LISTED = 5000
"""So many records of one desk 全部结果 lists."""
_GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "enterprises": ("企业", ("enterprise",)),
    "problems": ("问题", ("problem",)),
    "visits": ("走访", ("visit",)),
    "finance": ("银企", ("match", "need")),
    "projects": ("项目", ("project",)),
    "output": ("产值", ("monthly_output",)),
    "lists": ("五单", ("target", "prospect", "achievement")),
    "names": (
        "单位、园区、银行等", ("unit", "park", "district", "bank", "segment", "officer", "meeting", "campaign"),
    ),
    "attachments": ("附件", ("attachment",)),
}  # fmt: skip
"""Page (or kind of hit without a page of its own) → its word, its tables."""
_LISTED = {"enterprises": "enterprise", "problems": "problem", "visits": "visit", "finance": "match",
           "projects": "project", "output": "monthly_output"}  # fmt: skip
"""Desks that can list what was found, and the table their list is of."""
_GROUP_OF = {table: group for group, (_, tables) in _GROUPS.items() for table in tables}
_EXACT, _BEGINS, _INITIALS, _INITIALS_WITHIN, _WITHIN, _BESIDES, _TEXT = range(7)
_OF_FIRMS = ("visit", "problem", "match", "need", "project", "monthly_output")
_FEW_FIRMS = 200

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found on one desk, and how many of it the desk's own list can show. Numbers may be capped."""

    page: str
    word: str
    count: int
    hits: tuple[Hit, ...]
    listed: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a text: the groups (best first), how many records at all, whether there are more."""

    text: str
    groups: tuple[Group, ...] = ()
    total: int = 0
    capped: bool = False
    most: int = MOST_COUNTED
    """So many were looked for: a count as high as this means at least as many."""

    @property
    def shown(self) -> int:
        """How many hits the groups hold."""
        return sum(len(group.hits) for group in self.groups)


@dataclass(slots=True)
class _Found:
    """Records found, best first: record → why."""

    reasons: dict[Key, Reason] = field(default_factory=dict)
    capped: bool = False


def look_up(ledger: Ledger, text: str, *, limit: int = MOST_SHOWN) -> Answer:
    """Find a text; details only for the ``limit`` hits that are shown, shared out among the desks."""
    words = words_of(text)
    if not words:
        return Answer(text)
    most = MOST_COUNTED if max(map(len, words)) > 1 else MOST_OF_ONE_LETTER
    found = _find(ledger, words, most)
    members = _grouped(found)
    shares = _shares({group: len(keys) for group, keys in members.items()}, limit)
    shown = {key: found.reasons[key] for group, keys in members.items() for key in keys[: shares[group]]}
    hits = describe(ledger, shown, words)
    groups = tuple(
        Group(
            group,
            _GROUPS[group][0],
            len(keys),
            tuple(hits[key] for key in keys[: shares[group]] if key in hits),
            sum(key[0] == _LISTED.get(group) for key in keys),
        )
        for group, keys in members.items()
    )
    capped = found.capped or len(found.reasons) > most
    return Answer(text, groups, len(found.reasons), capped, most)


def _grouped(found: _Found) -> dict[str, list[Key]]:
    """Records by group: the group with the best reason first, the desks' own order among equals."""
    members: dict[str, list[Key]] = {group: [] for group in _GROUPS}
    for key in found.reasons:
        members[_GROUP_OF[key[0]]].append(key)
    some = [(group, keys) for group, keys in members.items() if keys]
    return dict(sorted(some, key=lambda one: found.reasons[one[1][0]].rank))


def warm_up(ledger: Ledger) -> None:
    """Read the names ahead of the first search."""
    names.names_of(ledger)
    typed_letters("a")


def found_ids(ledger: Ledger, text: str, page: str) -> frozenset[str]:
    """The records of one desk's list that a search finds, up to ``MOST_LISTED`` of the newest."""
    words = words_of(text)
    if not words or page not in _LISTED:
        return frozenset()
    table = _LISTED[page]
    found = _find(ledger, words, MOST_LISTED, (table,))
    return frozenset(row_id for kind, row_id in found.reasons if kind == table)


def _find(ledger: Ledger, words: Sequence[str], most: int, tables: tuple[str, ...] = ()) -> _Found:
    direct = [_called(ledger, word, most) for word in words]
    reasons = {
        key: reason for key, reason in direct[0].items() if all(key in other for other in direct[1:])
    }  # several words: all of them in what one record is called
    ranked = sorted(reasons.items(), key=lambda one: one[1].rank)
    found = _Found(dict(ranked))
    texts = index.find(ledger, words, tables=tables, limit=most + 1)
    found.capped = len(texts) > most
    for one in texts[:most]:
        found.reasons.setdefault((one.table, one.row_id), Reason(_TEXT))
    for key in _of_named_firms(ledger, words, direct, most):
        found.reasons.setdefault(key, Reason(_TEXT))
    return found


def _called(ledger: Ledger, word: str, most: int) -> dict[Key, Reason]:
    """Records with this number, or called so: each with its best reason."""
    best: dict[Key, Reason] = {}
    for key, reason in (*_numbered(ledger, word), *_named(ledger, word, most)):
        if key not in best or (reason.rank, bool(reason.label)) < (best[key].rank, bool(best[key].label)):
            best[key] = reason
    return best


def _numbered(ledger: Ledger, word: str) -> Iterator[tuple[Key, Reason]]:
    number = number_of(word)
    if number is not None:
        for table in number[0]:
            sql = f'SELECT id FROM "{table}" WHERE number = ? AND deleted_at IS NULL'
            for (row_id,) in ledger.rows(sql, (number[1],)):
                yield (table, row_id), Reason(_EXACT, numbered=True)


def _named(ledger: Ledger, word: str, most: int) -> Iterator[tuple[Key, Reason]]:
    known = names.names_of(ledger)
    folded, digits, code = fold(word), digits_of(word), code_of(word)
    for needle in dict.fromkeys((folded, *([digits] if digits else ()))):
        for entry, at in known.holding(needle, most):
            rank = _rank(entry, needle, at, digits, code)
            if rank is not None:
                span = () if entry.kind == names.TELEPHONE else ((at, at + len(needle)),)
                yield (entry.table, entry.row_id), Reason(rank, entry.label, entry.shown, span)
    letters = letters_of(word)
    if letters:
        for entry, at in known.spelling(typed_letters(letters), most):
            rank = _INITIALS if at in {0, entry.core} else _INITIALS_WITHIN
            yield (entry.table, entry.row_id), Reason(rank, entry.label, entry.shown, ((at, at + len(letters)),))


def _rank(entry: names.Entry, needle: str, at: int, digits: str, code: str) -> int | None:
    """How good it is that a line holds what was typed; None: chance."""
    if entry.kind in {names.NAME, names.PERSON}:
        begins = at in {0, entry.core} and entry.label != names.ALIAS
        return (_BEGINS if begins else _WITHIN) if entry.kind == names.NAME else _BESIDES
    wanted = code if entry.kind == names.CODE else digits
    if needle != wanted:
        return None
    return _EXACT if needle == entry.folded else _BESIDES


def _of_named_firms(
    ledger: Ledger, words: Sequence[str], direct: Sequence[dict[Key, Reason]], most: int
) -> Iterator[Key]:
    """Several words, one of them a firm's name: the firm's records that hold the others ("示例铜业 用地")."""
    for place, word in enumerate(words):
        called = [key[1] for key, why in direct[place].items() if key[0] == "enterprise" and why.rank <= _WITHIN]
        others = [other for other in words if other != word]
        if not others or not 0 < len(called) <= _FEW_FIRMS:
            continue
        found = index.find(ledger, others, tables=_OF_FIRMS, limit=most)
        theirs = set(_belonging(ledger, found, called))
        yield from (key for one in found if (key := (one.table, one.row_id)) in theirs)


def _belonging(ledger: Ledger, found: Iterable[index.Found], firms: Sequence[str]) -> Iterator[Key]:
    by_table: dict[str, list[str]] = {}
    for one in found:
        by_table.setdefault(one.table, []).append(one.row_id)
    for table, ids in by_table.items():
        rows, of = ",".join("?" * len(ids)), ",".join("?" * len(firms))
        sql = f'SELECT id FROM "{table}" WHERE id IN ({rows}) AND enterprise_id IN ({of})'
        yield from ((table, row_id) for (row_id,) in ledger.rows(sql, (*ids, *firms)))


def _shares(counts: dict[str, int], limit: int) -> dict[str, int]:
    """How many hits of each group are shown: all of a small group, the rest of the room shared out evenly."""
    shares: dict[str, int] = {}
    left = limit
    for place, (group, number) in enumerate(sorted(counts.items(), key=lambda one: one[1])):
        shares[group] = min(number, left // (len(counts) - place))
        left -= shares[group]
    return shares
