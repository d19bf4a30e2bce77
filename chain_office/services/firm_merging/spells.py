"""Stays on the register of two enterprises that are one: stays that overlap or touch become one stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.queries.editing.rows import Row


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay afterwards: the row that keeps it, the rows it swallows, and what changes in the row."""

    row_id: str
    swallowed: tuple[str, ...]
    changes: dict[str, Any]


def together(kept: Iterable[Row], gone: Iterable[Row]) -> tuple[Stay, ...]:
    """entry ≤ d < exit; no entry day = always, no exit day = still. A stay of the enterprise that stays keeps its row."""
    staying = list(kept)
    mine = {row["id"] for row in staying}
    every = sorted([*staying, *gone], key=lambda row: (row["entry_day"] or date.min, row["exit_day"] or date.max))
    groups: list[list[Row]] = []
    for row in every:
        if groups and _reaches(groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return tuple(_one(group, mine) for group in groups)


def _reaches(group: list[Row], row: Row) -> bool:
    until = max(one["exit_day"] or date.max for one in group)
    return bool((row["entry_day"] or date.min) <= until)


def _one(group: list[Row], mine: set[str]) -> Stay:
    stays = next((row for row in group if row["id"] in mine), group[0])
    first = group[0]
    last = max(group, key=lambda row: row["exit_day"] or date.max)
    wanted = {
        "entry_day": first["entry_day"],
        "entry_kind": first["entry_kind"] or next((row["entry_kind"] for row in group if row["entry_kind"]), None),
        "exit_day": last["exit_day"],
        "exit_reason": last["exit_reason"] if last["exit_day"] else None,
    }
    changes = {name: value for name, value in wanted.items() if stays[name] != value}
    return Stay(stays["id"], tuple(row["id"] for row in group if row is not stays), changes)
