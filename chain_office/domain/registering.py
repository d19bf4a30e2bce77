"""The register month by month: opening balance + entries − exits = closing balance, by firm.

A firm's stays are joined where one begins on the day another ends or before: it leaves the register only when it is on it no
more (entry ≤ d < exit). A stay without an entry day was always there and is no entry; one that ends before it begins is none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.domain.periods import first_day, last_day, month_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PROMOTED, NEW_BUILD, UNKNOWN = "promoted", "new_build", ""
KINDS: Final[Mapping[str, str]] = {PROMOTED: "规下转规上", NEW_BUILD: "新建投产", UNKNOWN: "方式未填"}
"""How a firm enters."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay as it is recorded. ``kind``: of :data:`KINDS`."""

    firm: str
    entered: date | None
    left: date | None
    kind: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class Flow:
    """A stretch of days: the firms on the register before it, those that entered by each kind and those that left during it,
    and those on it at its end. A firm that enters, leaves and enters again is in a list once for each time."""

    first: date
    last: date
    opening: frozenset[str]
    entries: Mapping[str, tuple[str, ...]]
    exits: tuple[str, ...]
    closing: frozenset[str]

    @property
    def entered(self) -> tuple[str, ...]:
        """Every entry, whatever its kind."""
        return tuple(firm for kind in KINDS for firm in self.entries[kind])

    @property
    def balanced(self) -> bool:
        """opening + entries − exits = closing."""
        return len(self.opening) + len(self.entered) - len(self.exits) == len(self.closing)


def joined(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Each firm's stays, those that touch or overlap made one, which keeps the kind of the first."""
    by_firm: dict[str, list[Spell]] = defaultdict(list)
    for one in spells:
        if one.entered is None or one.left is None or one.entered < one.left:
            by_firm[one.firm].append(one)
    made: list[Spell] = []
    for firm, stays in by_firm.items():
        stays.sort(key=lambda one: (one.entered or date.min, one.left or date.max))
        now = stays[0]
        for one in stays[1:]:
            if now.left is None or (one.entered or date.min) <= now.left:
                left = None if now.left is None or one.left is None else max(now.left, one.left)
                now = Spell(firm, now.entered, left, now.kind)
            else:
                made.append(now)
                now = one
        made.append(now)
    return tuple(made)


def flow(stays: Sequence[Spell], first: date, last: date) -> Flow:
    """What happened from ``first`` to ``last``, both included, to stays that were :func:`joined`."""
    entries: dict[str, list[str]] = {kind: [] for kind in KINDS}
    exits: list[str] = []
    for one in stays:
        if one.entered is not None and first <= one.entered <= last:
            entries[one.kind if one.kind in KINDS else UNKNOWN].append(one.firm)
        if one.left is not None and first <= one.left <= last:
            exits.append(one.firm)
    before = frozenset(
        one.firm for one in stays if _began(one, first) and not (one.left is not None and one.left < first)
    )
    after = frozenset(
        one.firm
        for one in stays
        if (one.entered is None or one.entered <= last) and (one.left is None or one.left > last)
    )
    return Flow(first, last, before, {kind: tuple(firms) for kind, firms in entries.items()}, tuple(exits), after)


def _began(one: Spell, first: date) -> bool:
    return one.entered is None or one.entered < first


def months(stays: Sequence[Spell], year: int, until: date) -> tuple[Flow, ...]:
    """January to December of a year, or to the day ``until``."""
    made = []
    for number in range(1, 13):
        begin = date(year, number, 1)
        if begin <= until:
            month = month_of(begin)
            made.append(flow(stays, first_day(month), min(last_day(month), until)))
    return tuple(made)


def years(stays: Sequence[Spell], until: date) -> tuple[int, ...]:
    """The years in which anything happened by ``until``, and that of ``until``, without gaps."""
    days = [day for one in stays for day in (one.entered, one.left) if day is not None and day <= until]
    return tuple(range(min([day.year for day in days], default=until.year), until.year + 1))
