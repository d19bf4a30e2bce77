"""Stretches of problem states, derived from the events in the write that changes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from chain_office.db.identity import new_id
from chain_office.domain.workflow import OPENING, Opening, Span, Standing, Told, opening_steps, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chain_office.db.session import Writer

Select: TypeAlias = "Callable[[str, Sequence[object]], list[tuple[Any, ...]]]"
STRETCH = "state, day_from, day_until, due_day, lead_unit_id, reported_day, round"
"""The columns a stretch is told in."""
_COLUMNS = ("collected_day", "assigned_day", "reported_day", "closed_day")
_NOW = ("deadline", "original_deadline", "review_day")
_CHUNK = 500


def refresh(writer: Writer) -> None:
    """Before a commit: rebuild the stretches of every problem the write touched."""
    touched = set(writer.touched.get("problem", ()))
    events = writer.touched.get("problem_event", frozenset())
    for chunk in _chunks(sorted(events)):
        marks = ",".join("?" * len(chunk))
        touched |= {
            row[0] for row in writer.select(f"SELECT problem_id FROM problem_event WHERE id IN ({marks})", chunk)
        }
    for chunk in _chunks(sorted(touched)):
        rebuild(writer, chunk)


def rebuild(writer: Writer, problems: list[str]) -> None:
    """Work out the stretches of these problems anew; those that stay as they are stay untouched."""
    marks = ",".join("?" * len(problems))
    stored: dict[tuple[object, ...], list[str]] = {}
    for row_id, *known in writer.select(
        f"SELECT id, problem_id, event_id, {STRETCH} FROM problem_span WHERE problem_id IN ({marks})", problems
    ):
        stored.setdefault(tuple(known), []).append(row_id)
    made = []
    for problem, event, span in of_problems(writer.select, problems):
        row = (problem, event, *stretch(span))
        same = stored.get(row)
        if same:
            same.pop()
        else:
            made.append((new_id(), *row))
    writer.derive_many("DELETE FROM problem_span WHERE id = ?", [(one,) for rows in stored.values() for one in rows])
    writer.derive_many(
        f"INSERT INTO problem_span(id, version, problem_id, event_id, {STRETCH}) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made,
    )


def stretch(span: Span) -> tuple[object, ...]:
    """A stretch as :data:`STRETCH` stores it."""
    days = (_text(one) for one in (span.day_from, span.day_until, span.due_day))
    return (span.state, *days, span.lead_unit, _text(span.reported_day), span.round)


def of_problems(select: Select, problems: list[str]) -> list[tuple[str, str, Span]]:
    """(problem, event, stretch) as the events tell it. The opening event stands for the days on the problem."""
    marks = ",".join("?" * len(problems))
    days: dict[str, list[date | None]] = {}
    now: dict[str, Standing] = {}
    for row_id, unit, *texts in select(
        f"SELECT id, lead_unit_id, {', '.join((*_COLUMNS, *_NOW))} FROM problem WHERE id IN ({marks})", problems
    ):
        found = [_day(one) for one in texts]
        days[row_id] = found[: len(_COLUMNS)]
        now[row_id] = Standing(unit, *found[len(_COLUMNS) :])
    rows = select(
        "SELECT problem_id, id, kind, day, state, unit_id, due_day FROM problem_event "
        f"WHERE deleted_at IS NULL AND problem_id IN ({marks}) ORDER BY problem_id, seq",
        problems,
    )
    steps: dict[str, list[tuple[Told, str]]] = {}
    later = {row[0] for row in rows if row[2] != OPENING}
    for problem, event, kind, day, state, unit, due in rows:
        mine = steps.setdefault(problem, [])
        if kind == OPENING:
            opening = _opening(state, _day(day), days[problem], _day(due))
            reported = days[problem][_COLUMNS.index("reported_day")] if problem not in later else opening.reported_day
            kept = None if state == "closed" else _day(due)
            mine.extend((Told(name, when, kind, unit, kept, reported), event) for name, when in opening_steps(opening))
        else:
            mine.append((Told(state, _day(day), kind, unit, _day(due)), event))
    found_spans: list[tuple[str, str, Span]] = []
    for problem, dated in steps.items():
        stretches = spans((told for told, _ in dated), now[problem])
        found_spans.extend((problem, dated[span.step][1], span) for span in stretches)
    return found_spans


def _opening(state: str, day: date | None, days: list[date | None], kept: date | None) -> Opening:
    """The opening as recorded: its event's day is the day of the recorded state, the days before it stand on the
    problem. Where later steps set the day of the report anew, the opening's is kept on its event."""
    collected, assigned, reported, _ = days
    if state == "closed":
        return Opening(state, collected, assigned, kept or reported, day)
    if state == "reported":
        return Opening(state, collected, assigned, day)
    return Opening(state, collected, assigned)


def _chunks(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
