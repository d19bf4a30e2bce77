"""The `problems` command: a day's figures and problems as text in columns, or as one JSON object with stable keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from chain_office.domain.lights import LABELS
from chain_office.domain.widths import clipped, table
from chain_office.domain.workflow import STATES
from chain_office.queries.problem_desk import by_enterprise, scorecard
from chain_office.queries.problem_desk.cards import Cards
from chain_office.queries.problem_list import standing
from chain_office.services.calendar import work_calendar
from chain_office.services.problem_figures import problem_figures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from chain_office.db.ledger import Ledger
    from chain_office.queries.problem_desk import Card, FirmRow, UnitScore
    from chain_office.services.problem_figures import ProblemFigures

BY: Final = ("unit", "state", "enterprise")
_TEXT, _FIRM = 40, 30
_UNIT_COLUMNS: Final = (
    "assigned", "closed", "verified", "reported", "open", "overdue", "parked", "closed_rate", "on_time", "to_report",
    "to_close", "failed", "returned", "extended", "satisfaction", "false_closed", "co", "score",
)  # fmt: skip


def as_json(ledger: Ledger, day: date, by: str = "") -> dict[str, object]:
    """``totals`` by bucket and beyond, ``identities``, ``rates``, and ``rows``: problems, or units, states, enterprises."""
    figures = problem_figures(ledger, day)
    return {
        "as_of": day.isoformat(),
        "by": by or None,
        "totals": {one.key: one.value for one in figures.counts},
        "identities": [
            {"name": one.name, "left": one.left, "right": one.right, "holds": one.holds} for one in figures.identities
        ],
        "rates": {
            one.key: {
                "label": one.label, "numerator": one.rate.part, "denominator": one.rate.whole,
                "percent": _number(one.rate.percent), "formula": one.formula,
            }
            for one in figures.rates
        },
        "rows": _rows(ledger, day, by),
    }  # fmt: skip


def as_lines(ledger: Ledger, day: date, by: str = "") -> list[str]:
    """The same for people, in columns."""
    lines = _figure_lines(problem_figures(ledger, day))
    if by == "unit":
        return [*lines, "", *_unit_lines(ledger, day)]
    if by == "enterprise":
        return [*lines, "", *_firm_lines(by_enterprise(ledger, day))]
    cards = _cards(ledger, day)
    return [*lines, "", *(_state_lines(cards) if by == "state" else _problem_lines(cards))]


def _cards(ledger: Ledger, day: date) -> tuple[Card, ...]:
    return Cards(ledger, day, work_calendar(ledger)).of([one.id for one in standing(ledger, day)])


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _rows(ledger: Ledger, day: date, by: str) -> list[dict[str, Any]]:
    if by == "unit":
        card = scorecard(ledger, day, work_calendar(ledger))
        return [_unit_row(one) for one in card.units]
    if by == "enterprise":
        return [_firm_row(one) for one in by_enterprise(ledger, day)]
    cards = _cards(ledger, day)
    if by == "state":
        return [
            {
                "state": state.id, "label": state.label, "bucket": state.bucket, "count": len(mine),
                "overdue": sum(one.overdue for one in mine), "problems": [one.no for one in mine],
            }
            for state in STATES.values()
            if (mine := [one for one in cards if one.state == state.id])
        ]  # fmt: skip
    return [
        {
            "number": one.no, "enterprise": one.enterprise, "text": one.text, "category": one.category or None,
            "unit": one.unit or None, "state": one.state, "label": one.label, "bucket": STATES[one.state].bucket,
            "round": one.round, "due": one.due_day.isoformat() if one.due_day else None, "overdue": one.overdue,
            "light": one.light, "why": one.why,
        }
        for one in cards
    ]  # fmt: skip


def _unit_row(one: UnitScore) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "kind": one.kind or None,
        **one.counts,
        "rates": {
            key: {"numerator": rate.part, "denominator": rate.whole, "percent": _number(rate.percent)}
            for key, rate in one.rates.items()
        },
        "median_workdays": {
            key: {"value": _number(found.value), "problems": found.number} for key, found in one.medians.items()
        },
        "score": _number(one.score),
    }


def _firm_row(one: FirmRow) -> dict[str, Any]:
    return {
        "enterprise": one.enterprise,
        "district": one.district or None,
        "collected": one.collected,
        **one.counts,
        "overdue": one.overdue,
        "rated": one.rated,
        "pleased": one.pleased,
    }


def _figure_lines(figures: ProblemFigures) -> list[str]:
    lines = ["　".join(f"{one.label} {one.value}" for one in figures.counts[place : place + 6]) for place in (0, 6, 12)]
    rates = [(one.label, one.rate.text, one.formula) for one in figures.rates]
    lines += ["", *table(("比率", "数值（分子/分母）", "口径"), rates)]
    lines += [f"不平：{one.name}（{one.left} 与 {one.right}）" for one in figures.identities if not one.holds]
    return lines


def _problem_lines(cards: Sequence[Card]) -> list[str]:
    rows = [
        (
            one.no, one.label, LABELS.get(one.light, ""), one.unit, one.due_day.isoformat() if one.due_day else "",
            clipped(one.enterprise, _FIRM), clipped(one.text, _TEXT), one.why,
        )
        for one in cards
    ]  # fmt: skip
    return table(("编号", "状态", "灯", "牵头单位", "到期", "企业", "问题", "为什么"), rows)


def _state_lines(cards: Sequence[Card]) -> list[str]:
    rows = []
    for state in STATES.values():
        mine = [one for one in cards if one.state == state.id]
        if mine:
            said = "、".join(one.no for one in mine)
            rows.append((state.label, str(len(mine)), str(sum(one.overdue for one in mine)), said))
    return table(("状态", "件数", "逾期", "编号"), rows, frozenset({1, 2}))


def _firm_lines(firms: Sequence[FirmRow]) -> list[str]:
    names = {"open": "办理中", "reported": "待核实", "closed": "已销号", "parked": "长期推进", "pooled": "暂不具备"}
    headings = ("企业", "县市区", "收集", *names.values(), "逾期", "满意率")
    rows = [
        (
            one.enterprise, one.district, str(one.collected), *(str(one.counts[key]) for key in names), str(one.overdue),
            one.satisfaction.text,
        )
        for one in firms
    ]  # fmt: skip
    return table(headings, rows, frozenset(range(2, 9)))


def _unit_lines(ledger: Ledger, day: date) -> list[str]:
    card = scorecard(ledger, day, work_calendar(ledger))
    measures = [one for key in _UNIT_COLUMNS for one in card.measures if one.key == key]
    rows = [(one.unit, *(one.text(measure.key) for measure in measures)) for one in (*card.units, card.total)]
    headings = ("牵头单位", *(one.label for one in measures))
    lines = table(headings, rows, frozenset(range(1, len(headings))))
    lines += ["", *(f"{one.label}：{one.formula}" for one in measures)]
    return [*lines, *(f"说明：{note}" for note in card.notes)]
