"""The large ledger's problems: a hundred thousand, six lawful steps each, and the stretches the program would derive."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bench.wording import Writer
from chain_office.db.identity import new_id
from chain_office.db.spans import STRETCH, stretch
from chain_office.domain.workflow import OPENING, VERBS, Standing, Told, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROBLEMS, STEPS = 100_000, 6
_FIRST = date(2012, 1, 1)
_APART = 12
"""Days between two steps."""
_COURSES = (
    *[("screen_in", "assign", "progress", "report", "verify")] * 5,
    *[("screen_in", "assign", "extend", "report", "verify")] * 2,
    *[("screen_in", "assign", "report", "verify", "look_back")] * 2,
    ("screen_in", "assign", "acknowledge", "ask_extension", "extend"),
    ("screen_in", "assign", "progress", "report", "fail"),
    ("screen_in", "assign", "return", "reassign", "progress"),
    ("screen_in", "assign", "acknowledge", "progress", "park"),
    ("screen_in", "assign", "acknowledge", "progress", "remind"),
    ("screen_in", "assign", "progress", "report", "remind"),
    ("pool", "repool", "repool", "repool", "repool"),
    ("reject", "tell", "reconsider", "pool", "reconsider"),
    ("screen_in", "assign", "report", "verify", "reopen"),
)
"""After the first step, the opening."""
_RATINGS = ("满意", "满意", "满意", "基本满意", "不满意")
_PROBLEM = (
    "id", "number", "enterprise_id", "category_id", "lead_unit_id", "text", "demand", "progress", "state", "collected_day",
    "assigned_day", "deadline", "original_deadline", "review_day", "reported_day", "closed_day", "satisfaction",
    "closed_verified", "rounds", "text_core",
)  # fmt: skip
_EVENT = (
    "id", "problem_id", "seq", "kind", "day", "state", "unit_id", "due_day", "text", "rating", "solved", "actor",
)  # fmt: skip
_SPAN = ("id", "problem_id", "event_id", *STRETCH.split(", "))
_ASSIGNMENT = ("id", "problem_id", "unit_id", "role", "round", "day")


def problem_rows(
    firms: Sequence[str], units: Sequence[str], categories: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    """(table, columns, rows)."""
    words = Writer(3)
    problems, events, stretches, parts = [], [], [], []
    for number in range(1, PROBLEMS + 1):
        made, start = new_id(), _FIRST + timedelta(days=number // 30)
        owner = words.dice.choice(firms), words.dice.choice(categories), words.dice.choice(units)
        said = words.problem(), words.note(1), words.step()
        told, rows, rating = _course(number, made, start, (owner[2], words.dice.choice(units)), words)
        now = _standing(told)
        last = told[-1]
        days = {one.kind: one.day for one in told}
        closed = days.get("verify") if last.state == "closed" else None
        problems.append((
            made, number, *owner[:2], now.lead_unit, *said, last.state, start, days.get("assign"), now.deadline,
            now.original_deadline, now.review_day, days.get("report"), closed, rating if closed else None,
            closed is not None, sum(one.kind in {"assign", "reassign", "fail", "reopen"} for one in told), f"p{number}",
        ))  # fmt: skip
        events += rows
        stretches += [(new_id(), made, rows[span.step][0], *stretch(span)) for span in spans(told, now)]
        if now.lead_unit is not None:
            parts.append((new_id(), made, now.lead_unit, "lead", 1, days.get("assign")))
            if number % 3 == 0 and (helper := words.dice.choice(units)) != now.lead_unit:
                parts.append((new_id(), made, helper, "co", 1, days.get("assign")))
    yield "problem", _PROBLEM, [tuple(_stored(one) for one in row) for row in problems]
    yield "problem_event", _EVENT, [tuple(_stored(one) for one in row) for row in events]
    yield "problem_span", _SPAN, stretches
    yield "assignment", _ASSIGNMENT, [tuple(_stored(one) for one in row) for row in parts]


def _course(
    number: int, problem: str, start: date, units: tuple[str, str], words: Writer
) -> tuple[list[Told], list[tuple[Any, ...]], str]:
    """The steps of one problem as told, as rows, and the rating it ends with."""
    rating = _RATINGS[number % len(_RATINGS)]
    told = [Told("waiting", start, OPENING)]
    rows: list[tuple[Any, ...]] = [
        (new_id(), problem, 1, OPENING, start, "waiting", None, None, None, None, None, None)
    ]
    for place, kind in enumerate(_COURSES[number % len(_COURSES)], start=1):
        day, verb = start + timedelta(days=_APART * place), VERBS[kind]
        state = verb.after(told[-1].state)
        unit = {"reassign": units[1]}.get(kind, units[0]) if "unit_id" in verb.needs else None
        due = day + timedelta(days=30 + number % 31) if "due_day" in (*verb.needs, *verb.takes) else None
        told.append(Told(state, day, kind, unit, due))
        asked = "rating" in (*verb.needs, *verb.takes)
        rows.append((
            new_id(), problem, place + 1, kind, day, state, unit, due, words.step(), rating if asked else None,
            ("no" if number % 97 == 0 else "yes") if "solved" in verb.needs else None, "推进办",
        ))  # fmt: skip
    return told, rows, rating


def _standing(told: list[Told]) -> Standing:
    limits = [one.due_day for one in told if one.kind in {"assign", "reassign", "extend", "resume", "fail", "reopen"}]
    units = [one.unit for one in told if one.kind in {"assign", "reassign"}]
    reviews = [one.due_day for one in told if one.kind in {"pool", "repool"}]
    return Standing(
        units[-1] if units else None,
        limits[-1] if limits else None,
        limits[0] if limits else None,
        reviews[-1] if reviews else None,
    )


def _stored(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
