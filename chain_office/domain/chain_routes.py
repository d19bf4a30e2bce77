"""Arrows of the 上下游图谱: level and upright pieces, each upright piece on a track of its own in a gutter, each arrow
with its product above its last piece; flows that do not go to the next column take a lane below the boxes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.domain.chain_drawing import Arrow, Words, text_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.domain.chain_columns import Route

LABEL: Final = 0.82
SLOT: Final = 0.95
_LABEL_WIDTH: Final = 5.0
_LABEL_PITCH: Final = 1.02
_TRACK: Final = 0.75
_HEAD: Final = 1.0
_LANE: Final = 1.55
_PLAIN: Final = 1.6


@dataclass(frozen=True, slots=True)
class Place:
    """A box where it stands."""

    id: str
    column: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Routed:
    """``bottom``: how far down the lanes reach."""

    arrows: tuple[Arrow, ...]
    words: tuple[Words, ...]
    bottom: float


def _lines(route: Route) -> list[str]:
    """The product above the arrow's last piece; of a flow with a lane it stands on the lane."""
    return wrapped(route.label, _LABEL_WIDTH, LABEL) if route.direct and route.label else []


def slot_height(route: Route) -> float:
    """How much of its box's side an arriving arrow takes."""
    return max(SLOT, _LABEL_PITCH * len(_lines(route)) + 0.55)


def _tracks(routes: Sequence[Route], gutter: int) -> int:
    """How many upright pieces stand in a gutter (the one left of column ``gutter``)."""
    return sum((route.start + 1 == gutter) + (not route.direct and route.end == gutter) for route in routes)


def gutters_of(routes: Sequence[Route], columns: int) -> list[float]:
    """How wide each gutter is: left of every column, and right of the last."""
    found = []
    for gutter in range(columns + 1):
        tracks = _tracks(routes, gutter)
        inner = 0 < gutter < columns
        labels = [text_width(line, LABEL) for route in routes if route.end == gutter for line in _lines(route)]
        arriving = any(route.end == gutter for route in routes)
        wide = _TRACK * (tracks + 1) + (max(labels, default=0.0) + _HEAD if arriving else 0.0) if tracks else 0.0
        found.append(max(wide, _PLAIN if inner else 0.0))
    return found


def draw_routes(
    routes: Sequence[Route],
    places: Mapping[str, Place],
    lefts: Sequence[float],
    wide: Sequence[float],
    gutters: Sequence[float],
    bottom: float,
) -> Routed:
    """The arrows between boxes that are placed."""
    lanes, products = _lanes(routes, bottom, lefts, wide)
    ends = _arrivals(routes, places)
    starts = _departures(routes, places, ends)
    tracks = _track_places(routes, starts, ends, lanes, [*lefts, lefts[-1] + wide[-1] + gutters[-1]], gutters)
    arrows, words = [], list(products)
    for route in routes:
        source, target = places[route.source], places[route.target]
        y, last = starts[route], ends[route]
        points = [(source.x + source.width, y), (tracks[route, "out"], y)]
        if route.direct:
            points.append((tracks[route, "out"], last))
        else:
            lane = lanes[route]
            points += [(tracks[route, "out"], lane), (tracks[route, "in"], lane), (tracks[route, "in"], last)]
        points.append((target.x, last))
        arrows.append(Arrow(tuple(points), route.id))
        for number, line in enumerate(reversed(_lines(route))):
            words.append(
                Words(target.x - _HEAD, last - 0.55 - number * _LABEL_PITCH, line, LABEL, tone="muted", align="right")
            )
    down = max(lanes.values(), default=bottom - 0.4) + 0.4
    return Routed(tuple(arrows), tuple(words), down)


def _lanes(
    routes: Sequence[Route], bottom: float, lefts: Sequence[float], wide: Sequence[float]
) -> tuple[dict[Route, float], list[Words]]:
    """A lane for each flow that needs one, the shortest way uppermost, and the products on them: each under a column the
    lane passes, where no upright piece stands."""
    led = sorted((one for one in routes if not one.direct), key=lambda one: (abs(one.end - one.start), one.id))
    lanes: dict[Route, float] = {}
    words: list[Words] = []
    y = bottom
    for route in led:
        first, last = min(route.start + 1, route.end), max(route.start + 1, route.end)
        width, left = max((wide[number], lefts[number]) for number in range(first, max(last, first + 1)))
        lines = wrapped(route.label, width, LABEL) if route.label else []
        y += max(_LANE, 0.6 + _LABEL_PITCH * len(lines))
        lanes[route] = y
        for number, line in enumerate(reversed(lines)):
            middle = y - 0.6 - number * _LABEL_PITCH
            words.append(Words(left + width / 2, middle, line, LABEL, tone="muted", align="center"))
    return lanes, words


def _arrivals(routes: Sequence[Route], places: Mapping[str, Place]) -> dict[Route, float]:
    """Where on its box's side each arrow ends: those from above first, those from a lane last."""
    found: dict[Route, float] = {}
    by_box: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        by_box[route.target].append(route)
    for box_id, coming in by_box.items():
        place = places[box_id]
        coming.sort(key=lambda one: (not one.direct, places[one.source].y, one.id))
        y = place.y + (place.height - sum(map(slot_height, coming))) / 2
        for route in coming:
            y += slot_height(route)
            found[route] = y - 0.35
    return found


def _departures(
    routes: Sequence[Route], places: Mapping[str, Place], ends: Mapping[Route, float]
) -> dict[Route, float]:
    """Where each arrow begins: level with its end where it can, else in the order of the ends."""
    found: dict[Route, float] = {}
    by_box: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        by_box[route.source].append(route)
    for box_id, going in by_box.items():
        place = places[box_id]
        going.sort(key=lambda one: (not one.direct, ends[one] if one.direct else 0.0, one.id))
        first, last = place.y + 0.5, place.y + place.height - 0.5
        before = first - SLOT
        for number, route in enumerate(going):
            after = last - SLOT * (len(going) - 1 - number)
            wanted = ends[route] if route.direct else after
            before = found[route] = min(max(wanted, before + SLOT), max(after, before + SLOT))
    return found


def _track_places(
    routes: Sequence[Route],
    starts: Mapping[Route, float],
    ends: Mapping[Route, float],
    lanes: Mapping[Route, float],
    lefts: Sequence[float],
    gutters: Sequence[float],
) -> dict[tuple[Route, str], float]:
    """Where the upright pieces stand: those that go up from the left, the uppermost first; those that go down from the
    right, so that pieces that need not cross do not."""
    found: dict[tuple[Route, str], float] = {}
    for gutter, width in enumerate(gutters):
        pieces: list[tuple[Route, str, float, float]] = []
        for route in routes:
            if route.start + 1 == gutter:
                pieces.append((route, "out", starts[route], ends[route] if route.direct else lanes[route]))
            if not route.direct and route.end == gutter:
                pieces.append((route, "in", lanes[route], ends[route]))
        up = sorted((one for one in pieces if one[3] < one[2]), key=lambda one: one[2])
        down = sorted((one for one in pieces if one[3] >= one[2]), key=lambda one: -one[2])
        left = lefts[gutter] - width
        for number, (route, way, _, _) in enumerate([*up, *down]):
            found[route, way] = left + _TRACK * (number + 1)
    return found
