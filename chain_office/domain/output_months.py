"""Month and cumulative beside each other: the 调整数 between them, and stretches that were reported in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Gap:
    """A reported cumulative beside the one before it and the months since, in 元.

    ``since``: the month of the cumulative before ("": none, from January). ``months_yuan``: the months since that were told,
    this one included. ``gap_yuan`` = cum − before − months. ``joined``: of several months since some was not told alone, so
    that the rest is no adjustment but belongs to several months in one."""

    month: str
    since: str
    cum_yuan: int
    before_yuan: int
    months_yuan: int
    joined: bool

    @property
    def gap_yuan(self) -> int:
        """What the months do not explain of the cumulative."""
        return self.cum_yuan - self.before_yuan - self.months_yuan


def gaps(months: Iterable[tuple[str, int | None, int | None]]) -> Iterator[Gap]:
    """Where the cumulatives of one firm and one year do not follow from its months: (month, the month alone, cumulative) in
    order. A single month that was not told is the step of the cumulative, and no gap."""
    before, since, alone, told, reached = 0, "", 0, 0, 0
    for month, value, total in months:
        if value is not None:
            alone, told = alone + value, told + 1
        if total is None:
            continue
        number = int(month[5:])
        one = Gap(month, since, total, before, alone, joined=told < number - reached)
        if one.gap_yuan and not (told == 0 and number - reached == 1):
            yield one
        before, since, alone, told, reached = total, month, 0, 0, number
