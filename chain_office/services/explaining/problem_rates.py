"""The problem desk's rates, and the counts that are not among the headline figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import COUNT, RATE, Explained, Figure, RowsQuery
from chain_office.queries import figure_rows
from chain_office.queries.problem_desk.scoring import sides_behind
from chain_office.queries.problem_desk.shape import Rate
from chain_office.services.problem_figures import (
    counts_of,
    names_of,
    problem_figures,
    rows_of,
    sides_of,
    words_of,
)

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
    return _count(ledger, day, name) if name in _COUNTS else _rate(ledger, day, name)


def _count(ledger: Ledger, day: date, name: str) -> Explained:
    if name == "reported_done":
        rows = figure_rows.problems_in(ledger, day, ("reported", "closed"))
    else:
        part = rows_of(ledger, day, name)
        rows = tuple(replace(row, base=None) for row in figure_rows.problems_named(ledger, day, part, part))
    count = next(one for one in problem_figures(ledger, day).counts if one.key == name)
    at = RowsQuery("problems", (("figure", f"problems.{name}"),))
    figure = Figure(f"problems.{name}", count.label, count.value, "个", count.formula, day, at, row_count=count.value)
    return Explained(figure, COUNT, rows)


def _rate(ledger: Ledger, day: date, name: str) -> Explained:
    """A rate told by the states of the problems is read from them; the others from every round and step they took."""
    (label, formula), sides = words_of(name), sides_of(name)
    if sides is not None:
        part, whole = counts_of(ledger, day, names_of(name)).values()
        found = Rate(part, whole)
        rows = figure_rows.problems_of_part(ledger, day, sides[1], sides[0])
    else:
        inside = sides_behind(ledger, day, *names_of(name))
        found = Rate(sum(inside.values()), len(inside))
        rows = figure_rows.problems_named(ledger, day, inside, {one for one, counts in inside.items() if counts})
    worked = "" if found.percent is None else f"{found.part} ÷ {found.whole} = {found.percent} %"
    at = RowsQuery("problems", (("figure", f"problems.{name}"),))
    figure = Figure(
        f"problems.{name}", label, found.percent, "%", formula, day, at, worked=worked, row_count=found.whole
    )
    return Explained(figure, RATE, rows)
