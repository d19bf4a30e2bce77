"""Times side by side: variants take turns, and only the ratio of their medians is told, for the machine is never alone."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Timed = "Callable[[], float]"
"""Does one thing and says how many seconds of it count."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. Values are seconds unless ``unit`` says otherwise; ``ceiling`` bounds their ratio, None
    where the goal is not meant for this size and the line is only for information."""

    goal: str
    size: str
    what: str
    ours: float
    yardstick: float
    ceiling: float | None
    against: str
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.yardstick

    @property
    def kept(self) -> bool:
        return self.ceiling is None or self.ratio <= self.ceiling


def clocked(work: Callable[[], object], times: int = 1) -> Callable[[], float]:
    """All of ``work`` counts; what takes less than a millisecond is done several ``times`` on end."""

    def timed() -> float:
        start = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - start) / times

    return timed


def medians(*variants: Callable[[], float], rounds: int = 5) -> list[float]:
    """The median seconds of each, run in turns after one round that does not count."""
    taken: list[list[float]] = [[] for _ in variants]
    for number in range(rounds + 1):
        for place, variant in enumerate(variants):
            gc.collect()
            seconds = variant()
            if number:
                taken[place].append(seconds)
    return [statistics.median(one) for one in taken]
