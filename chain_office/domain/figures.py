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
    and scope it is quoted with (2021年1—9月，同口径，现价), "" where the cut-off date says enough. ``worked``: the formula
    with the numbers put in (58 = 已销号 45 + …), "" where it is a plain count. ``row_count``: how many rows stand behind
    it, None where that has not been counted. ``signed``: a rate of growth, told with its sign. ``of``: whose it is, where it is
    not the whole chain's: a firm, a part of the chain."""

    key: str
    label: str
    value: Value
    unit: str
    formula: str
    as_of: date
    rows: RowsQuery | None = None
    notes: tuple[str, ...] = ()
    basis: str = ""
    worked: str = ""
    row_count: int | None = None
    signed: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure. ``reference`` opens it ("problem:<id>", "" for none), ``record`` is its number (WT0012),
    ``words`` what is to be known of it (state, unit), ``value`` what it puts into the figure (1 for one counted, 元 for a
    sum, the numerator of a rate), ``base`` what it puts into the denominator of a rate."""

    reference: str
    record: str
    name: str
    words: str = ""
    day: str = ""
    value: int | None = None
    base: int | None = None


COUNT, SUM, RATE, MEMBER = "count", "sum", "rate", "member"


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure with all the rows behind it. ``kind``: how they make it up (:data:`COUNT`, :data:`SUM`: Σ value;
    :data:`RATE`: Σ value over Σ base; :data:`MEMBER`: they are what it was read from)."""

    figure: Figure
    kind: str
    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        """Σ of what the rows put in."""
        return sum(row.value or 0 for row in self.rows)

    @property
    def base(self) -> int:
        """Σ of what they put into the denominator."""
        return sum(row.base or 0 for row in self.rows)


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
