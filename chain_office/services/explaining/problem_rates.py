"""The problem desk's rates, and the counts that are not among the headline figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import COUNT, RATE, Explained, Figure, RowsQuery
from chain_office.queries import figure_rows
from chain_office.services.problem_figures import denominator_of, problem_figures, rows_of

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

_COUNTS: Final = ("reported_done", "verified", "unverified")
_RATES: Final = (
    "screened_in_rate", "closed_rate", "verified_rate", "on_time_rate", "overdue_rate", "satisfaction_rate",
)  # fmt: skip


def keys(_ledger: Ledger, _day: date) -> tuple[str, ...]:
    """problems.closed_rate …"""
    return tuple(f"problems.{one}" for one in (*_COUNTS, *_RATES))


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """A rate with the problems of its denominator, those of the numerator marked; or a count with its problems."""
    name = key.partition(".")[2]
    found = problem_figures(ledger, day)
    at = RowsQuery("problems", (("figure", key),))
    part = rows_of(ledger, day, name)
    if name in _COUNTS:
        count = next(one for one in found.counts if one.key == name)
        rows = figure_rows.problems_named(ledger, day, part, part)
        figure = Figure(key, count.label, count.value, "个", count.formula, day, at, row_count=count.value)
        return Explained(figure, COUNT, tuple(replace(row, base=None) for row in rows))
    one = next(rate for rate in found.rates if rate.key == name)
    figure = Figure(
        key,
        one.label,
        one.rate.percent,
        "%",
        one.formula,
        day,
        at,
        worked="" if one.rate.percent is None else f"{one.rate.part} ÷ {one.rate.whole} = {one.rate.percent} %",
        row_count=one.rate.whole,
    )
    rows = figure_rows.problems_named(ledger, day, denominator_of(ledger, day, name), part)
    return Explained(figure, RATE, rows)
