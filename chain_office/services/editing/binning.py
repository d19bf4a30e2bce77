"""The bin: a record goes there with its parts and comes back with them. What others hang on stays where it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.forms import forms
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.queries.editing.binned import in_bin
from chain_office.queries.editing.hanging import binned_with, naming, parts_of
from chain_office.queries.editing.rows import MODELS, live, row, rows
from chain_office.services.editing.coming_back import settled
from chain_office.services.editing.deriving import settle
from chain_office.services.editing.titles import noun_of, title_of
from chain_office.services.rota import back_up_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer

_SHOWN = 5
_MOST = 500
MANY = 20
"""From how many records on there is a backup before they go."""
TABLES = (*forms(), "attachment")
"""Tables whose rows people put in the bin by themselves."""


@dataclass(frozen=True, slots=True)
class Binned:
    """A line of the bin. ``at``: local time."""

    table: str
    row_id: str
    noun: str
    title: str
    at: str
    actor: str


def bin_records(ledger: Ledger, table: str, ids: Sequence[str], actor: str) -> Saved:
    """Move records to the bin with their parts. Refused whole if something else still names one of them, or a project
    would be left without a stage."""
    found = {one: kept for one, kept in rows(ledger, table, ids).items() if kept["deleted_at"] is None}
    if not found:
        raise KnownError(f"选中的{noun_of(table)}已经在回收站里了。")
    titles = [title_of(ledger, table, kept) for kept in found.values()]
    what = f"“{titles[0]}”" if len(titles) == 1 else f"{len(titles)} 条{noun_of(table)}"
    if len(found) >= MANY:
        back_up_before(ledger)
    with ledger.write(actor, f"{what}移入回收站") as writer:
        _refuse_if_named(ledger, table, list(found))
        parts = sum(_bin(ledger, writer, table, one) for one in found)
        _refuse_without_stage(ledger, table, [kept["project_id"] for kept in found.values() if "project_id" in kept])
        settle(ledger, writer, writer.touched)
        along = f"（连同 {parts} 条所属记录）" if parts else ""
        return Saved(writer.write_no, table, next(iter(found)), f"{what}已移入回收站{along}")


def _bin(ledger: Ledger, writer: Writer, table: str, row_id: str) -> int:
    """Bin a record and its parts; how many parts."""
    stamp = clock.stamp()
    parts = list(parts_of(ledger, table, row_id))
    for part, one in [(table, row_id), *parts]:
        writer.update(MODELS[part], one, {"deleted_at": stamp})
    return len(parts)


def _refuse_if_named(ledger: Ledger, table: str, ids: Sequence[str]) -> None:
    wrong = []
    for one in ids:
        hangs = naming(ledger, table, one)
        if hangs:
            told = "、".join(f"{number} 条{noun_of(other)}" for other, number in hangs.items())
            wrong.append(f"“{title_of(ledger, table, row(ledger, table, one) or {})}”还有 {told}")
    if wrong:
        more = f"等 {len(wrong)} 条" if len(wrong) > _SHOWN else ""
        raise KnownError(f"{'；'.join(wrong[:_SHOWN])}{more}，不能移入回收站；请先处理这些记录。")


def _refuse_without_stage(ledger: Ledger, table: str, projects: Sequence[str]) -> None:
    if table != "stage_change":
        return
    for project in projects:
        if not live(ledger, "stage_change", project_id=project):
            raise KnownError("项目至少要有一条阶段记录，不能全部移入回收站；请改为修改这一条。")


def unbin(ledger: Ledger, table: str, ids: Sequence[str], actor: str) -> Saved:
    """Take records out of the bin with the parts that went there with them."""
    found = {one: kept for one, kept in rows(ledger, table, ids).items() if kept["deleted_at"] is not None}
    if not found:
        raise KnownError(f"选中的{noun_of(table)}不在回收站里，可能已经恢复。")
    titles = [title_of(ledger, table, kept) for kept in found.values()]
    what = f"“{titles[0]}”" if len(titles) == 1 else f"{len(titles)} 条{noun_of(table)}"
    with ledger.write(actor, f"从回收站恢复{what}") as writer:
        for one in found:
            for part, row_id in [*binned_with(ledger, table, one), (table, one)]:
                refuse_if_taken(ledger, part, row_id)
                writer.update(MODELS[part], row_id, {"deleted_at": None})
        settled(ledger, writer)
        return Saved(writer.write_no, table, next(iter(found)), f"{what}已从回收站恢复")


_ONE_OF = {
    "monthly_output": ("enterprise_id", "month"),
    "project_month": ("project_id", "month"),
    "project_plan": ("project_id", "year"),
}
"""Columns that only one live row may have alike."""


def refuse_if_taken(ledger: Ledger, table: str, row_id: str) -> None:
    """Raise KnownError if another row has taken the place a row in the bin would come back to."""
    kept = row(ledger, table, row_id)
    if kept is None or table not in _ONE_OF:
        return
    if live(ledger, table, **{column: kept[column] for column in _ONE_OF[table]}):
        raise KnownError(f"“{title_of(ledger, table, kept)}”已另有一条，不能再恢复这一条；请先把现有的移入回收站。")


def binned(ledger: Ledger, most: int = _MOST) -> tuple[Binned, ...]:
    """The newest lines of the bin."""
    return tuple(
        Binned(
            one.table,
            one.row_id,
            noun_of(one.table),
            title_of(ledger, one.table, row(ledger, one.table, one.row_id) or {}),
            _local(one.at),
            one.actor,
        )
        for one in in_bin(ledger, TABLES, most)
    )


def _local(at: str) -> str:
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at
