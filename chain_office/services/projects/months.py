"""The month's table: read, entered cell by cell, carried over from the month before; signed off once a month and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import MonthFreeze, ProjectMonth
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit, Saved
from chain_office.domain.periods import add_to_month, month_of
from chain_office.domain.project_changes import Difference, differences, restated
from chain_office.domain.project_months import MonthLine, from_text, table_of, to_text
from chain_office.queries.editing.rows import live, version
from chain_office.queries.projects_desk.months import MonthRow, day_of, freeze_of, freezes, month_rows, months_known
from chain_office.queries.projects_desk.nodes import month_nodes
from chain_office.services.editing import save

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.project_months import MonthNode, MonthTable

DESK: Final = "projects"


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A month to enter: its rows, and how it was signed off. ``restated``: what was put right since."""

    month: str
    day: date
    rows: tuple[MonthRow, ...]
    signed_day: str
    signed_by: str
    restated: tuple[Difference, ...]
    months: tuple[str, ...]

    @property
    def frozen(self) -> bool:
        """Whether it is signed off."""
        return bool(self.signed_day)

    @property
    def missing(self) -> tuple[MonthRow, ...]:
        """Projects being built that have not reported."""
        return tuple(row for row in self.rows if row.due and not row.reported)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two months side by side."""

    first: MonthTable
    second: MonthTable
    differences: tuple[Difference, ...]


def read_sheet(ledger: Ledger, month: str, day: date) -> MonthSheet:
    """A month's table at a cut-off day."""
    rows, signed = month_rows(ledger, month, day), freeze_of(ledger, month)
    put_right: tuple[Difference, ...] = ()
    if signed is not None:
        frozen = from_text(signed[3], signed[1], signed[2])
        put_right = restated(frozen, live_table(ledger, month, day))
    return MonthSheet(
        month,
        day_of(month, day),
        rows,
        signed[1] if signed else "",
        signed[2] if signed else "",
        put_right,
        read_months(ledger, day, (month,)),
    )


