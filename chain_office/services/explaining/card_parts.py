"""The shares and the small numbers on 总览 that stand beside the headline figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import COUNT, SUM, Explained, Figure, Row, RowsQuery
from chain_office.queries import figure_rows, finance, overview

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.db.ledger import Ledger

_DISTRICT, _KIND = "enterprises.district.", "finance.drawn."


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure by its words, its value and its rows."""

    label: str
    unit: str
    formula: str
    kind: str
    value: Callable[[Ledger, date], int]
    rows: Callable[[Ledger, date], tuple[Row, ...]]
    at: RowsQuery


def _uncovered(ledger: Ledger, day: date) -> int:
    return sum(number for _, number in overview.firms_by_district(ledger, day)) - overview.count_covered(ledger, day)


def _registered(ledger: Ledger, day: date, *, visited: bool) -> tuple[Row, ...]:
    seen = {row.reference for row in figure_rows.firms_visited(ledger, day)}
    return tuple(row for row in figure_rows.firms_registered(ledger, day) if (row.reference in seen) is visited)


def _to_review(ledger: Ledger, day: date) -> tuple[Row, ...]:
    pooled = figure_rows.problems_in(ledger, day, ("pooled",))
    return tuple(row for row in pooled if row.day and row.day <= day.isoformat())


_FIXED: Final = {
    "visits.covered": _Said(
        "在册企业已走访", "家", "在册企业中，走访日期 ≤ 截止日的家数", COUNT, overview.count_covered,
        lambda ledger, day: _registered(ledger, day, visited=True), RowsQuery("enterprises", (("figure", "enterprises.total"),)),
    ),
    "visits.uncovered": _Said(
        "在册企业未走访", "家", "在册企业中，到截止日还没有走访记录的家数", COUNT, _uncovered,
        lambda ledger, day: _registered(ledger, day, visited=False),
        RowsQuery("enterprises", (("figure", "enterprises.unvisited"),)),
    ),
    "problems.to_review": _Said(
        "到复核日", "个", "暂不具备的问题中，复核日 ≤ 截止日的", COUNT, overview.count_to_review, _to_review,
        RowsQuery("problems", (("figure", "problems.pooled"),)),
    ),
}  # fmt: skip


def district_key(name: str) -> str:
    """The key of a district's firms."""
    return f"{_DISTRICT}{name or '未填'}"


def kind_key(kind: str) -> str:
    """The key of the drawings of one kind."""
    return f"{_KIND}{kind}"


def keys(ledger: Ledger, day: date) -> tuple[str, ...]:
    """The fixed ones, then one a district and one a kind of loan."""
    districts = (district_key(name) for name, _ in overview.firms_by_district(ledger, day))
    kinds = (kind_key(kind) for kind in finance.drawn_by_kind(ledger, day))
    return (*_FIXED, *districts, *kinds)


def figure(ledger: Ledger, day: date, key: str) -> Figure:
    """One of them without its rows."""
    said = _FIXED.get(key) or _of(key)
    value = said.value(ledger, day)
    counted = value if said.kind == COUNT else None
    return Figure(key, said.label, value, said.unit, said.formula, day, said.at, row_count=counted)


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """One of them with its rows."""
    said = _FIXED.get(key) or _of(key)
    rows = said.rows(ledger, day)
    return Explained(replace(figure(ledger, day, key), row_count=len(rows)), said.kind, rows)


def _of(key: str) -> _Said:
    if key.startswith(_KIND):
        kind = key.removeprefix(_KIND)
        return _Said(
            f"放款（{kind}）", "元", f"Σ 放款日期 ≤ 截止日的放款中，{kind}的", SUM,
            lambda ledger, day: finance.drawn_by_kind(ledger, day)[kind],
            lambda ledger, day: figure_rows.amounts(ledger, day, "drawdown", kind),
            RowsQuery("finance", (("figure", "finance.drawn_yuan"),)),
        )  # fmt: skip
    name = key.removeprefix(_DISTRICT)
    stored = "" if name == "未填" else name
    return _Said(
        f"规上企业（{name}）", "家", f"截止日在册、县市区为{name}的企业", COUNT,
        lambda ledger, day: dict(overview.firms_by_district(ledger, day))[stored],
        lambda ledger, day: figure_rows.firms_registered_in(ledger, day, stored),
        RowsQuery("enterprises", (("figure", "enterprises.total"),)),
    )  # fmt: skip
