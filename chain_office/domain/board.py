"""The board of problems as data: which states stand in one column, and which steps lead from a state into a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.workflow import STATES, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.domain.workflow import Verb


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: its word, its states, whether it is folded until somebody wants it, and what an empty one says."""

    id: str
    word: str
    states: tuple[str, ...]
    folded: bool = False
    empty: str = ""


LANES = (
    Lane("waiting", "待筛选", ("waiting",), empty="收集来的问题先到这里，等三条标准筛选。"),
    Lane("to_assign", "待交办", ("to_assign",), empty="筛选入的问题在这里等交办会。"),
    Lane("handed", "已交办、签收", ("assigned", "acknowledged"), empty="交办以后、单位还没有反馈进展的在这里。"),
    Lane("doing", "办理中", ("doing", "returned"), empty="单位反馈过进展的在这里；退回重派的也在。"),
    Lane("partial", "部分解决", ("partial",), empty="解决了一部分、还要接着办的在这里。"),
    Lane("reported", "待核实", ("reported",), empty="单位报结以后，等推进办与企业核实。"),
    Lane("closed", "已销号", ("closed",), folded=True, empty="核实过、企业认可的在这里。"),
    Lane("parked", "长期推进", ("parked",), folded=True, empty="企业知晓、要长期推进的在这里。"),
    Lane("pooled", "暂不具备", ("pooled",), folded=True, empty="条件还不具备、到复核日再看的在这里。"),
    Lane(
        "aside", "其他去向", ("rejected", "solved_on_site", "escalated"), folded=True,
        empty="不予采纳、现场解决和上报的在这里。",
    ),
)  # fmt: skip
_SET_ASIDE = frozenset({"rejected", "pooled", "solved_on_site", "returned", "parked"})
_LANES = {lane.id: lane for lane in LANES}


def lane(lane_id: str) -> Lane:
    """A column by its id. Raises KeyError."""
    return _LANES[lane_id]


def lane_of(state: str) -> Lane:
    """The column of a state."""
    return next(one for one in LANES if state in one.states)


def verbs_into(lane_id: str, states: Iterable[str]) -> tuple[Verb, ...]:
    """The steps that lead from every one of these states into a column, as people take them."""
    wanted, now = _LANES[lane_id].states, tuple(states)
    return tuple(
        verb
        for verb in VERBS.values()
        if now
        and all(state in verb.moves and verb.moves[state] in wanted and verb.moves[state] != state for state in now)
    )


def why_not(lane_id: str, state: str) -> str:
    """Why no single step leads from a state into a column, and which way does; "" where one leads there or it is there."""
    target = _LANES[lane_id]
    if state in target.states or verbs_into(lane_id, (state,)):
        return ""
    now, way = STATES[state].label, next((found for one in target.states if (found := _way(state, one))), ())
    if not way:
        return f"“{now}”的问题到不了{'、'.join(f'“{STATES[one].label}”' for one in target.states)}。"
    between = "、".join(f"“{STATES[one].label}”" for one in way[:-1])
    return f"“{now}”不能一步到“{STATES[way[-1]].label}”，要先经过{between}。"


def _way(state: str, wanted: str) -> tuple[str, ...]:
    """The states of the shortest way that people take, without the first; () for none. Nobody is sent by a detour: put
    aside, only to be taken up again."""
    trails: list[tuple[str, ...]] = [(state,)]
    seen = {state}
    while trails:
        trail = trails.pop(0)
        for verb in VERBS.values():
            after = verb.moves.get(trail[-1])
            if after is None or after in seen:
                continue
            if after == wanted:
                return (*trail[1:], after)
            seen.add(after)
            if after not in _SET_ASIDE:
                trails.append((*trail, after))
    return ()
