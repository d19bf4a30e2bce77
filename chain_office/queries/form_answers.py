"""What a form that came back is compared with: the problems it names, their firms, and the papers it left with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from chain_office.domain.directory import Entry
from chain_office.domain.names import name_core, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chain_office.db.ledger import Ledger

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Named:
    """A problem as a form may name it. ``binned``: it is in the recycle bin."""

    id: str
    number: int
    enterprise: str
    short: str
    text: str
    text_core: str
    binned: bool

    @property
    def firm(self) -> str:
        """The firm as lists call it."""
        return self.short or self.enterprise


@dataclass(frozen=True, slots=True)
class Left:
    """A problem on a paper that left for a unit."""

    problem: str
    unit: str
    seq: int
    day: date


def problems_numbered(ledger: Ledger, numbers: Iterable[int]) -> dict[int, Named]:
    """Problems by their record number, those in the bin too."""
    return {one.number: one for one in _problems(ledger, "p.number", numbers)}


def problems_saying(ledger: Ledger, cores: Iterable[str]) -> list[Named]:
    """Live problems whose text is one of these but for blanks and punctuation."""
    return [one for one in _problems(ledger, "p.text_core", cores) if not one.binned]


def _problems(ledger: Ledger, column: str, wanted: Iterable[object]) -> Iterator[Named]:
    found = _among(
        ledger,
        "SELECT p.id, coalesce(p.number, 0), coalesce(e.name, ''), coalesce(e.short_name, ''), p.text, p.text_core, "
        "p.deleted_at IS NOT NULL FROM problem p LEFT JOIN enterprise e ON e.id = p.enterprise_id "
        f"WHERE {column} IN ({{}}) ORDER BY p.deleted_at IS NULL, p.id",
        wanted,
    )
    for row_id, number, name, short, text, core, binned in found:
        yield Named(row_id, number, name, short, text, core, bool(binned))


def left_on(ledger: Ledger, problems: Iterable[str]) -> dict[str, list[Left]]:
    """Problem → the papers it left on, the first one first."""
    found: dict[str, list[Left]] = {}
    for problem, unit, seq, day in _among(
        ledger,
        "SELECT i.problem_id, d.unit_id, i.seq, d.day FROM dispatch_item i JOIN dispatch d ON d.id = i.dispatch_id "
        "WHERE i.deleted_at IS NULL AND d.deleted_at IS NULL AND d.unit_id IS NOT NULL AND i.problem_id IN ({}) "
        "ORDER BY d.day, d.id",
        problems,
    ):
        found.setdefault(problem, []).append(Left(problem, unit, int(seq), date.fromisoformat(day)))
    return found


def unit_entries(ledger: Ledger) -> list[Entry]:
    """The units of the ledger, as names are looked up among."""
    return [
        Entry(row_id, name, short or "", tuple((aliases or "").splitlines()), kind or "", verified=bool(verified))
        for row_id, name, short, aliases, kind, verified in ledger.rows(
            "SELECT id, name, short, aliases, kind, verified FROM unit WHERE deleted_at IS NULL ORDER BY rowid"
        )
    ]


def _among(ledger: Ledger, sql: str, wanted: Iterable[object]) -> Iterator[tuple[Any, ...]]:
    every = list(dict.fromkeys(wanted))
    for start in range(0, len(every), _CHUNK):
        chunk = every[start : start + _CHUNK]
        yield from ledger.rows(sql.format(",".join("?" * len(chunk))), chunk)


def firms_called(ledger: Ledger, written: str) -> list[str]:
    """Ids of the firms of that name, short name or former name; else of those with the same core."""
    key, core = name_key(written), name_core(written)
    exact, alike = [], []
    for row_id, name, short, former, stored in ledger.rows(
        "SELECT id, name, short_name, former_names, name_core FROM enterprise WHERE deleted_at IS NULL ORDER BY id"
    ):
        if key in {name_key(one) for one in (name, short, *(former or "").splitlines()) if one}:
            exact.append(row_id)
        elif stored and core == stored:
            alike.append(row_id)
    return exact or alike
