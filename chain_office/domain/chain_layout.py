"""The 上下游图谱 laid out: columns from left to right as wide as what stands in them wants, arrows in the gutters between
them, flows that go back or skip a column in lanes below, 配套 under all. No box, arrow label or name overlaps another and
none is cut; a test measures it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from chain_office.domain.chain import SUPPORT, UNPLACED, UNPLACED_WORD
from chain_office.domain.chain_boxes import PAD, Boxes, box, least_width
from chain_office.domain.chain_columns import columns_of, routes_of, told_flows
from chain_office.domain.chain_drawing import Drawing, Patch, Spot, Words, text_width, wrapped
from chain_office.domain.chain_routes import LABEL, SLOT, Place, draw_routes, gutters_of, slot_height

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_office.domain.chain import Branch, Chain
    from chain_office.domain.chain_boxes import Content
    from chain_office.domain.chain_columns import Column, Route

STREAM_HEIGHT: Final = 2.0
_GAP: Final = 1.1
_EMPTY: Final = 3.0
_SPREAD: Final = 2.2
_MISSING: Final = 9.0
_BAND_MOST: Final = 5
_STEPS: Final = 10
LEGEND: Final = "断点：没有在册企业　弱项：只有一家　龙头：所在环节本年产值最大的企业"
EVERY: Final = 1_000_000
NOTHING: Final = "没有登记环节"
_BAND_SIZE: Final = 1.1


class _Pile:
    """What the map is made of, as it is put down."""

    def __init__(self) -> None:
        self.patches: list[Patch] = []
        self.words: list[Words] = []
        self.spots: list[Spot] = []

    def put(self, content: Content) -> None:
        """The content of a box."""
        self.patches += content.patches
        self.words += content.words
        self.spots += content.spots


def lay_out(
    chain: Chain, width: float, most: int = EVERY, boxes: Boxes | None = None, *, middle: bool = True
) -> Drawing:
    """The map ``width`` ems wide and as high as it gets; ``most``: names to a segment. ``middle``: short columns stand in the
    middle of the height, else at the top."""
    boxes = boxes or Boxes()
    columns = columns_of(chain)
    routes = routes_of(chain, columns)
    gutters = gutters_of(routes, len(columns))
    wide = _widths(columns, routes, width - sum(gutters), lambda one, at: boxes.of(one, at, most))
    lefts = [sum(gutters[: number + 1]) + sum(wide[:number]) for number in range(len(columns))]
    contents = {
        one.id: boxes.of(one, wide[number], most) for number, column in enumerate(columns) for one in column.branches
    }
    stacks = [_heights(column, routes, contents) for column in columns]
    top = STREAM_HEIGHT + _GAP
    tall = max(sum(stack) + _GAP * max(0, len(stack) - 1) if stack else _EMPTY for stack in stacks)
    pile = _Pile()
    _streams(chain, _spans(columns, lefts, wide), pile)
    places: dict[str, Place] = {}
    for number, (column, stack) in enumerate(zip(columns, stacks, strict=True)):
        left, spare = lefts[number], tall - sum(stack)
        between = min(spare / (len(stack) - 1), _GAP + _SPREAD) if len(stack) > 1 else 0.0
        y = top + ((spare - between * max(0, len(stack) - 1)) / 2 if middle else 0.0)
        if not column.branches:
            pile.patches.append(Patch(left, top, wide[number], _EMPTY, "missing"))
            pile.words.append(
                Words(left + wide[number] / 2, top + _EMPTY / 2, NOTHING, 0.9, tone="red", align="center")
            )
        for one, height in zip(column.branches, stack, strict=True):
            places[one.id] = Place(one.id, number, left, y, wide[number], height)
            pile.patches.append(Patch(left, y, wide[number], height, "gap" if one.gap else "box"))
            pile.put(contents[one.id].moved(left, y))
            y += height + between
    drawn = draw_routes(routes, places, lefts, wide, gutters, top + tall)
    pile.words += drawn.words
    y = drawn.bottom + _GAP
    for stream, word in ((SUPPORT, SUPPORT), (UNPLACED, UNPLACED_WORD)):
        y = _band(chain, (stream, word), width, y, most, pile)
    y = _legend(chain, width, y, pile)
    return Drawing(width, y, tuple(pile.patches), tuple(pile.words), drawn.arrows, tuple(pile.spots))


def fit(chain: Chain, width: float, height: float, largest: float, least: float) -> tuple[Drawing, float]:
    """The map on a sheet: the drawing, and how many of the sheet's units an em is. Letters are as large as the sheet
    allows; where even the ``least`` do not fit, fewer firms are named in each box and the rest is counted."""
    drawing, em = enlarged(chain, width, height, largest, least)
    return (drawing, em) if drawing.height * em <= height else (_fewer(chain, width, height, least), least)


def enlarged(
    chain: Chain, width: float, height: float, largest: float, least: float, *, middle: bool = True
) -> tuple[Drawing, float]:
    """The map in letters as large as fit the height, but not below ``least``: then it is higher. All firms are named."""
    small, large, boxes = least, largest, Boxes()
    best = lay_out(chain, width / small, boxes=boxes, middle=middle)
    if best.height * small > height:
        return best, least
    for _ in range(_STEPS):
        between = (small + large) / 2
        drawing = lay_out(chain, width / between, boxes=boxes, middle=middle)
        if drawing.height * between <= height:
            best, small = drawing, between
        else:
            large = between
    return best, small


def _fewer(chain: Chain, width: float, height: float, em: float) -> Drawing:
    few, many = 0, max((len(one.firms) for one in chain.every()), default=0)
    best = lay_out(chain, width / em, few)
    while few < many:
        middle = (few + many + 1) // 2
        drawing = lay_out(chain, width / em, middle)
        if drawing.height * em <= height:
            best, few = drawing, middle
        else:
            many = middle - 1
    return best


def _heights(column: Column, routes: Sequence[Route], contents: dict[str, Content]) -> list[float]:
    """How high each box of a column is: its words, and room for the arrows that end and begin there."""
    found = []
    for one in column.branches:
        coming = sum(slot_height(route) for route in routes if route.target == one.id)
        going = SLOT * sum(route.source == one.id for route in routes)
        found.append(max(contents[one.id].height, coming + PAD, going + PAD))
    return found


def _widths(
    columns: Sequence[Column], routes: Sequence[Route], room: float, set_box: Callable[[Branch, float], Content]
) -> list[float]:
    """Column widths: as even in height as the names allow. The least height for which all columns fit beside one another
    is looked for, then what is left of the width is shared out."""
    least = [ceil(max((least_width(one) for one in column.branches), default=_MISSING)) for column in columns]
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]

    def needed(column: Column, narrowest: int, height: float) -> float:
        wide = narrowest
        while wide < room:
            stack = _heights(column, routes, {one.id: set_box(one, wide) for one in column.branches})
            if sum(stack) + _GAP * max(0, len(stack) - 1) <= height:
                return wide
            wide += 1
        return wide

    low, high = 4.0, 400.0
    widths: list[float] = [float(one) for one in least]
    for _ in range(_STEPS):
        middle = (low + high) / 2
        wanted = [needed(column, narrowest, middle) for column, narrowest in zip(columns, least, strict=True)]
        if sum(wanted) <= room:
            widths, high = wanted, middle
        else:
            low = middle
    spare = room - sum(widths)
    return [one + spare / len(widths) for one in widths]


def _spans(columns: Sequence[Column], lefts: Sequence[float], wide: Sequence[float]) -> list[tuple[str, float, float]]:
    """(stream, left, right) over all the columns of each."""
    found: list[tuple[str, float, float]] = []
    for column, left, width in zip(columns, lefts, wide, strict=True):
        if found and found[-1][0] == column.stream:
            found[-1] = (column.stream, found[-1][1], left + width)
        else:
            found.append((column.stream, left, left + width))
    return found


def _streams(chain: Chain, spans: Sequence[tuple[str, float, float]], pile: _Pile) -> None:
    """The band over each stream's columns: what it is, how many segments and firms it has."""
    for stream, left, right in spans:
        pile.patches.append(Patch(left, 0.0, right - left, STREAM_HEIGHT, "stream"))
        roots = chain.stream(stream)
        firms = sum(one.count for one in roots)
        text = f"{stream}　{len(roots)}个环节 · {firms}家"
        if text_width(text, _BAND_SIZE, bold=True) > right - left - 1.5:
            text = f"{stream}　{firms}家"
        middle = (left + right) / 2
        pile.words.append(Words(middle, STREAM_HEIGHT / 2, text, _BAND_SIZE, True, "stream", "center"))


