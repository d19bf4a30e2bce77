"""The headline figures with the rows behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import COUNT, MEMBER, RATE, SUM, Explained, Row
from chain_office.domain.workflow import ASSIGNED_BUCKETS, NOT_SCREENED_IN_BUCKETS, SCREENED_IN_BUCKETS
from chain_office.queries import figure_rows, output, output_coverage
from chain_office.queries.projects import STAGES
from chain_office.services import figures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger

    Reading = Callable[[Ledger, date], tuple[Row, ...]]

_SCREENED: Final = (*ASSIGNED_BUCKETS, *SCREENED_IN_BUCKETS)
_BUCKETS: Final[Mapping[str, tuple[str, ...]]] = {
    "collected": (*_SCREENED, *NOT_SCREENED_IN_BUCKETS),
    "screened_in": _SCREENED,
    "assigned": ASSIGNED_BUCKETS,
    **{one: (one,) for one in (*_SCREENED, *NOT_SCREENED_IN_BUCKETS)},
}


def _problems(name: str) -> Reading:
    return lambda ledger, day: figure_rows.problems_in(ledger, day, _BUCKETS[name])


def _projects(*stages: str) -> Reading:
    return lambda ledger, day: figure_rows.projects_in(ledger, day, stages)


def _parties(table: str) -> Reading:
    return lambda ledger, day: figure_rows.parties(ledger, day, table)


def _amounts(table: str) -> Reading:
    return lambda ledger, day: figure_rows.amounts(ledger, day, table)


def _filing(ledger: Ledger, day: date, *, first: bool) -> tuple[Row, ...]:
    grown = output.growth(ledger, day)
    month = grown.from_month if first else grown.to_month
    return () if month is None else figure_rows.firms_filing(ledger, day, month)


def _sample(ledger: Ledger, day: date) -> tuple[Row, ...]:
    """Every firm of the same sample: this year's cumulative, and its base."""
    grown, names = output.growth(ledger, day), figure_rows.firm_numbers(ledger)
    rows = [
        Row(f"enterprise:{firm.enterprise}", *names[firm.enterprise], "", "", firm.total_yuan, firm.base_yuan)
        for firm in grown.firms
        if firm.base_yuan is not None or grown.sample.base_yuan is None
    ]
    return tuple(sorted(rows, key=lambda row: (row.record, row.reference)))


def _bases(ledger: Ledger, day: date) -> tuple[Row, ...]:
    """The same firms, with their base alone."""
    return tuple(
        Row(row.reference, row.record, row.name, row.words, row.day, row.base)
        for row in _sample(ledger, day)
        if row.base is not None
    )


def _rated(ledger: Ledger, day: date) -> tuple[Row, ...]:
    """Those of them whose base is known: both sides of the rate."""
    return tuple(row for row in _sample(ledger, day) if row.base is not None)


def _published(ledger: Ledger, day: date) -> tuple[Row, ...]:
    """Every firm of this year's total and of last year's as published; a stated 上年公布数 brings what the firms' own
    figures of last year do not explain as a row of its own."""
    grown, names = output.growth(ledger, day), figure_rows.firm_numbers(ledger)
    if grown.from_month is None or grown.to_month is None:
        return ()
    now = {firm.enterprise: firm.total_yuan for firm in grown.firms}
    before = output_coverage.last_year_by_firm(ledger, grown.to_month, day)
    rows = [
        Row(f"enterprise:{one}", *names[one], _side(one in now, one in before), "", now.get(one), before.get(one))
        for one in {*now, *before}
    ]
    rows.sort(key=lambda row: (row.record, row.reference))
    if grown.stated and grown.last_published_yuan is not None:
        gap = grown.last_published_yuan - sum(before.values())
        rows.append(Row("", "", "上年公布数与各企业上年数之和的差额", "上年公布数", "", None, gap))
    return tuple(rows)


def _side(now: bool, before: bool) -> str:
    return "" if now and before else "只在本年" if now else "只在上年"


_READ: Final[Mapping[str, tuple[str, Reading]]] = {
    "enterprises.total": (COUNT, figure_rows.firms_registered),
    "visits.enterprises_visited": (COUNT, figure_rows.firms_visited),
    **{f"problems.{name}": (COUNT, _problems(name)) for name in _BUCKETS},
    "problems.overdue": (COUNT, figure_rows.problems_overdue),
    "problems.units": (COUNT, lambda ledger, day: figure_rows.lead_units(ledger, day, ASSIGNED_BUCKETS)),
    "finance.enterprises": (COUNT, _parties("enterprise")),
    "finance.parks": (COUNT, _parties("park")),
    "finance.banks": (COUNT, _parties("bank")),
    "finance.granted_yuan": (SUM, _amounts("credit")),
    "finance.drawn_yuan": (SUM, _amounts("drawdown")),
    **{f"projects.{stage}": (COUNT, _projects(stage)) for stage in STAGES},
    "projects.total": (COUNT, _projects(*STAGES)),
    "output.from": (MEMBER, lambda ledger, day: _filing(ledger, day, first=True)),
    "output.to": (MEMBER, lambda ledger, day: _filing(ledger, day, first=False)),
    "output.total_yuan": (SUM, _sample),
    "output.base_yuan": (SUM, _bases),
    "output.yoy_percent": (RATE, _rated),
    "output.nominal_yoy_percent": (RATE, _published),
}


def keys(_ledger: Ledger, _day: date) -> tuple[str, ...]:
    """Every headline key."""
    return figures.KEYS


def rows_of(ledger: Ledger, day: date, key: str) -> tuple[Row, ...] | None:
    """The rows that a count counts or a sum adds up; None of a rate, and of what is no number."""
    kind, read = _READ[key]
    return read(ledger, day) if kind in {COUNT, SUM} else None


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """A headline figure with its rows."""
    kind, read = _READ[key]
    return Explained(figures.headline(ledger, day)[key], kind, read(ledger, day))
