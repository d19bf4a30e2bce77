"""The chain as a tree of segments and the flows between them: what 环节 and 图谱 show. Plain frozen data.

A segment stands in the stream (上游, 中游, 下游, 配套) of the uppermost segment it belongs to. Where it has none or one
firm the map says so: 断点, 弱项.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from chain_office.domain.results import About

UPPER, MIDDLE, LOWER, SUPPORT, UNPLACED = "上游", "中游", "下游", "配套", ""
STREAMS: Final = (UPPER, MIDDLE, LOWER, SUPPORT)
"""In the order a chain is read; UNPLACED is a segment nobody has given its place."""
IN_LINE: Final = (UPPER, MIDDLE, LOWER)
"""The streams that follow one another; 配套 serves them all."""
UNPLACED_WORD: Final = "位置未定"
BROKEN, WEAK = "断点", "弱项"


@dataclass(frozen=True, slots=True)
class MapFirm:
    """A firm of the register as the map names it. ``leads``: it reports the largest output of its segment."""

    id: str
    name: str
    output_yuan: int | None = None
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A segment with what it counts, everything below it included. ``own``: firms hung on itself. ``firms``: those that
    are named (its own, the largest output first); there may be more of them than are named. ``total_yuan`` and
    ``base_yuan`` are same-sample sums of the year."""

    id: str
    name: str
    short: str
    stream: str
    rank: int | None
    depth: int
    firms: tuple[MapFirm, ...]
    own: int
    count: int
    total_yuan: int | None
    base_yuan: int | None
    yoy_percent: Decimal | None
    projects: int = 0
    branches: tuple[Branch, ...] = ()

    @property
    def gap(self) -> str:
        """断点 where no firm stands, 弱项 where only one does, else ""."""
        return BROKEN if self.count == 0 else WEAK if self.count == 1 else ""

    def walk(self) -> Iterator[Branch]:
        """Itself and everything below it, in order."""
        yield self
        for one in self.branches:
            yield from one.walk()


@dataclass(frozen=True, slots=True)
class Flow:
    """What one segment delivers to another."""

    id: str
    source: str
    target: str
    product: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The whole chain at a date: its uppermost segments in the order of the streams, then of their ranks. ``unsorted``:
    firms on the register that belong to no segment. ``period``: the months the output is of."""

    about: About
    roots: tuple[Branch, ...]
    flows: tuple[Flow, ...]
    unsorted: int = 0
    firms: int = 0
    period: str = ""

    def stream(self, stream: str) -> tuple[Branch, ...]:
        """The uppermost segments of a stream."""
        return tuple(one for one in self.roots if one.stream == stream)

    def every(self) -> Iterator[Branch]:
        """Every segment, a tree after the other."""
        for one in self.roots:
            yield from one.walk()

    def root_of(self) -> dict[str, str]:
        """Segment → the uppermost one it belongs to."""
        return {one.id: root.id for root in self.roots for one in root.walk()}


def said_name(name: str, short: str = "") -> str:
    """What a box is headed with: the short name, else the name without what stands in brackets."""
    return short or name.replace("（", "(").partition("(")[0].strip() or name
