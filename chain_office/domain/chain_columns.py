"""Which segment stands in which column of the 上下游图谱, and which way its flows go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.chain import IN_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chain_office.domain.chain import Branch, Chain, Flow


@dataclass(frozen=True, slots=True)
class Column:
    """Boxes one below the other; an empty one stands for a stream that has no segment."""

    stream: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Flows between two boxes, as one arrow. ``start`` and ``end``: columns. Not ``direct``: led round below the boxes."""

    id: str
    source: str
    target: str
    label: str
    start: int
    end: int

    @property
    def direct(self) -> bool:
        """Whether it goes to the next column."""
        return self.end == self.start + 1


def columns_of(chain: Chain) -> tuple[Column, ...]:
    """The columns: those of a stream beside those of the stream before it; within a stream a segment stands to the right
    of what delivers to it."""
    joined = _joined(chain)
    found: list[Column] = []
    for stream in IN_LINE:
        branches = chain.stream(stream)
        levels = _levels([one.id for one in branches], joined)
        found += [
            Column(stream, tuple(one for one in branches if levels[one.id] == level))
            for level in range(1 + max(levels.values(), default=0))
        ]
    return tuple(found)


def _joined(chain: Chain) -> list[tuple[str, str]]:
    """(uppermost segment, uppermost segment) of every flow between two trees."""
    root = chain.root_of()
    pairs = [(root[one.source], root[one.target]) for one in chain.flows if one.source in root and one.target in root]
    return [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]


def _levels(ids: Sequence[str], joined: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """How many deliverers of the same stream stand before each; where segments deliver to one another in a circle the
    one that comes first by rank stands first."""
    place = {one: number for number, one in enumerate(ids)}
    before: dict[str, list[str]] = {one: [] for one in ids}
    for source, target in joined:
        if source in place and target in place:
            before[target].append(source)
    levels: dict[str, int] = {}

    def level(one: str, way: frozenset[str]) -> int:
        if one not in levels:
            at = 0
            for other in before[one]:
                if other not in way:
                    at = max(at, level(other, way | {one}) + 1)
            levels[one] = at
        return levels[one]

    for one in ids:
        level(one, frozenset())
    return levels


def routes_of(chain: Chain, columns: Sequence[Column]) -> tuple[Route, ...]:
    """An arrow for each pair of boxes that stand in columns; several flows between them are one arrow."""
    root = chain.root_of()
    at = {one.id: number for number, column in enumerate(columns) for one in column.branches}
    labels: dict[tuple[str, str], list[Flow]] = {}
    for flow in chain.flows:
        source, target = root.get(flow.source, ""), root.get(flow.target, "")
        if source in at and target in at and source != target:
            labels.setdefault((source, target), []).append(flow)
    return tuple(
        Route(
            flows[0].id,
            source,
            target,
            "、".join(dict.fromkeys(one.product for one in flows if one.product)),
            at[source],
            at[target],
        )
        for (source, target), flows in labels.items()
    )


def told_flows(chain: Chain, branch: Branch) -> list[str]:
    """Flows of a box that stands in no column, in words: "→ 冶炼：物流"."""
    ids = {one.id for one in branch.walk()}
    names = {one.id: one.short for one in chain.every()}
    found = []
    for flow in chain.flows:
        product = f"：{flow.product}" if flow.product else ""
        if flow.source in ids and flow.target not in ids:
            found.append(f"→{names.get(flow.target, '')}{product}")
        elif flow.target in ids and flow.source not in ids:
            found.append(f"←{names.get(flow.source, '')}{product}")
    return found
