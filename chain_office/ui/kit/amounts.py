"""Amounts in the columns of a list: bare numbers, right-aligned, under a heading that names the unit."""

from __future__ import annotations

from chain_office.domain.money import format_money


def wan(yuan: int | None) -> str:
    """万元, with a fraction only where there is one; "" for None."""
    return format_money(yuan, "万元", 2 if yuan and yuan % 10_000 else 0)
