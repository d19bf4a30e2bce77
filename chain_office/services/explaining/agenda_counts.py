"""How much is due: today, in the next days, and past its day, of all desks together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import COUNT, Explained, Figure, Row, RowsQuery
from chain_office.queries.due import KINDS, due

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.due import Due

AHEAD: Final = 30
"""So many days ahead 总览 looks."""
MISSED: Final = timedelta(days=366 * 3)
"""Duties missed longer ago are history, not work."""
_WORDS: Final = {"due.today": "今日到期", "due.ahead": f"未来 {AHEAD} 日到期", "due.late": "过期未办"}


def keys(_ledger: Ledger, _day: date) -> tuple[str, ...]:
    """due.today, due.ahead, due.late."""
    return tuple(_WORDS)


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """One of them with its duties."""
    found = due(ledger, *span(key, day), day)
    rows = tuple(Row(one.reference, "", one.words, _said(one), one.day.isoformat(), 1) for one in found)
    return Explained(figure(day, key, len(found)), COUNT, rows)


def figure(day: date, key: str, number: int) -> Figure:
    """The figure, of so many duties."""
    first, last = span(key, day)
    when = first.isoformat() if first == last else f"{first.isoformat()} 至 {last.isoformat()} "
    kinds = "、".join(word for word, _ in KINDS.values())
    formula = f"各台账里 {when}到期、截止日还没有办的事项：{kinds}"
    place = {"due.today": day.isoformat(), "due.ahead": "ahead", "due.late": "late"}[key]
    at = RowsQuery("overview", (("reference", f"view:agenda/{place}"),))
    return Figure(key, _WORDS[key], number, "件", formula, day, at, row_count=number)


def span(key: str, day: date) -> tuple[date, date]:
    """The first and the last day of one of them."""
    if key == "due.late":
        return day - MISSED, day - timedelta(days=1)
    return day, day if key == "due.today" else day + timedelta(days=AHEAD)


def _said(one: Due) -> str:
    return "，".join(part for part in (one.word, one.who) if part)
