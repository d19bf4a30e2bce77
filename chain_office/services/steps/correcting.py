"""The last step of a problem put right: its texts corrected, or the step taken back. Steps before it stay as they were: what
came after them stands on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chain_office.db.models import Assignment, Problem, ProblemEvent
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Fault, Faulty, Saved
from chain_office.domain.secrecy import find_secrecy_mark
from chain_office.domain.steps import StepForm
from chain_office.domain.walking import decided, told
from chain_office.domain.workflow import VERBS
from chain_office.queries.editing.rows import recorded
from chain_office.queries.editing.rows import row as row_of
from chain_office.queries.step_offers import written_with
from chain_office.queries.steps import desks
from chain_office.services.editing.case import warn
from chain_office.services.editing.checking import cleaned
from chain_office.services.editing.coming_back import settled
from chain_office.services.steps.shapes import step_shape
from chain_office.services.steps.taking import title

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from chain_office.db.ledger import Ledger
    from chain_office.db.models import Record
    from chain_office.db.session import Writer
    from chain_office.queries.editing.rows import Row
    from chain_office.queries.steps import Desk

_TEXTS = ("text", "reason", "next_step", "method", "contact")
"""What may be put right without taking the step back: none of it decides what comes after."""
_FOLLOWING = ("progress", "reason", "next_step")
"""Columns of the problem that repeat such a text."""
_MODELS: dict[str, type[Record]] = {"problem": Problem, "problem_event": ProblemEvent, "assignment": Assignment}


def correction(ledger: Ledger, event_id: str) -> StepForm:
    """The texts of a problem's last step in a form. Raises KnownError for any other step."""
    event, desk = _last(ledger, event_id, "修改")
    verb = VERBS[event["kind"]]
    shape = step_shape(verb.id)
    fields = tuple(field for field in shape if field.name in _TEXTS)
    if not fields:
        raise KnownError(f"“{verb.told}”没有可以修改的文字；记错了请撤销这一步，再重新登记。")
    return StepForm(
        verb,
        replace(shape, fields=fields),
        {desk.id: desk.seq},
        {field.name: event[field.name] for field in fields},
        notes=(f"修改 {event['day']}“{verb.told}”的文字；日期、单位、时限记错了，请撤销这一步再登记",),
    )


def correct(
    ledger: Ledger, event_id: str, values: Mapping[str, object], actor: str, *, accept: Set[str] = frozenset()
) -> Saved:
    """Put the texts of a problem's last step right. Raises Faulty or KnownError, and then nothing is written."""
    event, desk = _last(ledger, event_id, "修改")
    verb = VERBS[event["kind"]]
    shape = step_shape(verb.id)
    clean, wrong = cleaned(shape, {name: value for name, value in values.items() if name in _TEXTS})
    for name, value in clean.items():
        field = shape.field(name)
        if field.required and not value:
            wrong.append(Fault(name, f"{field.spec.label}没有填"))
        mark = find_secrecy_mark(value) if isinstance(value, str) else None
        if mark is not None:
            wrong.append(warn(name, f"{field.spec.label}：{mark.reason}"))
    if any(fault.stops or fault.name not in accept for fault in wrong):
        raise Faulty(tuple(wrong))
    changes = {name: value for name, value in clean.items() if event[name] != value}
    if not changes:
        return Saved(0, "problem", desk.id, f"“{verb.told}”没有改动")
    labels = "、".join(shape.field(name).spec.label for name in changes)
    with ledger.write(actor, f"修改“{title(desk)}”的步骤“{verb.told}”：{labels}") as writer:
        _last(ledger, event_id, "修改")
        writer.update(ProblemEvent, event_id, changes)
        after = decided(desks(ledger, [desk.id])[desk.id].steps)
        before = decided(desk.steps)
        follow = {
            name: after.get(name)
            for name in _FOLLOWING
            if before.get(name) != after.get(name) and desk.row[name] == before.get(name)
        }
        if follow:
            writer.update(Problem, desk.id, follow)
        return Saved(writer.write_no, "problem", desk.id, f"已修改“{verb.told}”的文字")


def take_back(ledger: Ledger, event_id: str, actor: str) -> Saved:
    """Take a problem's last step back: what was written of this problem with it is as it was before. Of a step several
    problems took together only this one's is taken back. Raises KnownError where something stands on it."""
    event, desk = _last(ledger, event_id, "撤销")
    word = VERBS[event["kind"]].told
    with ledger.write(actor, f"撤销：{word}“{title(desk)}”") as writer:
        _last(ledger, event_id, "撤销")
        _restore(ledger, writer, desk, event_id)
        settled(ledger, writer)
        return Saved(writer.write_no, "problem", desk.id, f"已撤销“{word}”（{desk.number}）")


def _restore(ledger: Ledger, writer: Writer, desk: Desk, event_id: str) -> None:
    rows = written_with(ledger, desk.id, event_id)
    made = {(table, row_id) for op, table, row_id, *_ in rows if op == "insert"}
    changed: dict[tuple[str, str], dict[str, Any]] = {}
    said = decided(desk.steps)  # its texts may have been corrected since
    for op, table, row_id, field, before, after in rows:
        if op == "insert" or (table, row_id) in made:
            continue
        column = _MODELS[table]._meta.combined[field].column_name
        now = row_of(ledger, table, row_id)
        stands = (recorded(table, column, after), *([said[column]] if table == "problem" and column in said else []))
        if now is None or now[column] not in stands:
            raise KnownError(f"这一步之后，问题 {desk.number} 又被修改过，没有撤销；请先撤销后来的修改。")
        changed.setdefault((table, row_id), {})[column] = recorded(table, column, before)
    for (table, row_id), values in changed.items():
        writer.update(_MODELS[table], row_id, values)
    for table, row_id in sorted(made):
        writer.bin(_MODELS[table], row_id)


def _last(ledger: Ledger, event_id: str, act: str) -> tuple[Row, Desk]:
    """The step and its problem. Raises KnownError unless it is the last one, taken by a person."""
    event = row_of(ledger, "problem_event", event_id)
    desk = desks(ledger, [event["problem_id"]]).get(event["problem_id"]) if event else None
    if event is None or desk is None or event["deleted_at"] is not None:
        raise KnownError("这一步已不在台账里，可能刚被撤销；请刷新后再看。")
    if event["kind"] not in VERBS:
        raise KnownError(f"“{told(event['kind'])}”不是逐步办理的步骤，不能单独{act}；导入的请到“导入”里撤销那一次。")
    if event["seq"] != desk.seq:
        raise KnownError(f"“{VERBS[event['kind']].told}”之后又有新的步骤，只能{act}最后一步；请先撤销后来的步骤。")
    return event, desk
