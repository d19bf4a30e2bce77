"""Enterprises that may be one: the same credit code, one's name among the other's names, or the same distinctive core.
Letters alone that look alike are no sign (296 real names gave 99 % false alarms)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from chain_office.domain.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chain_office.db.ledger import Ledger

ASKED = "手工选出"
CODE, ALSO, CORE = "信用代码相同", "一家的名称是另一家的简称或曾用名", "名称主干相同"
_RANK = {CODE: 0, ALSO: 1, CORE: 2}
_MOST = 20
"""More enterprises than this under one core (a word like 矿业) say nothing."""
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Twin:
    """One of two enterprises, with what hangs on it."""

    id: str
    number: int
    name: str
    district: str
    code: str
    on_register: bool
    records: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two enterprises that may be one, and why. ``first`` has more hanging on it."""

    first: Twin
    second: Twin
    reasons: tuple[str, ...]

    def swapped(self) -> Pair:
        """The same, the other one first."""
        return Pair(self.second, self.first, self.reasons)


def pairs(ledger: Ledger) -> tuple[Pair, ...]:
    """Every such pair nobody has said to be two, the surest first."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    firms = ledger.rows(
        "SELECT id, name, short_name, former_names, name_key, name_core, nullif(uscc, '') FROM enterprise "
        "WHERE deleted_at IS NULL"
    )
    for reason, key in ((CODE, 6), (CORE, 5)):
        for one, other in _together((firm[key], firm[0]) for firm in firms):
            found[one, other].add(reason)
    called: dict[str, list[str]] = defaultdict(list)
    for firm in firms:
        called[firm[4]].append(firm[0])
    for row_id, _, short, former, *_rest in firms:
        for word in (short, *(former or "").splitlines()):
            for other in called.get(name_key(word), ()) if word else ():
                if other != row_id:
                    found[min(row_id, other), max(row_id, other)].add(ALSO)
    for first, second in ledger.rows("SELECT first_id, second_id FROM not_duplicate WHERE deleted_at IS NULL"):
        found.pop((min(first, second), max(first, second)), None)
    twins = _twins(ledger, {row_id for pair in found for row_id in pair})
    made = []
    for (one, other), reasons in found.items():
        first, second = sorted((twins[one], twins[other]), key=lambda twin: (-twin.records, twin.number))
        made.append(Pair(first, second, tuple(sorted(reasons, key=_RANK.__getitem__))))
    return tuple(sorted(made, key=lambda pair: (_RANK[pair.reasons[0]], pair.first.number, pair.second.number)))


def pair_of(ledger: Ledger, one: str, other: str) -> Pair | None:
    """Two enterprises somebody chose, in that order; None if one of them is gone."""
    found = _twins(ledger, {one, other})
    return Pair(found[one], found[other], (ASKED,)) if len(found) > 1 else None


def _together(keyed: Iterable[tuple[str | None, str]]) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, row_id in keyed:
        if key and len(key) >= _SHORTEST:
            groups[key].append(row_id)
    for ids in groups.values():
        if 1 < len(ids) <= _MOST:
            yield from combinations(sorted(ids), 2)


_HANGING = ("visit", "problem", "need", "match", "project", "monthly_output", "contact")


def _twins(ledger: Ledger, ids: set[str]) -> dict[str, Twin]:
    counted = " + ".join(
        f'(SELECT count(*) FROM "{table}" x WHERE x.enterprise_id = e.id AND x.deleted_at IS NULL)'
        for table in _HANGING
    )
    found: dict[str, Twin] = {}
    for one in ids:
        rows = ledger.rows(
            "SELECT e.id, coalesce(e.number, 0), e.name, coalesce(d.short, d.name, ''), coalesce(e.uscc, ''), "
            "EXISTS (SELECT 1 FROM register_spell s WHERE s.enterprise_id = e.id AND s.deleted_at IS NULL), "
            f"{counted} FROM enterprise e LEFT JOIN district d ON d.id = e.district_id "
            "WHERE e.id = ? AND e.deleted_at IS NULL",
            (one,),
        )
        if not rows:
            continue
        row_id, number, name, district, code, listed, records = rows[0]
        found[one] = Twin(row_id, number, name, district, code, bool(listed), int(records))
    return found
