"""Saving a form: looked at as a whole, merged with what others did meanwhile, written in one piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office import clock
from chain_office.db.forms import form
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Clash, Clashing, Edit, Fault, Faulty, Saved
from chain_office.queries.editing.options import options
from chain_office.queries.editing.rows import MODELS, head, rows, since, version
from chain_office.queries.editing.rows import row as row_of
from chain_office.services.editing.case import Case
from chain_office.services.editing.checking import between, cleaned, faults
from chain_office.services.editing.deriving import begin, bring_along, derived, settle
from chain_office.services.editing.opening import loaded
from chain_office.services.editing.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.domain.forms import Form, FormField
    from chain_office.queries.editing.rows import Row, Since

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """One record's save, worked out. ``values``: columns to write; ``beside``: what others changed in the meantime."""

    case: Case
    values: dict[str, Any]
    beside: str = ""


def save(ledger: Ledger, edit: Edit, actor: str, *, accept: Set[str] = frozenset()) -> Saved:
    """Save what a person changed in a form; nothing is written if nothing is new. ``accept``: names of fields whose
    warnings the person stays with. Raises :class:`Faulty` or :class:`Clashing`."""
    basis = head(ledger)
    plan = plan_edit(ledger, edit, accept)
    case, noun = plan.case, plan.case.form.noun
    title = title_of(ledger, edit.table, case.after)
    if not case.is_new and not plan.values:
        return Saved(0, edit.table, edit.row_id, f"“{title}”没有改动")
    labels = "、".join(case.label(field.name) for field in case.form if field.name in case.changed)
    reason = f"新建{noun}“{title}”" if case.is_new else f"修改{noun}“{title}”：{labels}"
    with ledger.write(actor, reason) as writer:
        if head(ledger) != basis:  # somebody wrote between the looking and the write
            plan = plan_edit(ledger, edit, accept)
        row_id, said = store(ledger, writer, plan)
        settle(ledger, writer, writer.touched)
        first = f"已新建{noun}“{title}”" if case.is_new else f"已保存“{title}”"
        parts = [first, *said, *([plan.beside] if plan.beside else []), *_hint(case)]
        return Saved(writer.write_no, edit.table, row_id, "；".join(parts))


def save_together(
    ledger: Ledger,
    edits: Sequence[Callable[[tuple[str, ...]], Edit]],
    actor: str,
    reason: str,
    *,
    accept: Set[str] = frozenset(),
) -> Saved:
    """Save several new records in one write, all or none. Each of ``edits`` is given the ids of those before it, so that one
    may hang on another; the last is the one the person filled in. Raises :class:`Faulty`."""
    with ledger.write(actor, reason) as writer:
        made: tuple[str, ...] = ()
        table = ""
        for one in edits:
            edit = one(made)
            row_id, _ = store(ledger, writer, plan_edit(ledger, edit, accept))
            made, table = (*made, row_id), edit.table
        settle(ledger, writer, writer.touched)
        return Saved(writer.write_no, table, made[-1] if made else "", f"已{reason}")


def _hint(case: Case) -> list[str]:
    """What a new record still needs to count."""
    if not case.is_new:
        return []
    return {"enterprise": ["登记在册记录后才计入规上企业"], "problem": ["现为待筛选"]}.get(case.form.table, [])


def store(ledger: Ledger, writer: Writer, plan: Plan) -> tuple[str, list[str]]:
    """Write one record's plan; its id, and what was brought along with it in words."""
    case, table = plan.case, plan.case.form.table
    if case.before is None:
        row_id = writer.insert(MODELS[table], plan.values)
        begin(writer, table, row_id, case.after)
        return row_id, []
    writer.update(MODELS[table], case.row_id, plan.values)
    return case.row_id, bring_along(ledger, writer, table, case.before, case.after)


def plan_edit(ledger: Ledger, edit: Edit, accept: Set[str]) -> Plan:
    """What saving this would write, looked at as a whole. Raises :class:`Faulty` or :class:`Clashing`."""
    shape = form(edit.table)
    values, bad = cleaned(shape, edit.changes)
    if not edit.row_id:
        case = _case(ledger, shape, None, _empty(edit.table), values)
        _refuse(bad, case, accept)
        return Plan(case, _written(shape, case))
    before = row_of(ledger, edit.table, edit.row_id)
    if before is None or before["deleted_at"] is not None:
        where = "已被移入回收站，请先恢复它" if before else "已不在台账里，请刷新后再试"
        raise KnownError(f"这条{shape.noun}{where}。")
    moved = since(ledger, edit.table, edit.row_id, edit.version)
    _refuse_clashes(ledger, shape, before, values, moved)
    case = _case(ledger, shape, before, before, values)
    _refuse(bad, case, accept)
    others = [field for field in shape if field.name in moved and field.name not in values]
    return Plan(case, _written(shape, case), _beside(others, moved))


def _beside(others: Sequence[FormField], moved: dict[str, Since]) -> str:
    if not others:
        return ""
    labels = "、".join(field.spec.label for field in others)
    return f"{moved[others[-1].name].actor or '别的程序'}刚改过的{labels}也都保留"


def _case(ledger: Ledger, shape: Form, before: Row | None, base: Row, values: dict[str, Any]) -> Case:
    """The record as it would be, with what follows from it."""
    changed = frozenset(name for name, value in values.items() if base[name] != value)
    after = {**base, **{name: values[name] for name in changed}}
    after |= derived(ledger, shape.table, before, after, changed)
    more = frozenset(field.name for field in shape if after[field.name] != base[field.name])
    return Case(ledger, shape, base["id"] if before else "", before, after, changed | more, clock.today())