def _band(chain: Chain, named: tuple[str, str], width: float, y: float, most: int, pile: _Pile) -> float:
    """Segments that stand in no column (a stream, and its word) side by side under all; where the next thing may stand."""
    stream, word = named
    branches = chain.stream(stream)
    if not branches:
        return y
    head = text_width(word, _BAND_SIZE, bold=True) + 1.6
    across = min(len(branches), _BAND_MOST)
    each = (width - head - _GAP * across) / across
    top = y
    for start in range(0, len(branches), across):
        row = branches[start : start + across]
        contents = [box(one, each, most, told_flows(chain, one)) for one in row]
        height = max(one.height for one in contents)
        for number, (one, content) in enumerate(zip(row, contents, strict=True)):
            left = head + _GAP + number * (each + _GAP)
            pile.patches.append(Patch(left, y, each, height, "gap" if one.gap else "box"))
            pile.put(content.moved(left, y))
        y += height + _GAP
    bottom = y - _GAP
    pile.patches.append(Patch(0.0, top, head, bottom - top, "band"))
    pile.words.append(Words(head / 2, (top + bottom) / 2, word, _BAND_SIZE, True, "stream", "center"))
    return y


def _legend(chain: Chain, width: float, y: float, pile: _Pile) -> float:
    said = LEGEND + (f"　另有 {chain.unsorted} 家在册企业没有归入环节" if chain.unsorted else "")
    for line in wrapped(said, width, LABEL):
        pile.words.append(Words(0.0, y + 0.6, line, LABEL, tone="muted"))
        y += 1.2
    return y
