"""A figure is an object: a value with its unit, formula, cut-off date and a way to its rows.

Dashboards, charts and papers only place figures; a click or a footnote can open the rows behind each.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

Value = int | Decimal | str | None


@dataclass(frozen=True, slots=True)
class RowsQuery:
    """How to list the rows behind a figure: a name that `queries` knows, and its arguments."""

    name: str
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One defended number. ``value`` None means unknown, never zero. ``unit``: 家 个 元 % 月 or "". ``basis``: the period
    and scope it is quoted with (2021年1—9月，同口径，现价), "" where the cut-off date says enough."""

    key: str
    label: str
    value: Value
    unit: str
    formula: str
    as_of: date
    rows: RowsQuery | None = None
    notes: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """All headline figures at one date, by key, in a fixed order."""

    as_of: date
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Figure:
        for figure in self.figures:
            if figure.key == key:
                return figure
        raise KeyError(key)

    def value(self, key: str) -> Value:
        """The value of one figure."""
        return self[key].value

    def number(self, key: str) -> int:
        """A counted or summed figure as an int; 0 where it is unknown (for balances only)."""
        value = self[key].value
        return value if isinstance(value, int) else 0
