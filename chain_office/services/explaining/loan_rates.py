"""The finance desk's figures beside the headline: 意向, refusals, and how much of what was granted has landed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.figures import COUNT, RATE, SUM, Explained, Figure, Row, RowsQuery
from chain_office.domain.loans import LANDED_PARTIES, LANDED_YUAN
from chain_office.queries.finance_desk import standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.loans import Deal, LadderRow
    from chain_office.queries.finance_desk import Standing

_INTENT, _REFUSED = "finance.intent_yuan", "finance.refused"
_LANDED_YUAN, _LANDED_PARTIES = "finance.landed_yuan_percent", "finance.landed_parties_percent"
_SAID: Final[Mapping[str, tuple[str, str, str, str]]] = {
    _INTENT: ("意向金额", "元", "Σ 达成意向及以上的对接的意向金额，不与授信、放款相加", SUM),
    _REFUSED: ("未达成", "笔", "银行没有受理、没有批准的对接", COUNT),
    _LANDED_YUAN: ("落地率（金额）", "%", LANDED_YUAN, RATE),
    _LANDED_PARTIES: ("落地率（户数）", "%", LANDED_PARTIES, RATE),
}
"""Key → its words, unit, formula, and how its rows make it up."""


def keys(_ledger: Ledger, _day: date) -> tuple[str, ...]:
    """All four."""
    return tuple(_SAID)


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """One of them with its matches, or with its borrowers."""
    label, unit, formula, kind = _SAID[key]
    found = standing(ledger, day)
    total, rows = found.ladder.total, _rows(found, key)
    figure = Figure(
        key, label, None, unit, formula, day, RowsQuery("finance", (("figure", "finance.banks"),)), row_count=len(rows)
    )
    return Explained(_valued(figure, total), kind, rows)


def _valued(figure: Figure, total: LadderRow) -> Figure:
    if figure.key == _INTENT:
        return replace(figure, value=total.intent.yuan)
    if figure.key == _REFUSED:
        return replace(figure, value=total.refused)
    if figure.key == _LANDED_YUAN:
        worked = f"{total.drawn.yuan or 0:,} 元 ÷ {total.granted.yuan or 0:,} 元 = {total.landed_yuan} %"
        return replace(figure, value=total.landed_yuan, worked=worked if total.landed_yuan is not None else "")
    worked = f"{total.drawn.parties} 户 ÷ {total.intent.parties} 户 = {total.landed_parties} %"
    return replace(figure, value=total.landed_parties, worked=worked if total.landed_parties is not None else "")


def _rows(found: Standing, key: str) -> tuple[Row, ...]:
    if key == _INTENT:
        return tuple(_row(one, one.intent_yuan or 0) for one in found.deals if one.matched)
    if key == _REFUSED:
        return tuple(_row(one, 1) for one in found.deals if one.refused)
    if key == _LANDED_YUAN:
        granted = [one for one in found.deals if one.granted_yuan is not None or one.drawings]
        return tuple(_row(one, one.drawn_yuan or 0, one.granted_yuan or 0) for one in granted)
    parties: dict[str, list[Deal]] = {}
    for one in found.deals:
        if one.matched:
            parties.setdefault(one.borrower_id, []).append(one)
    return tuple(
        Row(
            f"{'park' if deals[0].party == 'park' else 'enterprise'}:{borrower}", "", deals[0].borrower,
            f"{len(deals)} 家银行", "", int(any(one.drawings for one in deals)), 1,
        )
        for borrower, deals in parties.items()
    )  # fmt: skip


def _row(deal: Deal, value: int, base: int | None = None) -> Row:
    name = f"{deal.borrower}　{deal.bank}".strip("　")
    day = deal.known_day.isoformat() if deal.known_day else ""
    return Row(f"match:{deal.id}", record_number("match", deal.number), name, deal.reason, day, value, base)
