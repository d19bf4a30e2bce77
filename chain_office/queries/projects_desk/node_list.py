"""节点: what is overdue, what comes next and who has it, over all projects that are not finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chain_office.domain.project_lights import MOVING
from chain_office.queries.projects_desk.nodes import nodes_of
from chain_office.queries.projects_desk.standing import standings

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.projects_desk.nodes import Node
    from chain_office.queries.projects_desk.standing import Standing

SOON_DAYS: Final = 30
OVERDUE, LAGGING, SOON, LATER, UNDATED, WITHOUT = "overdue", "lagging", "soon", "later", "undated", "without"


@dataclass(frozen=True, slots=True)
class NodeLine:
    """An open node of a project, or (``node`` None) a project that is behind without one, or has none at all."""

    group: str
    stood: Standing
    node: Node | None

    @property
    def id(self) -> str:
        """ "node:<id>" or "project:<id>"."""
        return f"node:{self.node.id}" if self.node is not None else f"project:{self.stood.id}"


def node_lines(ledger: Ledger, day: date) -> tuple[NodeLine, ...]:
    """Open nodes by group and planned day; projects behind for want of a date of their own; projects without nodes."""
    known, soon = nodes_of(ledger, day), day + timedelta(days=SOON_DAYS)
    found: list[NodeLine] = []
    for one in standings(ledger, day).values():
        if one.stage not in MOVING:
            continue
        nodes = known.get(one.id, ())
        left = [node for node in nodes if not node.done]
        late = False
        for node in left:
            if node.plan_day is None:
                group = UNDATED
            elif node.plan_day < day:
                group, late = OVERDUE, True
            else:
                group = SOON if node.plan_day <= soon else LATER
            found.append(NodeLine(group, one, node))
        if one.lag is not None and not late:
            found.append(NodeLine(LAGGING, one, None))
        elif not nodes:
            found.append(NodeLine(WITHOUT, one, None))
    return tuple(sorted(found, key=_order))


def _order(line: NodeLine) -> tuple[str, int, str]:
    day = line.node.plan_day if line.node is not None else line.stood.lag.due if line.stood.lag is not None else None
    return (day.isoformat() if day is not None else "9999", line.stood.number, line.id)


def overdue_nodes(ledger: Ledger, day: date) -> int:
    """How many nodes are overdue at ``day``."""
    return sum(line.group == OVERDUE for line in node_lines(ledger, day))