def _empty(table: str) -> Row:
    """A row nothing was typed into."""
    fields = MODELS[table]._meta.sorted_fields
    return {one.column_name: None if callable(one.default) else one.default for one in fields} | {"id": ""}


def _written(shape: Form, case: Case) -> dict[str, Any]:
    """The columns to write: all that differ; of a new record all that say something."""
    if case.before is not None:
        return {name: value for name, value in case.after.items() if value != case.before[name]}
    mine = {field.name for field in shape}
    kept = {"id", "version", "deleted_at", "number"}
    return {
        name: value for name, value in case.after.items() if name not in kept and (value is not None or name in mine)
    }


def _refuse(bad: list[Fault], case: Case, accept: Set[str]) -> None:
    unread = {fault.name for fault in bad}
    found = [*bad, *(fault for fault in faults(case) if fault.name not in unread)]
    stopping = [fault for fault in found if fault.stops]
    if stopping or any(fault.name not in accept for fault in found):
        order = {field.name: place for place, field in enumerate(case.form)}
        raise Faulty(tuple(sorted(found, key=lambda fault: (not fault.stops, order.get(fault.name, -1)))))


def _refuse_clashes(ledger: Ledger, shape: Form, now: Row, values: dict[str, Any], moved: dict[str, Since]) -> None:
    clashes = tuple(
        Clash(
            field.name,
            field.spec.label,
            values[field.name],
            now[field.name],
            moved[field.name].original,
            shown(ledger, field, values[field.name]),
            shown(ledger, field, now[field.name]),
            shown(ledger, field, moved[field.name].original),
        )
        for field in shape
        if field.name in values
        and field.name in moved
        and now[field.name] not in (values[field.name], moved[field.name].original)
        and values[field.name] != moved[field.name].original
    )
    if clashes:
        raise Clashing(clashes, loaded(ledger, shape.table, now))


def shown(ledger: Ledger, field: FormField, value: object) -> str:
    """A stored value as a text to compare."""
    if value is None:
        return "（空）"
    if field.link:
        return next((one.label for one in options(ledger, field.link, [str(value)])), "（已不在台账里）")
    return field.spec.kind.edit(value)


def change_many(
    ledger: Ledger,
    table: str,
    ids: Sequence[str],
    field: str,
    value: object,
    actor: str,
    *,
    accept: Set[str] = frozenset(),
) -> Saved:
    """Set one field of several records in one write. Refused whole (:class:`Faulty`), naming the records."""
    shape = form(table)
    label = shape.field(field).spec.label
    basis = head(ledger)
    plans = _plan_many(ledger, table, ids, {field: value}, accept)
    if not plans:
        return Saved(0, table, "", f"选中的 {len(ids)} 条{shape.noun}的{label}本来就是这样，没有改动")
    with ledger.write(actor, f"批量修改 {len(plans)} 条{shape.noun}：{label}") as writer:
        if head(ledger) != basis:
            plans = _plan_many(ledger, table, ids, {field: value}, accept)
        for plan in plans:
            store(ledger, writer, plan)
        _refuse_among_themselves(ledger, plans)
        settle(ledger, writer, writer.touched)
        said = f"已修改 {len(plans)} 条{shape.noun}的{label}"
        return Saved(writer.write_no, table, plans[0].case.row_id, said)


def _refuse_among_themselves(ledger: Ledger, plans: Sequence[Plan]) -> None:
    """Raise :class:`Faulty` where records changed together contradict one another, which none of them did alone."""
    wrong: list[tuple[str, Fault]] = []
    for plan in plans:
        rules = between(plan.case.form.table)
        if rules is not None:
            title = title_of(ledger, plan.case.form.table, plan.case.after)
            wrong += [(title, fault) for fault in rules(plan.case) if fault.stops]
    if wrong:
        raise Faulty(together(wrong))


def _plan_many(
    ledger: Ledger, table: str, ids: Sequence[str], changes: dict[str, object], accept: Set[str]
) -> list[Plan]:
    found = rows(ledger, table, ids)
    plans: list[Plan] = []
    wrong: list[tuple[str, Fault]] = []
    for row_id in ids:
        at = version(ledger, table, row_id) if row_id in found else 0
        try:
            plan = plan_edit(ledger, Edit(table, row_id, at, changes), accept)
        except Faulty as error:
            wrong += [(title_of(ledger, table, found[row_id]), fault) for fault in error.faults]
            continue
        if plan.values:
            plans.append(plan)
    if wrong:
        raise Faulty(together(wrong))
    return plans


def together(wrong: list[tuple[str, Fault]]) -> tuple[Fault, ...]:
    """The same fault of several records as one, naming a few."""
    by_fault: dict[Fault, list[str]] = {}
    for title, fault in wrong:
        by_fault.setdefault(fault, []).append(title)
    return tuple(
        Fault(fault.name, f"{_few(titles)}：{fault.message}", fault.stops) for fault, titles in by_fault.items()
    )


def _few(titles: list[str]) -> str:
    more = f"等 {len(titles)} 条" if len(titles) > _SHOWN else ""
    return "、".join(f"“{title}”" for title in titles[:_SHOWN]) + more
