"""The walks of problems as the rows tell them: read whole, looked at, and refused where a write would bend one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from chain_office.db.models import record_number
from chain_office.domain.errors import KnownError
from chain_office.domain.walking import CARRIED, unlawful, walk_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chain_office.db.session import Writer
    from chain_office.domain.walking import WalkStep

Select: TypeAlias = "Callable[[str, Sequence[object]], list[tuple[Any, ...]]]"
_CHUNK = 500
_COLUMNS = ("problem_id", "seq", "kind", "day", "state", "unit_id", "due_day", *CARRIED)


def walks(select: Select, problems: Iterable[str]) -> dict[str, tuple[WalkStep, ...]]:
    """The live steps of each problem in order; a problem without any has none."""
    wanted = list(problems)
    found: dict[str, list[dict[str, Any]]] = {one: [] for one in wanted}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        for values in select(
            f"SELECT {', '.join(_COLUMNS)} FROM problem_event "
            f"WHERE deleted_at IS NULL AND problem_id IN ({','.join('?' * len(chunk))}) ORDER BY problem_id, seq",
            chunk,
        ):
            row = dict(zip(_COLUMNS, values, strict=True))
            row["day"], row["due_day"] = _day(row["day"]), _day(row["due_day"])
            found[row["problem_id"]].append(row)
    return {problem: walk_of(rows) for problem, rows in found.items()}


def bent(select: Select, problems: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(record number, what is wrong) of live problems whose steps may not stand as they do."""
    wanted = sorted(problems)
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        live: dict[str, int | None] = dict(
            select(f"SELECT id, number FROM problem WHERE deleted_at IS NULL AND id IN ({marks})", chunk)
        )
        for problem, steps in walks(select, live).items():
            wrong = unlawful(steps, content=False)
            if wrong:
                yield record_number("problem", live[problem] or 0), wrong


def refuse_if_bent(writer: Writer) -> None:
    """Raise :class:`KnownError` if a problem whose steps this write touched no longer walks lawfully."""
    for number, wrong in bent(writer.select, _touched(writer)):
        raise KnownError(f"这样一来，问题 {number} 的办理过程就不连贯了（{wrong}），没有改动；请先撤销后来的步骤。")


def _touched(writer: Writer) -> set[str]:
    found: set[str] = set()
    events = sorted(writer.touched.get("problem_event", ()))
    for start in range(0, len(events), _CHUNK):
        chunk = events[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        found |= {row[0] for row in writer.select(f"SELECT problem_id FROM problem_event WHERE id IN ({marks})", chunk)}
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
