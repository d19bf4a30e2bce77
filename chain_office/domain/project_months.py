"""A month of projects as it is signed off: every project's line, the sums by stage, and what differs between two months."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STAGE_ORDER: Final = ("completed", "under_construction", "planned", "stopped")
_FORMAT: Final = 1
_SUMS: Final = ("total_yuan", "plan_yuan", "month_yuan", "year_yuan")


@dataclass(frozen=True, slots=True)
class MonthNode:
    """A node as it stood: days as ISO texts, "" for none."""

    name: str
    plan_day: str
    done_day: str


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A project in a month. Amounts in 元, None where nothing was reported: ``month_yuan`` of the month itself; of the latest
    report up to it ``year_yuan`` (of ``year_month``) and ``done_yuan`` (since the start). ``reported``: this month has one;
    ``due``: one is expected. ``light`` is the palette's name."""

    id: str
    number: int
    name: str
    place: str
    stage: str
    stage_day: str
    total_yuan: int | None
    plan_yuan: int | None
    month_yuan: int | None
    year_yuan: int | None
    done_yuan: int | None
    year_month: str
    text: str
    light: str
    why: str
    reported: bool
    due: bool
    nodes: tuple[MonthNode, ...] = ()


@dataclass(frozen=True, slots=True)
class StageSum:
    """Projects of a stage: how many, and sums of what is recorded (None where nothing is)."""

    stage: str
    count: int
    total_yuan: int | None
    plan_yuan: int | None
    month_yuan: int | None
    year_yuan: int | None


@dataclass(frozen=True, slots=True)
class MonthTable:
    """A month's projects as of ``day`` (ISO). ``signed_by`` and ``signed_day`` "" for one that is not signed off."""

    month: str
    day: str
    lines: tuple[MonthLine, ...]
    sums: tuple[StageSum, ...]
    signed_day: str = ""
    signed_by: str = ""

    @property
    def frozen(self) -> bool:
        """Whether it was signed off."""
        return bool(self.signed_day)

    @property
    def whole(self) -> StageSum:
        """Σ of all stages."""
        return together("", self.lines)


def known_sum(values: Iterable[int | None]) -> int | None:
    """Σ of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def together(stage: str, lines: Sequence[MonthLine]) -> StageSum:
    """Σ of these lines."""
    sums = {name: known_sum(getattr(line, name) for line in lines) for name in _SUMS}
    return StageSum(stage, len(lines), **sums)


def table_of(month: str, day: str, lines: Sequence[MonthLine]) -> MonthTable:
    """A month's table with its sums by stage."""
    sums = tuple(
        together(stage, [line for line in lines if line.stage == stage])
        for stage in STAGE_ORDER
        if any(line.stage == stage for line in lines)
    )
    return MonthTable(month, day, tuple(lines), sums)


def adds_up(table: MonthTable) -> bool:
    """Whether the sums kept are those of the lines kept, and the stages make the whole."""
    again = table_of(table.month, table.day, table.lines)
    counts = sum(one.count for one in table.sums) == len(table.lines)
    wholes = all(known_sum(getattr(one, name) for one in table.sums) == getattr(table.whole, name) for name in _SUMS)
    return again.sums == table.sums and counts and wholes


def to_text(table: MonthTable) -> str:
    """What is kept of a month that is signed off."""
    kept = {
        "format": _FORMAT, "month": table.month, "day": table.day,
        "lines": [asdict(line) for line in table.lines], "sums": [asdict(one) for one in table.sums],
    }  # fmt: skip
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def from_text(text: str, signed_day: str, signed_by: str) -> MonthTable:
    """A month as it was signed off. Raises :class:`KnownError` where what was kept cannot be read."""
    try:
        kept: dict[str, Any] = json.loads(text)
        lines = tuple(
            MonthLine(**{**line, "nodes": tuple(MonthNode(**node) for node in line["nodes"])}) for line in kept["lines"]
        )
        sums = tuple(StageSum(**one) for one in kept["sums"])
        return MonthTable(kept["month"], kept["day"], lines, sums, signed_day, signed_by)
    except (ValueError, TypeError, KeyError) as error:
        raise KnownError(
            "这个月封账时留下的数据读不出来；请用“检查”核对台账，或从备份里恢复。", detail=str(error)
        ) from error
