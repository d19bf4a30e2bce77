"""Where one has been: pages with the record looked at, back and forward as in a browser."""

from __future__ import annotations

from dataclasses import dataclass

_MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and the record or selection shown there ("" for none)."""

    page: str
    reference: str = ""


class Trail:
    """Places in the order they were visited, and which of them one stands at."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        """Where one stands; None before anything was visited."""
        return self._places[self._at] if self._at >= 0 else None

    def clear(self) -> None:
        """Another ledger: nothing was visited yet."""
        self._places, self._at = [], -1

    def update(self, place: Place) -> None:
        """What one stands at has moved on to another record of the same page."""
        if self._at >= 0 and self._places[self._at].page == place.page:
            self._places[self._at] = place

    def visit(self, place: Place) -> None:
        """Go somewhere new; what was ahead is forgotten."""
        if self._at >= 0 and self._places[self._at] == place:
            return
        self._places = [*self._places[: self._at + 1], place][-_MOST:]
        self._at = len(self._places) - 1

    def step(self, by: int) -> Place | None:
        """One back (-1) or forward (1); None at the end of the trail."""
        if not 0 <= self._at + by < len(self._places):
            return None
        self._at += by
        return self._places[self._at]
