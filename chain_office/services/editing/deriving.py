"""What a save brings with it: keys of names and texts, states a new record starts in, and what follows in other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.db import reference
from chain_office.db.settings import read_settings
from chain_office.domain import matching
from chain_office.domain.goals import measure
from chain_office.domain.names import name_core, name_key, place_words, text_core
from chain_office.domain.stages import opening_stages
from chain_office.domain.workflow import ASSIGNED_BUCKETS, SETS_DEADLINE, SETS_UNIT, STATES
from chain_office.queries.editing.rows import MODELS, live
from chain_office.queries.editing.rows import row as row_of
from chain_office.queries.editing.settling import follows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.queries.editing.rows import Row

OPENING = "opening"
"""Kind of the event a problem begins with."""


def derived(ledger: Ledger, table: str, before: Row | None, after: Row, changed: frozenset[str]) -> dict[str, Any]:
    """Columns of the row itself that follow from what was typed."""
    derive = _DERIVE.get(table)
    return derive(ledger, before, after, changed) if derive is not None else {}


def _enterprise(ledger: Ledger, before: Row | None, after: Row, changed: frozenset[str]) -> dict[str, Any]:
    if "name" not in changed or not after["name"]:
        return {}
    found = {"name_key": name_key(after["name"]), "name_core": name_core(after["name"], known_places(ledger))}
    renamed = before is not None and before["name_core"] != found["name_core"]
    if before is not None and renamed and "former_names" not in changed:
        former = [*(before["former_names"] or "").splitlines(), before["name"]]
        found["former_names"] = "\n".join(dict.fromkeys(former))
    return found


def known_places(ledger: Ledger) -> tuple[str, ...]:
    """Place names that are not distinctive in the name of an enterprise of this office."""
    city = read_settings(ledger).get("city") or reference.load()["city"]
    return place_words(city, (one["name"] for one in live(ledger, "district")))


def _dated(_ledger: Ledger, _before: Row | None, after: Row, changed: frozenset[str]) -> dict[str, Any]:
    """A day that was typed is known to the day, unless it was said otherwise."""
    if "day" in changed and "precision" not in changed:
        return {"precision": "day"}
    return {"precision": "day"} if after["precision"] is None else {}


def _problem(ledger: Ledger, before: Row | None, after: Row, changed: frozenset[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "text" in changed and after["text"]:
        found["text_core"] = text_core(after["text"])
    if before is None and after["district_id"] is None and after["enterprise_id"]:
        firm = row_of(ledger, "enterprise", after["enterprise_id"])
        found["district_id"] = firm["district_id"] if firm else None
    handed = STATES[after["state"]].bucket in ASSIGNED_BUCKETS
    if handed and "deadline" in changed and before is not None and after["original_deadline"] is None:
        found["original_deadline"] = before["deadline"] or after["deadline"]
    return found


def _project(_ledger: Ledger, before: Row | None, after: Row, changed: frozenset[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "name" in changed and after["name"]:
        found["name_key"] = name_key(after["name"])
    if before is None:
        found["stage"] = (
            "completed" if after["finish_day"] else "under_construction" if after["start_day"] else "planned"
        )
    return found


def _match(ledger: Ledger, before: Row | None, after: Row, _changed: frozenset[str]) -> dict[str, Any]:
    """How far a new match is; an old one is settled when it is written."""
    if before is not None:
        return {}
    event = row_of(ledger, "meeting", after["event_id"]) if after["event_id"] else None
    told = {name: after[name] for name in ("stage", "fail_reason", "intent_yuan")}
    return {
        "reached": matching.reached(drawn=False, granted=False, **told),
        "matched_day": matching.matched_day((after["intent_day"], event["day"] if event else None)),
    }


def _target(_ledger: Ledger, _before: Row | None, after: Row, _changed: frozenset[str]) -> dict[str, Any]:
    """A goal that is compared with a count is counted in its unit."""
    compared = measure(after["figure_key"])
    counted = compared is not None and compared.unit != "元" and after["goal"] is not None and not after["unit"]
    return {"unit": compared.unit} if compared is not None and counted else {}


def _loan(_ledger: Ledger, _before: Row | None, _after: Row, changed: frozenset[str]) -> dict[str, Any]:
    return {"dated_by": "row"} if "day" in changed else {}


_DERIVE: dict[str, Callable[[Ledger, Row | None, Row, frozenset[str]], dict[str, Any]]] = {
    "enterprise": _enterprise,
    "visit": _dated,
    "meeting": _dated,
    "problem": _problem,
    "project": _project,
    "match": _match,
    "credit": _loan,
    "drawdown": _loan,
    "target": _target,
}


def begin(writer: Writer, table: str, row_id: str, after: Row) -> None:
    """The first step of a record that has steps."""
    if table == "problem":
        event = {"seq": 1, "kind": OPENING, "day": after["collected_day"], "state": after["state"], "text": "登记"}
        writer.insert(MODELS["problem_event"], {"problem_id": row_id, **event})
    if table == "project":
        for stage, day in opening_stages(after["stage"], after["start_day"], after["finish_day"]):
            step = {"project_id": row_id, "stage": stage, "day": day, "reason": "登记"}
            writer.insert(MODELS["stage_change"], step)


def bring_along(ledger: Ledger, writer: Writer, table: str, before: Row, after: Row) -> list[str]:
    """Dates other rows repeat, corrected with the one they repeat; returns what to say about it."""
    bring = _BRING.get(table)
    return list(bring(ledger, writer, before, after)) if bring is not None else []


def _opening_day(ledger: Ledger, writer: Writer, before: Row, after: Row) -> Iterator[str]:
    """A problem not handed over yet begins on the day it was collected."""
    if before["collected_day"] != after["collected_day"]:
        for event in live(ledger, "problem_event", problem_id=after["id"], kind=OPENING):
            if STATES[event["state"]].bucket not in ASSIGNED_BUCKETS:
                writer.update(MODELS["problem_event"], event["id"], {"day": after["collected_day"]})
    yield from ()


def _problem_steps(ledger: Ledger, writer: Writer, before: Row, after: Row) -> Iterator[str]:
    yield from _opening_day(ledger, writer, before, after)
    yield from _corrected_hand_over(ledger, writer, before, after)


def _corrected_hand_over(ledger: Ledger, writer: Writer, before: Row, after: Row) -> Iterator[str]:
    """A deadline or a meeting that was written down wrong is put right in the step that set it, so that past days are
    told as they were meant; that is no extension."""
    handed = STATES[after["state"]].bucket in ASSIGNED_BUCKETS
    columns = {"deadline": ("due_day", SETS_DEADLINE), "meeting_id": ("meeting_id", SETS_UNIT)}
    changed = [name for name in columns if before[name] != after[name]]
    if not handed or not changed:
        return
    steps = sorted(live(ledger, "problem_event", problem_id=after["id"]), key=lambda one: int(one["seq"]), reverse=True)
    for name in changed:
        column, kinds = columns[name]
        setter = next((one for one in steps if one["kind"] in kinds and one[column] is not None), None)
        if setter is not None and setter[column] == before[name]:
            writer.update(MODELS["problem_event"], setter["id"], {column: after[name]})
    if "deadline" in changed and before["deadline"] is not None:
        yield "办结时限按更正登记，不算延期（延期请用“批准延期”）"


def _stage_days(ledger: Ledger, writer: Writer, before: Row, after: Row) -> Iterator[str]:
    """The stage that was entered on a day that is corrected."""
    for column, stage in (("start_day", "under_construction"), ("finish_day", "completed")):
        if before[column] and after[column] and before[column] != after[column]:
            for step in live(ledger, "stage_change", project_id=after["id"], stage=stage, day=str(before[column])):
                writer.update(MODELS["stage_change"], step["id"], {"day": after[column]})
                yield "阶段变更的日期随之更正"


def _borrowed_days(ledger: Ledger, writer: Writer, before: Row, after: Row) -> Iterator[str]:
    """Grants and drawings dated by the meeting, for want of a day of their own."""
    if before["day"] is None or after["day"] is None or before["day"] == after["day"]:
        return
    loans = [
        (part, loan["id"])
        for match in live(ledger, "match", event_id=after["id"])
        for part in ("credit", "drawdown")
        for loan in live(ledger, part, match_id=match["id"], dated_by="event", day=str(before["day"]))
    ]
    for part, loan in loans:
        writer.update(MODELS[part], loan, {"day": after["day"]})
    if loans:
        yield f"{len(loans)} 笔按会议日期计的授信、放款随之更正"


_BRING: dict[str, Callable[[Ledger, Writer, Row, Row], Iterator[str]]] = {
    "problem": _problem_steps,
    "project": _stage_days,
    "meeting": _borrowed_days,
}


def settle(ledger: Ledger, writer: Writer, touched: Mapping[str, frozenset[str]]) -> None:
    """Bring what is kept twice into step with the rows this write touched."""
    for table, row_id, changes in list(follows(ledger, touched)):
        writer.update(MODELS[table], row_id, changes)
