"""Who waits at the bench, in which order, and where one has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Queue:
    """Ids of candidates. The order stays while one works: what is new comes last, what is left open goes to the end."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._been: list[str] = []
        self._decided: set[str] = set()

    def take(self, found: Sequence[str]) -> str:
        """The queue as it was read now; gives a candidate whose decision was taken back, which comes first again."""
        here = set(found)
        kept = [one for one in self.ids if one in here]
        known = set(kept)
        self.ids = [*kept, *(one for one in found if one not in known)] if kept else list(found)
        back = next((one for one in found if one in self._decided), "")
        if back:
            self._decided.discard(back)
            self.ids = [back, *(one for one in self.ids if one != back)]
        return back

    def decided(self, one: str) -> None:
        """A decision was taken on it here."""
        self._decided.add(one)

    def forget(self) -> None:
        """Somebody else's queue begins."""
        self.ids, self._been = [], []

    def place(self, one: str) -> int:
        """Its place, from 1; 0 if it does not wait."""
        return self.ids.index(one) + 1 if one in self.ids else 0

    def drop(self, one: str) -> str:
        """It no longer waits; gives the one after it, "" if none is left."""
        at = self.ids.index(one) if one in self.ids else 0
        self.ids = [each for each in self.ids if each != one]
        return next(iter([*self.ids[at : at + 1], *self.ids[:1]]), "")

    def put_last(self, one: str) -> str:
        """It comes again at the end; gives the one after it."""
        self._been.append(one)
        following = self.drop(one)
        self.ids.append(one)
        return following or one

    def before(self, now: str) -> str:
        """The one that was passed over last, put back in front of ``now``; "" if there is none."""
        while self._been:
            one = self._been.pop()
            if one in self.ids and one != now:
                self.ids.remove(one)
                self.ids.insert(self.ids.index(now) if now in self.ids else 0, one)
                return one
        return ""