def read_months(ledger: Ledger, day: date, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The months there is something to look at in: those reported or signed off, the year's so far, the latest first."""
    now = month_of(day)
    year = (f"{day.year:04d}-{month:02d}" for month in range(1, day.month + 1))
    known = {*months_known(ledger), *year, *more, add_to_month(now, -1)}
    return tuple(sorted((one for one in known if one <= now), reverse=True))


def put(
    ledger: Ledger, project: str, month: str, changes: Mapping[str, object], actor: str, accept: Set[str] = frozenset()
) -> Saved:
    """Save what was typed for a project's month through its form's rules: an amount of the month brings the cumulatives
    along where they followed from it. Raises as :func:`~chain_office.services.editing.save` does."""
    found = live(ledger, "project_month", project_id=project, month=month)
    row_id = str(found[0]["id"]) if found else ""
    values: dict[str, object] = {**changes}
    if not row_id:
        values = {"project_id": project, "month": month, **values}
    edit = Edit("project_month", row_id, version(ledger, "project_month", row_id) if row_id else 0, values)
    return save(ledger, edit, actor, accept=accept)


def with_cumulatives(row: MonthRow, month_yuan: int | None) -> dict[str, object]:
    """What an amount of the month makes of the cumulatives: the month before plus this one, where they are not entered
    yet or followed from the old amount in the same way."""
    found: dict[str, object] = {"month_done_yuan": month_yuan}
    if month_yuan is None:
        return found
    now, last = row.now, row.last
    fits = row.adjoins or row.month.endswith("-01")
    if row.year_before is not None and fits and (now.year_yuan is None or row.year_gap == 0 or _carried(row, "year")):
        found["year_done_yuan"] = row.year_before + month_yuan
    if (
        last.total_yuan is not None
        and row.adjoins
        and (now.total_yuan is None or row.total_gap == 0 or _carried(row, "total"))
    ):
        found["total_done_yuan"] = last.total_yuan + month_yuan
    return found


def _carried(row: MonthRow, what: str) -> bool:
    """Whether a cumulative is still the one that was carried over from the month before."""
    pairs = {
        "year": (row.now.year_yuan, row.year_before),
        "total": (row.now.total_yuan, row.last.total_yuan),
    }
    now, before = pairs[what]
    return row.now.month_yuan is None and now is not None and now == before


def carried(row: MonthRow) -> dict[str, Any]:
    """What is carried over from the last report: cumulatives of the same year and since the start, the progress in
    words; the amount of the month is left empty."""
    last = row.last
    same_year = last.month[:4] == row.month[:4]
    return {
        "year_done_yuan": last.year_yuan if same_year else None,
        "total_done_yuan": last.total_yuan,
        "image_progress": last.text or None,
    }


def confirm(ledger: Ledger, month: str, day: date, projects: Sequence[str], actor: str) -> Saved:
    """Take what is carried over as the month's report of these projects, in one write. Raises :class:`KnownError`."""
    if freeze_of(ledger, month) is not None:
        raise KnownError(f"{month} 已经封账，不能整批沿用上月；要更正请逐个修改。")
    wanted = set(projects)
    rows = [row for row in month_rows(ledger, month, day) if row.stood.id in wanted and not row.reported]
    kept = {row.stood.id: carried(row) for row in rows}
    made = [
        {"project_id": project, "month": month, "month_done_yuan": None, **values}
        for project, values in kept.items()
        if any(value is not None for value in values.values())
    ]
    if not made:
        raise KnownError("选中的项目没有可以沿用的上月数据，或者已经报过本月。")
    with ledger.write(actor, f"{month} 调度：{len(made)} 个项目沿用上月") as writer:
        ids = writer.insert_many(ProjectMonth, made)
        return Saved(writer.write_no, "project_month", ids[0], f"{month} 有 {len(made)} 个项目沿用上月的累计和形象进度")


# A month as a whole.


def live_table(ledger: Ledger, month: str, day: date) -> MonthTable:
    """A month as the ledger tells it now."""
    at = day_of(month, day)
    nodes = month_nodes(ledger, at)
    rows = month_rows(ledger, month, day)
    return table_of(month, at.isoformat(), [_line(row, nodes.get(row.stood.id, ())) for row in rows])


def month_table(ledger: Ledger, month: str, day: date) -> MonthTable:
    """A month as it was signed off, else as the ledger tells it."""
    signed = freeze_of(ledger, month)
    return live_table(ledger, month, day) if signed is None else from_text(signed[3], signed[1], signed[2])


def frozen_tables(ledger: Ledger) -> tuple[MonthTable, ...]:
    """Every month that was signed off."""
    return tuple(from_text(data, day, who) for _, day, who, data in freezes(ledger).values())


_TOLD: Final = frozenset({"red", "amber"})
"""Lights whose reason is kept with the month."""


def _line(row: MonthRow, nodes: Sequence[MonthNode]) -> MonthLine:
    stood, now = row.stood, row.now
    return MonthLine(
        stood.id, stood.number, stood.name, stood.place, stood.stage,
        stood.stage_day.isoformat() if stood.stage_day else "",
        stood.total_yuan, stood.plan_yuan, now.month_yuan,
        stood.done_yuan, now.total_yuan if now.total_yuan is not None else row.last.total_yuan,
        stood.month,
        now.text if row.reported else row.last.text, stood.light,
        stood.why if stood.light in _TOLD else "", row.reported, row.due,
        tuple(nodes),
    )  # fmt: skip


def freeze(
    ledger: Ledger, month: str, day: date, signed_by: str, actor: str, wanted: Callable[[], object] = lambda: None
) -> Saved:
    """Sign a month off: every project as it stands at its end is kept. ``wanted`` may raise, before anything is written, to
    break it off. Raises :class:`KnownError`."""
    who = signed_by.strip()
    if not who:
        raise KnownError("请写上谁签字封账。")
    if month > month_of(day):
        raise KnownError(f"{month} 还没有到（截止日 {day.isoformat()}），不能封账。")
    signed = freeze_of(ledger, month)
    if signed is not None:
        raise KnownError(f"{month} 已于 {signed[1]} 由{signed[2]}封账。")
    table = live_table(ledger, month, day)
    if not table.lines:
        raise KnownError(f"{month} 没有纳入调度的项目，不用封账。")
    wanted()
    data = to_text(table)
    wanted()
    with ledger.write(actor, f"{month} 项目调度封账，{who}签字") as writer:
        made = writer.insert(MonthFreeze, {"desk": DESK, "month": month, "day": day, "signed_by": who, "data": data})
        return Saved(writer.write_no, "month_freeze", made, f"{month} 已封账：{len(table.lines)} 个项目，{who}签字")


def compare(
    ledger: Ledger, first: str, second: str, day: date, step: Callable[[str], None] = lambda _doing: None
) -> Comparison:
    """Two months, signed off or as they stand; of signed ones what was put right since is told too. ``step`` is told what
    is being done, and may raise to break it off."""
    step(f"正在读 {first}")
    before = month_table(ledger, first, day)
    step(f"正在读 {second}")
    after = month_table(ledger, second, day)
    step("正在逐项目比对")
    found = list(differences(before, after))
    for one in (before, after) if first != second else (before,):
        if one.frozen:
            step(f"正在核对 {one.month} 封账以后的更正")
            found += restated(one, live_table(ledger, one.month, day))
    return Comparison(before, after, tuple(found))
