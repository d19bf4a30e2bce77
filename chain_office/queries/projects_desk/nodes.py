"""Nodes of projects at a day: done or open, in the order they come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models.projects import NODES
from chain_office.domain.project_months import MonthNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

_RANK = {name: rank for rank, name in enumerate(NODES)}


@dataclass(frozen=True, slots=True)
class Node:
    """A node. ``done_day``: None while it is open at the day asked for."""

    id: str
    name: str
    owner: str
    plan_day: date | None
    done_day: date | None

    @property
    def done(self) -> bool:
        """Whether it was done by then."""
        return self.done_day is not None

    def days_late(self, day: date) -> int:
        """How many days past its planned day: of an open one at ``day``, of a done one when it was done; ≤ 0 is in time."""
        if self.plan_day is None:
            return 0
        return ((self.done_day or day) - self.plan_day).days

    def when(self, day: date) -> str:
        """逾期 23 天 / 今天到期 / 还有 12 天 / 没有定时间."""
        if self.plan_day is None:
            return "没有定时间"
        late = self.days_late(day)
        return f"逾期 {late} 天" if late > 0 else "今天到期" if late == 0 else f"还有 {-late} 天"


def nodes_of(ledger: Ledger, day: date, project: str | None = None) -> Mapping[str, tuple[Node, ...]]:
    """Project → its nodes: by planned day, those without one after them in the usual order. A node done after ``day`` is
    still open."""
    rows = ledger.rows(
        "SELECT n.project_id, n.id, n.name, coalesce(n.owner, ''), n.plan_day, n.done_day FROM project_node n "
        f"WHERE n.deleted_at IS NULL {'AND n.project_id = :project' if project else ''}",
        {"project": project},
    )
    found: dict[str, list[Node]] = {}
    for owner, row_id, name, who, plan, done in rows:
        done_day = _day(done)
        node = Node(row_id, name, who, _day(plan), done_day if done_day is not None and done_day <= day else None)
        found.setdefault(owner, []).append(node)
    return {owner: tuple(sorted(nodes, key=_order)) for owner, nodes in found.items()}


_PLACES = " ".join(f"WHEN '{name}' THEN '{rank:02}'" for name, rank in _RANK.items())
_PLACE = f"coalesce(n.plan_day, '9999-99-99') || CASE n.name {_PLACES} ELSE '{len(_RANK):02}' END || n.id"
"""What nodes are ordered by, as one text: a bare column then stands for the row that has the least."""


def next_nodes(ledger: Ledger, day: date, project: str | None = None) -> Mapping[str, Node]:
    """Project → the first of its open nodes at ``day``, in the order of :func:`nodes_of`."""
    rows = ledger.rows(
        f"""
        SELECT n.project_id, n.id, n.name, coalesce(n.owner, ''), n.plan_day, min({_PLACE})
          FROM project_node n WHERE n.deleted_at IS NULL AND (n.done_day IS NULL OR n.done_day > :day)
               {"AND n.project_id = :project" if project else ""}
         GROUP BY n.project_id
        """,
        {"day": day.isoformat(), "project": project},
    )
    return {owner: Node(row_id, name, who, _day(plan), None) for owner, row_id, name, who, plan, _place in rows}


def month_nodes(ledger: Ledger, day: date) -> Mapping[str, tuple[MonthNode, ...]]:
    """Project → its nodes as a month's table keeps them at ``day``, in the order of :func:`nodes_of`. The reading is kept
    until the ledger changes: two months are compared on the same one."""
    found, at = ledger.recall(("month nodes",), lambda: _kept_nodes(ledger)), day.isoformat()
    return {
        owner: tuple(node if node.done_day <= at else replace(node, done_day="") for node in nodes)
        for owner, nodes in found.items()
    }


def _kept_nodes(ledger: Ledger) -> dict[str, list[MonthNode]]:
    found: dict[str, list[MonthNode]] = {}
    for owner, name, plan, done in ledger.rows(
        "SELECT n.project_id, n.name, coalesce(n.plan_day, ''), coalesce(n.done_day, '') FROM project_node n "
        f"WHERE n.deleted_at IS NULL ORDER BY n.project_id, {_PLACE}"
    ):
        found.setdefault(owner, []).append(MonthNode(name, plan, done))
    return found


def _order(node: Node) -> tuple[bool, date, int, str]:
    return node.plan_day is None, node.plan_day or date.min, _RANK.get(node.name, len(_RANK)), node.id


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
