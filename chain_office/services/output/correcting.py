"""Correcting a month that was signed off: dated, with a reason; what stood before is kept, so that figures as of an earlier
day stay what they were. A report that comes late into such a month is a correction of nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from chain_office import clock
from chain_office.db.forms import form
from chain_office.db.models import MonthlyOutput, OutputCorrection
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Fault, Faulty, Saved
from chain_office.domain.secrecy import find_survey_mark
from chain_office.queries.editing.rows import live
from chain_office.queries.editing.rows import row as row_of
from chain_office.queries.output_desk.signed import last_correction, sign_off_of
from chain_office.queries.output_reports import AMOUNTS
from chain_office.services.editing.case import Case
from chain_office.services.editing.rules_output import amount_faults
from chain_office.services.editing.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.queries.editing.rows import Row

SOURCE: Final = "企业自报"
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Correction:
    """One firm's month as it shall be. ``values``: the amounts that change, by field (None: taken away); the others stay.
    ``source``: where a late report comes from."""

    enterprise_id: str
    month: str
    values: Mapping[str, int | None]
    source: str = SOURCE


@dataclass(frozen=True, slots=True)
class _Step:
    """``row`` None: a late report. ``changed``: the amounts that differ."""

    wanted: Correction
    row: Row | None
    changed: Mapping[str, int | None]


def correct(
    ledger: Ledger,
    wanted: Sequence[Correction],
    reason: str,
    actor: str,
    *,
    day: date | None = None,
    accept: Set[str] = frozenset(),
) -> Saved:
    """Correct signed-off months in one write. ``day``: from which on it counts (today), never before the sign-off nor before
    the report's last correction. ``accept``: fields whose warnings the person stays with. Raises :class:`KnownError` saying
    what is missing, or :class:`Faulty`."""
    on, why = day or clock.today(), reason.strip()
    _refuse_words(why, on)
    steps = [step for one in wanted if (step := _step(ledger, one, on)) is not None]
    if not steps:
        return Saved(0, "monthly_output", "", "改后的数与现在相同，没有改动")
    _refuse_faults(ledger, steps, accept)
    months = "、".join(sorted({step.wanted.month for step in steps}))
    first = _name(ledger, steps[0].wanted.enterprise_id)
    what = f"“{first}” {months}" if len(steps) == 1 else f"{months} {len(steps)} 家企业"
    with ledger.write(actor, f"更正 {what} 产值：{why}") as writer:
        ids = [_write(writer, step, why, on, actor) for step in steps]
        said = f"已登记更正：{what}，自 {on.isoformat()} 起计；更早日期的数字不变"
        return Saved(writer.write_no, "monthly_output", ids[0], said)


def _refuse_words(why: str, on: date) -> None:
    if not why:
        raise KnownError("更正原因没有填；已签认的月份改动要写明原因。")
    if len(why) > _LONGEST:
        raise KnownError(f"更正原因太长（{len(why):,} 字），最多 {_LONGEST:,} 字。")
    mark = find_survey_mark(why)
    if mark is not None:
        raise KnownError(f"更正原因：{mark.reason}，没有保存。")
    if on > clock.today():
        raise KnownError(f"更正日期 {on.isoformat()} 还没有到，请改成今天或以前的日期。")


def _step(ledger: Ledger, one: Correction, on: date) -> _Step | None:
    """What a correction changes; None for nothing."""
    unknown = set(one.values) - set(AMOUNTS)
    if unknown:
        message = f"not an amount of a month: {unknown}"
        raise ValueError(message)
    name = _name(ledger, one.enterprise_id)
    signed = sign_off_of(ledger, one.month)
    if signed is None:
        raise KnownError(f"{one.month} 还没有签认，“{name}”的数直接修改即可，不用登记更正。")
    if on < signed.day:
        raise KnownError(
            f"更正日期 {on.isoformat()} 早于 {one.month} 的签认日期 {signed.day.isoformat()}，请改成签认以后的日期。"
        )
    rows = live(ledger, "monthly_output", enterprise_id=one.enterprise_id, month=one.month)
    row = rows[0] if rows else None
    changed = {field: value for field, value in one.values.items() if value != (row[field] if row else None)}
    if not changed:
        return None
    last = last_correction(ledger, row["id"]) if row else None
    if last is not None and on < last:
        raise KnownError(f"“{name}” {one.month} 在 {last.isoformat()} 已更正过，新的更正日期不能早于那一天。")
    return _Step(one, row, changed)


def _refuse_faults(ledger: Ledger, steps: Sequence[_Step], accept: Set[str]) -> None:
    """The form's own rules of the amounts, except that the month is locked."""
    shape = form("monthly_output")
    found: list[Fault] = []
    for step in steps:
        before = step.row
        base: dict[str, Any] = dict(before) if before else {field.name: None for field in shape}
        after = {**base, "enterprise_id": step.wanted.enterprise_id, "month": step.wanted.month, **step.changed}
        after["source"] = after.get("source") or step.wanted.source
        case = Case(
            ledger, shape, before["id"] if before else "", before, after, frozenset(step.changed), clock.today()
        )
        if all(after[field] is None for field in AMOUNTS):
            continue  # the report is taken back: it tells nothing from that day on
        for fault in amount_faults(case):
            if fault.stops or fault.name not in accept:
                name = title_of(ledger, "monthly_output", after)
                found.append(Fault(fault.name, f"{name}：{fault.message}", fault.stops))
    if found:
        raise Faulty(tuple(sorted(found, key=lambda fault: not fault.stops)))


def _write(writer: Writer, step: _Step, why: str, on: date, actor: str) -> str:
    if step.row is None:
        row_id = writer.insert(
            MonthlyOutput,
            {
                "enterprise_id": step.wanted.enterprise_id,
                "month": step.wanted.month,
                "source": step.wanted.source,
                "filed_day": on,
                **step.changed,
            },
        )
        before: dict[str, int | None] = dict.fromkeys(AMOUNTS)
    else:
        row_id, before = step.row["id"], {field: step.row[field] for field in AMOUNTS}
        changes: dict[str, object] = dict(step.changed)
        if not step.row["source"]:
            changes["source"] = step.wanted.source
        writer.update(MonthlyOutput, row_id, changes)
    writer.insert(OutputCorrection, {"output_id": row_id, "day": on, "reason": why, "actor": actor, **before})
    return row_id


def _name(ledger: Ledger, firm: str) -> str:
    found = row_of(ledger, "enterprise", firm)
    return str(found["name"]) if found else ""
