"""Rows that only sum the rows under them: a district above its enterprises, in a list without numbers or group words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from chain_office.domain.plain import plain

if TYPE_CHECKING:
    from chain_office.exchange.grid import Grid
    from chain_office.exchange.matches import Mapping

FIRM_LIKE = re.compile(r"公司|厂|集团|合作社|有限|中心$|院$|所$")
NUMBER = re.compile(r"^[+-]?\d+(?:\.\d+)?$")


def sums_of_rows_below(grid: Grid, first: int, last: int, mapping: Mapping, key: int | None) -> frozenset[int]:
    """The rows whose every amount is the sum of the enterprises right below them. Found from the bottom up, so that a
    district above its parks above their enterprises counts each enterprise once."""
    amounts = [one.index for one in mapping.matches if one.spec.weight == "amount" and not one.spec.derived]
    if key is None or not amounts:
        return frozenset()
    found: set[int] = set()
    for row in range(last, first - 1, -1):
        if _may_sum(grid, row, mapping, key) and _sums(grid, row, last, amounts, key, found):
            found.add(row)
    return frozenset(found)


def _may_sum(grid: Grid, row: int, mapping: Mapping, key: int) -> bool:
    """A row that has a name which is no enterprise's, no 序号, and otherwise only numbers."""
    filled = grid.filled(row)
    place, name = (key, grid.text(row, key)) if grid.text(row, key) else (filled or [(key, "")])[0]
    if not name or place > key or FIRM_LIKE.search(name) or NUMBER.match(name):
        return False
    if mapping.sequence is not None and grid.text(row, mapping.sequence):
        return False
    others = [_number(grid, row, column) for column, _ in filled if column != place]
    return bool(others) and all(one is not None for one in others)


def _sums(grid: Grid, row: int, last: int, amounts: list[int], key: int, found: set[int]) -> bool:
    stated = {column: number for column in amounts if (number := _number(grid, row, column)) is not None}
    if not any(stated.values()):
        return False
    totals = dict.fromkeys(stated, Decimal(0))
    count = 0
    for below in range(row + 1, last + 1):
        if below in found or grid.is_blank(below):
            continue
        if not FIRM_LIKE.search(grid.text(below, key)) and _indent(grid, below, key) <= _indent(grid, row, key):
            break
        count += 1
        for column in totals:
            totals[column] += _number(grid, below, column) or 0
        if all(abs(totals[column] - number) <= _slack(number, count) for column, number in stated.items()):
            return True
    return False


def _slack(number: Decimal, count: int) -> Decimal:
    """What rounding each figure may add up to."""
    exponent = number.as_tuple().exponent
    return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1) * (count + 1 if exponent else 0)


def _number(grid: Grid, row: int, column: int) -> Decimal | None:
    text = plain(grid.text(row, column)).replace(",", "").rstrip("%")
    return Decimal(text) if NUMBER.match(text) else None


def _indent(grid: Grid, row: int, column: int) -> int:
    raw = grid.raw(row, column)
    return len(raw) - len(raw.lstrip()) if isinstance(raw, str) else 0
