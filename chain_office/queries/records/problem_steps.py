"""办理过程: the dated steps of a problem as a timeline. What was to come at the cut-off day stands there, set off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.db.models import ProblemEvent
from chain_office.domain.workflow import HANDED_OVER_STATES, IMPORTED, OPENING, ROUNDS, SETS_DEADLINE, STATES, VERBS
from chain_office.queries.records.rows import Row, live
from chain_office.queries.records.shape import Item, Moment, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger

ANSWERS = {"yes": "是", "no": "否", "partly": "部分"}
QUESTIONS = {"solved": "问题是否解决", "answered": "诉求是否答复", "approached": "部门是否主动对接"}
"""The questions of a verification; the fourth is 满意度."""
_DUE_WORDS = {
    "ask_extension": "申请延至",
    "pool": "复核时间",
    "repool": "复核时间",
    "verify": "回看时间",
    "park": "复核时间",
}
"""What the day of a step is where it is not the deadline."""
_LIGHTS = {
    "closed": "green",
    "returned": "amber",
    "reported": "blue",
    "parked": "grey",
    "rejected": "grey",
    "pooled": "grey",
}
_TROUBLE = frozenset({"fail", "reopen", "remind", "refuse_extension"})
UNIT = "coalesce(u.short, u.name, '')"


def word(kind: str, state: str) -> str:
    """What a step is called on the timeline."""
    if kind in VERBS:
        return VERBS[kind].told
    return f"台账载明：{STATES[state].label}" if kind == IMPORTED else STATES[state].label


def steps(ledger: Ledger, row: Row, day: date) -> Section:
    """The timeline of a problem."""
    events = live(ledger, ProblemEvent, "problem_id", row["id"], order="t.seq")
    files = _files(ledger, row["id"])
    units = dict(
        ledger.rows(
            f"SELECT DISTINCT u.id, {UNIT} FROM problem_event e JOIN unit u ON u.id = e.unit_id WHERE e.problem_id = ?",
            (row["id"],),
        )
    )
    beside = _co_units(ledger, row["id"])
    made: list[Moment] = []
    deadline, rounds = "", 0
    for event in events:
        kind = str(event["kind"])
        if kind == OPENING:
            made += _opening(ledger, event, day, files)
            rounds += any(state in HANDED_OVER_STATES for state in _states(ledger, event["id"]))
            deadline = row["original_deadline"] or "" if rounds else ""
            continue
        rounds += kind in ROUNDS or (not rounds and event["state"] in HANDED_OVER_STATES)
        items = _items(event, deadline, beside.get(rounds, ()) if kind in ROUNDS else ())
        if kind in SETS_DEADLINE and event["due_day"]:
            deadline = str(event["due_day"])
        made.append(
            Moment(
                event["day"] or "日期不详",
                word(kind, event["state"]),
                "amber" if kind in _TROUBLE else _LIGHTS.get(event["state"], "") if _moved(kind) else "",
                units.get(event["unit_id"], ""),
                event["actor"] or "",
                items,
                files.get(event["id"], ()),
                f"第 {rounds} 轮" if kind in ROUNDS and rounds > 1 else "",
                f"problem_event:{event['id']}",
                later=_later(event["day"], day),
                last=event is events[-1] and kind in VERBS,
            )
        )
    return Section("办理过程", moments=tuple(made))


def _moved(kind: str) -> bool:
    """Whether a step may move a problem to another state."""
    return kind not in VERBS or any(before != after for before, after in VERBS[kind].moves.items())


def _later(when: str | None, day: date) -> bool:
    return bool(when) and str(when) > day.isoformat()


def _states(ledger: Ledger, event: str) -> list[str]:
    return [state for (state,) in ledger.rows("SELECT state FROM problem_span WHERE event_id = ?", (event,))]


def _opening(
    ledger: Ledger, event: Row, day: date, files: Mapping[str, tuple[tuple[str, str], ...]]
) -> Iterable[Moment]:
    """An opening stands for the stretches worked out from it; what it says stands with the last."""
    spans = ledger.rows(
        f"SELECT s.day_from, s.state, {UNIT} FROM problem_span s LEFT JOIN unit u ON u.id = s.lead_unit_id "
        "WHERE s.event_id = ? ORDER BY s.day_from",
        (event["id"],),
    ) or [(event["day"], event["state"], "")]  # followed by another step on the same day
    for place, (begun, state, unit) in enumerate(spans, start=1):
        at_end = place == len(spans)
        said = _texts(event) if at_end else ()
        yield Moment(
            begun or "日期不详",
            STATES[state].label,
            _LIGHTS.get(state, ""),
            unit,
            event["actor"] or "",
            said or (Item("", "期初登记"),),
            files.get(event["id"], ()) if at_end else (),
            part=f"problem_event:{event['id']}" if at_end else "",
            later=_later(begun, day),
        )


def _items(event: Row, deadline: str, beside: tuple[str, ...]) -> tuple[Item, ...]:
    """What a step says."""
    found = [*((Item("配合", "、".join(beside)),) if beside else ()), *_due(event, deadline), *_texts(event)]
    asked = QUESTIONS if event["kind"] in VERBS else {}  # a book's closing only keeps there that it was verified
    answers = [f"{label}：{ANSWERS.get(event[name], event[name])}" for name, label in asked.items() if event[name]]
    if event["rating"]:
        answers.append(f"满意度：{event['rating']}")
    if answers:
        found.append(Item("回访", "　".join(answers)))
    if event["understood"] is not None:
        found.append(Item("企业知晓", "是" if event["understood"] else "否"))
    told = "　".join(part for part in (event["method"] or "", event["contact"] or "") if part)
    if told:
        found.append(Item("方式" if event["method"] else "对方", told))
    return tuple(found)


def _due(event: Row, deadline: str) -> tuple[Item, ...]:
    due = str(event["due_day"] or "")
    if not due:
        return ()
    if event["kind"] not in SETS_DEADLINE:
        return (Item(_DUE_WORDS.get(event["kind"], "日期"), due),)
    return (Item("时限", f"{deadline} → {due}" if deadline and deadline != due else due),)


def _texts(event: Row) -> tuple[Item, ...]:
    told = (("", event["text"]), ("原因", event["reason"]), ("下一步", event["next_step"]))
    return tuple(Item(label, text) for label, text in told if text)


def _files(ledger: Ledger, problem: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Step → the files that hang on it: their ids and names."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    rows: list[Any] = ledger.rows(
        "SELECT a.row_id, a.id, a.name FROM attachment a WHERE a.table_name = 'problem_event' AND a.deleted_at IS NULL "
        "AND a.row_id IN (SELECT id FROM problem_event WHERE problem_id = ?) ORDER BY a.id",
        (problem,),
    )
    for event, file, name in rows:
        found[event] = (*found.get(event, ()), (file, name))
    return found


def _co_units(ledger: Ledger, problem: str) -> dict[int, tuple[str, ...]]:
    """Round → the co-units that were in it."""
    found: dict[int, tuple[str, ...]] = {}
    for number, name in ledger.rows(
        f"SELECT a.round, {UNIT} FROM assignment a JOIN unit u ON u.id = a.unit_id "
        "WHERE a.problem_id = ? AND a.role = 'co' AND a.deleted_at IS NULL ORDER BY a.id",
        (problem,),
    ):
        found[number] = (*found.get(number, ()), name)
    return found
