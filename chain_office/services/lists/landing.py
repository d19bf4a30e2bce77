"""A courted project that landed becomes a project: one act, one write, one 撤销."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office import clock
from chain_office.db.models import Project, Prospect, StageChange, record_number
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.names import name_key
from chain_office.queries.editing.rows import live, row
from chain_office.services.editing.deriving import derived, settle

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

TABLE: Final = "prospect"
_TAKEN: Final = ("name", "content", "total_yuan", "segment_id", "district_id", "park_id", "unit")
"""What the project takes over under the same name."""


def land(ledger: Ledger, prospect_id: str, day: date, actor: str) -> Saved:
    """Make the project of a prospect (拟开工), or link the one of the same name that is there already. It landed on the day
    that is recorded, else on ``day``. Refuses one that has become a project or was given up."""
    mine = row(ledger, TABLE, prospect_id)
    if mine is None or mine["deleted_at"] is not None:
        raise KnownError("这个招商项目已不在台账里，请刷新后再试。")
    name = str(mine["name"])
    linked = row(ledger, "project", mine["project_id"]) if mine["project_id"] else None
    if linked is not None and linked["deleted_at"] is None:
        known_as = record_number("project", linked["number"] or 0)
        raise KnownError(f"“{name}”已转为项目 {known_as}“{linked['name']}”，不用再转。")
    if mine["ended_day"] is not None:
        raise KnownError(f"“{name}”已在 {mine['ended_day']} 终止；要转为项目，请先清空终止时间。")
    landed = mine["landed_day"] or min(day, clock.today())
    for earlier, word in (("signed_day", "签约"), ("met_day", "接洽")):
        if mine["landed_day"] is None and mine[earlier] is not None and mine[earlier] > landed:
            raise KnownError(f"“{name}”的{word}时间 {mine[earlier]} 晚于截止日 {landed}；请先填写落地时间再转。")
    same = live(ledger, "project", name_key=name_key(name))
    with ledger.write(actor, f"招商项目“{name}”落地，转为项目") as writer:
        if same:
            project_id, number = same[0]["id"], same[0]["number"] or 0
            said = f"“{name}”已落地，台账里已有同名项目 {record_number('project', number)}，已关联"
        else:
            values = {column: mine[column] for column in _TAKEN if mine[column] is not None}
            values |= {"owner": mine["investor"]} if mine["investor"] else {}
            empty = {"start_day": None, "finish_day": None}
            values |= derived(ledger, "project", None, {**empty, **values}, frozenset(values))
            project_id = writer.insert(Project, values)
            step = {"project_id": project_id, "stage": values["stage"], "day": landed, "reason": "招商项目落地"}
            writer.insert(StageChange, step)
            said = f"“{name}”已落地，转为拟开工项目"
        changes = {"project_id": project_id, **({} if mine["landed_day"] else {"landed_day": landed})}
        writer.update(Prospect, prospect_id, changes)
        settle(ledger, writer, writer.touched)
        return Saved(writer.write_no, TABLE, prospect_id, said)
