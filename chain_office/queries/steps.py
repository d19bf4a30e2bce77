"""What a step on a problem starts from, and the steps as they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from chain_office.db.models import record_number
from chain_office.db.walks import walks
from chain_office.queries.editing.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.domain.walking import WalkStep
    from chain_office.queries.editing.rows import Row

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's live part in a problem."""

    id: str
    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict on a criterion, by whom."""

    criterion: str
    verdict: str
    officer: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A problem as a step finds it: its columns, its steps, who has a part in it, how it was judged."""

    row: Row
    steps: tuple[WalkStep, ...]
    parts: tuple[Part, ...]
    judged: tuple[Judged, ...]

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def state(self) -> str:
        return self.steps[-1].state

    @property
    def seq(self) -> int:
        return self.steps[-1].seq

    @property
    def lead(self) -> str | None:
        unit = self.row["lead_unit_id"]
        return None if unit is None else str(unit)

    @property
    def helpers(self) -> tuple[str, ...]:
        """Its co-units."""
        return tuple(part.unit for part in self.parts if part.role == "co")

    @property
    def number(self) -> str:
        return record_number("problem", self.row["number"] or 0)


def desks(ledger: Ledger, ids: Iterable[str]) -> dict[str, Desk]:
    """The live problems among these, in this order."""
    found = {one: row for one, row in rows(ledger, "problem", dict.fromkeys(ids)).items() if row["deleted_at"] is None}
    steps = walks(ledger.rows, found)
    parts: dict[str, list[Part]] = {}
    for problem, *part in _of(ledger, "problem_id, id, unit_id, role", "assignment", found, "AND ended_day IS NULL"):
        parts.setdefault(problem, []).append(Part(*part))
    judged: dict[str, list[Judged]] = {}
    for problem, criterion, verdict, officer in _of(
        ledger,
        "problem_id, criterion, verdict, coalesce((SELECT name FROM officer o WHERE o.id = officer_id), '')",
        "screening",
        found,
        "AND verdict IS NOT NULL",
    ):
        judged.setdefault(problem, []).append(Judged(criterion, verdict, officer))
    return {
        one: Desk(row, steps[one], tuple(parts.get(one, ())), tuple(judged.get(one, ()))) for one, row in found.items()
    }


def _of(ledger: Ledger, columns: str, table: str, problems: Iterable[str], more: str) -> Iterator[tuple[Any, ...]]:
    wanted = list(problems)
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        yield from ledger.rows(
            f"SELECT {columns} FROM {table} WHERE deleted_at IS NULL {more} "
            f"AND problem_id IN ({','.join('?' * len(chunk))}) ORDER BY id",
            chunk,
        )


def last_steps(ledger: Ledger, problems: Iterable[str]) -> dict[str, int]:
    """Problem → the number of its last step; live problems only."""
    wanted = list(dict.fromkeys(problems))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        for problem, seq in ledger.rows(
            "SELECT e.problem_id, max(e.seq) FROM problem_event e JOIN problem p ON p.id = e.problem_id "
            "WHERE e.deleted_at IS NULL AND p.deleted_at IS NULL "
            f"AND e.problem_id IN ({','.join('?' * len(chunk))}) GROUP BY e.problem_id",
            chunk,
        ):
            found[problem] = int(seq)
    return {one: found[one] for one in wanted if one in found}


def states(ledger: Ledger, problems: Iterable[str]) -> dict[str, str]:
    """Problem → the state it is in; live problems only."""
    wanted = list(dict.fromkeys(problems))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        found |= dict(ledger.rows(f"SELECT id, state FROM problem WHERE deleted_at IS NULL AND id IN ({marks})", chunk))
    return found


@dataclass(frozen=True, slots=True)
class EventRow:
    """A live step with its unit and meeting by name."""

    id: str
    seq: int
    kind: str
    day: date | None
    state: str
    unit: str
    meeting: str
    due_day: date | None
    texts: Mapping[str, str]
    understood: bool | None


_TEXTS = ("actor", "text", "reason", "method", "contact", "rating", "solved", "answered", "approached", "next_step")


def events(ledger: Ledger, problem_id: str, after: int = 0) -> tuple[EventRow, ...]:
    """The live steps of a problem behind a number, in order."""
    found = ledger.rows(
        "SELECT e.id, e.seq, e.kind, e.day, e.state, coalesce(nullif(u.short, ''), u.name, ''), coalesce(m.name, ''), "
        f"e.due_day, e.understood, {', '.join(f'coalesce(e.{name}, {chr(39)}{chr(39)})' for name in _TEXTS)} "
        "FROM problem_event e LEFT JOIN unit u ON u.id = e.unit_id LEFT JOIN meeting m ON m.id = e.meeting_id "
        "WHERE e.problem_id = ? AND e.deleted_at IS NULL AND e.seq > ? ORDER BY e.seq",
        (problem_id, after),
    )
    return tuple(
        EventRow(
            row_id, int(seq), kind, _day(day), state, unit, meeting, _day(due), dict(zip(_TEXTS, texts, strict=True)),
            None if understood is None else bool(understood),
        )
        for row_id, seq, kind, day, state, unit, meeting, due, understood, *texts in found
    )  # fmt: skip


def opening_of(ledger: Ledger, problem_id: str) -> str:
    """The row a problem's steps begin with."""
    return step_of(ledger, problem_id, 1)


def step_of(ledger: Ledger, problem_id: str, seq: int) -> str:
    """The row of a problem's step by its number."""
    found = ledger.value(
        "SELECT id FROM problem_event WHERE problem_id = ? AND seq = ? AND deleted_at IS NULL", (problem_id, seq)
    )
    return str(found)


def unit_words(ledger: Ledger, ids: Iterable[str | None]) -> dict[str, str]:
    """What units are called."""
    wanted = [one for one in dict.fromkeys(ids) if one]
    marks = ",".join("?" * len(wanted))
    return dict(ledger.rows(f"SELECT id, coalesce(nullif(short, ''), name) FROM unit WHERE id IN ({marks})", wanted))


def time_limits(ledger: Ledger) -> dict[str, int]:
    """What is limited → in how many working days, where the office set it."""
    return {
        name: int(days)
        for name, days in ledger.rows(
            "SELECT name, days FROM time_limit WHERE deleted_at IS NULL AND days IS NOT NULL ORDER BY rowid DESC"
        )
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
