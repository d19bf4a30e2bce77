"""The large ledger's problems: a hundred thousand, six lawful steps each, and the stretches the program would derive."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bench.wording import Writer
from chain_office.db.identity import new_id
from chain_office.db.spans import STRETCH, stretch
from chain_office.domain.walking import CARRIED, DECIDED, decided, walk_of
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
_OWN = ("id", "number", "enterprise_id", "category_id", "text", "demand", "collected_day", "text_core")
_PROBLEM = (*_OWN, *DECIDED)
_TOLD = ("unit_id", "due_day", *CARRIED)
_EVENT = ("id", "problem_id", "seq", "kind", "day", "state", *_TOLD, "actor")
_SPAN = ("id", "problem_id", "event_id", *STRETCH.split(", "))
_ALWAYS = frozenset({"due_day", "rating"})
"""What a step tells wherever it may."""
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
        steps = _course(number, start, (owner[2], words.dice.choice(units)), words)
        now = {"closed_verified": False, **decided(walk_of(steps))}
        own = (made, number, *owner[:2], words.problem(), words.note(1), start, f"p{number}")
        problems.append((*own, *(now.get(name) for name in DECIDED)))
        rows = [(new_id(), made, *(step[name] for name in _EVENT[2:])) for step in steps]
        events += rows
        lead, assigned = now.get("lead_unit_id"), now.get("assigned_day")
        stands = Standing(lead, now.get("deadline"), now.get("original_deadline"), now.get("review_day"))
        told = [Told(step["state"], step["day"], step["kind"], step["unit_id"], step["due_day"]) for step in steps]
        stretches += [(new_id(), made, rows[span.step][0], *stretch(span)) for span in spans(told, stands)]
        if lead is not None:
            parts.append((new_id(), made, lead, "lead", 1, assigned))
            if number % 3 == 0 and (helper := words.dice.choice(units)) != lead:
                parts.append((new_id(), made, helper, "co", 1, assigned))
    yield "problem", _PROBLEM, [tuple(_stored(one) for one in row) for row in problems]
    yield "problem_event", _EVENT, [tuple(_stored(one) for one in row) for row in events]
    yield "problem_span", _SPAN, stretches
    yield "assignment", _ASSIGNMENT, [tuple(_stored(one) for one in row) for row in parts]


def _course(number: int, start: date, units: tuple[str, str], words: Writer) -> list[dict[str, Any]]:
    """The steps of one problem by column, each with what it may not lack."""
    state, unit, blank = "waiting", units[0], dict.fromkeys(_EVENT[2:])
    steps = [{**blank, "seq": 1, "kind": OPENING, "day": start, "state": state}]
    for place, kind in enumerate(_COURSES[number % len(_COURSES)], start=1):
        day, verb = start + timedelta(days=_APART * place), VERBS[kind]
        state = verb.after(state)
        unit = units[1] if kind == "reassign" else unit
        said = {
            "unit_id": unit,
            "due_day": day + timedelta(days=30 + number % 31),
            "rating": _RATINGS[number % len(_RATINGS)],
            "solved": "no" if number % 97 == 0 else "yes",
            "answered": "yes",
            "approached": "yes",
            "understood": 1,
            "method": "电话",
            "contact": "王女士",
            "reason": words.note(1),
        }
        asked = {name: said[name] for name in (*verb.needs, *(_ALWAYS & {*verb.takes})) if name in said}
        steps.append(
            {**blank, "seq": place + 1, "kind": kind, "day": day, "state": state, "actor": "推进办", **asked}
            | {"text": words.step()}
        )
    return steps


def _stored(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
